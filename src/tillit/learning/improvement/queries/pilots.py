"""Pilots within reach, and the teams in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import TEAM_KINDS, in_force, within_reach
from tillit.kernel.errors import NotFound
from tillit.learning.improvement.models import Pilot, PilotTeam, Variant
from tillit.learning.improvement.permissions import RUN_PILOT, SEE_PILOTS
from tillit.learning.improvement.rules.phases import Phase


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in a pilot. is_reached: the reader reaches the team itself, so its figures may be shown to her."""

    team_id: int
    unit_id: int
    unit_name: str
    path: str
    variant: str
    own_words: str
    joined_on: date
    began_on: date | None
    left_on: date | None
    has_baseline: bool
    without_reason: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class PilotLine:
    """A pilot as it stands in a list."""

    pilot_id: int
    name: str
    tries: str
    unit_name: str
    phase: Phase
    started_on: date | None
    without_reason: str
    has_baseline: bool
    teams: tuple[TeamLine, ...]


def pilot_scope(pilot: Pilot) -> Scope:
    """Return what an act on the pilot touches: the unit that has it."""
    return Scope((pilot.unit.path,))


def log_scope(pilot: Pilot, teams: Iterable[TeamLine]) -> Scope:
    """Return what a line in its log touches: the unit that has it, and the teams in it. One of them is enough."""
    return Scope((pilot.unit.path, *(one.path for one in teams)))


def get_pilot(*, actor: Actor, pilot_id: int, lock: bool = False) -> Pilot:
    """Return a pilot of a unit the actor reaches, or with a team she reaches. Raises NotFound otherwise.

    lock: hold the pilot's row until the transaction ends, for actions.
    """
    rows = Pilot.objects.filter(pk__in=_seen_by(actor).values("pk")).select_related("unit")
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        return rows.get(pk=pilot_id)
    except Pilot.DoesNotExist:
        raise NotFound(_("Fant ikke piloten.")) from None


def get_team(*, pilot: Pilot, team_id: int) -> PilotTeam:
    """Return a team of the pilot. Raises NotFound for one of another."""
    found = PilotTeam.objects.filter(pilot=pilot, pk=team_id).select_related("unit").first()
    if found is None:
        raise NotFound(_("Fant ikke teamet i piloten."))
    return found


def list_pilots(*, actor: Actor) -> list[PilotLine]:
    """Return the pilots the actor sees: under way first, then planned, then ended; by name. Two queries."""
    order = {Phase.RUNNING: 0, Phase.EVALUATING: 1, Phase.BASELINE: 2, Phase.PREPARING: 3, Phase.ENDED: 4}
    rows = list(_seen_by(actor).select_related("unit").prefetch_related(None))
    teams: dict[int, list[TeamLine]] = {row.pk: [] for row in rows}
    found = PilotTeam.objects.filter(pilot_id__in=list(teams)).select_related("unit")
    for row in found.order_by("unit__path", "pk"):
        teams[row.pilot_id].append(_line(actor, row))
    lines = [
        PilotLine(
            pilot_id=row.pk,
            name=row.name,
            tries=row.tries,
            unit_name=row.unit.name,
            phase=Phase(row.phase),
            started_on=row.started_on,
            without_reason=row.without_reason,
            has_baseline=row.baseline_at is not None,
            teams=tuple(teams[row.pk]),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda one: (order[one.phase], one.name, one.pilot_id))


def teams_of(*, actor: Actor, pilot: Pilot) -> tuple[TeamLine, ...]:
    """Return the teams in a pilot in the order of the map, never by how they do. One query."""
    rows = PilotTeam.objects.filter(pilot=pilot).select_related("unit").order_by("unit__path", "pk")
    return tuple(_line(actor, row) for row in rows)


def runnable_units(*, actor: Actor, on: date) -> list[Unit]:
    """Return the units the actor may have a pilot in, from the top down. One query."""
    rows = within_reach(actor, RUN_PILOT).filter(in_force(on)).exclude(kind__in=("WORK_GROUP", "OFFICE"))
    return list(rows.order_by("path"))


def untried_units(*, actor: Actor) -> list[int]:
    """Return the teams the actor sees that work as they always have: in no pilot that tries something. One query."""
    tried = PilotTeam.objects.filter(began_on__isnull=False).exclude(variant=Variant.ORDINARY)
    rows = within_reach(actor, SEE_PILOTS).filter(kind__in=TEAM_KINDS).exclude(pk__in=tried.values("unit"))
    return list(rows.order_by("path").values_list("pk", flat=True))


def teams_to_choose(*, unit: Unit, on: date, but: Pilot | None = None) -> list[Unit]:
    """Return the teams at or below a unit that can be in a pilot of it. One query. but: not those it has already."""
    rows = Unit.objects.filter(in_force(on), path__startswith=unit.path, kind__in=TEAM_KINDS)
    if but is not None:
        rows = rows.exclude(pk__in=PilotTeam.objects.filter(pilot=but).values("unit"))
    return list(rows.order_by("path"))


def _seen_by(actor: Actor) -> QuerySet[Pilot]:
    units = within_reach(actor, SEE_PILOTS).values("pk")
    teams = PilotTeam.objects.filter(unit__in=units)
    return Pilot.objects.filter(Q(unit__in=units) | Q(pk__in=teams.values("pilot")))


def _line(actor: Actor, row: PilotTeam) -> TeamLine:
    return TeamLine(
        team_id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        path=row.unit.path,
        variant=row.variant,
        own_words=row.own_words,
        joined_on=row.joined_on,
        began_on=row.began_on,
        left_on=row.left_on,
        has_baseline=row.has_baseline,
        without_reason=row.without_reason,
        is_reached=any(grant.role in SEE_PILOTS.roles and grant.reaches(row.unit.path) for grant in actor.grants),
    )
