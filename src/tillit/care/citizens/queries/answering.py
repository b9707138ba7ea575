"""Who answers for a citizen today, when one of those named is away."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import Absence

_IN_ORDER = (
    (ResponsibleKind.SERVICE_RESPONSIBLE, False),
    (ResponsibleKind.SERVICE_RESPONSIBLE, True),
    (ResponsibleKind.PRIMARY_CONTACT, False),
    (ResponsibleKind.PRIMARY_CONTACT, True),
)


def who_answers(citizen_ids: Iterable[int], *, on: date) -> dict[int, int]:
    """Return the employee who answers for each citizen that day; those whom nobody answers for are left out.

    The service-responsible, else her deputy, else the primary contact or his deputy; somebody who is away that day is
    passed over unless all are. Two queries. Callers have checked reach.
    """
    named: dict[int, dict[tuple[str, bool], int]] = defaultdict(dict)
    rows = Responsible.objects.filter(in_force(on), citizen_id__in=list(citizen_ids))
    for citizen_id, kind, is_deputy, employee_id in rows.values_list("citizen_id", "kind", "is_deputy", "employee_id"):
        named[citizen_id][kind, is_deputy] = employee_id
    everyone = {employee_id for tasks in named.values() for employee_id in tasks.values()}
    away = set(Absence.objects.filter(in_force(on), employee_id__in=everyone).values_list("employee_id", flat=True))
    found: dict[int, int] = {}
    for citizen_id, tasks in named.items():
        in_order = [tasks[kind.value, deputy] for kind, deputy in _IN_ORDER if (kind.value, deputy) in tasks]
        present = [employee_id for employee_id in in_order if employee_id not in away]
        if in_order:
            found[citizen_id] = (present or in_order)[0]
    return found
