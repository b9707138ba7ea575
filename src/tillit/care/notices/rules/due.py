"""By when a notice is to be answered."""

from datetime import datetime, timedelta
from enum import StrEnum

from tillit.kernel import oslo

WITHIN_THE_HOUR = timedelta(hours=1)


class Answer(StrEnum):
    """When an answer is needed, as it is chosen."""

    HOUR = "HOUR"
    TODAY = "TODAY"
    TOMORROW = "TOMORROW"
    WEEK = "WEEK"


def due_at(by: Answer, *, at: datetime) -> datetime:
    """Return the moment, aware UTC: within the hour, or before the day in Oslo ends, though never within the hour."""
    if by is Answer.HOUR:
        return at + WITHIN_THE_HOUR
    days = {Answer.TODAY: 0, Answer.TOMORROW: 1, Answer.WEEK: 7}[by]
    end = oslo.whole_day(oslo.day_of(at) + timedelta(days=days)).end
    return max(end, at + WITHIN_THE_HOUR)
