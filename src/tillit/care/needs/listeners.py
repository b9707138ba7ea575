"""What conversations do when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, MergeUndone
from tillit.care.needs.actions import merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the conversations hang on the right citizen."""
    merging.move_conversations(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let the conversations hang where they did."""
    merging.put_back_conversations(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
