"""Series of a unit: its figures point by point, as the one who asks may see them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import IN_THE_TEAM, Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import TEAM_KINDS, within_reach
from tillit.kernel import clock, oslo
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days
from tillit.learning.insight.models import Figure, TimeMark
from tillit.learning.insight.permissions import SEE_FIGURES
from tillit.learning.insight.queries.definitions import indicators_of
from tillit.learning.insight.rules import hiding, periods
from tillit.learning.insight.rules.facts import COUNTED_KINDS
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.series import Mark, Point, Series
from tillit.learning.insight.sources import baselines_of


@dataclass(frozen=True, slots=True)
class _Stored:
    """The figures in force of some units. Keys: unit, indicator and, for points, the first day."""

    points: dict[tuple[int, str, date], Point] = field(default_factory=dict)
    counted: dict[tuple[int, str], datetime] = field(
        default_factory=dict, metadata={"help": "When the newest figure was counted"}
    )
    sources: dict[tuple[int, str], list[str]] = field(
        default_factory=dict, metadata={"help": "Where figures that were brought in are from, the oldest first"}
    )
    gives_away: set[tuple[int, str, date]] = field(
        default_factory=set, metadata={"help": "Shown to nobody: a small number beside it could be reckoned"}
    )


def series_of(
    *, actor: Actor, unit_id: int, codes: Sequence[str], within: Days, today: date | None = None
) -> tuple[Series, ...]:
    """Return the series of a unit the actor reaches, in the order of `codes`: whole weeks or months inside `within`.

    Those of the team see a week when it is over and counted; others from 14 days later. What rests on too few is hidden
    already. today: the clock's when left out. Six queries, whatever the weeks; one more where a sum was
    made of what was brought in. Raises NotFound, for an unknown code too.
    """
    found = series_of_units(actor=actor, unit_ids=[unit_id], codes=codes, within=within, today=today)
    if unit_id not in found:
        raise NotFound(_("Fant ikke enheten."))
    return found[unit_id]


def series_of_units(
    *,
    actor: Actor,
    unit_ids: Sequence[int],
    codes: Sequence[str],
    within: Days,
    today: date | None = None,
    for_all: bool = False,
) -> Mapping[int, tuple[Series, ...]]:
    """Return the same for several units; those out of reach are left out. Six queries, whatever the units.

    for_all: what is to be kept and shown to others: hidden as from those above, also where a team asks for its own.
    """
    asked = indicators_of(codes)
    today = today or oslo.day_of(clock.now())
    units = list(within_reach(actor, SEE_FIGURES).filter(pk__in=unit_ids, kind__in=COUNTED_KINDS))
    stored = _stored(units, asked, within)
    early = {unit.pk for unit in units if sees_first(actor, unit)}
    sees_neighbours = {unit.pk for unit in units if for_all or unit.pk not in early}
    held = _held_back(asked, within) if sees_neighbours else {}
    marks = _marks(units, within)
    frozen = baselines_of([unit.pk for unit in units])
    result: dict[int, tuple[Series, ...]] = {}
    for unit in units:
        ended_by = today if unit.pk in early else hiding.last_for_leaders(today)
        result[unit.pk] = tuple(
            Series(
                indicator=one,
                unit_id=unit.pk,
                unit_name=unit.name,
                points=tuple(
                    hiding.shown(
                        stored.points.get((unit.pk, one.code, starts_on)) or _empty(one, starts_on),
                        least=one.least,
                        withheld=(unit.pk, one.code, starts_on) in stored.gives_away
                        or (unit.pk in sees_neighbours and unit.pk in held.get((one.code, starts_on), ())),
                    )
                    for starts_on in periods.within(one.step, within, ended_by=ended_by)
                ),
                marks=marks[unit.pk],
                baseline_starts_on=days.first if days else None,
                baseline_ends_on=days.after if days else None,
                brought_from=tuple(dict.fromkeys(reversed(stored.sources.get((unit.pk, one.code), ())))),
                counted_at=stored.counted.get((unit.pk, one.code)),
            )
            for one in asked
            for days in [frozen.get(unit.pk, {}).get(one.code)]
        )
    return result


def sees_first(actor: Actor, unit: Unit) -> bool:
    """Whether the actor is of the team, so that its numbers are hers the day they are counted.

    That is a role in the team itself or in a work group of it, and its own leader. A role further up is not.
    """
    if actor.is_system:
        return True
    if unit.kind not in TEAM_KINDS:
        return False
    return any(
        (grant.path.startswith(unit.path) and grant.role in IN_THE_TEAM)
        or (grant.role is Role.TEAM_LEADER and unit.path.startswith(grant.path))
        for grant in actor.grants
    )


def counts_from(unit_id: int) -> date | None:
    """Return the first day of the oldest week or month with a figure of the unit, or None. Callers checked reach."""
    rows = Figure.objects.filter(unit_id=unit_id, replaced_at__isnull=True).order_by("starts_on")
    return rows.values_list("starts_on", flat=True).first()


def _inside(within: Days) -> Q:
    found = Q(starts_on__gte=within.first)
    return found if within.after is None else found & Q(starts_on__lt=within.after)


def _versions(asked: Iterable[Indicator]) -> Q:
    found = Q(pk__in=())
    for one in asked:
        found |= Q(indicator=one.code, version=one.version)
    return found


def _stored(units: Sequence[Unit], asked: Sequence[Indicator], within: Days) -> _Stored:
    by_code = {one.code: one for one in asked}
    rows = Figure.objects.filter(
        _inside(within), _versions(asked), unit_id__in=[unit.pk for unit in units], replaced_at__isnull=True
    ).values_list(
        "unit_id", "indicator", "starts_on", "value", "n", "numerator", "denominator", "low", "high", "excluded",
        "complete", "imported", "revision", "counted_at", "brought_in__source", "held",
    ).order_by("starts_on")  # fmt: skip
    found = _Stored()
    summed: set[tuple[int, str]] = set()
    for (
        unit_id, code, starts_on, value, n, numerator, denominator, low, high, excluded, complete, imported, revision,
        counted_at, source, held,
    ) in rows:  # fmt: skip
        found.points[unit_id, code, starts_on] = Point(
            starts_on=starts_on,
            ends_on=periods.end(by_code[code].step, starts_on),
            value=value,
            n=n,
            numerator=numerator,
            denominator=denominator,
            low=low,
            high=high,
            excluded=excluded,
            complete=complete,
            imported=imported,
            revision=revision,
        )
        if source and value is not None:
            found.sources.setdefault((unit_id, code), []).append(source)
        if by_code[code].brought and value is not None and not imported:
            summed.add((unit_id, code))
        if held:
            found.gives_away.add((unit_id, code, starts_on))
        known = found.counted.get((unit_id, code))
        found.counted[unit_id, code] = counted_at if known is None else max(known, counted_at)
    if summed:
        _add_sources_below(found, summed, units, within)
    return found


def _add_sources_below(
    found: _Stored, summed: Collection[tuple[int, str]], units: Sequence[Unit], within: Days
) -> None:
    """Say where the teams' figures are from that sums were made of. One query."""
    rows = Figure.objects.filter(
        _inside(within), indicator__in={code for _unit, code in summed}, imported=True, value__isnull=False,
        replaced_at__isnull=True,
    ).order_by("starts_on", "pk")  # fmt: skip
    for code, path, source in rows.values_list("indicator", "unit__path", "brought_in__source"):
        for unit in units:
            if (unit.pk, code) in summed and path.startswith(unit.path):
                found.sources.setdefault((unit.pk, code), []).append(source)


