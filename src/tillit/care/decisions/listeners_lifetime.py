"""What cases do when something happens with citizens, and appeals when a decision is made. Wired in `config.wiring`."""

from tillit.care.citizens.events import CitizensMerged, HandoverAnswered, HelpEnded, HelpResumed, MergeUndone
from tillit.care.citizens.models import HandoverState
from tillit.care.decisions.actions import appealing_review, closing, following_citizens, merging
from tillit.care.decisions.events import DecisionMade
from tillit.foundation.access.actor import system
from tillit.kernel import oslo

ENDING = system("Saker når hjelpen avsluttes")
FOLLOWING = system("Klager når det er fattet vedtak")
HANDED_OVER = system("Saker når en bruker er overlevert")


def on_help_ended(event: HelpEnded) -> None:
    """Close what the rules allow; an end that lies ahead is followed by the nightly job."""
    if event.is_death or event.ends_on <= oslo.day_of(event.at):
        closing.close_cases(
            actor=ENDING,
            citizen_ids=(event.citizen_id,),
            is_death=event.is_death,
            has_moved=event.has_moved,
            ends_on=event.ends_on,
            at=event.at,
        )


def on_help_resumed(event: HelpResumed) -> None:
    """Let the cases be as before when the end was a mistake. Else they stay closed: new help is a new case."""
    if event.ended_at is not None:
        closing.reopen_cases(actor=ENDING, citizen_id=event.citizen_id, ended_at=event.ended_at, at=event.at)


def on_handover_answered(event: HandoverAnswered) -> None:
    """Let the cases follow her to those who have said yes; a first day that lies ahead is followed by the night."""
    if event.state == HandoverState.ACCEPTED:
        following_citizens.pass_on_cases(actor=HANDED_OVER, handover_id=event.handover_id, at=event.at)


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


def on_decision_made(event: DecisionMade) -> None:
    """Let an appeal that led to this decision know it."""
    appealing_review.follow_decision(actor=FOLLOWING, event=event)
