"""The demo town that programs measure on: a copy of the one `./run bench pages` keeps, or one made now."""

import sqlite3
from datetime import date
from pathlib import Path


def copied(kept: Path, folder: Path, *, seed: int, scale: float = 1.0, history_days: int = 183) -> date:
    """Put a town into the empty folder that settings name. Returns the day it was made for.

    kept: a folder of `bench pages`, never written to; a town is made when it has none.
    """
    from django.core.management import call_command

    from tillit.demo.generate import generate
    from tillit.kernel import clock, oslo

    anchor = kept / "anchor"
    if anchor.exists():
        # SQLite's own copy: right also while somebody reads or writes the original, which is opened for reading only.
        source = sqlite3.connect(f"file:{kept / 'tillit.sqlite3'}?mode=ro", uri=True)
        target = sqlite3.connect(folder / "tillit.sqlite3")
        with source, target:
            source.backup(target)
        source.close()
        target.close()
        call_command("migrate", verbosity=0)
        return date.fromisoformat(anchor.read_text())
    call_command("migrate", verbosity=0)
    today = oslo.day_of(clock.now())
    generate(seed=seed, anchor=today, scale=scale, history_days=history_days)
    return today
