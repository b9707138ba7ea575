"""Travel times from a road service that speaks OSRM's table service, version 1.

Asks ``GET {base}/table/v1/{profile}/{lon},{lat};...?annotations=duration`` in blocks of sources and destinations, so
that no request names more than ``most_coordinates`` places (osrm-routed refuses more than 100 unless told otherwise;
when it answers TooBig, smaller blocks are tried). Uses urllib only.

One osrm-routed knows one mode: it was prepared with one profile and ignores the one in the address. So each mode has
an address of its own in ``bases``; a mode without one is unavailable, never answered with another mode's times.

Only those addresses are asked: redirects are not followed, proxies of the environment are not used, and nothing but
http and https is spoken. An answer is read up to LARGEST_ANSWER bytes, unpacked, and within the time-out as a whole.

When a request fails (no connection, time-out, 429 or 5xx, an answer that is not OSRM's), ``retries`` more are made; a
refusal (4xx) is not asked again. ``most_seconds`` bounds all requests for one table. Then ``fallback`` (for instance
the estimate) is asked for the whole matrix, or TravelUnavailable is raised when there is none. A pair of places
without a road between them gets the fallback's time for that pair, or raises. ``last_fallback`` tells afterwards
whether and why the fallback was used, so that the product can say so.
"""

from __future__ import annotations

import http.client
import json
import math
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from planengine.errors import InvalidProblem, TravelUnavailable
from planengine.problem import IntMatrix, Place
from planengine.travel.source import TravelSource

LARGEST_ANSWER = 64_000_000
"""Bytes of one answer, unpacked, that are read at most."""
PIECE = 65_536
"""Bytes read at a time."""
LONGEST_PAUSE = 1.0
"""Seconds between two tries at most, also when the service asks for more (Retry-After)."""

Durations = np.ndarray[tuple[int, int], np.dtype[np.float64]]


class Refused(ValueError):
    """The service understood and said no: asking the same again is no use. code: OSRM's own, such as TooBig."""

    def __init__(self, code: str) -> None:
        super().__init__(f"answer has code {code!r}")
        self.code = code


class Busy(ValueError):
    """The service asks for a pause. seconds: how long."""

    def __init__(self, status: int, seconds: float) -> None:
        super().__init__(f"answer has status {status}")
        self.seconds = seconds


def check_base(base: str) -> None:
    """Raise InvalidProblem unless base is a plain web address: http or https, a host, nothing after the path."""
    try:
        parts = urlsplit(base)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    else:
        fits = fits and not (parts.username or parts.password or parts.query or parts.fragment)
    if not fits or not base.isascii() or any(sign.isspace() or not sign.isprintable() for sign in base):
        raise InvalidProblem(
            "travel.osrm.bases", f"{base!r} is not a plain web address", "Write for example http://osrm.internal:5000."
        )


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer like any other that is not OSRM's."""

    def redirect_request(self, *_: Any) -> None:
        return None


