"""All help ends: somebody has died, or needs us no more. Both can be taken back; what was, stays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions.correcting import StrangeFacts, keep_old
from tillit.care.citizens.actions.handover_ends import close_offers
from tillit.care.citizens.actions.home import unit_that_may_follow
from tillit.care.citizens.actions.opening import TooEarly, open_citizen, refuse_old_edition
from tillit.care.citizens.events import FollowingChanged, HelpEnded, HelpResumed
from tillit.care.citizens.models import (
    Citizen,
    CorrectedField,
    CorrectionReason,
    EndKind,
    EndOfHelp,
    Following,
)
from tillit.care.citizens.permissions import END_HELP, REGISTER_DEATH
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused

WITHOUT_DEATH = (EndKind.ENDED, EndKind.MOVED)
"""She lives, and has no help here any more; one of them at a time."""


class HasEnded(ActionRefused):
    """All help has ended already, or is about to; or she is dead."""


class HasNotEnded(ActionRefused):
    """There is nothing to take back: she has help, or is not registered as dead."""


@transaction.atomic
def register_death(*, actor: Actor, citizen_id: int, died_on: date, edition: int, at: datetime) -> EndOfHelp:
    """Write that the citizen has died. Coming visits and the plan end now; her own people stay where they are.

    The units that follow her do so until midnight, so that everybody in the team can read what happened; then she is
    among former citizens. edition: the one the actor has seen.
    Raises NotFound, NotAllowed, ChangedMeanwhile, HasEnded, StrangeFacts. Publishes HelpEnded, FollowingChanged.
    """
    citizen, scope, today = open_citizen(
        actor=actor, citizen_id=citizen_id, permission=REGISTER_DEATH, at=at, or_former=True
    )
    refuse_old_edition(citizen, edition=edition, at=at)
    if citizen.died_on is not None:
        raise HasEnded(_("Brukeren er registrert som død fra før. Datoen kan rettes."))
    _refuse_strange_death(citizen, died_on, today=today)
    followings = _end_followings(citizen, ends_on=today + timedelta(days=1))
    close_offers(actor=actor, citizen_id=citizen.pk, scope=scope, at=at)
    stored = EndOfHelp.objects.create(
        citizen=citizen,
        kind=EndKind.DEATH,
        ends_on=died_on,
        followings=followings,
        ended_by_id=actor.employee_id,
        ended_at=at,
    )
    citizen.died_on = died_on
    citizen.edition += 1
    citizen.save(update_fields=["died_on", "edition"])
    audit.record(
        actor,
        REGISTER_DEATH,
        str(stored),
        scope,
        at=at,
        change={"died_on": died_on.isoformat(), "followings": followings},
    )
    _tell_ended(citizen, stored, valid_from=today + timedelta(days=1), at=at)
    return stored


@transaction.atomic
def correct_death(*, actor: Actor, citizen_id: int, died_on: date | None, edition: int, at: datetime) -> Citizen:
    """Write another day of death or, with None, that it was a mistake and she lives.

    A mistake gives back her teams, the plan as it was, and the coming visits. What stood is kept as a correction.
    Raises NotFound, NotAllowed, ChangedMeanwhile, HasNotEnded, StrangeFacts. Publishes HelpResumed or HelpEnded.
    """
    citizen, scope, today = open_citizen(
        actor=actor, citizen_id=citizen_id, permission=REGISTER_DEATH, at=at, or_former=True
    )
    refuse_old_edition(citizen, edition=edition, at=at)
    if citizen.died_on is None:
        raise HasNotEnded(_("Brukeren er ikke registrert som død."))
    if died_on is not None:
        _refuse_strange_death(citizen, died_on, today=today)
    was = citizen.died_on
    if died_on == was:
        return citizen
    citizen.died_on = died_on
    citizen.edition += 1
    citizen.save(update_fields=["died_on", "edition"])
    keep_old(
        actor, citizen, [(CorrectedField.DIED_ON, rules.as_text(was))], reason=CorrectionReason.MISTAKE.value, at=at
    )
    end = _in_force(citizen, EndKind.DEATH)
    given_back: list[int] = []
    if end is not None and died_on is not None:
        end.ends_on = died_on
        end.save(update_fields=["ends_on"])
    elif end is not None:
        _take_back(actor, end, at=at)
        given_back = _give_back(citizen, end, today=today)
    audit.record(
        actor,
        REGISTER_DEATH,
        str(end or citizen),
        scope,
        at=at,
        change={"died_on": rules.as_text(died_on), "was": was.isoformat(), "followings": given_back},
    )
    if died_on is not None:
        events.publish(HelpEnded(citizen_id=citizen.pk, is_death=True, ends_on=died_on, at=at))
    else:
        _tell_resumed(citizen, valid_from=today, at=at, ended_at=end.ended_at if end else None)
    return citizen


@dataclass(frozen=True, slots=True)
class Resumed:
    """Help goes on: `carries_on` when it had not ended yet."""

    citizen_id: int
    carries_on: bool


@transaction.atomic
def end_help(
    *, actor: Actor, citizen_id: int, ends_on: date, edition: int, at: datetime, has_moved: bool = False
) -> EndOfHelp:
    """End all help from a day: `ends_on` is the first day without. Visits from then on go, the plan ends that day.

    has_moved: to another municipality. edition: the one the actor has seen.
    Raises NotFound, NotAllowed, ChangedMeanwhile, HasEnded, TooEarly. Publishes HelpEnded, FollowingChanged.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=END_HELP, at=at)
    refuse_old_edition(citizen, edition=edition, at=at)
    if citizen.died_on is not None or _in_force(citizen, *WITHOUT_DEATH) is not None:
        raise HasEnded(_("Hjelpen er avsluttet fra før, eller skal avsluttes."))
    if ends_on < today:
        raise TooEarly(_("Velg i dag eller en dag som kommer."))
    followings = _end_followings(citizen, ends_on=ends_on)
    close_offers(actor=actor, citizen_id=citizen.pk, scope=scope, at=at)
    stored = EndOfHelp.objects.create(
        citizen=citizen,
        kind=EndKind.MOVED if has_moved else EndKind.ENDED,
        ends_on=ends_on,
        followings=followings,
        ended_by_id=actor.employee_id,
        ended_at=at,
    )
    citizen.edition += 1
    citizen.save(update_fields=["edition"])
    audit.record(
        actor,
        END_HELP,
        str(stored),
        scope,
        at=at,
        change={"ends_on": ends_on.isoformat(), "kind": stored.kind, "followings": followings},
    )
    _tell_ended(citizen, stored, valid_from=ends_on, at=at)
    return stored


