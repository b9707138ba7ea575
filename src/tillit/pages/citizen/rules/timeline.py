"""The timeline: what many rooms know of one citizen, laid together newest first, a page at a time.

Each room gives its own stream. Some streams are read whole, for they are short; others only so far back as is needed
for a page (`read_to`). Nothing is stored, so a page is found again by its moment alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What sort of thing happened: what the reader may ask for alone."""

    TALK = "samtaler"
    CASE = "vedtak"
    PLAN = "plan"
    HEALTH = "helse"
    STAY = "opphold"
    PEOPLE = "folk"
    NOTE = "notater"
    DEVIATION = "avvik"


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, in words that may be shown. at: aware UTC; a fact of a day is of its first moment.

    of_day: only the day is known. who: as far as the reader may see; empty when nobody is named. is_open: somebody must
    still do something.
    """

    at: datetime
    kind: Kind
    title: str
    icon: str
    more: str = ""
    who: str = ""
    href: str = ""
    of_day: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """What one room knows, in any order. read_to: the oldest moment that was read; None: everything was.

    At `read_to` and before there may be more. It is older than the oldest row when what was read there is not shown.
    """

    rows: Sequence[Happening]
    read_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """So much of the timeline. older_than: the next page holds what is strictly older; None: there is no more."""

    rows: tuple[Happening, ...]
    older_than: datetime | None = field(default=None)


def page_of(streams: Iterable[Stream], *, before: datetime, most: int) -> Page:
    """Return the newest things strictly older than `before`, about `most` of them.

    What is of one moment is never parted, so a page may be longer than `most`. What is as old as a stream was read to
    waits for the next page: rows of that stream may belong among it. Page after page gives everything once, newest
    first, as long as no room stops within one moment.
    """
    wanted = list(streams)
    rows = sorted((row for one in wanted for row in one.rows if row.at < before), key=_within_a_moment)
    rows.sort(key=lambda row: row.at, reverse=True)
    floor = max((one.read_to for one in wanted if one.read_to is not None), default=None)
    whole = [row for row in rows if floor is None or row.at > floor]
    if not whole and floor is not None:
        if not rows or rows[0].at < floor:
            return Page((), floor + _A_MOMENT)  # nothing of what was read is shown: go on from there
        whole = [row for row in rows if row.at == rows[0].at]
    if not whole:
        return Page(())
    last = whole[min(most, len(whole)) - 1].at
    shown = tuple(row for row in whole if row.at >= last)
    return Page(shown, last if len(shown) < len(rows) or floor is not None else None)


_A_MOMENT = timedelta.resolution


def _within_a_moment(row: Happening) -> tuple[int, str]:
    """By kind, then by words, so that two readings are alike."""
    return list(Kind).index(row.kind), row.title
