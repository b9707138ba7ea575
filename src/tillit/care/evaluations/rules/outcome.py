"""What an evaluation leads to, and how help becomes less when a goal is reached (R14)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FARTHEST = timedelta(days=183)
"""A goal is looked at again within half a year, as the plan asks for."""
USUAL = timedelta(weeks=12)
MOST_WEEKS_BETWEEN = 12
OVERDUE_SOON = timedelta(days=14)


class Outcome(StrEnum):
    """What the citizen and we agree on."""

    KEEP = "KEEP"
    ADJUST = "ADJUST"
    REACHED = "REACHED"
    NEW_GOAL = "NEW_GOAL"


#: The goal goes on: it must have a new day.
GOES_ON = frozenset({Outcome.KEEP, Outcome.ADJUST})


class Less(StrEnum):
    """What becomes of one intervention when the goal is reached."""

    AS_BEFORE = "AS_BEFORE"
    RARER = "RARER"
    END = "END"


class Lack(StrEnum):
    """What is missing or strange in what was written."""

    NOTHING_SAID = "NOTHING_SAID"  # neither her words nor why there are none
    NO_OUTCOME = "NO_OUTCOME"
    NO_NEXT_DAY = "NO_NEXT_DAY"
    NEXT_DAY_PASSED = "NEXT_DAY_PASSED"
    NEXT_DAY_FAR = "NEXT_DAY_FAR"


@dataclass(frozen=True, slots=True)
class Days:
    """How often: weekdays as «1234567», and how many weeks there are between."""

    weekdays: str
    every_weeks: int = 1


def rarer(days: Days) -> Days | None:
    """Return about half as often; None when it cannot be done.

    With several days a week every second of them stays, the first among them; with one, twice as many weeks between, up
    to every twelfth.
    """
    if len(days.weekdays) > 1:
        return Days(days.weekdays[::2], days.every_weeks)
    weeks = days.every_weeks * 2
    return Days(days.weekdays, weeks) if weeks <= MOST_WEEKS_BETWEEN else None


def lacks(*, words: str, why_no_words: str, outcome: Outcome | None, next_on: date | None, today: date) -> list[Lack]:
    """Return what stops an evaluation from being signed."""
    found = []
    if not words.strip() and not why_no_words.strip():
        found.append(Lack.NOTHING_SAID)
    if outcome is None:
        found.append(Lack.NO_OUTCOME)
    elif outcome in GOES_ON:
        if next_on is None:
            found.append(Lack.NO_NEXT_DAY)
        elif next_on <= today:
            found.append(Lack.NEXT_DAY_PASSED)
        elif next_on > today + FARTHEST:
            found.append(Lack.NEXT_DAY_FAR)
    return found


def days_over(evaluate_on: date, *, today: date) -> int:
    """Return how many days an evaluation is overdue; 0 until the day is over."""
    return max(0, (today - evaluate_on).days)
