"""What photos do when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, MergeUndone
from tillit.care.photos.actions import merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the photos hang on the right citizen."""
    merging.move_photos(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let the photos hang where they did."""
    merging.put_back_photos(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