def _empty(one: Indicator, starts_on: date) -> Point:
    return Point(starts_on=starts_on, ends_on=periods.end(one.step, starts_on), value=None, n=0)


def _held_back(asked: Sequence[Indicator], within: Days) -> dict[hiding.Key, frozenset[int]]:
    """Return which units are held back where some unit of the municipality has too few. Two queries, three with one."""
    small = Q(pk__in=())
    for one in asked:
        few_or_held = Q(n__gt=0, n__lt=one.least) | Q(held=True)
        small |= Q(indicator=one.code, version=one.version) & few_or_held
    current = Figure.objects.filter(_inside(within), replaced_at__isnull=True).order_by()
    few = set(current.filter(small).values_list("indicator", "starts_on"))
    if not few:
        return {}
    least = {one.code: one.least for one in asked}
    rows = current.filter(
        _versions(asked), indicator__in={code for code, _ in few}, starts_on__in={starts_on for _, starts_on in few}
    ).values_list("indicator", "starts_on", "unit_id", "n", "held", "unit__path")
    found = [row for row in rows if (row[0], row[1]) in few]
    paths = {row[2]: row[5] for row in found}
    cells = hiding.gather((row[:5] for row in found), paths)
    return {key: hiding.withheld(mine, least=least[key[0]]) for key, mine in cells.items()}


def _marks(units: Sequence[Unit], within: Days) -> dict[int, tuple[Mark, ...]]:
    """Return what happened for each unit: its own marks and those of the units above it. One query."""
    above = {unit.pk: {int(part) for part in unit.path.split(".") if part} for unit in units}
    wanted = {one for found in above.values() for one in found}
    rows = TimeMark.objects.filter(
        unit_id__in=wanted, withdraws__isnull=True, withdrawn_by__isnull=True, on__gte=within.first - timedelta(days=31)
    )
    if within.after is not None:
        rows = rows.filter(on__lt=within.after)
    stored = list(rows.order_by("on", "pk").values_list("unit_id", "on", "text", "kind"))
    return {
        unit.pk: tuple(Mark(on, text, kind) for unit_id, on, text, kind in stored if unit_id in above[unit.pk])
        for unit in units
    }
