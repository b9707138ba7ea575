"""A change with its sign and its interval, and the months it rests on."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tillit.kernel.periods import Days
from tillit.learning.insight.rules.indicators import Indicator, Unit
from tillit.ui import formats
from tillit.ui.format_words import words
from tillit.ui.language import page_language


def change_text(indicator: Indicator, value: float | None) -> str:
    """Return a change with its sign: −2,1; +10 for ten points of per cent."""
    if value is None:
        return "–"
    factor = 100 if indicator.unit is Unit.SHARE else 1
    return formats.signed(value * factor, indicator.decimals, page_language())


def change_and_interval(indicator: Indicator, change: float | None, low: float | None, high: float | None) -> str:
    """Return «−3,1 (95 % KI −5,2 til −1,0)»; without an interval that is said."""
    if change is None:
        return "–"
    if low is None or high is None:
        return _("%(change)s (usikkerheten kan ikke regnes ut)") % {"change": change_text(indicator, change)}
    return _("%(change)s (95 %% KI %(low)s til %(high)s)") % {
        "change": change_text(indicator, change), "low": change_text(indicator, low),
        "high": change_text(indicator, high),
    }  # fmt: skip


def months_text(days: Days) -> str:
    """Return the months of a window: «april–september 2026», «november 2025 – april 2026»."""
    assert days.after is not None
    last = days.after - timedelta(days=1)
    months = words(page_language()).months
    first_name, last_name = months[days.first.month - 1], months[last.month - 1]
    if days.first.year != last.year:
        return f"{first_name} {days.first.year} – {last_name} {last.year}"
    return f"{first_name} {last.year}" if days.first.month == last.month else f"{first_name}–{last_name} {last.year}"
