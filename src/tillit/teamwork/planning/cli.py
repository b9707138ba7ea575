"""`tillit plan day`: plan one day from a file, with the engine alone. Needs no database."""

import json
from dataclasses import asdict
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
