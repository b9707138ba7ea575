"""How legal deadlines are counted: weeks, months, and what happens when they end on a day off.

Sources: domstolloven §§ 148–149 (how weeks and months are counted), pasient- og brukerrettighetsloven § 7-5 (appeal:
four weeks), forvaltningsloven §§ 11 a (interim reply), 16 (advance notice), 29–31 (appeal), pasient- og
brukerrettighetsloven § 2-7 (two weeks). Worked examples: docs/how-we-count/deadlines.md.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

APPEAL_WEEKS = 4
WARN_DAYS = 21
"""Days after receipt from which we say that an interim reply is near."""
URGENT_DAYS = 14
"""Days with help before a decision after which we warn."""

IsRed = Callable[[date], bool]
"""Whether a day is a Sunday or a public holiday; `kernel.red_days.is_red`."""


def last_day_of_weeks(start: date, weeks: int, *, is_red: IsRed) -> date:
    """Return the last day of a deadline of so many weeks that starts on a day.

    It ends on the same weekday; a Saturday, Sunday or public holiday moves it to the next working day
    (domstolloven § 149). weeks: 1 or more.
    """
    return next_working_day(start + timedelta(weeks=weeks), is_red=is_red)


def next_working_day(day: date, *, is_red: IsRed) -> date:
    """Return the day itself, or the first one after it that is not a Saturday, a Sunday or a public holiday."""
    while day.isoweekday() == 6 or is_red(day):
        day += timedelta(days=1)
    return day


def month_after(day: date) -> date:
    """Return the day with the same number in the next month, or that month's last day when it has no such day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def year_after(day: date) -> date:
    """Return the same day a year later; 29 February becomes 28 February."""
    return date(day.year + 1, day.month, min(day.day, monthrange(day.year + 1, day.month)[1]))


def appeal_last_day(known_on: date, *, is_red: IsRed) -> date:
    """Return the last day of the appeal period when the notice reached the party on a day.

    Shown as guidance: an appeal is never refused by the product. When reasons are demanded and sent, the period starts
    again from the day they reached her (fvl § 29): pass that day.
    """
    return last_day_of_weeks(known_on, APPEAL_WEEKS, is_red=is_red)


def latest_appeal(decided_on: date) -> date:
    """Return the last day on which a late appeal can be taken at all: one year from the decision (fvl § 31)."""
    return year_after(decided_on)


def interim_reply_by(received_on: date) -> date:
    """Return the day by which an answer or an interim reply must be given: within one month of receipt (fvl § 11 a).

    It is our own duty, so we do not move it past a day off.
    """
    return month_after(received_on)


def is_individual_decision(starts_on: date, ends_on: date | None, *, always: bool = False) -> bool:
    """Whether help for a period is decided by an enkeltvedtak (pbrl § 2-7).

    ends_on: the last day; None: no end. More than two weeks, that is 15 days or more, both days counted.
    always: services that the rule does not concern, such as stays in an institution (hol § 3-2 a).
    """
    return always or ends_on is None or (ends_on - starts_on).days + 1 > 14
