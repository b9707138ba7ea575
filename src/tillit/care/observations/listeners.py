"""What observations do when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, MergeUndone
from tillit.care.observations.actions import merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the observations hang on the right citizen."""
    merging.move_observations(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let the observations hang where they did."""
    merging.put_back_observations(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
