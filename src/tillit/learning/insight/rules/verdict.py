"""What a series says: has something changed, and how sure may one be? Always the same answer to the same points.

The formulas are those of `measures.charts` (docs/how-we-count/measures-charts.md); here they are put to a series of an
indicator and turned into one answer (docs/how-we-count/verdicts.md). The midline is frozen at the baseline and never
moves by itself: only a person who notes that the work was changed may set a new baseline.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np
import polars as pl

from measures.answer import Answer
from measures.charts.control import LARGE, pchart, pprime, uchart, xmr
from measures.charts.runs import GOOD_USEFUL, crossings_needed, longest_allowed, runchart, runs
from tillit.learning.insight.rules.apart import apart
from tillit.learning.insight.rules.indicators import Better
from tillit.learning.insight.rules.series import Point, Series

#: Points that are judged, and points in a frozen baseline, before anything is said (Anhøj: 10 is the floor).
LEAST_POINTS: Final = GOOD_USEFUL


class Said(StrEnum):
    """The answer to the indicator's question.

    BETTER, WORSE: the last stretch lies on one side for longer than chance explains. OTHER: the same for an indicator
    without a good direction. CHANGED: too few crossings, no stretch long enough. PASSED: a long stretch that is over.
    POINT: nothing lasting, but points outside the limits. SAME: only chance. EARLY: too few points yet.
    SHORT_BASELINE: the frozen baseline is too short to judge by. HIDDEN: too few people. NOTHING: no figures yet.
    """

    BETTER = "BETTER"
    WORSE = "WORSE"
    OTHER = "OTHER"
    CHANGED = "CHANGED"
    PASSED = "PASSED"
    POINT = "POINT"
    SAME = "SAME"
    EARLY = "EARLY"
    SHORT_BASELINE = "SHORT_BASELINE"
    HIDDEN = "HIDDEN"
    NOTHING = "NOTHING"


#: The answers that say that something has changed and still holds.
LASTING: Final = frozenset({Said.BETTER, Said.WORSE, Said.OTHER})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points in a row on one side of the midline. first, last: indices into `Verdict.points`.

    length: points that count: those on the midline and those without a value are passed over (`passed`).
    """

    first: int
    last: int
    length: int
    above: bool
    passed: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer and what it rests on. Indices are into `points`: oldest first, each week or month once."""

    said: Said
    points: tuple[Point, ...]
    chart: str = field(default="run", metadata={"help": "run, p, pprime, u or xmr: what the limits come from"})
    centre: float | None = None
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    baseline: int = field(default=0, metadata={"help": "Points before the baseline's end; 0: none is frozen"})
    useful: int = field(default=0, metadata={"help": "Points with a value that do not lie on the midline"})
    have: int = field(default=0, metadata={"help": "EARLY, SHORT_BASELINE: points so far"})
    needed: int = field(default=0, metadata={"help": "EARLY, SHORT_BASELINE: points it takes"})
    stretch: Stretch | None = None
    longest_allowed: int = 0
    crossings: int = 0
    crossings_needed: int = 0
    beyond: tuple[int, ...] = field(default=(), metadata={"help": "Points outside the limits"})
    cautions: tuple[str, ...] = field(default=(), metadata={"help": "autocorrelated: what measures warn of"})
    judged: tuple[int, ...] = field(default=(), metadata={"help": "Empty: all. Else those that share no days"})

    @property
    def signals(self) -> frozenset[int]:
        """The points that say that something has changed: drawn as rhombs."""
        found = set(self.beyond)
        if self.stretch is not None:
            found |= {at for at in range(self.stretch.first, self.stretch.last + 1) if self._on_its_side(at)}
        return frozenset(found & set(self.judged) if self.judged else found)

    @property
    def judged_by(self) -> int:
        """How many points the answer rests on, those without a value among them."""
        return len(self.judged) or len(self.points)

    def _on_its_side(self, at: int) -> bool:
        value = self.points[at].value
        return value is not None and self.centre is not None and (value > self.centre) == self.stretch_above

    @property
    def stretch_above(self) -> bool:
        """Whether the stretch lies above the midline."""
        return self.stretch is not None and self.stretch.above


def verdict(series: Series) -> Verdict:
    """Return what the series says.

    The order of the points and points given twice play no part: of two for the same days the latest revision counts.
    Of points that share days only those apart are judged (`rules.apart`); those from before a baseline are only drawn.
    """
    points = in_order(series.points)
    frozen, kind = _baseline(points, series), series.indicator
    judged = apart(points, step=kind.step, looks_back=kind.looks_back, baseline=frozen)
    if series.baseline_starts_on is not None and frozen:
        judged = tuple(at for at in judged if points[at].starts_on >= series.baseline_starts_on)
    if len(judged) == len(points):
        return _found(series, points, frozen)
    some = tuple(points[at] for at in judged)
    if not any(point.value is not None and not point.hidden for point in some):
        found = _found(series, points, frozen)
        early = found.said not in (Said.HIDDEN, Said.NOTHING)
        return Verdict(Said.EARLY, points, baseline=frozen, needed=LEAST_POINTS) if early else found
    return _among_all(_found(series, some, sum(at < frozen for at in judged)), points, judged, frozen)


def _found(series: Series, points: tuple[Point, ...], frozen: int) -> Verdict:
    """Return what these points say; frozen: how many of them lie within the baseline."""
    shown = [at for at, point in enumerate(points) if point.value is not None and not point.hidden]
    if not shown:
        hidden = any(point.hidden for point in points)
        return Verdict(Said.HIDDEN if hidden else Said.NOTHING, points)
    in_baseline = sum(at < frozen for at in shown)
    if frozen and in_baseline < 2:
        return Verdict(Said.SHORT_BASELINE, points, baseline=frozen, have=in_baseline, needed=LEAST_POINTS)
    found = _limits(series, points, frozen)
    return _judged(series.indicator.better, found, shown, frozen)


def _among_all(found: Verdict, points: tuple[Point, ...], judged: tuple[int, ...], baseline: int) -> Verdict:
    """Return what was found of the judged points as told of all of them: indices into `points`."""
    stretch = found.stretch
    if stretch is not None:
        stretch = replace(stretch, first=judged[stretch.first], last=judged[stretch.last])
    return replace(
        found,
        points=points,
        low=_spread(found.low, points, judged),
        high=_spread(found.high, points, judged),
        baseline=baseline,
        stretch=stretch,
        beyond=tuple(judged[at] for at in found.beyond),
        judged=judged,
    )


def _spread(
    limits: tuple[float | None, ...], points: tuple[Point, ...], judged: tuple[int, ...]
) -> tuple[float | None, ...]:
    """Return a limit for each point with a value: that of the judged one before it, or the first."""
    at_judged = {at: limit for at, limit in zip(judged, limits, strict=bool(limits)) if limit is not None}
    if not at_judged:
        return ()
    now = next(iter(at_judged.values()))
    told: list[float | None] = []
    for at, point in enumerate(points):
        now = at_judged.get(at, now)
        told.append(now if point.value is not None else None)
    return tuple(told)


def in_order(points: Sequence[Point]) -> tuple[Point, ...]:
    """Return the points oldest first, one for each time: the latest revision."""
    by_start: dict[object, Point] = {}
    for point in sorted(points, key=lambda each: (each.starts_on, each.revision)):
        by_start[point.starts_on] = point
    return tuple(by_start.values())


def _baseline(points: Sequence[Point], series: Series) -> int:
    """Return how many points lie wholly before the end of the frozen baseline; 0 when none is."""
    if series.baseline_ends_on is None:
        return 0
    return sum(point.ends_on <= series.baseline_ends_on for point in points)


def _limits(series: Series, points: tuple[Point, ...], frozen: int) -> Verdict:
    """Return midline and limits by the indicator's chart; a run chart when the numbers it needs are not there."""
    baseline_n = frozen or None
    kind = series.indicator.chart
    if kind in ("p", "u"):
        scale = _scale(points)
        if scale is not None:
            return _counted(kind, points, baseline_n, scale)
    values = _column([point.value for point in points])
    if kind == "xmr" and sum(point.value is not None for point in points) >= 2:
        answer = xmr(values, baseline_n=baseline_n)
        flat = [point.value is not None for point in points]
        return Verdict(
            Said.SAME,
            points,
            "xmr",
            answer["cl"],
            tuple(answer["lcl"] if there else None for there in flat),
            tuple(answer["ucl"] if there else None for there in flat),
            beyond=tuple(each - 1 for each in answer["beyond"]),
            cautions=_codes(answer),
        )
    answer = runchart(values, baseline_n=baseline_n)
    return Verdict(Said.SAME, points, "run", answer["median"], cautions=_codes(answer))


