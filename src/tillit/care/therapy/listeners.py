"""What the therapists' cases do when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, EmployeeBarred, MergeUndone
from tillit.care.therapy.actions import holding, merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the cases hang on the right citizen."""
    merging.move_cases(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let the cases hang where they did."""
    merging.put_back_cases(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_employee_barred(event: EmployeeBarred) -> None:
    """Let what she had wait for another."""
    holding.follow_barring(citizen_id=event.citizen_id, employee_id=event.employee_id, at=event.at)
