"""Where a citizen lives, the way in, and which units follow her there."""

from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.handover_ends import close_offers
from tillit.care.citizens.actions.moving import note_move_within
from tillit.care.citizens.actions.opening import TooEarly, open_citizen, refuse_hidden, refuse_if_changed
from tillit.care.citizens.events import FollowingChanged, HomeChanged
from tillit.care.citizens.models import Citizen, Following, Home
from tillit.care.citizens.permissions import CHANGE_FOLLOWING, CHANGE_HOME, SHOW_DOOR_CODE
from tillit.care.citizens.queries import home_text, in_force, unit_ids_of
from tillit.care.citizens.rules import HomeText
from tillit.care.citizens.rules.handover import Change
from tillit.foundation.access import audit, clashing
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused

#: The kinds of units that may follow citizens.
FOLLOWING_KINDS = (UnitKind.TEAM, UnitKind.WORK_GROUP, UnitKind.SPECIAL_TEAM)


class UnitCannotFollow(ActionRefused):
    """The unit is closed, or of a kind that follows nobody."""


class NobodyFollows(ActionRefused):
    """The last unit that follows a citizen cannot stop without another taking over, or all help ending."""


class AlreadyFollows(ActionRefused):
    """The unit follows the citizen already."""


@transaction.atomic
def change_home(
    *,
    actor: Actor,
    citizen_id: int,
    home: HomeText,
    moves_on: date,
    seen_home_id: int | None,
    at: datetime,
) -> Home:
    """Let the citizen live somewhere else from a day; the old address stays as what was.

    seen_home_id: the address the actor saw. The unit that has her keeps her. When the table gives her to others at the
    new address, that is stored and waits for the unit to offer her on (`queries.moving.moving_away`).
    Raises NotFound, NotAllowed, ChangedMeanwhile, TooEarly. Publishes HomeChanged.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_HOME, at=at)
    refuse_hidden(actor, citizen, on=today)
    stored = _replace_home(citizen, home, valid_from=moves_on, seen_home_id=seen_home_id, at=at)
    audit.record(
        actor, CHANGE_HOME, str(stored), scope, at=at, change={"valid_from": moves_on.isoformat(), "was": seen_home_id}
    )
    events.publish(HomeChanged(citizen_id=citizen.pk, valid_from=moves_on, at=at))
    note_move_within(actor=actor, citizen=citizen, scope=scope, home=stored, at=at)
    return stored


@transaction.atomic
def change_way_in(
    *,
    actor: Actor,
    citizen_id: int,
    way_in: str,
    key_note: str,
    practical: str,
    seen_home_id: int | None,
    at: datetime,
    door_code: str | None = None,
) -> Home:
    """Write how one gets in. The address stays; what was written before is kept as what was.

    door_code: None leaves it as it is, "" takes it away: a form never needs to show it to keep it.
    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused when no address is known.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_HOME, at=at)
    refuse_hidden(actor, citizen, on=today)
    now = _home_in_use(citizen, on=today)
    if now is None:
        raise ActionRefused(_("Skriv adressen først."))
    text = replace(
        home_text(now),
        way_in=way_in,
        key_note=key_note,
        practical=practical,
        door_code=now.door_code if door_code is None else door_code,
    )
    stored = _replace_home(citizen, text, valid_from=today, seen_home_id=seen_home_id, at=at)
    audit.record(
        actor,
        CHANGE_HOME,
        str(stored),
        scope,
        at=at,
        change={"was": now.pk, "code_changed": stored.door_code != now.door_code},
    )
    events.publish(HomeChanged(citizen_id=citizen.pk, valid_from=today, at=at))
    return stored


