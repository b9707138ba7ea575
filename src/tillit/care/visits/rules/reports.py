"""Which report of a visit counts, and what became of the visit."""

from collections.abc import Sequence
from dataclasses import dataclass

UNDONE = "UNDONE"
REMOVED = "REMOVED"


@dataclass(frozen=True, slots=True)
class Said:
    """A report as far as counting goes. outcome: an Outcome."""

    report_id: int
    outcome: str


def counting(reports: Sequence[Said]) -> Said | None:
    """Return the report that counts, or None when nothing does.

    reports: of one visit, oldest first. The newest counts; UNDONE takes back the newest one not yet taken back. What
    was removed from the journal says nothing.
    """
    stack: list[Said] = []
    for report in reports:
        if report.outcome == REMOVED:
            continue
        if report.outcome == UNDONE:
            if stack:
                stack.pop()
        else:
            stack.append(report)
    return stack[-1] if stack else None


def state_after(counted: Said | None) -> str:
    """Return the state of a visit whose counting report is `counted`: DONE, CANCELLED, or PLANNED without one."""
    if counted is None:
        return "PLANNED"
    return "CANCELLED" if counted.outcome == "CANCELLED" else "DONE"


def outcome_of(*, pressed: str, cancelled_by: str, not_done: bool, time_step: bool) -> str:
    """Return what became of a visit: what was filled in counts for more than which button was pressed.

    pressed: AS_PLANNED, DIFFERENT or nothing. not_done, time_step: whether anything was said of them.
    """
    if cancelled_by:
        return "CANCELLED"
    if not_done or time_step:
        return "DIFFERENT"
    return pressed or "AS_PLANNED"
