"""What cases do when a citizen goes away and comes home. Wired in `tillit.config.wiring`."""

from tillit.care.citizens.events import CitizenAway, CitizenHome
from tillit.care.decisions.actions.pausing import follow_whereabouts
from tillit.foundation.access.actor import system

ACTOR = system("Saker når brukeren er borte")


def on_citizen_away(event: CitizenAway) -> None:
    """Let the help rest when she is away now. What is told ahead is taken up by the nightly job when the day comes."""
    said_at = event.at or event.from_at
    if event.from_at <= said_at:
        follow_whereabouts(actor=ACTOR, citizen_ids=[event.citizen_id], at=said_at)


def on_citizen_home(event: CitizenHome) -> None:
    """Let the help go on when she is home now."""
    if event.to_at <= event.at:
        follow_whereabouts(actor=ACTOR, citizen_ids=[event.citizen_id], at=event.at)