def _opener() -> urllib.request.OpenerDirector:
    """Return what opens http and https and nothing else, without proxies."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _NoRedirects(),
    ):
        opener.add_handler(handler)
    return opener


@dataclass(slots=True, kw_only=True)
class Osrm:
    """An OSRM-compatible service.

    bases: from our modes to addresses, for example ``{"car": "http://osrm.internal:5000"}``; http or https.
    profiles: what the address says for each mode; osrm-routed ignores it, services in front of several do not.
    timeout: seconds per request as a whole, above 0. most_seconds: for one table, all requests and pauses together.
    fixed_seconds: added to every leg between different places (parking).
    """

    bases: Mapping[str, str]
    profiles: Mapping[str, str] = field(
        default_factory=lambda: {"car": "driving", "bike": "cycling", "foot": "walking"}
    )
    timeout: float = 5.0
    most_seconds: float = 20.0
    retries: int = 1
    most_coordinates: int = 100
    fixed_seconds: int = 0
    fallback: TravelSource | None = None
    last_fallback: str | None = None
    _ends: float = math.inf

    def __post_init__(self) -> None:
        for base in self.bases.values():
            check_base(base)
        if not 0 < self.timeout <= 300 or not 0 <= self.retries <= 10 or not 2 <= self.most_coordinates <= 10_000:
            raise InvalidProblem("travel.osrm", "timeout, retries or most_coordinates is off", "See its text.")
        if not 0 < self.most_seconds <= 3600:
            raise InvalidProblem("travel.osrm.most_seconds", "it is off", "Give more than 0, at most 3600.")
        if self.fixed_seconds < 0:
            raise InvalidProblem("travel.osrm.fixed_seconds", "it is negative", "Give 0 or more.")

    def seconds(self, places: tuple[Place, ...], mode: str) -> IntMatrix:
        """Return whole seconds between places, rounded up. Raises TravelUnavailable as the module says."""
        self.last_fallback = None
        every = range(len(places))
        try:
            durations = self.table(places, mode, every, every)
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
        result = np.asarray(durations, dtype=np.int64)
        np.fill_diagonal(result, 0)
        return result

    def table(
        self, places: Sequence[Place], mode: str, sources: Sequence[int], destinations: Sequence[int]
    ) -> Durations:
        """Return whole seconds from sources to destinations (positions among places), NaN where there is no road.

        Rounded up, fixed_seconds added where they are above 0. The fallback is not asked.
        Raises TravelUnavailable when the service does not answer usefully.
        """
        if mode not in self.bases or mode not in self.profiles:
            raise TravelUnavailable(f"No road service is set for {mode!r}.")
        self._ends = time.monotonic() + self.most_seconds
        most = self.most_coordinates
        while True:
            try:
                found = self._in_blocks(places, mode, list(sources), list(destinations), most)
            except Refused as refusal:
                if refusal.code != "TooBig" or most <= 2:
                    raise TravelUnavailable(f"The road service refused ({refusal}).") from refusal
                most = max(2, most // 2)
            else:
                whole = np.ceil(found - 1e-9)
                return np.where(whole > 0, whole + self.fixed_seconds, whole)

    def _in_blocks(
        self, places: Sequence[Place], mode: str, sources: list[int], destinations: list[int], most: int
    ) -> Durations:
        table = np.zeros((len(sources), len(destinations)))
        whole = sources == destinations and len(sources) <= most
        high = len(sources) if whole else max(1, min(len(sources), most // 2))
        wide = len(destinations) if whole else max(1, most - high)
        for top in range(0, len(sources), max(1, high)):
            rows = sources[top : top + high]
            for left in range(0, len(destinations), wide):
                columns = destinations[left : left + wide]
                table[top : top + len(rows), left : left + len(columns)] = self._block(places, rows, columns, mode)
        return table

    def _block(self, places: Sequence[Place], rows: list[int], columns: list[int], mode: str) -> Durations:
        used = rows if rows == columns else [*rows, *columns]
        spots = ";".join(f"{places[each].longitude:.6f},{places[each].latitude:.6f}" for each in used)
        query = "?annotations=duration"
        if rows != columns:
            query += "&sources=" + ";".join(str(n) for n in range(len(rows)))
            query += "&destinations=" + ";".join(str(n) for n in range(len(rows), len(used)))
        address = f"{self.bases[mode].rstrip('/')}/table/v1/{self.profiles[mode]}/{spots}{query}"
        fault = "no time left"
        for number in range(self.retries + 1):
            try:
                return _durations(self._get(address), len(rows), len(columns))
            except Refused:
                raise
            except Busy as busy:
                fault = str(busy)
                if number < self.retries:
                    time.sleep(max(0.0, min(busy.seconds, self._ends - time.monotonic())))
            except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
                fault = f"{type(error).__name__}: {error}"
            if time.monotonic() >= self._ends:
                break
        raise TravelUnavailable(f"The road service at {self.bases[mode]} did not answer usefully ({fault}).")

    def _get(self, address: str) -> Any:
        ends = min(time.monotonic() + self.timeout, self._ends)
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("no time left")
        request = urllib.request.Request(  # noqa: S310 checked in check_base
            address, headers={"Accept": "application/json", "Accept-Encoding": "gzip"}
        )
        try:
            with _opener().open(request, timeout=left) as answer:
                if answer.status != 200:
                    raise ValueError(f"answer has status {answer.status}")
                body = _read(answer, answer.headers.get("Content-Encoding", ""), ends)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise _fault_of(refusal, ends) from None
        return json.loads(body)


def _fault_of(answer: urllib.error.HTTPError, ends: float) -> Exception:
    """Return what an answer with an error status means: OSRM's refusals are 400 with a code."""
    if answer.code in {429, 503}:
        asked = answer.headers.get("Retry-After", "")
        return Busy(answer.code, min(float(asked), LONGEST_PAUSE) if asked.isdecimal() else LONGEST_PAUSE / 4)
    if 400 <= answer.code < 500:
        try:
            data = json.loads(_read(answer, answer.headers.get("Content-Encoding", ""), ends))
        except (OSError, http.client.HTTPException, ValueError, zlib.error):
            data = None
        return Refused(str(data.get("code"))[:40] if isinstance(data, dict) else str(answer.code))
    return ValueError(f"answer has status {answer.code}")


def _read(answer: Any, packing: str, ends: float) -> bytes:
    """Return the body, unpacked; raise when it is too large or has not come by `ends`."""
    if packing not in {"", "identity", "gzip"}:
        raise ValueError(f"answer is packed with {packing[:20]!r}")
    unpack = zlib.decompressobj(wbits=31) if packing == "gzip" else None
    body = bytearray()
    while piece := answer.read1(PIECE):
        if time.monotonic() > ends:
            raise TimeoutError("the answer came too slowly")
        body += piece if unpack is None else unpack.decompress(piece, LARGEST_ANSWER + 1 - len(body))
        if len(body) > LARGEST_ANSWER or (unpack is not None and unpack.unconsumed_tail):
            raise ValueError("the answer is too large")
    if unpack is not None and not unpack.eof:
        raise ValueError("the answer ended too early")
    return bytes(body)


def _durations(data: Any, rows: int, columns: int) -> Durations:
    """Return the durations of an answer, NaN where there is no road. Raises ValueError for anything else."""
    if not isinstance(data, dict) or data.get("code") != "Ok":
        code = data.get("code") if isinstance(data, dict) else type(data).__name__
        raise (
            Refused(str(code)[:40])
            if isinstance(code, str) and isinstance(data, dict)
            else ValueError(f"answer has code {code!r}")
        )
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
