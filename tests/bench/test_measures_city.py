"""The bench's city is the same for the same seed, and our answer about it is what counting gives."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from bench.measures.city import make
from bench.measures.engines import tillit
from measures.scale.columns import VisitColumns
from measures.scale.monthly import months


def made(folder: Path, seed: int) -> VisitColumns:
    make(folder, citizens=12, years=1, per_day=1.6, seed=seed, parquet=False)
    return VisitColumns.open(folder / "columns")


def test_the_same_seed_makes_the_same_city_and_another_another(tmp_path: Path) -> None:
    one, again, other = (made(tmp_path / str(at), seed) for at, seed in enumerate((1, 1, 2)))

    assert all(np.array_equal(a, b) for a, b in zip(one.stretch(0, 12), again.stretch(0, 12), strict=True))
    assert one.visits != other.visits or not np.array_equal(one.stretch(0, 12)[0], other.stretch(0, 12)[0])


def test_the_answer_is_what_counting_one_by_one_gives(tmp_path: Path) -> None:
    columns = made(tmp_path, 3)
    edges = months(*columns.span)[1]
    visits: dict[tuple[int, int], list[int]] = defaultdict(list)
    for citizen in range(columns.citizens.size):
        for carer, start in zip(*columns.stretch(citizen, citizen + 1), strict=True):
            visits[citizen, int(np.searchsorted(edges, start, side="right"))].append(int(carer))
    coc = secon = upc = 0.0
    for who in visits.values():
        if (n := len(who)) >= 2:
            upc += max(who.count(each) for each in set(who)) / n
            coc += (sum(who.count(each) ** 2 for each in set(who)) - n) / (n * (n - 1))
            secon += sum(a == b for a, b in pairwise(who)) / (n - 1)
    told = tillit(tmp_path)()

    assert (told["rows"], told["visits"]) == (len(visits), sum(len(who) for who in visits.values()))
    assert told["distinct"] == sum(len(set(who)) for who in visits.values())
    assert (told["upc"], told["coc"], told["secon"]) == pytest.approx((upc, coc, secon))
