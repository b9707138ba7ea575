"""How a row of a log is signed, and how a seal over many rows is made. Plain values in, hexadecimal text out.

A row's signature is HMAC-SHA256 over its whole content, its id included: content cannot be altered, moved to another id
or copied without the key. A seal's hash covers the rows of one stretch of ids and the hash of the seal before it, so
that rows and seals cannot be taken out of the middle. docs/adr/0004 says what this finds and what it does not.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tillit.kernel.keyed import is_hash_of, keyed_hash

FIRST = "0" * 64
"""What the first seal has before it."""

Plain = str | int | bool | None | datetime | dict[str, object]
_SAFE = 2**53
_text = json.encoder.encode_basestring_ascii


def content_of(log: str, values: Sequence[Plain]) -> bytes:
    """Return a row's content as bytes that are the same on every database. values: in the log's fixed order, id first.

    Moments are written in UTC to the microsecond, and numbers in JSON by value: PostgreSQL keeps 1e16 as digits.
    """
    return next(contents_of(log, [values]))


def contents_of(log: str, rows: Iterable[Sequence[Plain]]) -> Iterator[bytes]:
    """Return the content of several rows. What one row shares with the one before is written once: pages need it."""
    name = _text(log)
    last: list[object] = []
    written: list[str] = []
    for values in rows:
        if len(last) != len(values):
            last, written = [object()] * len(values), [""] * len(values)
        for index, value in enumerate(values):
            if value is not last[index]:
                last[index] = value
                written[index] = _json(value)
        yield f"[{name},{','.join(written)}]".encode("ascii")


def _json(value: Plain) -> str:
    """Return one value as canonical JSON. Written out: a page signs a hundred rows of twelve values."""
    if value is True or value is False:
        return "true" if value else "false"
    if type(value) is int:
        return str(value) if -_SAFE < value < _SAFE else json.dumps(_by_value(value))
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, datetime):
        return f'"{value.astimezone(UTC).isoformat(timespec="microseconds")}"'
    return json.dumps(_by_value(value), sort_keys=True, separators=(",", ":"))


def _by_value(value: object) -> object:
    if isinstance(value, dict):
        return {str(name): _by_value(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_by_value(one) for one in value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) >= _SAFE):
        number = float(value)
        return int(number) if number.is_integer() and abs(number) < _SAFE else repr(number)
    return value


def sign(key: bytes, content: bytes) -> str:
    """Return the signature of some content: 64 hexadecimal digits."""
    return keyed_hash(key, content)


def is_signed(key: bytes | None, content: bytes, signature: str) -> bool:
    """Whether the signature was made of this content with this key. Without the key nothing is."""
    return key is not None and is_hash_of(key, content, signature)


class Digest:
    """The running digest of a stretch of rows, in the order of their ids: content and signature of each."""

    def __init__(self) -> None:
        self._sum = hashlib.sha256()

    def add(self, content: bytes, signature: str) -> None:
        """Take one more row in."""
        self._sum.update(len(content).to_bytes(8, "big"))
        self._sum.update(content)
        self._sum.update(signature.encode("ascii").ljust(64))

    def hex(self) -> str:
        """Return the digest of the rows so far."""
        return self._sum.hexdigest()


Gaps = tuple[tuple[int, int], ...]


def gaps_between(after: int, to: int, ids: Iterable[int]) -> Gaps:
    """Return the ids of `after`+1 … `to` that no row has, as pairs (first, last). ids: rising, within the stretch."""
    gaps: list[tuple[int, int]] = []
    expected = after + 1
    for found in ids:
        if found > expected:
            gaps.append((expected, found - 1))
        expected = found + 1
    if expected <= to:
        gaps.append((expected, to))
    return tuple(gaps)


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What a seal says. number: 1, 2, 3 … without a hole over all logs.

    kind: ROWS (every row is signed), OLD_ROWS (rows from before they were signed), REMOVED (the rows of seal `of` have
    left; stretch, count and digest are that seal's).
    """

    number: int
    log: str
    kind: str
    after_id: int
    to_id: int
    count: int
    gaps: Gaps
    digest: str
    newest_at: datetime | None
    of: int | None
    previous: str
    sealed_at: datetime
    key_id: str

    def content(self) -> bytes:
        """Return what the seal's hash and signature are made of."""
        return content_of(
            "SEAL",
            (
                self.number, self.log, self.kind, self.after_id, self.to_id, self.count,
                {"gaps": [list(gap) for gap in self.gaps]}, self.digest, self.newest_at, self.of, self.previous,
                self.sealed_at, self.key_id,
            ),
        )  # fmt: skip

    def hash(self) -> str:
        """Return the seal's hash: what the next seal carries, and what can be kept elsewhere as an anchor."""
        return hashlib.sha256(self.content()).hexdigest()
