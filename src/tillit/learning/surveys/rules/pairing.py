"""Codes people make themselves, so that the same person's answers in two waves can be laid side by side. Pure.

The code is made of what she remembers and nobody writes down, and is never stored: a mark is made of it with a key of
the series' own. After each wave only sums are kept (`change`); marks and scores wait, sealed, for the next wave alone.
What a code could give away, and to whom: docs/threat-model.md.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from secrets import SystemRandom
from typing import Any

import polars as pl

from measures.comparison.pairs import paired
from measures.disclosure.display import may_show
from tillit.kernel.keyed import hash_of
from tillit.learning.surveys.rules import scoring
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.urn import filled_up

LETTER, DAY = "LETTER", "DAY"
#: The parts by the form's field. A letter, or a day of the month.
PARTS = {"pair1": LETTER, "pair2": DAY, "pair3": LETTER, "pair4": LETTER}
#: Where the mark lies in a ballot while the urn is closed. No question has such a code.
MARK = "~pair"
LEAST_PAIRS = 5
LONGEST_DAYS = 400
"""A series ends by itself when so many days have gone since its last wave closed: its key is deleted."""
_CHANCE = SystemRandom()


class NotWhole(ValueError):
    """Some parts are written and others not, or one is no letter or day. fields: those to look at."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def mark_of(key: str, said: Mapping[str, str]) -> str | None:
    """Return the mark of the code in a form, None when every part is empty: nobody has to. Raises NotWhole."""
    typed = {name: unicodedata.normalize("NFC", said.get(name, "")).strip().upper() for name in PARTS}
    if not any(typed.values()):
        return None
    read = {name: _read(text, PARTS[name]) for name, text in typed.items()}
    if wrong := tuple(name for name, part in read.items() if part is None):
        raise NotWhole(wrong)
    return hash_of(key.encode(), "pair", *(part or "" for part in read.values()))[:32]


def _read(text: str, kind: str) -> str | None:
    if kind == LETTER:
        return text if len(text) == 1 and text.isalpha() else None
    return f"{int(text):02d}" if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= 31 else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the next wave of one who made a code: her mark, and her score of each part she answered."""

    mark: str
    scores: Mapping[str, float]


def waiting_of(instrument: Instrument, ballots: Iterable[Mapping[str, Any]]) -> tuple[Waiting, ...]:
    """Return what to keep of ballots with a mark, in random order."""
    found = []
    for ballot in ballots:
        if MARK in ballot:
            each = {code: scoring.scores(instrument, code, [ballot]) for code in scoring.numbered(instrument)}
            found.append(Waiting(ballot[MARK], {code: float(one[0]) for code, one in each.items() if one.size}))
    return tuple(_CHANCE.sample(found, len(found)))


def packed(rows: Sequence[Waiting]) -> bytes:
    """Return them as one lump of a round size."""
    return filled_up(json.dumps([{"mark": row.mark, "scores": dict(row.scores)} for row in rows]).encode())


def unpacked(content: bytes) -> tuple[Waiting, ...]:
    """Return what a lump holds."""
    return tuple(Waiting(row["mark"], row["scores"]) for row in json.loads(content or b"[]"))


@dataclass(frozen=True, slots=True)
class Paired:
    """The change of those in both waves: now less then, its 95 % interval, and in standard deviations (dz)."""

    pairs: int
    difference: float
    low: float
    high: float
    dz: float | None


def change(code: str, now: Sequence[Waiting], then: Sequence[Waiting], *, all_now: int, all_then: int) -> Paired | None:
    """Return the paired change of one part (`measures` «paired»), None when it may not be kept or shown.

    all_now, all_then: all who have a score in the two waves. Beside the means of all, the change of the pairs gives
    away what those outside the pairs said together: they must be none, or five or more. Under five pairs there is
    nothing; nor when all changed alike, for then each one's change is known. Numbers are rounded as they are shown:
    with all decimals they would tell one who reads every answer which two belong together.
    """
    rows = [(row.mark, name, row.scores[code]) for name, rows in (("now", now), ("then", then)) for row in rows
            if code in row.scores]  # fmt: skip
    found = paired(
        pl.DataFrame(rows, schema={"id": pl.String, "group": pl.String, "value": pl.Float64}, orient="row"),
        a="now", b="then",
    )  # fmt: skip
    pairs = int(found["n_pairs"])
    outside = all_now + all_then - 2 * pairs
    if not may_show(kind="survey_mean", n=pairs)["show"] or 0 < outside < LEAST_PAIRS:
        return None
    if found["ci_low"] is None or found["ci_high"] is None:
        return None
    difference, low, high = (round(float(found[name]), 1) for name in ("mean_diff", "ci_low", "ci_high"))
    return Paired(pairs, difference, low, high, None if found["dz"] is None else round(float(found["dz"]), 1))
