"""The tables and pictures of a survey's results."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from measures.surveys.scores import LEAST_FOR_A_MEAN, say_gap
from tillit.learning.surveys.contexts import words
from tillit.learning.surveys.rules import scoring
from tillit.learning.surveys.rules.building.editing import is_own
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Scale
from tillit.learning.surveys.rules.scoring import Shown
from tillit.learning.surveys.rules.silent import could_be
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Content, DataTable, RadarAxis, RadarChart, RangeBars, RangeRow, TableRow


def is_twice(instrument: Instrument, code: str) -> bool:
    """Whether a part is asked as it is and as it should be."""
    return scoring.scale_of(instrument, code).asks is Asks.TWICE


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One part or question. change, interval, meaning: empty when there is no wave to compare with."""

    name: str
    says: str = field(metadata={"help": "What a high number means; empty for a question"})
    scale: str = field(metadata={"help": "Empty when all rows have the same: it stands in the head"})
    asked: str = field(metadata={"help": "How many answers, when some were led past the question; else empty"})
    before: str
    now: Content
    change: str
    interval: str
    meaning: Content


@dataclass(frozen=True, slots=True)
class Numbers:
    """surveys/numbers.html: a row for each part or question."""

    then: str = field(metadata={"help": "The wave before; empty: there is none, and nothing has changed"})
    this: str
    head: str
    rows: tuple[NumberRow, ...]


def numbers_table(instrument: Instrument, shown: Sequence[Shown], *, then: str, this: str) -> Numbers:
    """Return the numbers. then: the wave before; empty: there is none."""
    scales = {_scale_words(instrument, one.code) for one in shown}
    alone = len(scales) == 1
    head = _("Skala %(ends)s") % {"ends": scales.pop()} if alone else _("Skala")
    return Numbers(then, this, head, tuple(_row(instrument, one, bool(then), alone=alone) for one in shown))


def _scale_words(instrument: Instrument, code: str) -> str:
    scale = scoring.scale_of(instrument, code)
    if scoring.is_share(scale):
        return _("andel som svarte «%(yes)s»") % {"yes": scale.words[1].in_language(page_language())}
    return _("bør, mindre har") if scale.asks is Asks.TWICE else f"{scale.least}–{scale.most}"


def _row(instrument: Instrument, one: Shown, has_before: bool, *, alone: bool) -> NumberRow:
    language, scale = page_language(), scoring.scale_of(instrument, one.code)
    twice = scale.asks is Asks.TWICE
    share = scoring.is_share(scale)
    times, decimals = (100, 0) if share else (1, 1)  # shares in percentage points
    change = formats.signed(times * one.change.difference, decimals, language) if one.change else "–"
    # Of a question of their own nobody has said which end is the good one.
    neutral = twice or (is_own(instrument) and one.code not in {part.code for part in instrument.parts})
    return NumberRow(
        name=words.name_of(instrument, one.code),
        says=words.says_of(instrument, one.code),
        scale="" if alone else _scale_words(instrument, one.code),
        asked=words.asked_of_some(one),
        before="–" if one.before is None else words.value_of(one.before, scale),
        now=words.mean_of(one, scale),
        change=change if has_before else "",
        interval=(words.interval_of(one.change, scale) if one.change else "") if has_before else _interval(one, scale),
        meaning=words.change_of(one, more_is_stronger=not neutral),
    )


def _interval(one: Shown, scale: Scale) -> str:
    if one.low is None or one.high is None:
        return "–"
    low, high = (words.value_of(min(scale.most, max(scale.least, each)) if scoring.is_share(scale) else each, scale)
                 for each in (one.low, one.high))  # fmt: skip
    return _("%(low)s til %(high)s") % {"low": low, "high": high}