@transaction.atomic
def show_door_code(*, actor: Actor, citizen_id: int, at: datetime) -> str:
    """Return the door code and write in the audit trail that it was shown, and to whom.

    Raises NotFound, NotAllowed, ActionRefused when there is no code.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=SHOW_DOOR_CODE, at=at)
    refuse_hidden(actor, citizen, on=today)
    home = _home_in_use(citizen, on=today)
    if home is None or not home.door_code:
        raise ActionRefused(_("Det er ikke skrevet inn noen dørkode."))
    audit.record(actor, SHOW_DOOR_CODE, str(home), scope, at=at)
    return home.door_code


@transaction.atomic
def hand_over(
    *, actor: Actor, citizen_id: int, unit_id: int, valid_from: date, at: datetime, edition: int | None = None
) -> tuple[int, ...]:
    """Let another unit follow the citizen from a day, instead of the one that follows everything now.

    edition: of who follows her, as the actor saw it. Special teams that follow one part keep it. Returns the units
    that follow her then. Raises NotFound, NotAllowed, UnitCannotFollow, AlreadyFollows, TooEarly, ChangedMeanwhile.
    Publishes FollowingChanged.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_FOLLOWING, at=at)
    newest = Following.objects.filter(citizen=citizen).order_by("-pk").first()
    clashing.refuse_if_changed(str(newest), seen=edition, now=queries.edition_of_following(citizen.pk), at=at)
    if unit_id in unit_ids_of((citizen.pk,), on=max(valid_from, today))[citizen.pk]:
        raise AlreadyFollows(_("Teamet følger brukeren allerede."))
    return _hand_over(actor, citizen, scope, unit_id=unit_id, valid_from=valid_from, at=at)


@transaction.atomic
def follow_part(*, actor: Actor, citizen_id: int, unit_id: int, part: str, valid_from: date, at: datetime) -> Following:
    """Let one more unit follow a part of the help: a special team, or the team next door with the therapist.

    Raises NotFound, NotAllowed, UnitCannotFollow, AlreadyFollows. Publishes FollowingChanged.
    """
    citizen, scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_FOLLOWING, at=at)
    if not part.strip():
        raise ActionRefused(_("Skriv hvilken del av hjelpen teamet følger."))
    unit = unit_that_may_follow(unit_id, on=valid_from)
    if Following.objects.filter(citizen=citizen, unit=unit, valid_to__isnull=True).exists():
        raise AlreadyFollows(_("Teamet følger brukeren allerede."))
    stored = Following.objects.create(citizen=citizen, unit=unit, part=part.strip(), valid_from=valid_from)
    audit.record(
        actor, CHANGE_FOLLOWING, str(stored), scope, at=at, change={"unit": unit.pk, "from": valid_from.isoformat()}
    )
    _tell_following(citizen, valid_from=valid_from, at=at)
    return stored


@transaction.atomic
def stop_following(*, actor: Actor, citizen_id: int, following_id: int, valid_to: date, at: datetime) -> None:
    """Let a unit stop following the citizen: `valid_to` is the first day it no longer does.

    The last one that follows everything stops only when somebody takes over (`hand_over`), or all help ends.
    Raises NotFound, NotAllowed, NobodyFollows, TooEarly. Publishes FollowingChanged.
    """
    citizen, scope, _today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_FOLLOWING, at=at)
    open_rows = {row.pk: row for row in Following.objects.filter(citizen=citizen, valid_to__isnull=True)}
    row = open_rows.get(following_id)
    if row is None:
        raise ActionRefused(_("Teamet følger ikke brukeren lenger."))
    if not rules.may_replace(held_from=row.valid_from, new_from=valid_to):
        raise TooEarly(_("Datoen er før teamet begynte å følge brukeren."))
    others = [other for other in open_rows.values() if other.pk != row.pk and not other.part]
    if not row.part and not others:
        raise NobodyFollows(_("Velg hvem som skal følge brukeren etterpå. Ingen skal stå uten et team."))
    row.valid_to = valid_to
    row.save(update_fields=["valid_to"])
    close_offers(actor=actor, citizen_id=citizen.pk, scope=scope, at=at, from_unit_ids=(row.unit_id,))
    audit.record(actor, CHANGE_FOLLOWING, str(row), scope, at=at, change={"to": valid_to.isoformat()})
    _tell_following(citizen, valid_from=valid_to, at=at)


def pass_on(
    *, actor: Actor, citizen: Citizen, scope: Scope, change: Change, valid_from: date, at: datetime
) -> tuple[int, ...]:
    """Carry out what an accepted hand-over does with who follows her, and return who follows her then.

    Only for the action that has checked that both sides agree. Raises NotAllowed, TooEarly. Publishes FollowingChanged.
    """
    require(actor, CHANGE_FOLLOWING, scope)
    for row in Following.objects.filter(in_force(valid_from), citizen=citizen, unit_id__in=change.ends):
        if not rules.may_replace(held_from=row.valid_from, new_from=valid_from):
            raise TooEarly(_("Datoen er før teamet begynte å følge brukeren."))
        row.valid_to = valid_from
        row.save(update_fields=["valid_to"])
    stored = None
    if change.starts is not None:
        stored = Following.objects.create(
            citizen=citizen, unit_id=change.starts.unit_id, part=change.starts.part, valid_from=valid_from
        )
    audit.record(
        actor,
        CHANGE_FOLLOWING,
        str(stored or citizen),
        scope,
        at=at,
        change={
            "unit": change.starts.unit_id if change.starts else None,
            "instead_of": sorted(change.ends),
            "from": valid_from.isoformat(),
        },
    )
    return _tell_following(citizen, valid_from=valid_from, at=at)


