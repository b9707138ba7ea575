"""What a pilot is measured by, and its frozen baselines as series rules read them."""

from dataclasses import dataclass
from datetime import datetime

from tillit.kernel.periods import Days
from tillit.learning.improvement.models import Baseline, BaselineValue, ChosenIndicator, Pilot
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.rules.windows import Timing
from tillit.learning.insight.rules.series import Point


@dataclass(frozen=True, slots=True)
class Chosen:
    """An indicator under a goal."""

    goal: Goal
    code: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class FrozenPoint:
    """A point as it stood. version: of the definition it was counted by."""

    code: str
    version: int
    point: Point


@dataclass(frozen=True, slots=True)
class FrozenTeam:
    """A team's frozen baseline."""

    team_id: int
    window: Days
    timing: Timing
    signed_by_name: str
    signed_at: datetime
    caveat: str
    values: tuple[FrozenPoint, ...]

    def points(self, code: str) -> tuple[Point, ...]:
        """Return the points of one indicator, in order."""
        return tuple(one.point for one in self.values if one.code == code)

    def version(self, code: str) -> int | None:
        """Return the version of the definition one indicator was frozen by; None when it is not in the baseline."""
        return next((one.version for one in self.values if one.code == code), None)


def chosen_of(pilot: Pilot) -> tuple[Chosen, ...]:
    """Return the pilot's indicators in the order of the goals, the primary first. One query."""
    place = {goal: number for number, goal in enumerate(Goal)}
    rows = ChosenIndicator.objects.filter(pilot=pilot)
    found = [Chosen(Goal(row.goal), row.code, row.is_primary) for row in rows.order_by("pk")]
    return tuple(sorted(found, key=lambda one: (place[one.goal], not one.is_primary)))


def frozen_of(pilot: Pilot) -> dict[int, FrozenTeam]:
    """Return the pilot's frozen baselines by the team's number in the pilot. Two queries."""
    rows = list(Baseline.objects.filter(team__pilot=pilot).select_related("signed_by"))
    values: dict[int, list[FrozenPoint]] = {row.pk: [] for row in rows}
    for one in BaselineValue.objects.filter(baseline__in=rows).order_by("code", "starts_on"):
        values[one.baseline_id].append(FrozenPoint(one.code, one.version, point_of(one)))
    return {
        row.team_id: FrozenTeam(
            team_id=row.team_id,
            window=Days(row.first_on, row.after_on),
            timing=Timing(row.timing),
            signed_by_name=row.signed_by.name if row.signed_by else "",
            signed_at=row.signed_at,
            caveat=row.caveat,
            values=tuple(values[row.pk]),
        )
        for row in rows
    }


def point_of(row: BaselineValue) -> Point:
    """Return a stored point as series rules read it."""
    return Point(
        starts_on=row.starts_on, ends_on=row.ends_on, value=row.value, n=row.n, numerator=row.numerator,
        denominator=row.denominator, low=row.low, high=row.high, excluded=row.excluded, complete=row.complete,
        hidden=row.hidden, imported=row.imported, revision=row.revision,
    )  # fmt: skip
