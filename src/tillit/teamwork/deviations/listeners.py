"""What deviations do when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, MergeUndone
from tillit.teamwork.deviations.actions import merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the deviations be about the right citizen."""
    merging.move_deviations(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let them be about whom they were."""
    merging.put_back_deviations(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
