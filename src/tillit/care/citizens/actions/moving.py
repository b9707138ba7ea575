"""A citizen moves: to the municipality, or inside it to where the table gives her to others (R04, R07)."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.actions.opening import TooEarly, open_citizen
from tillit.care.citizens.events import HomeChanged
from tillit.care.citizens.models import Citizen, Following, Home, Move, MoveKind
from tillit.care.citizens.permissions import CHANGE_HOME, OFFER_HANDOVER, REGISTER_CITIZEN
from tillit.care.citizens.queries.moving import get_move, receiver_of
from tillit.care.citizens.rules.moving import MovesIn, goes_to_another_team
from tillit.foundation.access import audit, clashing
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import in_force, unit_for_address
from tillit.kernel import events, oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import ActionRefused
from tillit.kernel.geo import Place


class NotAMove(ActionRefused):
    """Nothing waits here any more: others have her, or somebody has said that she stays."""


def store_move_in(*, actor: Actor, citizen: Citizen, scope: Scope, said: MovesIn, at: datetime) -> Move:
    """Store that a citizen moves to the municipality. Only for actions that receive her.

    Raises NotAllowed.
    """
    require(actor, REGISTER_CITIZEN, scope)
    said = said.trimmed()
    stored = Move.objects.create(
        citizen=citizen,
        kind=MoveKind.IN,
        moves_on=said.on,
        help_before=said.help_before,
        told_by_id=actor.employee_id,
        told_at=at,
    )
    audit.record(
        actor,
        REGISTER_CITIZEN,
        str(stored),
        scope,
        at=at,
        change={"moves_in": said.on.isoformat(), "help_before": bool(said.help_before)},
    )
    return stored


@transaction.atomic
def change_move_in(*, actor: Actor, citizen_id: int, said: MovesIn, at: datetime, edition: int | None = None) -> Move:
    """Write another day for moving here, or the help she had. An address that counts from the old day follows.

    edition: the one the actor saw. Raises NotFound, NotAllowed, NotAMove, TooEarly, ChangedMeanwhile. Publishes
    HomeChanged when the day is another.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_HOME, at=at)
    row = Move.objects.select_for_update().filter(citizen=citizen, kind=MoveKind.IN).order_by("-told_at", "-pk").first()
    if row is None:
        raise NotAMove(_("Det er ikke skrevet at brukeren flytter hit."))
    clashing.refuse_if_changed(str(row), seen=edition, now=edition_of(row.moves_on, row.help_before), at=at)
    said = said.trimmed()
    was = row.moves_on
    if said.on != was and was <= today:
        raise TooEarly(_("Brukeren har flyttet. Er adressen feil, skriver du en ny adresse."))
    if said.on != was and said.on < today:
        raise TooEarly(_("Velg i dag eller en dag som kommer."))
    row.moves_on, row.help_before = said.on, said.help_before
    row.save(update_fields=["moves_on", "help_before"])
    audit.record(
        actor,
        CHANGE_HOME,
        str(row),
        scope,
        at=at,
        change={"moves_in": said.on.isoformat(), "was": was.isoformat(), "help_before": bool(said.help_before)},
    )
    if said.on != was:
        Home.objects.filter(citizen=citizen, valid_from=was, valid_to__isnull=True).update(valid_from=said.on)
        events.publish(HomeChanged(citizen_id=citizen.pk, valid_from=said.on, at=at))
    return row


def note_move_within(*, actor: Actor, citizen: Citizen, scope: Scope, home: Home, at: datetime) -> Move | None:
    """Store that a new address gives her to others than those who have her; None when it does not.

    Whose area it is says whose table is asked; who has citizens with help there stands in that table. Nothing moves by
    this: the unit that has her is told, and offers her on. What waited because of an earlier address waits no more.
    Only for the action that stores the address.
    """
    for earlier in Move.objects.filter(citizen=citizen, kind=MoveKind.WITHIN, kept_at__isnull=True):
        earlier.kept_by_id, earlier.kept_at = actor.employee_id, at
        earlier.save(update_fields=["kept_by", "kept_at"])
    place = None if home.latitude is None or home.longitude is None else Place(home.latitude, home.longitude)
    area = unit_for_address(place=place, postal_code=home.postal_code, on=home.valid_from)
    followers = list(
        Following.objects.filter(in_force(max(home.valid_from, oslo.day_of(at))), citizen=citizen)
        .select_related("unit")
        .order_by("part", "unit__path")
    )
    if area is None or not followers or followers[0].part:
        return None
    to = receiver_of(area_unit_id=area, on=home.valid_from, beside=[row.unit_id for row in followers])
    given = followers[0].unit
    if to is None or to.pk in {row.unit_id for row in followers}:
        return None
    if not goes_to_another_team(follower_path=given.path, follower_purpose=given.purpose, area_path=to.path):
        return None
    stored = Move.objects.create(
        citizen=citizen,
        kind=MoveKind.WITHIN,
        moves_on=home.valid_from,
        from_unit=given,
        to_unit=to,
        told_by_id=actor.employee_id,
        told_at=at,
    )
    audit.record(
        actor,
        CHANGE_HOME,
        str(stored),
        scope,
        at=at,
        change={"from_unit": given.pk, "to_unit": to.pk, "moves_on": home.valid_from.isoformat()},
    )
    return stored


@transaction.atomic
def keep_after_move(*, actor: Actor, move_id: int, at: datetime) -> Move:
    """Say that the unit keeps her though she has moved. Raises NotFound, NotAllowed, NotAMove."""
    row = get_move(actor=actor, move_id=move_id, at=at, lock=True)
    if row.from_unit is None or row.kept_at is not None:
        raise NotAMove(_("Dette er alt avgjort. Se hvem som har brukeren nå."))
    settle_move(actor=actor, row=row, scope=Scope((row.from_unit.path,), row.citizen_id), at=at)
    return row


def settle_move(*, actor: Actor, row: Move, scope: Scope, at: datetime) -> None:
    """Store that she stays where she is. Raises NotAllowed."""
    require(actor, OFFER_HANDOVER, scope)
    row.kept_by_id, row.kept_at = actor.employee_id, at
    row.save(update_fields=["kept_by", "kept_at"])
    audit.record(actor, OFFER_HANDOVER, str(row), scope, at=at, change={"stays": True})


def settle_moves_of(*, actor: Actor, citizen_id: int, from_unit_id: int, scope: Scope, at: datetime) -> None:
    """The unit keeps her, and has said so: what waits because she has moved is settled by it. Callers checked it."""
    for row in Move.objects.filter(
        citizen_id=citizen_id, kind=MoveKind.WITHIN, from_unit_id=from_unit_id, kept_at__isnull=True
    ):
        settle_move(actor=actor, row=row, scope=scope, at=at)


def first_day(said: MovesIn | None, *, today: date) -> date:
    """Return the first day she can have help at the address: the day she moves, or today."""
    return max(today, said.on) if said else today
