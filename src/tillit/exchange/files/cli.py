"""`tillit import` and `tillit export`: the same import from the command line."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write it in. Without it, nothing is written: a dry run")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON")
def import_files(files: tuple[Path, ...], write: bool, as_json: bool) -> None:
    """Read units, employees, shifts, citizens and services from spreadsheets (.xlsx, .csv)."""
    from tillit.exchange.files import dryrun, queries, work
    from tillit.exchange.files.reading import UnreadableFile
    from tillit.foundation.access import reading
    from tillit.foundation.access.actor import system
    from tillit.kernel import clock, oslo

    actor = system("tillit import")
    with reading.door("tillit import", actor=actor):
        try:
            findings = dryrun.run(
                [(file.name, file.read_bytes()) for file in files],
                actor=actor,
                today=oslo.day_of(clock.now()),
                chosen={},
                remembered=queries.remembered,
                step=lambda done, total, text: None if as_json else click.echo(text, err=True),
            )
        except UnreadableFile as refusal:
            raise click.ClickException(refusal.text) from None
        found = work.as_json(findings)
        if write and not findings.stops:
            with click.progressbar(length=1000, file=sys.stderr, hidden=as_json) as bar:
                written, _stopped = work.write_rows(findings, actor=actor, progress=Bar(bar))
            found["written"] = {code: outcome.as_json() for code, outcome in written.items()}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell(found, wrote=write and not findings.stops)
    if findings.stops:
        raise SystemExit(1)


class Bar:
    """Shows progress on a terminal."""

    def __init__(self, bar: ProgressBar[int]) -> None:
        self.bar = bar
        self.at = 0

    def say(self, done: int, total: int, text: str = "") -> None:
        """Move the bar."""
        here = round(1000 * done / max(1, total))
        self.bar.update(here - self.at)
        self.at = here

    def should_stop(self) -> bool:
        """Ctrl-C stops a command."""
        return False


def _tell(found: dict[str, object], *, wrote: bool) -> None:
    sheets = found["sheets"]
    assert isinstance(sheets, dict)
    for code, counts in sheets.items():
        click.echo(
            f"{code}: {counts['rows']} rows; {counts['created']} new, {counts['changed']} changed, "
            f"{counts['unchanged']} as before"
        )
    problems = found["problems"]
    assert isinstance(problems, list)
    for sheet, row, column, text, stops in problems[:50]:
        click.echo(f"{'✘' if stops else '!'} {sheet} {row} {column}: {text}")
    if len(problems) > 50:
        click.echo(f"… and {int(str(found['problem_count'])) - 50} more (--json lists them)")
    click.echo("Written in." if wrote else "Nothing was written. Add --write when this is right.")


@click.command("export")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--days", default=28, show_default=True, help="Shifts so many days ahead")
def export_files(target: Path, days: int) -> None:
    """Write units, employees, shifts, citizens and services to one workbook (.xlsx)."""
    from tillit.exchange.files import exporting, workbook
    from tillit.foundation.access import reading
    from tillit.foundation.access.actor import system
    from tillit.kernel import clock, oslo

    actor = system("tillit export")
    today = oslo.day_of(clock.now())
    with reading.door("tillit export", actor=actor):
        rows = exporting.collect(actor=actor, today=today, shifts_from=today, shifts_to=today + timedelta(days=days))
    target.write_bytes(workbook.export(rows))  # after the log: nothing leaves that is not written there
    click.echo(f"{target}")
