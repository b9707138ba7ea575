"""The indicators a municipality has made itself, as they are counted and shown."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import RoleHolding
from tillit.foundation.workforce.queries.employment import employed
from tillit.kernel.errors import NotFound
from tillit.learning.insight.models import OwnIndicator, OwnVersion
from tillit.learning.insight.rules.indicators import Better, Indicator, Step
from tillit.learning.insight.rules.own import PREFIX, Recipe, Said, Way, chart_of, is_whole, unit_of
from tillit.learning.insight.words import own as words

OWNERS = (Role.PROJECT_LEADER, Role.DISTRICT_LEADER, Role.ADMINISTRATOR, Role.TEAM_LEADER)
"""Who can answer for an own indicator, those nearest to it first."""


@dataclass(frozen=True, slots=True)
class Own:
    """One own indicator as it is defined now."""

    indicator: Indicator
    recipe: Recipe


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One version of an own indicator, with who answers for it and who decided it."""

    own_figure_id: int
    own: Own
    owner_id: int
    owner_name: str
    decided_by: str
    decided_at: datetime
    retired_at: datetime | None

    @property
    def said(self) -> Said:
        """The same as it was said."""
        one = self.own.indicator
        return Said(self.own.recipe, one.name, one.why, one.target, one.better, one.least, self.owner_id)


@dataclass(frozen=True, slots=True)
class Owner:
    """One who can answer for an own indicator. role: the one nearest to it."""

    employee_id: int
    name: str
    role: str


def own_in_use() -> tuple[Own, ...]:
    """Return the newest version of each that is counted, the oldest indicator first. One query."""
    return tuple(line.own for line in own_lines() if line.retired_at is None)


def own_ever() -> tuple[Own, ...]:
    """Return the newest version of each, also of those that are counted no more. One query."""
    return tuple(line.own for line in own_lines())


def own_lines() -> tuple[OwnLine, ...]:
    """Return the newest version of each own indicator there has ever been. One query."""
    newest: dict[int, OwnVersion] = {}
    for row in _rows():
        newest[row.indicator_id] = row
    return tuple(_line(row) for row in newest.values())


def versions_of(own_figure_id: int) -> tuple[OwnLine, ...]:
    """Return every version of one own indicator, the oldest first. One query. Raises NotFound."""
    rows = list(_rows().filter(indicator_id=own_figure_id))
    if not rows:
        raise NotFound(_("Fant ikke tallet."))
    return tuple(_line(row) for row in rows)


def owners(on: date) -> tuple[Owner, ...]:
    """Return those who can answer for an own indicator on a day, by name. One query."""
    rows = (
        RoleHolding.objects.filter(in_force(on), employed(on, "employee__"), role__in=OWNERS)
        .order_by("employee__sort_name", "employee_id")
        .values_list("employee_id", "employee__given_name", "employee__family_name", "role")
    )
    found: dict[int, Owner] = {}
    for employee_id, given, family, role in rows:
        known = found.get(employee_id)
        if known is None or OWNERS.index(Role(role)) < OWNERS.index(Role(known.role)):
            found[employee_id] = Owner(employee_id, f"{given} {family}".strip(), role)
    return tuple(found.values())


def _rows() -> QuerySet[OwnVersion]:
    return OwnVersion.objects.select_related("indicator", "owner", "decided_by").order_by("indicator_id", "version")


def _line(row: OwnVersion) -> OwnLine:
    return OwnLine(
        own_figure_id=row.indicator_id,
        own=_own(row),
        owner_id=row.owner_id,
        owner_name=row.owner.name,
        decided_by=row.decided_by.name if row.decided_by else "",
        decided_at=row.decided_at,
        retired_at=row.indicator.retired_at,
    )


def _own(row: OwnVersion) -> Own:
    recipe = Recipe(
        fact=row.fact,
        way=Way(row.way),
        step=Step(row.step),
        column=row.column,
        other=row.other,
        only_column=row.only_column,
        only_value=row.only_value,
    )
    return Own(
        as_indicator(
            recipe,
            code=code_of(row.indicator),
            version=row.version,
            name=row.name,
            why=row.why,
            target=row.target,
            better=Better(row.better),
            least=row.least,
            owner_role=row.owner_role,
            is_retired=row.indicator.retired_at is not None,
        ),
        recipe,
    )


def code_of(own: OwnIndicator) -> str:
    """Return the code of an own indicator: «E-3»."""
    return f"{PREFIX}-{own.pk}"


def as_indicator(
    recipe: Recipe,
    *,
    code: str,
    version: int,
    name: str,
    why: str,
    target: str,
    better: Better,
    least: int,
    owner_role: str,
    is_retired: bool = False,
) -> Indicator:
    """Return a recipe as the definition that pages, verdicts and files read. recipe: whole (`rules.own.is_whole`)."""
    assert is_whole(recipe)
    return Indicator(
        code=code,
        version=version,
        name=name,
        question=words.question(name, better),
        why=why,
        counted=words.counted(recipe, is_retired=is_retired),
        counts=words.counts(recipe),
        source=words.source(recipe),
        unit=unit_of(recipe),
        better=better,
        step=recipe.step,
        chart=chart_of(recipe),
        least=least,
        page="own-indicators",
        owner=words.role(owner_role),
        decimals=0 if recipe.way is Way.COUNT else 1,
        target=target,
    )
