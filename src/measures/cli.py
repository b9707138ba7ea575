"""`tillit measures`: any formula over CSV files, and all of them over a line protocol."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click


class Measures(click.Group):
    """Makes a command of each measure, from its own signature."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the two commands of their own, then all measures."""
        from measures.everything import ALL

        return [*super().list_commands(ctx), *sorted(ALL)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of ours, or one made for the measure of that name."""
        from measures.everything import ALL

        own = super().get_command(ctx, cmd_name)
        if own is not None or cmd_name not in ALL:
            return own
        return _command_for(cmd_name)


def _read(value: str) -> Any:
    """Return an option's value: JSON where it is JSON, a list where it has commas, else the text."""
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return [_read(part) for part in value.split(",")] if "," in value else value


def _command_for(name: str) -> click.Command:
    from measures.errors import MeasuresError
    from measures.measure import named
    from measures.tables import read_csv

    found = named(name)

    def run(files: tuple[Path, ...], as_json: bool, **options: Any) -> None:
        params = {found.outer(key): _read(value) for key, value in options.items() if value is not None}
        if len(files) > len(found.tables):
            raise click.UsageError(f"{name} takes {len(found.tables)} files: {', '.join(found.tables) or 'none'}")
        try:
            tables = {table: read_csv(path) for table, path in zip(found.tables, files, strict=False)}
            told = found.answer(tables, params).as_json()
        except MeasuresError as refusal:
            raise click.ClickException(str(refusal)) from None
        except (TypeError, ValueError) as failure:
            raise click.ClickException(f"A parameter has a value that cannot be used ({failure}).") from None
        click.echo(json.dumps(told, ensure_ascii=False) if as_json else _in_words(told))

    params: list[click.Parameter] = [
        click.Argument(["files"], nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.Option(["as_json", "--json"], is_flag=True, help="Print the whole answer as JSON"),
    ]
    for key, each in found.parameters.items():
        default = "needed" if each.default is each.empty else f"default: {each.default}"
        params.append(click.Option([key, f"--{found.outer(key).replace('_', '-')}"], help=default))
    takes = f"Files, in order: {', '.join(found.tables)}." if found.tables else "Takes no files."
    help_ = f"{found.__doc__ or ''}\n\n{takes}\n\nSource: {found.source}"
    return click.Command(name, params=params, callback=run, help=help_, short_help=found.summary)


def _in_words(told: dict[str, Any]) -> str:
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told["values"].items()]
    lines += [f"left out, {why}: {count}" for why, count in told["excluded"].items()]
    lines += [f"! {each['text']}" for each in told["warnings"]]
    return "\n".join([*lines, f"({told['method']} version {told['version']}, n = {told['n']}. {told['source']})"])


@click.command(cls=Measures)
def measures() -> None:
    """Reckon any measure from CSV files. The formulas: docs/how-we-count/ and `tillit measures list`."""


@measures.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON")
def list_measures(as_json: bool) -> None:
    """Name all measures with their version, what they take and where the formula comes from."""
    from measures.everything import ALL

    if as_json:
        told = [
            {
                "name": name,
                "version": each.version,
                "summary": each.summary,
                "source": each.source,
                "tables": list(each.tables),
                "parameters": [each.outer(key) for key in each.parameters],
            }
            for name, each in sorted(ALL.items())
        ]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, each in sorted(ALL.items()):
        click.echo(f"{name} (version {each.version}): {each.summary}")


@measures.command("vectors")
def vectors() -> None:
    """Answer measures from standard input, one JSON object per line: id, kind, inputs (paths), params."""
    from measures.protocol import answer_lines

    for reply in answer_lines(sys.stdin):
        click.echo(reply)
