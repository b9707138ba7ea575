"""Times away may touch but not overlap."""

from collections.abc import Iterable
from datetime import datetime

Span = tuple[datetime, datetime | None]


def overlaps(new: Span, others: Iterable[Span]) -> bool:
    """Whether [from, to) of `new` shares a moment with one of the others; None is until further notice.

    A span that ends when it starts was called off and shares nothing.
    """
    start, end = new
    for other_start, other_end in others:
        if other_end is not None and other_end <= other_start:
            continue
        if (end is None or other_start < end) and (other_end is None or start < other_end):
            return True
    return False
