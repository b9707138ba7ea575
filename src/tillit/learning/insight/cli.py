"""`tillit insight count`: what the night does, when an operator wants it now."""

import json
from time import monotonic

import click


@click.group()
def insight() -> None:
    """Count the indicators."""


@insight.command()
@click.option("--all", "everything", is_flag=True, help="Count everything again, also what is thought to be right")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON")
def count(everything: bool, as_json: bool) -> None:
    """Count what is new, and what something changed under. A figure that became another keeps the one it was."""
    from tillit.foundation.access.actor import system
    from tillit.kernel import clock
    from tillit.learning.insight.actions.counting import count_figures

    began = monotonic()
    found = count_figures(actor=system("tillit insight count"), at=clock.now(), everything=everything)
    told = {
        "looked_at": found.looked_at,
        "new": found.new,
        "replaced": found.replaced,
        "seconds": round(monotonic() - began, 2),
    }
    click.echo(json.dumps(told) if as_json else "\n".join(f"{name}: {value}" for name, value in told.items()))
