"""Numbers of one group's answers, with what may be shown of them. Formulas are those of `measures`; none is here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import polars as pl

from measures.comparison.groups import welch
from measures.disclosure.differencing import differencing
from measures.disclosure.display import LEAST, may_show
from measures.surveys.answers import Floats, read_answers
from measures.surveys.scores import likert, mean_interval, say_gap, scores_of
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item, Scale
from tillit.learning.surveys.rules.steps import BESIDE, is_asked

Answers = Sequence[Mapping[str, Any]]
#: The middle half of a team's answers lies within this share of the scale's length (0,8 of 1–5): they agree.
AGREE_WITHIN = 0.2
#: From so many it is printed how many answered; fewer are a band.
EXACT_FROM = 10
_SLACK = 1e-9
_OUTSIDE = 0.05


@dataclass(frozen=True, slots=True)
class Change:
    """Now less then, with its 95 % interval (Welch). verdict: "UP" or "DOWN" when the interval leaves nought out."""

    difference: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One number with what it rests on. mean is None when it may not be shown; why says why (`measures.may_show`).

    n: as it may be printed («5–9», «12»). low, high: 95 % interval. spread: lower quartile, median, upper quartile;
    None under ten answers. counts: how many gave each step, from the least; None under ten or when it is no step.
    """

    code: str
    mean: float | None
    n: str
    why: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    spread: tuple[float, float, float] | None = None
    counts: tuple[int, ...] | None = None
    change: Change | None = None
    before: float | None = None
    should: float | None = field(default=None, metadata={"help": "For what is asked twice: as it should be"})
    agrees: bool | None = field(default=None, metadata={"help": "Whether the team answers alike; None as for spread"})
    of_some: bool = field(default=False, metadata={"help": "Some were not asked: n is of those who were"})


@dataclass(frozen=True, slots=True)
class Wave:
    """The answers of one group in one wave. invited: how many were asked."""

    answers: Answers
    invited: int


def results(instrument: Instrument, now: Wave, before: Wave | None) -> tuple[Shown, ...]:
    """Return a number for each part of a scored instrument and each question of no part, or for each question of one
    that is not scored.

    Questions in own words have none. Who was led past a question was not asked: she lacks no answer. before: the
    wave before for the same group; None when there is none.
    """
    return tuple(_with_change(instrument, code, now, before) for code in numbered(instrument))


def numbered(instrument: Instrument) -> tuple[str, ...]:
    """Return the codes that have a number: parts, and questions that stand for themselves."""
    alone = tuple(
        item.code
        for item in instrument.items
        if instrument.scale_of(item).asks not in (Asks.TEXT, Asks.KIND) and not (instrument.scored and item.part)
    )
    return (*(part.code for part in instrument.parts), *alone) if instrument.scored else alone


def is_share(scale: Scale) -> bool:
    """Whether the scale has two steps, 0 and 1: its mean is a share, and tells how many gave each answer."""
    return scale.asks is Asks.STEPS and (scale.least, scale.most) == (0, 1)


def _items(instrument: Instrument, code: str) -> tuple[Item, ...]:
    return instrument.items_of(code) or tuple(item for item in instrument.items if item.code == code)


def scale_of(instrument: Instrument, code: str) -> Scale:
    """Return the scale that a part or a question is answered on."""
    return instrument.scale_of(_items(instrument, code)[0])


def scores(instrument: Instrument, code: str, answers: Answers) -> Floats:
    """Return each one's score of a part or a question, without those who answered too little of it. Never to be shown.

    What is asked twice: should less has, each one's mean over the decisions she answered both of.
    """
    items = _items(instrument, code)
    scale = instrument.scale_of(items[0])
    if scale.asks is Asks.TWICE:
        gaps = [_gap(given, items) for given in answers]
        return np.asarray([gap for gap in gaps if gap is not None], dtype=np.float64)
    by_way: dict[tuple[Item, ...], list[Mapping[str, Any]]] = {}
    for given in answers:  # the half rule counts what each was asked, so those who went the same way are read together
        by_way.setdefault(tuple(item for item in items if is_asked(item, given)), []).append(given)
    found = [np.empty(0)]
    for asked, said in by_way.items():
        if asked:
            turned = [item.code for item in asked if item.reverse]
            found.append(
                scores_of(read_answers(table(asked, said), least=scale.least, most=scale.most, reverse=turned))
            )
    each: Floats = np.concatenate(found)
    return each[~np.isnan(each)]


def not_asked(instrument: Instrument, code: str, answers: Answers) -> int:
    """Return how many of those who answered were asked nothing of a part or a question."""
    items = _items(instrument, code)
    return sum(not any(is_asked(item, given) for item in items) for given in answers)


def table(items: Sequence[Item], answers: Answers) -> pl.DataFrame:
    """Return a row for each who answered and a column for each question; «ikke aktuelt» and not answered are empty."""
    return pl.DataFrame(
        {item.code: [_number(given.get(item.code)) for given in answers] for item in items},
        schema={item.code: pl.Float64 for item in items},
    )


def _number(answer: Any) -> float | None:
    return None if answer is None or answer == BESIDE or isinstance(answer, str | dict) else float(answer)


def _gap(given: Mapping[str, Any], items: Sequence[Item]) -> float | None:
    found = said_twice(items, [given])
    value = say_gap(found)["gap"] if found.height else None
    return None if value is None else float(value)


