"""Which entries of a journal stand, when some correct others and some are taken back."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """A signed entry as far as standing goes. corrects: the entry it corrects, or takes back when `takes_back`."""

    entry_id: int
    corrects: int | None = None
    takes_back: bool = False


def standing(entries: Iterable[Written]) -> frozenset[int]:
    """Return the ids of the entries that stand; the others are shown struck, never gone.

    An entry stands until another that itself is not taken back corrects it. What is taken back does not stand, and
    what it corrected stands again. Taking back says nothing itself. Agrees with `visits.rules.reports.counting`.
    Source: helsepersonelloven § 42 (correct by writing anew or adding, never by deleting).
    """
    found = list(entries)
    taken = {one.corrects for one in found if one.takes_back}
    corrected = {one.corrects for one in found if not one.takes_back and one.entry_id not in taken}
    return frozenset(
        one.entry_id
        for one in found
        if not one.takes_back and one.entry_id not in taken and one.entry_id not in corrected
    )
