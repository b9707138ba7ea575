"""Dates, times and numbers in templates, in the reader's language. The functions are in tillit.ui.formats."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html

from tillit.ui import formats
from tillit.ui.language import page_language

register = template.Library()

Number = int | float | Decimal


def _today() -> date:
    return formats.day_of(timezone.now())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


@register.filter
def clock(moment: datetime | None) -> str:
    """{{ visit.starts_at|clock }} → 08.15"""
    return formats.clock(moment, page_language()) if moment else ""


@register.filter
def short_date(day: date | datetime | None) -> str:
    """{{ plan.from_on|short_date }} → 21.11.2026"""
    return formats.short_date(day, page_language()) if day else ""


@register.filter
def day_and_month(day: date | datetime | None) -> str:
    """{{ goal.evaluate_on|day_and_month }} → 1.12."""
    return formats.day_and_month(day, page_language()) if day else ""


@register.filter
def date_and_time(moment: datetime | None) -> str:
    """{{ message.sent_at|date_and_time }} → 21.11.2026 kl. 08.15"""
    return formats.date_and_time(moment, page_language()) if moment else ""


@register.filter
def long_date(day: date | datetime | None) -> str:
    """{{ day|long_date }} → tirsdag 24. november; {{ day|long_date|capfirst }} at the start of a sentence"""
    return formats.long_date(day, page_language()) if day else ""


@register.filter
def weekday(day: date | datetime | None) -> str:
    """{{ day|weekday }} → tirsdag"""
    return formats.weekday(day, page_language()) if day else ""


@register.filter
def weekday_short(day: date | datetime | None) -> str:
    """{{ day|weekday_short }} → ti"""
    return formats.weekday_short(day, page_language()) if day else ""


@register.filter
def month_short(day: date | datetime | None) -> str:
    """{{ day|month_short }} → nov."""
    return formats.month_short(day, page_language()) if day else ""


@register.filter
def week(day: date | datetime | None) -> str:
    """{{ day|week }} → uke 48"""
    return formats.week(day, page_language()) if day else ""


@register.filter
def near_date(day: date | datetime | None) -> str:
    """{{ day|near_date }} → i dag, i morgen, i går or 24.11.2026. Reads the clock."""
    return formats.near_date(day, today=_today(), language=page_language()) if day else ""


@register.filter
def near_moment(moment: datetime | None) -> str:
    """{{ note.written_at|near_moment }} → i dag kl. 09.06. Reads the clock."""
    return formats.near_moment(moment, today=_today(), language=page_language()) if moment else ""


@register.filter
def days_left(day: date | datetime | None) -> str:
    """{{ case.due_on|days_left }} → om 7 dager, 1 dag over. Reads the clock."""
    return formats.days_left(day, today=_today(), language=page_language()) if day else ""


@register.filter
def duration(length: timedelta | None) -> str:
    """{{ driving|duration }} → 3 t 41 min"""
    return formats.duration(length, page_language()) if length is not None else ""


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """{{ helpers|number:1 }} → 6,4"""
    return formats.number(value, decimals, page_language()) if value is not None else ""


@register.filter
def signed(value: Number | None, decimals: int = 0) -> str:
    """{{ change|signed:1 }} → −0,4 or +0,4"""
    return formats.signed(value, decimals, page_language()) if value is not None else ""


@register.filter
def percent(share: float | Decimal | None, decimals: int = 0) -> str:
    """{{ share|percent }} → 84 % from 0.84"""
    return formats.percent(share, decimals, page_language()) if share is not None else ""


@register.filter
def sentence(text: str) -> str:
    """First letter large: {{ day|near_date|sentence }} → I dag"""
    return _sentence(str(text))


WRITTEN = {
    "clock": clock,
    "short": short_date,
    "day_month": day_and_month,
    "date_time": date_and_time,
    "long": long_date,
    "near": near_date,
    "near_moment": near_moment,
    "days_left": days_left,
}


@register.simple_tag(name="time")
def time_tag(moment: date | datetime | None, form: str = "", capital: bool = False) -> str:
    """<time datetime="…">: {% time visit.starts_at "clock" %}. Moments default to date_time, days to short.

    Forms: clock, short, day_month, date_time, long, near, near_moment, days_left. capital: first letter large.
    """
    if moment is None:
        return ""
    chosen = form or ("date_time" if isinstance(moment, datetime) else "short")
    text = WRITTEN[chosen](moment)  # type: ignore[arg-type]
    machine = formats.oslo(moment).isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()
    return format_html('<time datetime="{}">{}</time>', machine, _sentence(text) if capital else text)


@register.simple_tag(name="period")
def period_tag(start: datetime, end: datetime) -> str:
    """{% period visit.starts_at visit.ends_at %} → 08.40–09.10"""
    return format_html(
        '<time datetime="{}/{}">{}</time>',
        formats.oslo(start).isoformat(timespec="minutes"),
        formats.oslo(end).isoformat(timespec="minutes"),
        formats.period(start, end, page_language()),
    )