@transaction.atomic
def resume_help(
    *, actor: Actor, citizen_id: int, unit_id: int | None, valid_from: date, edition: int, at: datetime
) -> Resumed:
    """Take the help up again. Before it has ended it goes on as it was; afterwards a unit follows her from a day.

    The plan that ended stays history: a new draft begins with what stood in it.
    Raises NotFound, NotAllowed, ChangedMeanwhile, HasNotEnded, TooEarly, UnitCannotFollow. Publishes HelpResumed,
    FollowingChanged.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=END_HELP, at=at, or_former=True)
    refuse_old_edition(citizen, edition=edition, at=at)
    end = _in_force(citizen, *WITHOUT_DEATH)
    if citizen.died_on is not None:
        raise HasEnded(_("Brukeren er registrert som død. Var det feil, rett det først."))
    carries_on = end is not None and end.ends_on > today
    if end is None and queries.unit_ids_of((citizen.pk,), on=today)[citizen.pk]:
        raise HasNotEnded(_("Brukeren får hjelp. Det er ikke noe å ta opp igjen."))
    if end is not None:
        _take_back(actor, end, at=at)
    if carries_on and end is not None:
        followings = _give_back(citizen, end, today=today)
        valid_from = today
    else:
        if valid_from < today:
            raise TooEarly(_("Velg i dag eller en dag som kommer."))
        unit = unit_that_may_follow(unit_id or 0, on=valid_from)
        followings = [Following.objects.create(citizen=citizen, unit=unit, valid_from=valid_from).pk]
    citizen.edition += 1
    citizen.save(update_fields=["edition"])
    audit.record(
        actor,
        END_HELP,
        str(end or citizen),
        scope,
        at=at,
        change={"resumed_from": valid_from.isoformat(), "followings": followings, "carries_on": carries_on},
    )
    _tell_resumed(citizen, valid_from=valid_from, at=at, ended_at=None)
    return Resumed(citizen.pk, carries_on=carries_on)


def _in_force(citizen: Citizen, *kinds: EndKind) -> EndOfHelp | None:
    return EndOfHelp.objects.filter(citizen=citizen, kind__in=kinds, taken_back_at__isnull=True).first()


def _refuse_strange_death(citizen: Citizen, died_on: date, *, today: date) -> None:
    if died_on > today:
        raise StrangeFacts(_("Dødsdatoen kan ikke være etter i dag."))
    if citizen.born_on is not None and died_on < citizen.born_on:
        raise StrangeFacts(_("Dødsdatoen er før fødselsdatoen. Se etter om en av dem er feil."))


def _end_followings(citizen: Citizen, *, ends_on: date) -> list[int]:
    """Let nobody follow her from a day, and return the ids of those that would have gone on."""
    ended = []
    for row in Following.objects.filter(citizen=citizen).order_by("pk"):
        if row.valid_to is None or row.valid_to > ends_on:
            row.valid_to = max(ends_on, row.valid_from)
            row.save(update_fields=["valid_to"])
            ended.append(row.pk)
    return ended


def _give_back(citizen: Citizen, end: EndOfHelp, *, today: date) -> list[int]:
    """Let the units that the end took away follow her again: as if nothing was said, or from today.

    Had somebody ended the help from a day ahead before she was said to be dead, that day still holds.
    """
    planned = _in_force(citizen, *WITHOUT_DEATH)
    until = max(planned.ends_on, today) if planned else None
    found = []
    for row in Following.objects.filter(citizen=citizen, pk__in=end.followings).order_by("pk"):
        if Following.objects.filter(citizen=citizen, unit_id=row.unit_id, valid_to__isnull=True).exists():
            continue
        if row.valid_to is not None and (row.valid_to >= today or row.valid_to == row.valid_from):
            row.valid_to = until
            row.save(update_fields=["valid_to"])
            found.append(row.pk)
        else:
            again = Following.objects.create(
                citizen=citizen, unit_id=row.unit_id, part=row.part, valid_from=today, valid_to=until
            )
            found.append(again.pk)
    return found


def _take_back(actor: Actor, end: EndOfHelp, *, at: datetime) -> None:
    end.taken_back_by_id = actor.employee_id
    end.taken_back_at = at
    end.save(update_fields=["taken_back_by", "taken_back_at"])


def _tell_ended(citizen: Citizen, end: EndOfHelp, *, valid_from: date, at: datetime) -> None:
    events.publish(FollowingChanged(citizen_id=citizen.pk, unit_ids=(), valid_from=valid_from, at=at))
    events.publish(
        HelpEnded(
            citizen_id=citizen.pk,
            is_death=end.kind == EndKind.DEATH,
            has_moved=end.kind == EndKind.MOVED,
            ends_on=end.ends_on,
            at=at,
        )
    )


def _tell_resumed(citizen: Citizen, *, valid_from: date, at: datetime, ended_at: datetime | None) -> None:
    unit_ids = queries.unit_ids_of((citizen.pk,), on=valid_from)[citizen.pk]
    events.publish(FollowingChanged(citizen_id=citizen.pk, unit_ids=unit_ids, valid_from=valid_from, at=at))
    events.publish(HelpResumed(citizen_id=citizen.pk, at=at, ended_at=ended_at))
