"""Travel times from a road service that speaks OSRM's table service, version 1.

Asks ``GET {base}/table/v1/{profile}/{lon},{lat};...?annotations=duration`` in blocks of sources and destinations, so
that no request names more than ``most_coordinates`` places (public servers refuse more than 100). Uses urllib only.

When a request fails (no connection, time-out, an answer that is not OSRM's), ``retries`` more are made; then
``fallback`` (for instance the estimate) is asked for the whole matrix, or TravelUnavailable is raised when there is
none. A pair of places without a road between them gets the fallback's time for that pair, or raises.
``last_fallback`` tells afterwards whether and why the fallback was used, so that the product can say so.
"""

from __future__ import annotations

import http.client
import json
import math
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from planengine.errors import InvalidProblem, TravelUnavailable
from planengine.problem import IntMatrix, Place
from planengine.travel.source import TravelSource

LARGEST_ANSWER = 64_000_000
"""Bytes of one answer that are read at most."""


@dataclass(slots=True, kw_only=True)
class Osrm:
    """An OSRM-compatible service.

    base: for example ``http://osrm.internal:5000``; http or https. profiles: from our modes to the server's.
    timeout: seconds per request, above 0. fixed_seconds: added to every leg between different coordinates (parking).
    """

    base: str
    profiles: Mapping[str, str] = field(
        default_factory=lambda: {"car": "driving", "bike": "cycling", "foot": "walking"}
    )
    timeout: float = 5.0
    retries: int = 1
    most_coordinates: int = 100
    fixed_seconds: int = 0
    fallback: TravelSource | None = None
    last_fallback: str | None = None

    def __post_init__(self) -> None:
        if not self.base.startswith(("http://", "https://")):
            raise InvalidProblem("travel.osrm.base", f"{self.base!r} is not a web address", "Begin with http or https.")
        if not 0 < self.timeout <= 300 or not 0 <= self.retries <= 10 or not 2 <= self.most_coordinates <= 10_000:
            raise InvalidProblem("travel.osrm", "timeout, retries or most_coordinates is off", "See its text.")
        if self.fixed_seconds < 0:
            raise InvalidProblem("travel.osrm.fixed_seconds", "it is negative", "Give 0 or more.")

    def seconds(self, places: tuple[Place, ...], mode: str) -> IntMatrix:
        """Return whole seconds between places, rounded up. Raises TravelUnavailable as the module says."""
        self.last_fallback = None
        try:
            durations = self._table(places, mode)
        except TravelUnavailable as fault:
            if self.fallback is None:
                raise
            self.last_fallback = str(fault)
            return self.fallback.seconds(places, mode)
        missing = np.isnan(durations)
        if missing.any():
            row, column = (int(each[0]) for each in np.nonzero(missing))
            if self.fallback is None:
                raise TravelUnavailable(f"No road from place {row} to place {column} for {mode!r}.")
            self.last_fallback = f"no road between {int(missing.sum())} pairs of places"
            durations = np.where(missing, self.fallback.seconds(places, mode), durations)
        result = np.ceil(durations - 1e-9).astype(np.int64)
        result[(result > 0) & ~missing] += self.fixed_seconds
        np.fill_diagonal(result, 0)
        return result

    def _table(self, places: tuple[Place, ...], mode: str) -> np.ndarray[Any, np.dtype[np.float64]]:
        if mode not in self.profiles:
            raise TravelUnavailable(f"No profile is set for {mode!r}; set profiles.")
        size = len(places)
        table = np.zeros((size, size))
        block = size if size <= self.most_coordinates else max(1, self.most_coordinates // 2)
        for top in range(0, size, block):
            rows = range(top, min(top + block, size))
            for left in range(0, size, block):
                columns = range(left, min(left + block, size))
                table[np.ix_(rows, columns)] = self._block(places, rows, columns, mode)
        return table

    def _block(
        self, places: tuple[Place, ...], rows: range, columns: range, mode: str
    ) -> np.ndarray[Any, np.dtype[np.float64]]:
        used = list(rows) if rows == columns else [*rows, *columns]
        spots = ";".join(f"{places[each].longitude:.6f},{places[each].latitude:.6f}" for each in used)
        query = "?annotations=duration"
        if rows != columns:
            query += "&sources=" + ";".join(str(n) for n in range(len(rows)))
            query += "&destinations=" + ";".join(str(n) for n in range(len(rows), len(used)))
        address = f"{self.base.rstrip('/')}/table/v1/{self.profiles[mode]}/{spots}{query}"
        fault = ""
        for _ in range(self.retries + 1):
            try:
                return _durations(self._get(address), len(rows), len(columns))
            except (OSError, http.client.HTTPException, ValueError) as error:
                fault = f"{type(error).__name__}: {error}"
        raise TravelUnavailable(f"The road service at {self.base} did not answer usefully ({fault}).")

    def _get(self, address: str) -> Any:
        request = urllib.request.Request(address, headers={"Accept": "application/json"})  # noqa: S310 checked above
        with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 checked above
            body = answer.read(LARGEST_ANSWER + 1)
        if len(body) > LARGEST_ANSWER:
            raise ValueError("the answer is too large")
        return json.loads(body)


def _durations(data: Any, rows: int, columns: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the durations of an answer, NaN where there is no road. Raises ValueError for anything else."""
    if not isinstance(data, dict) or data.get("code") != "Ok":
        code = data.get("code") if isinstance(data, dict) else type(data).__name__
        raise ValueError(f"answer has code {code!r}")
    table = data.get("durations")
    if not isinstance(table, list) or len(table) != rows:
        raise ValueError("answer has no durations of the right size")
    result = np.full((rows, columns), np.nan)
    for number, line in enumerate(table):
        if not isinstance(line, list) or len(line) != columns:
            raise ValueError("answer has no durations of the right size")
        for column, value in enumerate(line):
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
                raise ValueError(f"{value!r} is no duration")
            result[number, column] = value
    return result
