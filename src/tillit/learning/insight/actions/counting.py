"""Count what has not been counted, and what something changed under. Each night, and when somebody asks for it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl
from django.db import transaction

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import everywhere
from tillit.kernel import oslo
from tillit.kernel.periods import Days
from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.models import CountedSpan, Figure, StaleMark
from tillit.learning.insight.permissions import COUNT_FIGURES
from tillit.learning.insight.queries import gathering
from tillit.learning.insight.queries.brought_sums import sums_of, tree
from tillit.learning.insight.queries.own import Own, own_in_use
from tillit.learning.insight.rules import due, periods
from tillit.learning.insight.rules.facts import Places, together
from tillit.learning.insight.rules.families import MONTHLY, WEEKLY
from tillit.learning.insight.rules.figures import Found, nothing, read
from tillit.learning.insight.rules.indicators import Indicator, Step

SETTLES = timedelta(hours=1)
"""A week is counted when it has been over for an hour: what was said before midnight is stored by then."""
AT_ONCE = {Step.WEEK: 26, Step.MONTH: 12}
"""Weeks and months counted in one piece: it bounds the memory, and is how far apart one may press stop."""

Say = Callable[[int, int], bool]
"""Told how many pieces are done of how many; answers whether to stop."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a count did. whole: it was not stopped before it was done."""

    looked_at: int = 0
    new: int = 0
    replaced: int = 0
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    step: Step
    wanted: Mapping[date, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Task:
    """What is counted, by the definitions as they were when the count began. shipped: those that come with Tillit."""

    known: Mapping[str, Indicator]
    own: Sequence[Own]
    shipped: bool


def count_figures(
    *,
    actor: Actor,
    at: datetime,
    units: Sequence[int] | None = None,
    within: Days | None = None,
    everything: bool = False,
    codes: Collection[str] | None = None,
    say: Say | None = None,
) -> Counted:
    """Count figures that nobody has counted or that something changed under, and keep those that became others.

    units: these and those above them alone. within: weeks and months inside these days alone. Either one, or
    everything, counts also what is thought to be right. codes: these own indicators alone, all their weeks and months.
    at: now; the week and the month it lies in are not over.
    say: called between pieces. What was counted before a stop is kept, and the rest is still due.
    Raises NotAllowed.
    """
    require(actor, COUNT_FIGURES, everywhere())
    today = oslo.day_of(at - SETTLES)
    places = gathering.places()
    marks = list(StaleMark.objects.order_by("pk"))
    task = _task(codes)
    forced = everything or units is not None or within is not None or codes is not None
    wanted = {
        step: {}
        if not any(one.step is step for one in task.known.values())
        else _forced(step, places, today=today, units=units, within=within)
        if forced
        else _due(step, task, places, marks, today=today)
        for step in Step
    }
    pieces = [_Piece(step, part) for step in Step for part in _parts(wanted[step], AT_ONCE[step])]
    looked_at = new = replaced = 0
    for done, piece in enumerate(pieces):
        if say is not None and say(done, len(pieces)):
            return Counted(looked_at, new, replaced, whole=False)
        one = _count(piece, task, at=at)
        looked_at, new, replaced = looked_at + one.looked_at, new + one.new, replaced + one.replaced
    if units is None and within is None:
        _settle(task, places, marks if codes is None else (), today=today)
    return Counted(looked_at, new, replaced)


def _task(codes: Collection[str] | None) -> _Task:
    own = own_in_use()
    if codes is None:
        known = {one.code: one for one in (*shipped(), *(each.indicator for each in own))}
        return _Task(known, own, shipped=True)
    mine = tuple(each for each in own if each.indicator.code in codes)
    return _Task({each.indicator.code: each.indicator for each in mine}, mine, shipped=False)


def _above(places: Places) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for unit, at in places.belongs.iter_rows():
        found[unit] = (*found.get(unit, ()), at)
    return found


def _due(step: Step, task: _Task, places: Places, marks: Iterable[StaleMark], *, today: date) -> due.Wanted:
    known = task.known
    spans = {
        row.indicator: Days(row.first, row.after)
        for row in CountedSpan.objects.all()
        if row.indicator in known and known[row.indicator].version == row.version
    }
    return due.wanted(
        step,
        tuple(known.values()),
        counted=spans,
        stale=[due.Stale(mark.unit_id, Days(mark.first, mark.after)) for mark in marks],
        above=_above(places),
        kept_since=places.kept_since,
        today=today,
    )


def _forced(step: Step, places: Places, *, today: date, units: Sequence[int] | None, within: Days | None) -> due.Wanted:
    if places.kept_since is None:
        return {}
    above = _above(places)
    chosen = frozenset(at for unit in (above if units is None else units) for at in above.get(unit, ()))
    days = Days(places.kept_since)
    if within is not None:
        days = Days(max(within.first, places.kept_since), within.after)
    return dict.fromkeys(periods.within(step, days, ended_by=today), chosen)


def _parts(wanted: due.Wanted, at_once: int) -> list[due.Wanted]:
    """Cut into pieces of weeks that lie close to each other, so that nothing is fetched for the time between."""
    parts: list[due.Wanted] = []
    last: date | None = None
    for starts_on, units in wanted.items():
        far = last is not None and (starts_on - last).days > 62
        if not parts or far or len(parts[-1]) >= at_once:
            parts.append({})
        parts[-1][starts_on] = units
        last = starts_on
    return parts


def _count(piece: _Piece, task: _Task, *, at: datetime) -> Counted:
    starts = list(piece.wanted)
    first, after = starts[0], periods.end(piece.step, starts[-1])
    parts: list[pl.DataFrame] = []
    if task.shipped and piece.step is Step.WEEK:
        week_facts = gathering.for_weeks(first=first, after=after)
        parts += [family(week_facts, starts) for family in WEEKLY]
    elif task.shipped:
        month_facts = gathering.for_months(first=first, after=after)
        parts += [family(month_facts, starts) for family in MONTHLY]
    own = [one for one in task.own if one.indicator.step is piece.step]
    points = read(together(parts))
    if own:
        points += read(gathering.own_points(own, step=piece.step, starts=starts))
    if task.shipped and piece.step is Step.MONTH:
        points += sums_of(task.known.values(), starts, tree())
    found = [one for one in points if one.unit_id in piece.wanted[one.starts_on]]
    known = {code: one for code, one in task.known.items() if one.step is piece.step}
    return _keep(found, piece.wanted, known, at=at)


def sum_up(known: Mapping[str, Indicator], months: Collection[date], *, at: datetime) -> None:
    """Sum what was brought in for teams in these months, for all units above them. No actor: it follows from that.

    known: indicators whose figures are brought in, by code.
    """
    units = tree()
    found = sums_of(known.values(), months, units)
    everybody = frozenset(one.unit_id for one in units)
    _keep(found, dict.fromkeys(sorted(months), everybody), known, at=at)


@transaction.atomic
def _keep(
    found: Sequence[Found], wanted: Mapping[date, frozenset[int]], known: Mapping[str, Indicator], *, at: datetime
) -> Counted:
    """Store what is new, and what became another beside what it was. Two counts at once wait for each other here.

    What somebody brought in stays, but for one: where the teams' own sum can be made, it is the figure.
    """
    list(Unit.objects.select_for_update(no_key=True).filter(kind=UnitKind.MUNICIPALITY).values_list("pk"))
    stands = _standing(known, list(wanted))
    counted = {one.key: one for one in found if one.code in known}
    for key in stands:
        if key[1] in wanted[key[2]]:
            counted.setdefault(key, nothing(key))
    rows, old = [], []
    for key, one in counted.items():
        before = stands.get(key)
        if before is not None:
            sums_it = known[key[0]].brought and one.value is not None
            if (before.imported and not sums_it) or (not before.imported and _as_found(before).is_like(one)):
                continue
            old.append(before.pk)
        rows.append(_row(one, known[one.code], revision=before.revision + 1 if before else 1, at=at))
    for start in range(0, len(old), 500):
        Figure.objects.filter(pk__in=old[start : start + 500]).update(replaced_at=at)
    Figure.objects.bulk_create(rows, batch_size=500)
    return Counted(len(counted), len(rows) - len(old), len(old))


def _standing(known: Mapping[str, Indicator], starts: Sequence[date]) -> dict[tuple[str, int, date], Figure]:
    rows = Figure.objects.filter(starts_on__in=starts, indicator__in=list(known), replaced_at__isnull=True)
    return {
        (row.indicator, row.unit_id, row.starts_on): row for row in rows if known[row.indicator].version == row.version
    }


def _as_found(row: Figure) -> Found:
    return Found(
        row.indicator, row.unit_id, row.starts_on, row.value, row.n, row.numerator, row.denominator, row.excluded,
        row.complete, row.held,
    )  # fmt: skip


def _row(one: Found, indicator: Indicator, *, revision: int, at: datetime) -> Figure:
    return Figure(
        indicator=one.code,
        version=indicator.version,
        unit_id=one.unit_id,
        step=indicator.step.value,
        starts_on=one.starts_on,
        value=one.value,
        n=one.n,
        numerator=one.numerator,
        denominator=one.denominator,
        excluded=one.excluded,
        complete=min(1.0, max(0.0, one.complete)),
        held=one.held,
        revision=revision,
        counted_at=at,
    )


@transaction.atomic
def _settle(task: _Task, places: Places, marks: Sequence[StaleMark], *, today: date) -> None:
    """Say how far everything is counted, and take away the marks that were read; those that came since stay."""
    if places.kept_since is not None:
        for one in task.known.values():
            CountedSpan.objects.update_or_create(
                indicator=one.code,
                version=one.version,
                defaults={"first": places.kept_since, "after": max(places.kept_since, periods.begin(one.step, today))},
            )
    ids = [mark.pk for mark in marks]
    for start in range(0, len(ids), 500):
        StaleMark.objects.filter(pk__in=ids[start : start + 500]).delete()