def _counted(kind: str, points: tuple[Point, ...], baseline_n: int | None, scale: float) -> Verdict:
    """Return the limits of a chart of counts, in the series' own unit."""
    there = [point.value is not None for point in points]
    table = pl.DataFrame(
        {
            "x": [point.numerator if it else None for it, point in zip(there, points, strict=True)],
            "n": [point.denominator if it else None for it, point in zip(there, points, strict=True)],
        },
        schema={"x": pl.Float64, "n": pl.Float64},
    )
    many = float(np.median([point.denominator or 0 for it, point in zip(there, points, strict=True) if it])) > LARGE
    if kind == "u":
        answer, chart = uchart(table, baseline_n=baseline_n), "u"
    elif many:
        answer, chart = pprime(table, baseline_n=baseline_n), "pprime"
    else:
        answer, chart = pchart(table, baseline_n=baseline_n), "p"
    low, high = iter(answer["lcl"]), iter(answer["ucl"])
    return Verdict(
        Said.SAME,
        points,
        chart,
        answer["cl"] * scale,
        tuple(next(low) * scale if it else None for it in there),
        tuple(next(high) * scale if it else None for it in there),
        beyond=tuple(each - 1 for each in answer["beyond"]),
        cautions=_codes(answer),
    )


def _scale(points: Sequence[Point]) -> float | None:
    """Return what numerator / denominator is multiplied by to give the value (1, or 1000); None: they do not fit."""
    scales = []
    for point in points:
        if point.value is None:
            continue
        if point.numerator is None or not point.denominator or point.denominator < 0 or point.numerator < 0:
            return None
        if point.numerator > 0:
            scales.append(point.value * point.denominator / point.numerator)
    if not scales or any(abs(scale - scales[0]) > 1e-6 * abs(scales[0]) for scale in scales):
        return None
    return scales[0]