def said_twice(items: Sequence[Item], answers: Answers) -> pl.DataFrame:
    """Return the rows that `say_gap` reads: resp, decision, has, should. Only where both are answered."""
    rows = [
        {"resp": str(number), "decision": item.code, "has": both["has"], "should": both["should"]}
        for number, given in enumerate(answers)
        for item in items
        if isinstance(both := given.get(item.code), dict) and "has" in both and "should" in both
    ]
    return pl.DataFrame(
        rows, schema={"resp": pl.String, "decision": pl.String, "has": pl.Float64, "should": pl.Float64}
    )


def _shown(instrument: Instrument, code: str, wave: Wave) -> tuple[Shown, Floats]:
    each = scores(instrument, code, wave.answers)
    _, counts = np.unique(each, return_counts=True)
    scale = scale_of(instrument, code)
    led_past = not_asked(instrument, code, wave.answers)
    n = int(each.size)
    asked = may_show(
        kind="survey_distribution" if is_share(scale) else "survey_mean",
        n=n, invited=max(0, wave.invited - led_past), counts=[int(one) for one in counts],
    )  # fmt: skip
    # With the whole known, n would tell how few went another way.
    few_left = led_past > 0 and n >= LEAST["survey_distribution"] and len(wave.answers) - n < LEAST["survey_mean"]
    printed = f"{LEAST['survey_distribution']}+" if few_left else asked["n_shown"]
    if not asked["show"]:
        return Shown(code, None, printed, tuple(asked["why_not"]), of_some=led_past > 0), each
    low, high = mean_interval(each, _OUTSIDE)
    spread = counted = agrees = None
    if each.size >= LEAST["survey_distribution"]:
        first, middle, third = (float(one) for one in np.quantile(each, (0.25, 0.5, 0.75)))
        spread, counted = (first, middle, third), _counts(instrument, code, wave.answers)
        agrees = third - first <= AGREE_WITHIN * (scale.most - scale.least) + _SLACK
    mean, should = float(each.mean()), None
    if scale.asks is Asks.TWICE:
        both = said_twice(_items(instrument, code), wave.answers)
        should = float(np.mean(both["should"].to_numpy()))
    return (
        Shown(code, mean, printed, (), low, high, spread, counted, should=should, agrees=agrees, of_some=led_past > 0),
        each,
    )


def _counts(instrument: Instrument, code: str, answers: Answers) -> tuple[int, ...] | None:
    items = _items(instrument, code)
    scale = instrument.scale_of(items[0])
    if len(items) > 1 or scale.asks is not Asks.STEPS:
        return None
    found = likert(table(items, answers), item=items[0].code, least=scale.least, most=scale.most,
                   top=(scale.most,))["counts"]  # fmt: skip
    return tuple(int(found.get(str(step), 0)) for step in range(scale.least, scale.most + 1))


def _with_change(instrument: Instrument, code: str, now: Wave, before: Wave | None) -> Shown:
    shown, each = _shown(instrument, code, now)
    if before is None:
        return shown
    then, each_then = _shown(instrument, code, before)
    if then.mean is None:
        return shown
    change = change_of(each, each_then) if shown.mean is not None else None
    return replace(shown, change=change, before=then.mean)


def change_of(now: Floats, then: Floats) -> Change | None:
    """Return the change with its interval by Welch, or None when there is no spread to reckon from."""
    found = welch(
        pl.DataFrame({"value": [*now, *then], "group": ["now"] * now.size + ["then"] * then.size}), a="now", b="then"
    )
    low, high = found["ci_low"], found["ci_high"]
    if low is None or high is None:
        return None
    verdict = "UP" if low > 0 else "DOWN" if high < 0 else "UNSURE"
    return Change(float(found["diff"]), float(low), float(high), verdict)


def withheld(
    instrument: Instrument, groups: Mapping[str, Answers], sums: Mapping[str, Sequence[str]]
) -> frozenset[tuple[str, str]]:
    """Return (sum, code) pairs that would give away a small group less what the teams see of their own.

    The set of what is ever released is fixed beforehand: first each team's own numbers, then the sums from the
    smallest. Differences, and what several together give, are refused by `measures.differencing`; so looking again,
    or in another order, can give nobody more. sums: name → the groups in it.
    """
    held = set()
    for code in numbered(instrument):
        n = {name: int(scores(instrument, code, answers).size) for name, answers in groups.items()}
        if is_share(scale_of(instrument, code)):  # ten, not five: half as many of each, so that five are ten
            n = {name: max(1, count // 2) if count else 0 for name, count in n.items()}
        people = {name: [f"{name}.{number}" for number in range(min(count, 2 * 5))] for name, count in n.items()}
        asked = [(name, " ".join(people[name])) for name in sorted(groups)]
        asked += [
            (f"sum {name}", " ".join(one for member in members for one in people[member]))
            for name, members in sorted(sums.items(), key=lambda each: (len(each[1]), each[0]))
        ]
        blocked = differencing(
            pl.DataFrame(asked, schema={"query": pl.String, "members": pl.String}, orient="row"), sums_too=True
        )["blocked"]
        held |= {(name, code) for name in sums if f"sum {name}" in blocked}
    return frozenset(held)
