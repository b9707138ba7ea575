"""Typed builders of figures and marks: each gives something valid; say only what the test is about."""

from collections.abc import Sequence
from datetime import date, datetime

from tests.cast import MONDAY, MONDAY_DATE
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee
from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.models import Figure, OwnIndicator, OwnVersion, TimeMark
from tillit.learning.insight.rules import periods
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.own import Recipe, least_of

#: Twelve times four weeks around 10, then twelve around 7: a lasting change, also where a number looks four weeks back.
FEWER = tuple(
    value
    for value in (9.0, 10.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 10.0, *(8.0, 7.0) * 6)
    for _week in range(4)
)


def definition(code: str) -> Indicator:
    """Return a shipped indicator."""
    return next(one for one in shipped() if one.code == code)


def figures(
    unit: Unit,
    values: Sequence[float | None] = FEWER,
    *,
    code: str = "K-1-28",
    n: int = 60,
    until: date = MONDAY_DATE,
    counted_at: datetime = MONDAY,
) -> list[Figure]:
    """Store one figure for each week or month, the last of them the last that was over `until`."""
    one = definition(code)
    starts = [periods.begin(one.step, until)]
    while len(starts) <= len(values):
        starts.insert(0, periods.begin(one.step, date.fromordinal(starts[0].toordinal() - 1)))
    return Figure.objects.bulk_create(
        Figure(
            indicator=code, version=one.version, unit=unit, step=one.step, starts_on=starts_on, value=value, n=n,
            low=None if value is None else value * 0.9, high=None if value is None else value * 1.1,
            numerator=None if value is None else value * n, denominator=n, counted_at=counted_at,
        )
        for starts_on, value in zip(starts, values, strict=False)
    )  # fmt: skip


def mark(unit: Unit, text: str = "Ny leder", *, on: date = MONDAY_DATE, kind: str = "LEADER") -> TimeMark:
    """Store something that happened."""
    return TimeMark.objects.create(unit=unit, on=on, kind=kind, text=text, added_at=MONDAY)


def own(recipe: Recipe, *, owner: Employee, name: str = "Avlyste besøk", least: int | None = None) -> OwnIndicator:
    """Store an indicator the municipality has made itself."""
    made = OwnIndicator.objects.create(made_at=MONDAY)
    OwnVersion.objects.create(
        indicator=made, version=1, name=name, why="Vi vil vite det.", fact=recipe.fact, way=recipe.way.value,
        column=recipe.column, other=recipe.other, only_column=recipe.only_column, only_value=recipe.only_value,
        step=recipe.step.value, better="DOWN", least=least or least_of(recipe), owner=owner,
        owner_role=Role.PROJECT_LEADER.value, decided_at=MONDAY,
    )  # fmt: skip
    return made
