"""`tillit plan`: one day from a file with the engine alone, or every team's draft in the database."""

import json
import sys
import time
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

import click


@click.group()
def plan() -> None:
    """Plan with the engine."""


@plan.command("day")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seconds", default=10.0, show_default=True, help="Stop after so long, with the best so far")
@click.option("--seed", default=1, show_default=True, help="Same seed, same search")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where the answer is written")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON")
def day(file: Path, seconds: float, seed: int, out: Path | None, as_json: bool) -> None:
    """Plan the day in FILE: Tillit's own format, or a public instance of the families described in the docs.

    The answer is written in the family's own solution format.
    """
    from planengine.errors import PlanEngineError
    from planengine.files import plan_file

    target = out or file.with_suffix(".plan.json")
    try:
        summary = plan_file(file, seconds=seconds, seed=seed, out=target)
    except PlanEngineError as refusal:
        raise click.ClickException(str(refusal)) from None
    told = asdict(summary)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, default=str))
        return
    for name, value in told.items():
        click.echo(f"{name}: {value}")


@plan.command("teams")
@click.option("--on", "on_", type=click.DateTime(["%Y-%m-%d"]), help="The day to plan; tomorrow when not given")
@click.option("--unit", "code", help="Only the unit with this code, and those below it")
@click.option(
    "--part", "parts", multiple=True, type=click.Choice(["DAY", "EVENING", "NIGHT"]), help="Only these parts of the day"
)
@click.option("--seconds", type=click.FloatRange(0.1, 600), help="Search so long for each; else as for one team")
@click.option("--again", is_flag=True, help="Also where a proposal for the lists as they stand is there already")
@click.option("--wait/--no-wait", default=True, show_default=True, help="Follow the workers until all are done")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON")
def teams(
    on_: datetime | None,
    code: str | None,
    parts: tuple[str, ...],
    seconds: float | None,
    again: bool,
    wait: bool,
    as_json: bool,
) -> None:
    """Ask for a proposal for every team's draft in one go. The task queue's workers do the planning.

    Lists that are in use are left alone. Run again, it asks only for what has no proposal yet. Nothing is decided:
    each team accepts or refuses its own proposal.
    """
    import django

    django.setup()
    from tillit.foundation.access import reading
    from tillit.foundation.access.actor import system
    from tillit.foundation.organisation import queries as organisation
    from tillit.kernel import clock, oslo
    from tillit.teamwork.planning import actions, queries

    at = clock.now()
    on: date = on_.date() if on_ else oslo.day_of(at) + timedelta(days=1)
    unit_ids = None
    if code is not None:
        unit = organisation.unit_by_code(code)
        if unit is None:
            raise click.ClickException(f"There is no unit with the code {code!r}.")
        unit_ids = [unit.pk, *(below.pk for below in organisation.units_below(unit, on=on))]
    actor = system("tillit plan teams")
    with reading.door("tillit plan teams", actor=actor):
        asked = actions.ask_for_teams(
            actor=actor,
            on=on,
            at=at,
            kinds=parts or queries.KINDS,
            unit_ids=unit_ids,
            seconds=seconds,
            again=again,
            told=None if as_json else _told,
        )
    passed = Counter(why.value for why in asked.passed.values())
    done: dict[str, object] = {
        "on": on.isoformat(),
        "asked": len(asked.proposals),
        "passed": dict(sorted(passed.items())),
    }
    if wait:
        _follow(asked.job_ids, quiet=as_json)
        done |= asdict(queries.how_far(asked.job_ids)) | queries.outcome_of(asked.job_ids)
    click.echo(json.dumps(done) if as_json else "\n".join(f"{name}: {value}" for name, value in done.items()))
    if done.get("failed") or done.get("waiting"):
        raise SystemExit(1)


NO_WORKER_SECONDS = 60
"""So long nobody may begin before we say that no worker seems to be running."""


def _told(done: int, total: int) -> None:
    click.echo(f"\rasked {done} of {total}", nl=done == total, err=True)


def _follow(job_ids: tuple[int, ...], *, quiet: bool) -> None:
    """Wait until the jobs have ended, with a bar; give up when no worker takes any."""
    from tillit.teamwork.planning import queries

    heard = time.monotonic()
    seen = queries.how_far(job_ids)
    with click.progressbar(length=len(job_ids), file=sys.stderr, hidden=quiet, label="planned") as bar:
        while seen.left:
            time.sleep(0.5)
            now = queries.how_far(job_ids)
            if now.running or now != seen:
                heard = time.monotonic()
            bar.update(seen.left - now.left)
            seen = now
            if time.monotonic() - heard > NO_WORKER_SECONDS:
                click.echo("\nNo worker takes the work. Start one: ./run manage db_worker --queue-name '*'", err=True)
                return
