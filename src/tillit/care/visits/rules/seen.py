"""Whether what somebody says without coverage meets something she had not seen. Plain values."""

from collections.abc import Iterable
from dataclasses import dataclass

_OFF = "x"
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Seen:
    """What she had seen: the newest report (0: none), and whether the visit was off."""

    report_id: int
    is_off: bool


def seen_in(edition: str) -> Seen:
    """Return what an edition says was seen. One that says nothing we understand has seen nothing."""
    digits = edition.removesuffix(_OFF)
    if not digits.isascii() or not digits.isdecimal() or len(digits) > _MOST_DIGITS:
        return Seen(0, False)
    return Seen(int(digits), edition.endswith(_OFF))


def news(reports: Iterable[tuple[int, int | None]], seen: Seen, *, speaker_id: int | None) -> bool:
    """Whether anybody else has said something since. reports: id and who said it, of one visit."""
    return any(report_id > seen.report_id and who != speaker_id for report_id, who in reports)
