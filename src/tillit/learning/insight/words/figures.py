"""A value with its unit, and a week or a month by its name, in the language of the page."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.insight.rules.indicators import Indicator, Step, Unit
from tillit.learning.insight.rules.series import Point
from tillit.ui import formats
from tillit.ui.format_words import words as words_of
from tillit.ui.language import page_language


def shown(indicator: Indicator, value: float) -> float:
    """Return the value as it is drawn: shares in per cent."""
    return value * 100 if indicator.unit == Unit.SHARE else value


def unit_word(indicator: Indicator) -> str:
    """Return what stands above the axis: «prosent», «dager»."""
    return {
        Unit.PERSONS: _("personer"),
        Unit.SHARE: _("prosent"),
        Unit.DAYS: _("dager"),
        Unit.MINUTES: _("minutter"),
        Unit.HOURS: _("timer"),
        Unit.COUNT: _("antall"),
        Unit.RATE: _("per 1000"),
        Unit.SCORE: _("poeng"),
        Unit.PER_100: _("per 100"),
    }[indicator.unit]


def value_text(indicator: Indicator, value: float | None) -> str:
    """Return «6,4», «84 %», «12 dager»; empty for None."""
    if value is None:
        return ""
    language = page_language()
    if indicator.unit == Unit.SHARE:
        return formats.percent(value, indicator.decimals, language)
    number = formats.number(value, indicator.decimals, language)
    match indicator.unit:
        case Unit.DAYS:
            return ngettext("%(number)s dag", "%(number)s dager", _one(value)) % {"number": number}
        case Unit.MINUTES:
            return _("%(number)s min") % {"number": number}
        case Unit.HOURS:
            return _("%(number)s t") % {"number": number}
        case _other:
            return number


def part_text(value: float | None) -> str:
    """Return kroner or hours with spaces between the thousands, «1 234 567», a part of an hour with one decimal."""
    if value is None:
        return ""
    return formats.number(value, 0 if value == round(value) else 1, page_language())


def interval_text(indicator: Indicator, low: float | None, high: float | None) -> str:
    """Return «6,0–6,8» without a unit; empty when there is no interval."""
    if low is None or high is None:
        return ""
    low, high = shown(indicator, low), shown(indicator, high)
    language = page_language()
    ends = [formats.number(each, indicator.decimals, language) for each in (low, high)]
    return (f" {_('til')} " if low < 0 else "–").join(ends)


def times(step: Step, starts_on: date) -> str:
    """Return the name of a week or month where the year is plain: «uke 21», «mai»."""
    if step == Step.WEEK:
        return formats.week(starts_on, page_language())
    return words_of(page_language()).months[starts_on.month - 1]


def year_of(step: Step, starts_on: date) -> int:
    """Return the year a week or a month belongs to: of a week, the year of its Thursday."""
    return (starts_on + timedelta(days=3)).year if step == Step.WEEK else starts_on.year


def time_and_year(step: Step, starts_on: date) -> str:
    """Return «uke 21, 2026» or «mai 2026»."""
    between = ", " if step == Step.WEEK else " "
    return f"{times(step, starts_on)}{between}{year_of(step, starts_on)}"


def span(step: Step, first: Point, last: Point) -> str:
    """Return «uke 21–28, 2026», «mai–juli 2026», or both years where they differ."""
    if first.starts_on == last.starts_on:
        return time_and_year(step, first.starts_on)
    years = year_of(step, first.starts_on), year_of(step, last.starts_on)
    if years[0] != years[1]:
        return f"{time_and_year(step, first.starts_on)} – {time_and_year(step, last.starts_on)}"
    if step == Step.WEEK:
        return f"{times(step, first.starts_on)}–{last.starts_on.isocalendar().week}, {years[0]}"
    return f"{times(step, first.starts_on)}–{times(step, last.starts_on)} {years[0]}"


def in_a_row(step: Step, length: int) -> str:
    """Return «sju uker på rad», with digits above twelve."""
    spelled = _("null én to tre fire fem seks sju åtte ni ti elleve tolv").split(" ")
    number = spelled[length] if length < len(spelled) else str(length)
    if step == Step.WEEK:
        return ngettext("%(number)s uke på rad", "%(number)s uker på rad", length) % {"number": number}
    return ngettext("%(number)s måned på rad", "%(number)s måneder på rad", length) % {"number": number}


def _one(value: float) -> int:
    """Return 1 for exactly one, as the plural forms want it."""
    return 1 if value == 1 else 2
