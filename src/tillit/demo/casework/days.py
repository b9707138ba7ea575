"""Days as an office has them: nobody decides on a Sunday."""

from datetime import date, datetime, time, timedelta

from tillit.kernel import oslo, red_days


def years_start(anchor: date, years: int) -> date:
    """Return 1 January so many years after the anchor's."""
    return date(anchor.year + years, 1, 1)


def back_to_work(day: date) -> date:
    """Return the day itself, or the last working day before it."""
    while day.weekday() >= 5 or red_days.is_red(day):
        day -= timedelta(days=1)
    return day


def next_at_work(day: date) -> date:
    """Return the day itself, or the first working day after it."""
    while day.weekday() >= 5 or red_days.is_red(day):
        day += timedelta(days=1)
    return day


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of the day, Oslo."""
    return datetime.combine(day, time(hour, minute), tzinfo=oslo.OSLO)
