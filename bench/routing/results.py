"""The rows: one per participant, instance, limit and seed, appended to a CSV as they come; a stopped run goes on."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

import planengine


class Status(StrEnum):
    """What became of one run."""

    OK = "ok"
    """Every rule is kept."""
    INFEASIBLE = "infeasible"
    """An answer that breaks rules: its cost does not count."""
    NO_ANSWER = "no answer"
    """Nothing found in time."""
    CANNOT = "cannot express"
    """The solver has no form for what the instance asks."""
    FAULT = "fault"
    """The participant died or is not installed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One run. cost: judged from the files; gap: in per cent of the best published value; trace: (seconds, gap) pairs.

    seconds is what it took with its own building of a model, limit what it was given; load the machine's at the start.
    """

    date: str
    family: str
    group: str
    label: str
    instance: str
    patients: int
    who: str
    version: str
    limit: float
    seed: int
    cores: int
    status: Status
    cost: float | None
    best: float | None
    best_decimals: int
    published_mean: float | None
    seconds: float | None
    processor_seconds: float | None
    megabytes: float | None
    load: float
    note: str
    trace: str

    @property
    def gap(self) -> float | None:
        """Per cent above the best published value; below 0 is better than published."""
        if self.cost is None or not self.best:
            return None
        return 100 * (self.cost / self.best - 1)

    @property
    def matches(self) -> bool:
        """Whether it is at or below the best published value, as far as that value's decimals tell."""
        return self.cost is not None and self.best is not None and self.cost <= self.best + self.rounding

    @property
    def is_better(self) -> bool:
        """Whether it is strictly below the best published value, beyond that value's decimals."""
        return self.cost is not None and self.best is not None and self.cost < self.best - self.rounding

    @property
    def rounding(self) -> float:
        """Half a unit of the published value's last decimal."""
        return 0.5 * 10.0**-self.best_decimals + 1e-9 if self.best_decimals else 1e-6

    @property
    def points(self) -> list[tuple[float, float]]:
        """When it got better: seconds and cost."""
        return [(when, cost) for when, cost in json.loads(self.trace)]


Key = tuple[str, str, str, float, int, int]


def key_of(row: Row) -> Key:
    """What makes a run the same run."""
    return row.family, row.instance, row.who, row.limit, row.seed, row.cores


class Store:
    """The CSV of a folder. A run that is done with the same version is not done again."""

    def __init__(self, path: Path) -> None:
        """Read what is there."""
        self.path = path
        self.rows: dict[Key, Row] = {}
        if path.exists():
            with path.open(encoding="utf-8", newline="") as lines:
                for line in csv.DictReader(lines):
                    row = _row(line)
                    self.rows[key_of(row)] = row

    def done(self, key: Key, version: str) -> Row | None:
        """Return the run if it is done, by this version, and was no fault of the set-up."""
        row = self.rows.get(key)
        return row if row is not None and row.version == version and row.status is not Status.FAULT else None

    def add(self, row: Row) -> None:
        """Append the run at once. Of two of the same run the later one counts."""
        is_new = not self.path.exists()
        with self.path.open("a", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, [each.name for each in fields(Row)])
            if is_new:
                writer.writeheader()
            writer.writerow({name: "" if value is None else value for name, value in asdict(row).items()})
        self.rows[key_of(row)] = row

    def chosen(self, keys: Iterable[Key]) -> list[Row]:
        """Return the runs of these keys, in their order."""
        return [self.rows[key] for key in keys if key in self.rows]


def per_cent(gap: float, decimals: int = 2) -> str:
    """Return a gap for print; what is nothing at these decimals has no minus."""
    return f"{round(gap, decimals) + 0.0:+.{decimals}f}"


def _row(line: dict[str, str]) -> Row:
    def number(name: str) -> float | None:
        return float(line[name]) if line[name] else None

    return Row(
        date=line["date"], family=line["family"], group=line["group"], label=line["label"], instance=line["instance"],
        patients=int(line["patients"]), who=line["who"], version=line["version"], limit=float(line["limit"]),
        seed=int(line["seed"]), cores=int(line["cores"]), status=Status(line["status"]), cost=number("cost"),
        best=number("best"), best_decimals=int(line["best_decimals"]), published_mean=number("published_mean"),
        seconds=number("seconds"), processor_seconds=number("processor_seconds"), megabytes=number("megabytes"),
        load=float(line["load"]), note=line["note"], trace=line["trace"],
    )  # fmt: skip


def engine_version() -> str:
    """Return a fingerprint of our engine's sources: a changed engine is measured again."""
    folder = Path(planengine.__file__).parent
    return _fingerprint(folder, folder.rglob("*.py"))[:10]


def peers_version() -> str:
    """Return a fingerprint of how the peers are modelled: a changed model is measured again."""
    folder = Path(__file__).parent
    models = (path for path in (folder / "peers").glob("*.py") if path.stem != "ours")
    return _fingerprint(folder, [*models, folder / "day.py", folder / "greedy.py"])[:6]


def _fingerprint(folder: Path, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
