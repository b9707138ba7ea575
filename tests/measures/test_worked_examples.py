"""Every worked example, to the printed digits; and every formula held against an error that is easily made."""

from __future__ import annotations

from typing import Any

import pytest

from measures.everything import ALL
from tests.measures import reckoned
from tests.measures.worked_examples import PUBLISHED_TOLERANCE, differences, examples, tables_of

EXAMPLES = [each for each in examples() if each["kind"] in ALL]


@pytest.mark.parametrize("example", EXAMPLES, ids=[each["id"] for each in EXAMPLES])
def test_reproduces(example: dict[str, Any]) -> None:
    tables = tables_of(example)
    told = ALL[example["kind"]].answer(tables, example["params"]).as_json()

    if example["kind"] == "suppression":
        hidden = {tuple(each) for each in told["values"]["suppressed"]}
        assert reckoned.open_cells(tables["table"], hidden, example["params"]["threshold"]) == []
        assert len(hidden) == example["expected"]["n_suppressed_min"]
        return
    assert differences(example["expected"], told["values"], max(example["tol"] or 0, 1e-9)) == []
    assert differences(example.get("published", {}), told["values"], PUBLISHED_TOLERANCE) == []


def test_every_answer_carries_method_version_source_and_warnings() -> None:
    for example in EXAMPLES:
        told = ALL[example["kind"]].answer(tables_of(example), example["params"]).as_json()

        assert (told["method"], told["version"]) == (example["kind"], ALL[example["kind"]].version)
        assert told["source"]
        assert isinstance(told["warnings"], list)
        assert isinstance(told["n"], int)
