"""What conversations do when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizensMerged
from tillit.care.needs.actions import merging


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the conversations hang on the right citizen."""
    merging.move_conversations(actor=event.actor, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at)
