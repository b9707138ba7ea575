"""Where a case belongs by the responsibility table: who receives, assesses, prepares, decides and delivers (R04)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.models import Home
from tillit.care.decisions import sources
from tillit.care.decisions.models import Case, DecisionLine, Line
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


def rows_of_cases(cases: Iterable[Case], *, arrival: Arrival = Arrival.APPLICATION) -> dict[int, Rows]:
    """Return, by case id, which rows of the table route each case, step by step. One query.

    What is asked for routes it: help at home when there is any of it.
    """
    found = list(cases)
    codes: dict[int, list[str]] = defaultdict(list)
    lines = Line.objects.filter(case_id__in=[case.pk for case in found]).order_by("rank", "pk")
    for case_id, code in lines.values_list("case_id", "service__responsibility_code"):
        codes[case_id].append(code)
    answers = {}
    for case in found:
        groups = [group_of(code) for code in codes[case.pk]]
        group = ServiceGroup.HOME if ServiceGroup.HOME in groups or not groups else groups[0]
        kind = Arrival.REASSESSMENT if case.reassessed_from else arrival
        answers[case.pk] = rows_for(kind, is_new=case.is_new, service_group=group)
    return answers


def placed(case: Case, *, on: date, arrival: Arrival = Arrival.APPLICATION) -> tuple[Rows, dict[str, Routed]]:
    """Return the rows of the table behind a case, and row → who holds it, for the unit the citizen belongs to."""
    rows = rows_of_cases([case], arrival=arrival)[case.pk]
    unit_id = asking_unit_id(case.citizen_id, on=on, otherwise=case.unit_id)
    return rows, holders_for(codes=rows.codes, unit_id=unit_id, on=on, beside=sharing(case.citizen_id, on=on))


def sharing(citizen_id: int, *, on: date) -> Iterable[int]:
    """Return the units that follow the citizen: in a table with two teams, hers go before nearer ones (R08)."""
    return citizens.unit_ids_of((citizen_id,), on=on)[citizen_id]
