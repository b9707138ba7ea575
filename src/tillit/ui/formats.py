"""Dates, times and numbers as Norwegians write them. Pure functions: the language is an argument, the clock too.

Moments are aware datetimes and shown in Europe/Oslo, also across the change of clocks. Naive datetimes are refused.
Design: docs/design-kit.md, "Words".
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from tillit.ui.format_words import words
from tillit.ui.parts.basics import Deadline

OSLO = ZoneInfo("Europe/Oslo")
SOON_DAYS = 14
"""A deadline is «soon» when it is this many days away or fewer (docs/design-kit.md)."""


def oslo(moment: datetime) -> datetime:
    """The moment on a Norwegian clock. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("A moment must have a time zone")
    return moment.astimezone(OSLO)


def day_of(moment: date | datetime) -> date:
    """The Norwegian day: of a moment, or the date itself."""
    return oslo(moment).date() if isinstance(moment, datetime) else moment


def clock(moment: datetime, language: str = "nb") -> str:
    """08.15"""
    local = oslo(moment)
    return f"{local:%H}{words(language).time_separator}{local:%M}"


def period(start: datetime, end: datetime, language: str = "nb") -> str:
    """08.40–09.10, with an en dash."""
    return f"{clock(start, language)}–{clock(end, language)}"


def short_date(day: date | datetime, language: str = "nb") -> str:
    """21.11.2026"""
    on = day_of(day)
    mark = words(language).day_separator
    return f"{on:%d}{mark}{on:%m}{mark}{on.year}"


def day_and_month(day: date | datetime, language: str = "nb") -> str:
    """1.12. – where the year is plain from the place."""
    on = day_of(day)
    return f"{on.day}/{on.month}" if words(language).day_separator == "/" else f"{on.day}.{on.month}."


def date_and_time(moment: datetime, language: str = "nb") -> str:
    """21.11.2026 kl. 08.15"""
    return f"{short_date(moment, language)} {words(language).at_clock}{clock(moment, language)}"


def long_date(day: date | datetime, language: str = "nb", *, year: bool = False) -> str:
    """tirsdag 24. november, or with the year: tirsdag 24. november 2026."""
    on = day_of(day)
    its = words(language)
    text = f"{its.weekdays[on.weekday()]} {on.day}{its.day_after_number} {its.months[on.month - 1]}"
    return f"{text} {on.year}" if year else text


def weekday(day: date | datetime, language: str = "nb") -> str:
    """tirsdag"""
    return words(language).weekdays[day_of(day).weekday()]


def weekday_short(day: date | datetime, language: str = "nb") -> str:
    """ti – for narrow columns; the full name must be within reach."""
    return words(language).weekdays_short[day_of(day).weekday()]


def month_short(day: date | datetime, language: str = "nb") -> str:
    """nov."""
    return words(language).months_short[day_of(day).month - 1]


def week(day: date | datetime, language: str = "nb") -> str:
    """uke 48, the ISO week."""
    return words(language).week.format(number=day_of(day).isocalendar().week)


def near_date(day: date | datetime, *, today: date, language: str = "nb", weekdays: bool = False) -> str:
    """Near things in words: i dag, i morgen, i går; otherwise 24.11.2026 (or «torsdag 26.11.» in the coming week)."""
    on = day_of(day)
    its = words(language)
    distance = (on - today).days
    if distance in (-1, 0, 1):
        return {-1: its.yesterday, 0: its.today, 1: its.tomorrow}[distance]
    if weekdays and 1 < distance < 7:
        return f"{weekday(on, language)} {day_and_month(on, language)}"
    return short_date(on, language)


def near_moment(moment: datetime, *, today: date, language: str = "nb") -> str:
    """i dag kl. 09.06; i går kl. 14.20; 22.11.2026 kl. 18.05."""
    its = words(language)
    return f"{near_date(moment, today=today, language=language)} {its.at_clock}{clock(moment, language)}"


