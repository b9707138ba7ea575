"""When somebody must have looked at a change."""

from datetime import datetime, timedelta

from tillit.kernel import oslo

WITHIN_THE_HOUR = timedelta(hours=1)
WITHOUT_MEETING = timedelta(days=7)


def due_at(urgency: str, *, told_at: datetime, next_meeting_at: datetime | None = None) -> datetime:
    """Return when somebody must have looked at it, aware UTC.

    NOW: within the hour. TODAY: before the day in Oslo ends, though never less than an hour away. MEETING: at the
    team's next meeting; within a week when no meeting is known. Raises ValueError for another urgency.
    """
    if urgency == "NOW":
        return told_at + WITHIN_THE_HOUR
    if urgency == "TODAY":
        return max(oslo.whole_day(oslo.day_of(told_at)).end, told_at + WITHIN_THE_HOUR)
    if urgency == "MEETING":
        return next_meeting_at or told_at + WITHOUT_MEETING
    raise ValueError(urgency)
