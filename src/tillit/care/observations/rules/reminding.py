"""When somebody is reminded that a check is late, and when the one in charge is told that it goes on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tillit.care.observations.rules.reaction import Act, Due


class Reminder(StrEnum):
    """Who is told. OWNER: whoever has it, or has it now. IN_CHARGE: that nobody has done anything since."""

    OWNER = "OWNER"
    IN_CHARGE = "IN_CHARGE"


#: So long after the one who has it was told, the one in charge is. How long is ours: docs/how-we-count/news2.md.
GOES_ON = {
    Act.CALL_113: timedelta(minutes=15),
    Act.CALL_DOCTOR: timedelta(minutes=15),
    Act.CALL_NURSE: timedelta(hours=1),
    Act.WATCH: timedelta(hours=1),
}


@dataclass(frozen=True, slots=True)
class Told:
    """When each was told of the deadline that holds now; None: not yet."""

    reminded_at: datetime | None = None
    raised_at: datetime | None = None


def reminder_due(asked: Act, until: Due, told: Told, *, now: datetime) -> Reminder | None:
    """Return who is to be told now; None: nothing is late, or those who should know do.

    One thing at a time, and each once: a new measurement or answer sets new deadlines, and nothing told of those.
    """
    if now < until.first:
        return None
    if told.reminded_at is None:
        return Reminder.OWNER
    if told.raised_at is None and now - told.reminded_at >= GOES_ON[asked]:
        return Reminder.IN_CHARGE
    return None