def days_left(day: date | datetime, *, today: date, language: str = "nb") -> str:
    """Distance to a deadline: om 7 dager, i morgen, i dag, 1 dag over, 3 dager over."""
    its = words(language)
    distance = (day_of(day) - today).days
    if distance == -1:
        return its.one_over
    if distance < -1:
        return its.days_over.format(number=-distance)
    if distance < 2:
        return (its.today, its.tomorrow)[distance]
    return its.in_days.format(number=distance)


def deadline_of(day: date | None, *, today: date, done: bool = False, text: str = "", language: str = "nb") -> Deadline:
    """A deadline for the screen: words when near, the date when far. `text` replaces the words, not the state.

    >>> deadline_of(date(2026, 12, 1), today=date(2026, 11, 24)).text
    'Om 7 dager'
    """
    if day is None:
        return Deadline(text=text)
    distance = (day - today).days
    far = distance > SOON_DAYS
    shown = text or (short_date(day, language) if done or far else days_left(day, today=today, language=language))
    shown = shown[:1].upper() + shown[1:]
    if done:
        return Deadline(text=shown, state="done", iso=day.isoformat())
    if distance < 0:
        return Deadline(text=shown, state="over", iso=day.isoformat())
    if distance == 0:
        return Deadline(text=shown, state="today", iso=day.isoformat())
    return Deadline(text=shown, state="" if far else "soon", iso=day.isoformat())


def deadline_at(due_at: datetime, *, now: datetime, by_the_clock: bool = False, language: str = "nb") -> Deadline:
    """A deadline that is a moment, as it is told everywhere: late is red from the minute it is late.

    due_at: aware; one that ends a day (midnight) belongs to the day that ends. by_the_clock: says the clock also while
    there is time. Late the same day is told by the clock, later by days.

    >>> noon = datetime(2026, 11, 24, 11, tzinfo=UTC)
    >>> deadline_at(noon, now=noon + timedelta(hours=3)).text
    'Fristen var kl. 12.00'
    """
    last, today = day_of(due_at - timedelta(seconds=1)), day_of(now)
    its = words(language)
    if due_at <= now:
        text = its.was_due_at.format(time=clock(due_at, language)) if last == today else ""
        shown = deadline_of(last, today=today, text=text, language=language)
        return replace(shown, state="over", iso=due_at.isoformat(timespec="minutes"))
    if by_the_clock and last == today:
        text = its.due_by.format(time=clock(due_at, language))
        return Deadline(text=text, state="today", iso=due_at.isoformat(timespec="minutes"))
    return deadline_of(last, today=today, language=language)


def duration(length: timedelta, language: str = "nb") -> str:
    """3 t 41 min; 45 min; 2 t; 0 min. Rounded to the nearest minute, half up; a real minus before a negative one."""
    seconds = abs(length) // timedelta(seconds=1)
    total = (seconds + 30) // 60
    hours, minutes = divmod(total, 60)
    its = words(language)
    parts = [its.hours.format(number=hours)] if hours else []
    parts += [its.minutes.format(number=minutes)] if minutes or not hours else []
    sign = "−" if length < timedelta(0) and total else ""
    return sign + " ".join(parts)


def number(value: int | float | Decimal, decimals: int = 0, language: str = "nb") -> str:
    """6,4; −0,4 with a real minus; 2 610 with a hard space. Half is rounded away from zero."""
    its = words(language)
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):,f}".partition(".")
    text = whole.replace(",", its.thousands) + (its.decimal + fraction if fraction else "")
    return f"−{text}" if rounded < 0 else text


def signed(value: int | float | Decimal, decimals: int = 0, language: str = "nb") -> str:
    """+0,4; −0,4; 0 – for differences."""
    text = number(value, decimals, language)
    is_zero = not text.strip("−0,. ")
    return text if text.startswith("−") or is_zero else f"+{text}"


def percent(share: float | Decimal, decimals: int = 0, language: str = "nb") -> str:
    """84 % from the share 0.84, with a hard space before the sign."""
    return number(Decimal(str(share)) * 100, decimals, language) + words(language).percent