def say_table(instrument: Instrument, answers: scoring.Answers) -> DataTable:
    """Return how much the team decides and should decide, decision by decision (`measures.say_gap`)."""
    items = [item for item in instrument.items if instrument.scale_of(item).asks is Asks.TWICE]
    each = say_gap(scoring.said_twice(items, answers))["per_decision"]
    language = page_language()
    rows = []
    for item in items:
        found = each.get(item.code)
        name = item.text.in_language(language)
        if found is None or found["n"] < LEAST_FOR_A_MEAN:
            rows.append(TableRow((name, "–", "–", _("For få svar"))))
        else:
            has, should, gap = (formats.number(found[key], 1, language) for key in ("has", "should", "gap"))
            rows.append(TableRow((name, has, should, gap)))
    return DataTable(
        _("Hvor mye teamet bestemmer, og hvor mye det bør bestemme"),
        (Column(_("Beslutning")), Column(_("I dag"), right=True), Column(_("Bør"), right=True),
         Column(_("Gap"), right=True)),
        tuple(rows),
    )  # fmt: skip


def silent_table(instrument: Instrument, shown: Sequence[Shown], *, answered: int, invited: int) -> DataTable | None:
    """Return how low and high each mean could be, had those who did not answer done so; None when it is not told."""
    language = page_language()
    rows = tuple(
        TableRow((words.name_of(instrument, one.code), formats.number(one.low, 1, language),
                  formats.number(one.high, 1, language)))
        for one in could_be(instrument, shown, answered=answered, invited=invited)
    )  # fmt: skip
    columns = (Column(_("Spørsmål eller tema")), Column(_("Lavest"), right=True), Column(_("Høyest"), right=True))
    return DataTable(_("Gjennomsnittet om alle hadde svart"), columns, rows) if rows else None


def radar_of(instrument: Instrument, shown: Sequence[Shown], then: str, this: str) -> RadarChart | None:
    """Return the radar when there are three to seven parts on one scale, and one may be shown."""
    shown = [one for one in shown if instrument.items_of(one.code)]
    scales = {scoring.scale_of(instrument, one.code).code for one in shown}
    if not instrument.scored or not 3 <= len(shown) <= 7 or len(scales) > 1 or all(one.mean is None for one in shown):
        return None
    scale, language = scoring.scale_of(instrument, shown[0].code), page_language()
    said = []
    for one in shown:
        before = f"{formats.number(one.before, 1, language)} → " if one.before is not None else ""
        now = formats.number(one.mean, 1, language) if one.mean is not None else words.why_not(one)
        said.append(f"{words.name_of(instrument, one.code)}: {before}{now}")
    return RadarChart(
        id="radar", title=" · ".join(part for part in (then, this) if part), finding="; ".join(said),
        axes=tuple(RadarAxis(words.name_of(instrument, one.code), one.mean, one.before) for one in shown),
        least=scale.least, most=scale.most, rings=(2, 3, 4) if scale.most == 5 else (),
    )  # fmt: skip


def spread_of(instrument: Instrument, shown: Sequence[Shown]) -> RangeBars | None:
    """Return where the middle half of the answers lies, for those on the scale most are on, when one may be shown.

    Not of what is asked twice, nor of yes and no: there a middle half says nothing.
    """
    each = [scoring.scale_of(instrument, one.code) for one in shown]
    fit = [one for one in each if one.asks is not Asks.TWICE and not scoring.is_share(one)]
    if not fit:
        return None
    scale = max(fit, key=lambda one: sum(other == one for other in fit))
    shown = [one for one, its in zip(shown, each, strict=True) if its == scale]
    if all(one.spread is None for one in shown):
        return None
    return RangeBars(
        _("Hvor den midterste halvparten av svarene ligger"),
        tuple(_range(instrument, one) for one in shown),
        scale.least, scale.most,
        low_word=scale.words[0].in_language(page_language()), high_word=scale.words[-1].in_language(page_language()),
    )  # fmt: skip


def _range(instrument: Instrument, one: Shown) -> RangeRow:
    name = words.name_of(instrument, one.code)
    if one.spread is None:
        return RangeRow(name, _("Fra ti svar"))
    low, middle, high = one.spread
    said = [formats.number(each, 1, page_language()) for each in one.spread]
    return RangeRow(
        name,
        _("Samstemt") if one.agrees else _("Delt"),
        _("%(name)s: halvparten svarte mellom %(low)s og %(high)s, midten er %(middle)s")
        % {"name": name, "low": said[0], "middle": said[1], "high": said[2]},
        low, middle, high,
    )  # fmt: skip
