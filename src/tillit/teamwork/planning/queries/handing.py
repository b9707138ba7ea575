"""How visits came to the one who has them, when it was not by the allocator."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import F

from tillit.teamwork.planning.models import Assignment, ListChange
from tillit.teamwork.planning.queries.lists import from_json, steps_after
from tillit.teamwork.planning.rules import handing
from tillit.teamwork.planning.rules.handing import Handed, Step


def handed_to(*, employee_id: int, visit_ids: Iterable[int]) -> dict[int, Handed]:
    """Return those of the employee's visits that came from a colleague, or that she took, and how, in one query.

    Callers ask for the signed-in employee's own visits, on lists in use.
    """
    wanted = frozenset(visit_ids)
    lists = Assignment.objects.filter(employee_id=employee_id, visit_id__in=wanted).values("lists_id")
    rows = ListChange.objects.filter(
        lists_id__in=lists, undone_at__isnull=True, edition__gt=F("lists__published_edition")
    ).order_by("lists_id", "edition", "pk")
    steps: list[Step] = []
    seen: dict[int, int] = {}
    for what, by_id, before, after, now in rows.values_list("what", "by_id", "before", "after", "lists__edition"):
        steps.append(Step(what, by_id, from_json(before), from_json(after)))
        seen |= {row.visit_id: now for row in steps[-1].after}
    found = handing.handed(steps, employee_id=employee_id)
    return {visit_id: replace(how, seen=seen[visit_id]) for visit_id, how in found.items() if visit_id in wanted}


def steps_since(*, lists_id: int, edition: int) -> list[Step]:
    """Return every step after an edition of the lists, oldest first, also those undone."""
    return [
        Step(step.what, step.by_id, step.before, step.after) for step in steps_after(lists_id=lists_id, edition=edition)
    ]


def last_given(*, lists_id: int, by_id: int) -> tuple[Step, datetime] | None:
    """Return the newest step in which somebody gave a visit away on these lists, and when; None when there is none."""
    rows = ListChange.objects.filter(
        lists_id=lists_id, what=handing.HAND_OVER, by_id=by_id, undone_at__isnull=True
    ).order_by("-edition", "-pk")
    found = rows.first()
    if found is None:
        return None
    return Step(found.what, found.by_id, from_json(found.before), from_json(found.after)), found.at
