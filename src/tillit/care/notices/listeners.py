"""What happens with notices when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, MergeUndone
from tillit.care.notices.actions import merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let notices be about the right citizen."""
    merging.move_notices(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let notices be about whom they were about."""
    merging.put_back_notices(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
