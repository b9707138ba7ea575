"""The worked examples as tests read them, and a judge that knows nothing of measures."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import polars as pl

from measures.tables import read_csv

WORKED = Path(__file__).parent / "worked"
PUBLISHED_TOLERANCE = 2e-3
"""Printed numbers are rounded."""


def examples() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((WORKED / "vectors.json").read_text(encoding="utf-8"))["vectors"]
    return found


def tables_of(example: dict[str, Any]) -> dict[str, pl.DataFrame]:
    return {name: read_csv(WORKED / path) for name, path in (example["inputs"] or {}).items()}


def differences(expected: Any, got: Any, tolerance: float, where: str = "") -> list[str]:
    """Return what differs: absolute below 1, relative above; more keys than expected are allowed."""
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            return [f"{where}: no object"]
        missing = [f"{where}/{key}: missing" for key in expected if key not in got]
        both = [key for key in expected if key in got]
        return missing + [
            each for key in both for each in differences(expected[key], got[key], tolerance, f"{where}/{key}")
        ]
    if isinstance(expected, list):
        if not isinstance(got, list) or len(got) != len(expected):
            return [f"{where}: expected {expected}, got {got}"]
        pairs = zip(expected, got, strict=True)
        return [each for n, (a, b) in enumerate(pairs) for each in differences(a, b, tolerance, f"{where}[{n}]")]
    if expected is None or isinstance(expected, bool | str):
        return [] if got == expected else [f"{where}: expected {expected}, got {got}"]
    if isinstance(got, bool) or not isinstance(got, int | float) or math.isnan(got):
        return [f"{where}: expected {expected}, got {got}"]
    close = abs(expected - got) <= tolerance * max(1.0, abs(expected))
    return [] if close else [f"{where}: expected {expected}, got {got}"]
