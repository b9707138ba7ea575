"""Where a case belongs by the responsibility table: who receives, assesses, prepares, decides and delivers (R04)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.models import Home
from tillit.care.citizens.queries.moving import moved_in_at
from tillit.care.decisions import sources
from tillit.care.decisions.models import Assessment, Case, DecisionLine, Line
from tillit.care.decisions.rules.next_holder import next_row
from tillit.care.decisions.rules.parcels import group_of
from tillit.care.decisions.rules.states import GIVING, State
from tillit.foundation.organisation.queries import in_force, unit_for_address
from tillit.foundation.responsibility.queries import Routed, holders_for
from tillit.foundation.responsibility.rules.routing import Arrival, Rows, ServiceGroup, rows_for
from tillit.kernel.geo import Place

BEFORE_DECISION = (State.CONTACT.value, State.RECEIVED.value, State.ASSESSMENT.value, State.PROPOSED.value)


def asking_unit_id(citizen_id: int, *, on: date, otherwise: int) -> int:
    """Return the unit whose table counts for a citizen: the one that follows her, else the one of her address.

    Of several that follow her, the one that follows everything. otherwise: when neither is known.
    """
    if followers := citizens.unit_ids_of((citizen_id,), on=on)[citizen_id]:
        return followers[0]
    home = Home.objects.filter(in_force(on), citizen_id=citizen_id).order_by("-valid_from", "-pk").first()
    return (unit_of_home(home.latitude, home.longitude, home.postal_code, on=on) if home else None) or otherwise


def unit_of_home(latitude: float | None, longitude: float | None, postal_code: str, *, on: date) -> int | None:
    """Return the unit whose area an address lies in, or None."""
    place = None if latitude is None or longitude is None else Place(latitude, longitude)
    return unit_for_address(place=place, postal_code=postal_code, on=on)


def is_new_citizen(citizen_id: int, *, on: date) -> bool:
    """Whether the citizen gets no help by a decision yet, so that the rows for new citizens count.

    A care plan in use counts as a decision that is not registered here, unless help began before the decision in a
    case that is still open.
    """
    holding = DecisionLine.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        decision__case__citizen_id=citizen_id,
        outcome__in=GIVING,
        stopped_on__isnull=True,
    )
    if holding.exists():
        return False
    plan = sources.plan_facts([citizen_id], on=on).get(citizen_id)
    if plan is None or not plan.in_use:
        return True
    return Case.objects.filter(
        citizen_id=citizen_id, state__in=BEFORE_DECISION, is_new=True, urgent_from__isnull=False
    ).exists()


def rows_of_cases(cases: Iterable[Case], *, arrival: Arrival | None = None) -> dict[int, Rows]:
    """Return, by case id, which rows of the table route each case, step by step. Two queries.

    What is asked for routes it: help at home when there is any of it. A case that was received as she moves to the
    municipality came by that.
    """
    found = list(cases)
    moves = moved_in_at(case.citizen_id for case in found)
    groups = _groups_of(found)
    answers = {}
    for case in found:
        came_by = Arrival.MOVED_IN if case.registered_at in moves.get(case.citizen_id, ()) else Arrival.APPLICATION
        kind = Arrival.REASSESSMENT if case.reassessed_from else arrival or came_by
        answers[case.pk] = rows_for(kind, is_new=case.is_new, service_group=groups[case.pk])
    return answers


def _groups_of(cases: list[Case]) -> dict[int, ServiceGroup]:
    codes: dict[int, list[str]] = defaultdict(list)
    lines = Line.objects.filter(case_id__in=[case.pk for case in cases]).order_by("rank", "pk")
    for case_id, code in lines.values_list("case_id", "service__responsibility_code"):
        codes[case_id].append(code)
    found = {}
    for case in cases:
        groups = [group_of(code) for code in codes[case.pk]]
        found[case.pk] = ServiceGroup.HOME if ServiceGroup.HOME in groups or not groups else groups[0]
    return found


def placed(
    case: Case, *, on: date, arrival: Arrival | None = None, followers: Sequence[int] | None = None
) -> tuple[Rows, dict[str, Routed]]:
    """Return the rows of the table behind a case, and row → who holds it, for the unit the citizen belongs to.

    arrival: what is asked about, when it is something else than how the case came. followers: the units that follow
    the citizen, when they are known.
    """
    rows = rows_of_cases([case], arrival=arrival)[case.pk]
    shared = tuple(sharing(case.citizen_id, on=on)) if followers is None else followers
    unit_id = shared[0] if shared else asking_unit_id(case.citizen_id, on=on, otherwise=case.unit_id)
    return rows, holders_for(codes=rows.codes, unit_id=unit_id, on=on, beside=shared)


@dataclass(frozen=True, slots=True)
class Next:
    """Where a case may be sent by the table."""

    code: str = field(metadata={"help": "The row whose holder has the next step; empty: those who have it"})
    is_now: bool = field(metadata={"help": "That step is at hand; else those who have it have something to do first"})
    codes: tuple[str, ...] = field(metadata={"help": "Every row behind the case, the next step's first"})
    rows: Rows
    held: dict[str, Routed]

    def to(self, holder_id: int) -> str:
        """The name of the unit that has the step at hand; empty when it is theirs who have the case."""
        routed = self.held.get(self.code) if self.is_now else None
        found = zip(routed.unit_ids, routed.unit_names, strict=True) if routed else ()
        return next((name for unit_id, name in found if unit_id != holder_id), "")


def next_placing(case: Case, *, on: date, followers: Sequence[int] | None = None) -> Next:
    """Return who has the next step of a case by the table, and who has the others. Callers have reached the case.

    followers: the units that follow the citizen, when they are known.
    """
    rows = rows_of_cases([case])[case.pk]
    known = rows_for(Arrival.REASSESSMENT, is_new=False, service_group=_groups_of([case])[case.pk])
    codes = tuple(dict.fromkeys((*rows.codes, known.receive)))
    shared = tuple(sharing(case.citizen_id, on=on)) if followers is None else followers
    unit_id = shared[0] if shared else asking_unit_id(case.citizen_id, on=on, otherwise=case.unit_id)
    held = holders_for(codes=codes, unit_id=unit_id, on=on, beside=shared)
    found = next_row(
        State(case.state),
        rows=rows,
        known=known,
        is_assessed=Assessment.objects.filter(case=case, done_at__isnull=False).exists(),
        holder_id=case.unit_id,
        units={code: routed.unit_ids for code, routed in held.items()},
    )
    first = (found.code,) if found.code else ()
    return Next(found.code, found.is_now, tuple(dict.fromkeys((*first, *codes))), rows, held)


def sharing(citizen_id: int, *, on: date) -> Iterable[int]:
    """Return the units that follow the citizen: in a table with two teams, hers go before nearer ones (R08)."""
    return citizens.unit_ids_of((citizen_id,), on=on)[citizen_id]
