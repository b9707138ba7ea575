"""Who belongs to which of some teams on a day: for what each is asked once, in the team where she works the most."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import PositionShare, RoleHolding
from tillit.foundation.workforce.queries.employment import employed


def home_teams(unit_ids: Collection[int], *, on: date, employee_id: int | None = None) -> dict[int, int]:
    """Return employee id → the one of these units she belongs to on the day; a work group's people are its team's.

    Where she has most of a full position; as much in two: the one with the lowest id. Those who lead a unit are not
    among its people. employee_id: ask for one alone. Three queries.
    """
    wanted = frozenset(unit_ids)
    parents = dict(Unit.objects.filter(parent_id__in=wanted).values_list("pk", "parent_id"))
    shares = PositionShare.objects.filter(
        in_force(on, "position__"), employed(on, "position__employee__"), unit_id__in=wanted | set(parents)
    )
    leading = RoleHolding.objects.filter(in_force(on), role=Role.TEAM_LEADER, unit_id__in=wanted)
    if employee_id is not None:
        shares = shares.filter(position__employee_id=employee_id)
        leading = leading.filter(employee_id=employee_id)
    leads = set(leading.values_list("employee_id", "unit_id"))
    parts: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for employee, unit, percent, share in shares.values_list(
        "position__employee_id", "unit_id", "position__percent", "share"
    ):
        team = unit if unit in wanted else parents[unit]
        if team is not None and (employee, team) not in leads:
            parts[employee][team] += float(percent) * float(share)
    return {employee: min(teams, key=lambda team: (-teams[team], team)) for employee, teams in parts.items()}
