"""`tillit log …`: seal and verify the logs, keep their keys, let rows leave when they have been kept long enough."""

import signal
from datetime import datetime, time
from pathlib import Path
from threading import Event

import click
from django.conf import settings
from django.db import DatabaseError, IntegrityError, close_old_connections

from tillit.foundation.access import keeping, keys, sealing, verifying
from tillit.foundation.access.actor import system
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused

OPERATOR = "Drift"
EVERY_SECONDS = 60
_SHOWN_AT_MOST = 200


@click.group()
def log() -> None:
    """The access log and the audit trail: seal, verify, keep."""


@log.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Look into the rows sealed from this day on only")
@click.option("--anchor", "anchors", multiple=True, metavar="NUMBER:HASH", help="A seal's hash that was kept elsewhere")
def verify(since: datetime | None, anchors: tuple[str, ...]) -> None:
    """Walk every seal and row, and say what is wrong. Ends with 1 if anything is.

    The hash that was kept beside the database is checked as well. The newest is printed, to be kept elsewhere.
    """
    kept = sealing.kept_anchor()
    try:
        wanted = [verifying.read_anchor(text) for text in (*([kept] if kept else []), *anchors)]
    except verifying.BadAnchor as bad:
        raise click.BadParameter(f"{bad} is not number:hash, as printed by this command") from None
    sealing.seal(at=clock.now())
    walk = verifying.Walk()
    begun = oslo.moment(since.date(), time.min) if since else None
    for fault in verifying.verify(walk, at=clock.now(), since=begun, anchors=wanted):
        if walk.faults <= _SHOWN_AT_MOST:
            click.echo(str(fault), err=True)
    if walk.faults > _SHOWN_AT_MOST:
        click.echo(f"… and {walk.faults - _SHOWN_AT_MOST} more.", err=True)
    click.echo(
        f"{walk.seals} seals, {walk.rows} rows under them, {walk.unsealed} not sealed yet, "
        f"{walk.removed} have left after their time."
    )
    if walk.newest:
        click.echo(f"Newest seal, to be kept elsewhere: {walk.newest}")
    if walk.faults:
        raise click.ClickException(f"The logs are not as they were written: {walk.faults} findings.")
    click.echo("The logs are as they were written.")


@log.command()
def seal() -> None:
    """Seal what has been written, once."""
    done = sealing.seal(at=clock.now())
    if done.waiting:
        raise click.ClickException("Something long is under way in the database. Try again when it is over.")
    click.echo(f"{done.rows} rows under {done.seals} new seals.")


@log.command()
@click.option("--every", default=EVERY_SECONDS, show_default=True, help="Seconds between two rounds")
def keep(every: int) -> None:
    """Seal each minute until stopped. `tillit serve` starts one; several do no harm."""
    stop = Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda _signal, _frame: stop.set())
    while not stop.is_set():
        try:
            close_old_connections()
            sealing.seal(at=clock.now())
        except DatabaseError:
            sealing.logger.exception("The logs could not be sealed this time.")
        stop.wait(every)


@log.command("new-key")
def new_key() -> None:
    """Add a key that signs from the next start on. Old keys stay: they verify what they signed."""
    if not settings.LOG_KEYS_FILE:
        raise click.ClickException("Set TILLIT_LOG_KEYS to the file where the keys are to be.")
    click.echo(f"Key {keys.new_key(Path(settings.LOG_KEYS_FILE))} signs when Tillit is started again.")


@log.command("keep-years")
@click.argument("years", type=int)
@click.option(
    "--from", "valid_from", type=click.DateTime(["%Y-%m-%d"]), required=True, help="The day it begins to hold"
)
@click.option("--basis", required=True, help="The law, rule or decision behind it")
def keep_years(years: int, valid_from: datetime, basis: str) -> None:
    """Decide how long the logs are kept, from a day on."""
    try:
        keeping.set_keeping(
            actor=system(OPERATOR), valid_from=valid_from.date(), years=years, basis=basis, at=clock.now()
        )
    except ActionRefused as refusal:
        raise click.ClickException(refusal.text) from None
    click.echo(f"From {valid_from.date()} the logs are kept for {years} years.")


@log.command("remove-expired")
@click.option("--do-it", is_flag=True, help="Without this it only says what would leave")
def remove_expired(do_it: bool) -> None:
    """Let rows leave that have been kept long enough: whole sealed stretches, with a seal that stays."""
    at = clock.now()
    rule = keeping.keeping_on(oslo.day_of(at))
    click.echo(f"The logs are kept for {rule.years} years: rows from before {rule.kept_from(at).date()} may leave.")
    rows = 0
    for stretch in list(keeping.expired(at=at)):
        if not do_it:
            rows += stretch.count
            continue
        try:
            rows += keeping.remove_stretch(actor=system(OPERATOR), number=stretch.number, at=at)
        except ActionRefused as refusal:
            raise click.ClickException(f"Stopped at seal {stretch.number}: {refusal.text}") from None
        except IntegrityError:
            raise click.ClickException("New rows were sealed at the same moment. Run the command again.") from None
    click.echo(f"{rows} rows {'have left' if do_it else 'would leave: add --do-it'}.")
