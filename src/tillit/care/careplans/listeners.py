"""What plans do when something happens with citizens. Wired in `tillit.config.wiring`."""

from tillit.care.careplans.actions import ending
from tillit.care.citizens.events import CitizensMerged, HelpEnded, HelpResumed, MergeUndone
from tillit.foundation.access.actor import system
from tillit.kernel import oslo

ACTOR = system("Planer når hjelpen avsluttes")


def on_help_ended(event: HelpEnded) -> None:
    """End the plan when the help has ended; one that ends on a day ahead is ended by the nightly job."""
    if event.is_death or event.ends_on <= oslo.day_of(event.at):
        ending.end_plan(actor=ACTOR, citizen_id=event.citizen_id, at=event.at)


def on_help_resumed(event: HelpResumed) -> None:
    """Take the plan into use again when the end was a mistake. Else it stays history: a new draft begins with it."""
    if event.ended_at is not None:
        ending.reopen_plan(actor=ACTOR, citizen_id=event.citizen_id, ended_at=event.ended_at, at=event.at)


def on_citizens_merged(event: CitizensMerged) -> None:
    """Let the plans hang on the right citizen."""
    ending.move_plans(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )


def on_merge_undone(event: MergeUndone) -> None:
    """Let the plans hang where they did."""
    ending.put_back_plans(
        actor=event.actor, merge_id=event.merge_id, wrong_id=event.wrong_id, right_id=event.right_id, at=event.at
    )