def store_home(citizen: Citizen, home: HomeText, *, valid_from: date) -> Home:
    """Store a new address and make the citizen searchable by it. Only for actions that have checked everything."""
    stored = Home.objects.create(citizen=citizen, valid_from=valid_from, **asdict(home.trimmed()))
    where = () if citizen.is_secret_address else (stored.street, stored.place)
    citizen.search_name = rules.search_name(citizen.given_name, citizen.family_name, citizen.call_name, *where)
    citizen.save(update_fields=["search_name"])
    return stored


def unit_that_may_follow(unit_id: int, *, on: date) -> Unit:
    """Return a team, work group or special team that is open on a day, or raise UnitCannotFollow."""
    unit = Unit.objects.filter(in_force(on), pk=unit_id, kind__in=FOLLOWING_KINDS).first()
    if unit is None:
        raise UnitCannotFollow(_("Velg et team, et arbeidslag eller et spesialteam som er i drift den dagen."))
    return unit


def _home_in_use(citizen: Citizen, *, on: date) -> Home | None:
    return Home.objects.filter(in_force(on), citizen=citizen).order_by("-valid_from", "-pk").first()


def _replace_home(
    citizen: Citizen, home: HomeText, *, valid_from: date, seen_home_id: int | None, at: datetime
) -> Home:
    last = Home.objects.filter(citizen=citizen, valid_to__isnull=True).first()
    refuse_if_changed("home", seen=seen_home_id, now=last.pk if last else None, at=at)
    if last is not None:
        if not rules.may_replace(held_from=last.valid_from, new_from=valid_from):
            raise TooEarly(
                _("Datoen er før forrige adresse begynte å gjelde, %(day)s.")
                % {"day": last.valid_from.strftime("%d.%m.%Y")}
            )
        last.valid_to = valid_from
        last.save(update_fields=["valid_to"])
    return store_home(citizen, home, valid_from=valid_from)


def _hand_over(
    actor: Actor, citizen: Citizen, scope: Scope, *, unit_id: int, valid_from: date, at: datetime
) -> tuple[int, ...]:
    require(actor, CHANGE_FOLLOWING, scope)
    unit = unit_that_may_follow(unit_id, on=valid_from)
    rows = list(Following.objects.filter(citizen=citizen, valid_to__isnull=True))
    stopping = rules.to_stop((rules.Follower(row.unit_id, row.part) for row in rows), new_unit_id=unit.pk)
    stopping_ids = {follower.unit_id for follower in stopping}
    for row in rows:
        if row.unit_id not in stopping_ids or row.part:
            continue
        if not rules.may_replace(held_from=row.valid_from, new_from=valid_from):
            raise TooEarly(_("Datoen er før teamet begynte å følge brukeren."))
        row.valid_to = valid_from
        row.save(update_fields=["valid_to"])
    close_offers(actor=actor, citizen_id=citizen.pk, scope=scope, at=at, from_unit_ids=stopping_ids)
    stored = Following.objects.create(citizen=citizen, unit=unit, valid_from=valid_from)
    audit.record(
        actor,
        CHANGE_FOLLOWING,
        str(stored),
        scope,
        at=at,
        change={"unit": unit.pk, "instead_of": sorted(stopping_ids), "from": valid_from.isoformat()},
    )
    return _tell_following(citizen, valid_from=valid_from, at=at)


def _tell_following(citizen: Citizen, *, valid_from: date, at: datetime) -> tuple[int, ...]:
    unit_ids = unit_ids_of((citizen.pk,), on=valid_from)[citizen.pk]
    events.publish(FollowingChanged(citizen_id=citizen.pk, unit_ids=unit_ids, valid_from=valid_from, at=at))
    return unit_ids
