"""docs/how-we-count: every measure has an example reckoned by hand, and the page is what is tested."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from measures.everything import ALL
from measures.tables import read_csv
from tests.measures.worked_examples import differences

PAGES = sorted((Path(__file__).resolve().parents[2] / "docs" / "how-we-count").glob("measures*.md"))
BLOCK = re.compile(r"^```example (\w+) (\{.*?\})\n(.*?)=> (.*?)\n```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    name: str
    params: dict[str, Any]
    tables: str
    expected: Any


def on_pages() -> list[Example]:
    return [
        Example(name, json.loads(params), tables, json.loads(expected))
        for page in PAGES
        for name, params, tables, expected in BLOCK.findall(page.read_text(encoding="utf-8"))
    ]


def written_out(text: str, names: tuple[str, ...], folder: Path) -> dict[str, pl.DataFrame]:
    """Return the tables of a block: a line with the table's name, then its CSV."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line in names:
            found[line] = []
        else:
            found[list(found)[-1]].append(line)
    for name, lines in found.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {name: read_csv(folder / f"{name}.csv") for name in found}


@pytest.mark.parametrize("example", on_pages(), ids=lambda each: each.name)
def test_by_hand(example: Example, tmp_path: Path) -> None:
    measure = ALL[example.name]
    told = measure.answer(written_out(example.tables, measure.tables, tmp_path), example.params).as_json()

    assert differences(example.expected, told["values"], 1e-9) == []


def test_every_measure_has_one() -> None:
    assert {each.name for each in on_pages()} == set(ALL)
