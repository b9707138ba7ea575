"""Cases under way when a team's model changes: what moves, what stays (R04). Counts and ids only."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.models import Following
from tillit.care.decisions.models import Case, Line
from tillit.care.decisions.rules.parcels import group_of
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.rules.routing import Arrival, Rows, ServiceGroup, rows_for

#: Nobody has begun to assess these: they follow the table when it changes.
NOT_BEGUN = frozenset({State.CONTACT, State.RECEIVED})
#: Somebody is at work with these: they stay with those who know them.
BEGUN = frozenset({State.ASSESSMENT, State.PROPOSED, State.DECIDED, State.REASSESSMENT})
#: What is carried out: the next reassessment is done by whoever the table names then.
RUNNING = frozenset({State.NOTIFIED, State.ACTIVE, State.PAUSED})


def open_cases_of(unit_ids: Collection[int], *, on: date) -> list[Case]:
    """Return the open cases that a table counts for when these units follow it, by id. Two queries.

    A case asks the table of the unit that follows the citizen (of several, the one that follows everything), or of the
    unit that holds it when nobody follows her yet.
    """
    wanted = set(unit_ids)
    followed = Following.objects.filter(in_force(on), unit_id__in=wanted).values("citizen_id")
    rows = list(
        Case.objects.exclude(state__in=[each.value for each in CLOSED])
        .filter(Q(unit_id__in=wanted) | Q(citizen_id__in=followed))
        .select_related("unit")
        .order_by("pk")
    )
    followers = citizens.unit_ids_of({case.citizen_id for case in rows}, on=on)
    return [case for case in rows if next(iter(followers[case.citizen_id]), case.unit_id) in wanted]


def rows_of_cases(cases: Iterable[Case]) -> dict[int, Rows]:
    """Return, by case id, which rows of the table route each case. One query."""
    found = list(cases)
    codes: dict[int, list[str]] = defaultdict(list)
    lines = Line.objects.filter(case_id__in=[case.pk for case in found]).order_by("rank", "pk")
    for case_id, code in lines.values_list("case_id", "service__responsibility_code"):
        codes[case_id].append(code)
    answers = {}
    for case in found:
        groups = [group_of(code) for code in codes[case.pk]]
        group = ServiceGroup.HOME if ServiceGroup.HOME in groups or not groups else groups[0]
        kind = Arrival.REASSESSMENT if case.reassessed_from else Arrival.APPLICATION
        answers[case.pk] = rows_for(kind, is_new=case.is_new, service_group=group)
    return answers
