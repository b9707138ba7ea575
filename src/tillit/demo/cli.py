"""`tillit demo-data`: fill an empty database with Fjordvik."""

import json
import time
from dataclasses import asdict
from datetime import date, datetime

import click
from django.conf import settings

from tillit.demo import emptiness
from tillit.demo.generate import Summary, generate
from tillit.kernel import clock, oslo


@click.command("demo-data")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same town.")
@click.option(
    "--anchor-date",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="The day that is today in the demo. Default: today.",
)
@click.option(
    "--scale", type=click.FloatRange(0.02, 100), default=1.0, show_default=True, help="1 is about 450 citizens."
)
@click.option(
    "--history-days", type=click.IntRange(1, 4000), default=182, show_default=True, help="Days of visits before today."
)
@click.option("--horizon-days", type=click.IntRange(1, 60), default=14, show_default=True, help="Days of visits ahead.")
@click.option("--fresh", is_flag=True, help="Empty the database first. Only where TILLIT_MODE is demo or test.")
@click.option("--json", "as_json", is_flag=True, help="Say what was made as JSON on standard output.")
def demo_data(
    seed: int,
    anchor_date: datetime | None,
    scale: float,
    history_days: int,
    horizon_days: int,
    fresh: bool,
    as_json: bool,
) -> None:
    """Fill an empty, migrated database with the demo municipality Fjordvik.

    All people in it are invented. Never in production; a database with something in it is refused without --fresh.
    """
    mode = settings.ENV.mode
    if mode not in {"demo", "test"}:
        raise click.ClickException("Demo data is never written where TILLIT_MODE is production.")
    if not emptiness.is_empty():
        if not fresh:
            raise click.ClickException("The database is not empty. Nothing was written. Use --fresh to empty it first.")
        click.echo("Emptying the database …", err=True)
        emptiness.wipe()
    anchor = anchor_date.date() if anchor_date else oslo.day_of(clock.now())
    started = time.monotonic()
    summary = generate(
        seed=seed, anchor=anchor, scale=scale, history_days=history_days, horizon_days=horizon_days, progress=_say
    )
    seconds = time.monotonic() - started
    if as_json:
        click.echo(json.dumps({**asdict(summary), "seconds": round(seconds, 1)}, default=_as_text))
    else:
        click.echo(_sentence(summary, seconds))


def _say(done: int, total: int, text: str) -> None:
    click.echo(f"{done + 1} of {total}: {text}", err=True)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _sentence(summary: Summary, seconds: float) -> str:
    return (
        f"Fjordvik as on {summary.anchor.isoformat()}: {summary.teams} teams, "
        f"{summary.citizens} citizens (present and former), "
        f"{summary.employees} employees, {summary.visits} visits in {seconds:.1f} seconds."
    )
