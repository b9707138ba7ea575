"""What the journal does when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, MergeUndone
from tillit.care.journal.actions import merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the journal hang on the right citizen."""
    merging.move_journal(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let the journal hang where it did."""
    merging.put_back_journal(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
