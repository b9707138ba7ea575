"""Measures by name over JSON lines, so that anyone can check every formula from outside.

For each line in ``{"id", "kind", "inputs": {name: path}, "params": {…}}`` one line out ``{"id", "result": {…}}`` with
method, version, source, n, excluded and warnings beside; or ``{"id", "error"}``; or ``{"id", "unsupported": true}``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from measures.answer import Answer
from measures.errors import InvalidInput, MeasuresError
from measures.everything import ALL
from measures.measure import named
from measures.tables import read_csv


def compute(kind: str, inputs: Mapping[str, str | Path] | None, params: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the values of one measure over files, as plain JSON values.

    Raises NotImplementedError for a measure we do not have, and MeasuresError for input that does not do.
    """
    if kind not in ALL:
        raise NotImplementedError(kind)
    values: dict[str, Any] = over_files(kind, inputs or {}, params or {}).as_json()["values"]
    return values


def over_files(kind: str, inputs: Mapping[str, str | Path], params: Mapping[str, Any]) -> Answer:
    """Return the answer of one measure over CSV files."""
    return named(kind).answer({name: read_csv(path) for name, path in inputs.items()}, params)


def answer_line(line: str) -> dict[str, Any]:
    """Return the reply to one line. Nothing that is sent in makes it raise."""
    ident: Any = None
    try:
        asked = json.loads(line)
        if not isinstance(asked, dict):
            raise InvalidInput("line", "is no JSON object", "Send one object per line")
        ident = asked.get("id")
        kind, inputs, params = asked.get("kind"), asked.get("inputs") or {}, asked.get("params") or {}
        if not isinstance(kind, str) or not isinstance(inputs, dict) or not isinstance(params, dict):
            raise InvalidInput("line", "kind must be text, inputs and params objects", "See the protocol")
        if kind not in ALL:
            return {"id": ident, "unsupported": True}
        told = over_files(kind, inputs, params).as_json()
    except json.JSONDecodeError:
        return {"id": ident, "error": "The line is no JSON."}
    except MeasuresError as refusal:
        return {"id": ident, "error": str(refusal)}
    except Exception as failure:  # one bad line must not stop the others
        return {"id": ident, "error": f"{type(failure).__name__}: {failure}"}
    return {"id": ident, "result": told.pop("values"), **told}


def answer_lines(lines: Iterable[str]) -> Iterator[str]:
    """Return a reply for each line that is not empty."""
    for line in lines:
        if line.strip():
            yield json.dumps(answer_line(line), ensure_ascii=False, allow_nan=False)