def _judged(better: Better, found: Verdict, shown: list[int], frozen: int) -> Verdict:
    """Return the answer, given midline and limits."""
    assert found.centre is not None
    centre = found.centre
    values = np.array([found.points[at].value for at in shown], dtype=np.float64)
    useful, _, crossings = runs(values, centre)
    most, fewest = longest_allowed(useful), crossings_needed(useful)
    stretches = _stretches(values, centre, shown)
    counted = replace(
        found, baseline=frozen, useful=useful, longest_allowed=most, crossings=crossings, crossings_needed=fewest
    )
    beyond = tuple(at for at in found.beyond if at >= frozen)
    in_baseline = sum(at < frozen for at in shown)
    if frozen and in_baseline < LEAST_POINTS:
        return replace(counted, said=Said.SHORT_BASELINE, have=in_baseline, needed=LEAST_POINTS, beyond=())
    if useful < LEAST_POINTS:
        on_the_line = len(shown) - useful
        steady = len(shown) >= LEAST_POINTS and on_the_line >= useful
        if not steady:
            return replace(counted, said=Said.EARLY, have=useful, needed=LEAST_POINTS, beyond=())
        return replace(counted, said=Said.POINT if beyond else Said.SAME, beyond=beyond)
    lengthy = [each for each in stretches if each.length > most and each.last >= frozen]
    if lengthy and lengthy[-1] == stretches[-1]:
        return replace(counted, said=_lasting(better, above=lengthy[-1].above), stretch=lengthy[-1])
    if lengthy:
        return replace(counted, said=Said.PASSED, stretch=lengthy[-1], beyond=beyond)
    after = sum(at >= frozen for at in shown)
    if frozen and after <= most and not beyond:
        return replace(counted, said=Said.EARLY, have=after, needed=most + 1, beyond=())
    if crossings < fewest:
        return replace(counted, said=Said.CHANGED, beyond=beyond)
    return replace(counted, said=Said.POINT if beyond else Said.SAME, beyond=beyond)


def _lasting(better: Better, *, above: bool) -> Said:
    if better == Better.NEITHER:
        return Said.OTHER
    return Said.BETTER if above == (better == Better.UP) else Said.WORSE


def _stretches(values: np.ndarray, centre: float, shown: list[int]) -> list[Stretch]:
    """Return the stretches on one side as `measures.charts.runs` counts them: points on the midline are passed over."""
    found: list[Stretch] = []
    for at, value in zip(shown, values, strict=True):
        if abs(value - centre) <= 1e-12 * max(1.0, abs(centre)):
            continue
        above = bool(value > centre)
        if found and found[-1].above == above:
            last = found[-1]
            length = last.length + 1
            found[-1] = Stretch(last.first, at, length, above, at - last.first + 1 - length)
        else:
            found.append(Stretch(at, at, 1, above))
    return found


def _column(values: Sequence[float | None]) -> pl.DataFrame:
    return pl.DataFrame({"y": list(values)}, schema={"y": pl.Float64})


def _codes(answer: Answer) -> tuple[str, ...]:
    return tuple(each.code for each in answer.warnings if each.code == "autocorrelated")
