"""Published figures of others, as they lie beside the code (improvement/examples/PROVENANCE.md)."""

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "examples"


@cache
def rows_of(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table by its columns, read once. name: of a file, without its ending."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
