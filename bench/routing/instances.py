"""The instances of a folder laid out as the public one: FAMILY/instances/NAME.json and a table bks.csv."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FAMILIES = ("mankowska", "kummer", "italian", "uhhc_validation", "uhhc_converted")
_LETTERS = {10: "A", 25: "B", 50: "C", 75: "D", 100: "E", 200: "F", 300: "G"}
"""Mankowska's groups by number of patients."""
_OF_FAMILY = {"italian": "I", "uhhc_validation": "U"}


@dataclass(frozen=True, slots=True)
class Instance:
    """One day to plan, and the best published value where the table has one.

    group: A-G (Mankowska), K10-K400 (Kummer), I (Italian), U (validation), a letter (converted). label: short name.
    """

    family: str
    name: str
    label: str
    group: str
    patients: int
    path: Path
    best: float | None
    published_mean: float | None

    @property
    def is_unified(self) -> bool:
        """Whether it is written in the unified format, with weights of its own."""
        return self.family.startswith("uhhc")

    def load(self) -> dict[str, Any]:
        """Return the file's content."""
        data: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return data


def find(
    folder: Path,
    *,
    families: Iterable[str] = FAMILIES,
    groups: Iterable[str] = (),
    sizes: Iterable[int] = (),
    names: Iterable[str] = (),
    per_group: int = 0,
) -> list[Instance]:
    """Return the chosen instances, smallest first within each family. Empty choices choose everything.

    per_group: at most so many of each family and group, evenly spread over the names; 0 means all.
    """
    table = _table(folder / "bks.csv")
    wanted_groups, wanted_sizes, wanted_names = set(groups), set(sizes), set(names)
    found: list[Instance] = []
    for family in families:
        rows = []
        for path in sorted((folder / family / "instances").glob("*.json")):
            each = _instance(family, path, table.get((family, path.stem), {}))
            if wanted_groups and each.group not in wanted_groups:
                continue
            if wanted_sizes and each.patients not in wanted_sizes:
                continue
            if wanted_names and not wanted_names & {each.name, each.label}:
                continue
            rows.append(each)
        found += sorted(rows, key=lambda each: (each.patients, each.group, _natural(each.name)))
    return _spread(found, per_group) if per_group else found


def _instance(family: str, path: Path, row: dict[str, str]) -> Instance:
    patients = int(row["patients"]) if row else len(json.loads(path.read_text(encoding="utf-8"))["patients"])
    if family == "mankowska":
        group = _LETTERS.get(patients, f"P{patients}")
        label = f"{group}{path.stem.rsplit('_', 1)[-1]}"
    else:
        group = f"K{patients}" if family == "kummer" else _OF_FAMILY.get(family) or path.stem[0]
        label = re.sub(r"^(HHCRSP_|instance_)", "", path.stem)
        label = label.split("-r")[0] if family == "italian" else label
    return Instance(
        family=family, name=path.stem, label=label, group=group, patients=patients, path=path,
        best=_number(row.get("bks")), published_mean=_number(row.get("sa_mean")),
    )  # fmt: skip


def _table(path: Path) -> dict[tuple[str, str], dict[str, str]]:
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as rows:
        return {(row["family"], row["instance"]): row for row in csv.DictReader(rows)}


def _number(text: str | None) -> float | None:
    return float(text) if text else None


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _spread(found: list[Instance], per_group: int) -> list[Instance]:
    by_group: dict[tuple[str, str], list[Instance]] = {}
    for each in found:
        by_group.setdefault((each.family, each.group), []).append(each)
    chosen: list[Instance] = []
    for rows in by_group.values():
        take = min(per_group, len(rows))
        chosen += [rows[number * len(rows) // take] for number in range(take)]
    return chosen
