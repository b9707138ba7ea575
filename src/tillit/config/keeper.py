"""What is done each minute while the product is served: seal the logs, take up work whose worker died, and settle what
phones have sent, and remind of what is late."""

import logging
import signal
from threading import Event

import click

logger = logging.getLogger(__name__)

EVERY_SECONDS = 60


@click.command()
@click.option("--every", default=EVERY_SECONDS, show_default=True, help="Seconds between two rounds")
def keeper(every: int) -> None:
    """Seal the logs, wake lost jobs, settle what waits and remind of what is late, each minute, until stopped.

    `tillit serve` starts one; several do no harm.
    """
    from django.db import close_old_connections

    stop = Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda _signal, _frame: stop.set())
    while not stop.is_set():
        close_old_connections()
        look_after()
        stop.wait(every)


def look_after() -> None:
    """Do one round. What cannot be done now is said in the log and done the next time; the other is done."""
    from django.db import DatabaseError

    from tillit.care.observations.actions.reminding import remind_late
    from tillit.foundation.access import sealing
    from tillit.foundation.delivery.actions import go_on
    from tillit.foundation.jobs import waking
    from tillit.kernel import clock
    from tillit.learning.surveys.actions.closing import close_over as close_due
    from tillit.learning.surveys.actions.pairing import end_over

    for what, do in (
        ("The logs could not be sealed", sealing.seal),
        ("Lost jobs could not be woken", waking.wake_lost),
        ("What phones had sent could not be settled", go_on),
        ("Nobody could be reminded of what is late", remind_late),
        ("Surveys whose day is over could not be closed", close_due),
        ("Keys of codes whose time is over could not be deleted", end_over),
    ):
        try:
            do(at=clock.now())
        except DatabaseError:
            logger.exception("%s this time.", what)
