"""Visits of two registrations that were one person: which names they get within the day."""

from collections.abc import Iterable, Mapping
from datetime import date

Key = tuple[date, str]

SLOT_LENGTH = 40


def new_slots(visits: Mapping[int, Key], *, taken: Iterable[Key], wrong_id: int) -> dict[int, str]:
    """Return the slots of those visits that cannot keep theirs, because the right one has a visit there that day.

    visits: id → day and slot. The new name tells where it comes from: «MORNING~12». No two visits get the same, and
    none is longer than SLOT_LENGTH.
    """
    names = set(taken)
    found = {}
    for visit_id in sorted(visits):
        on, slot = visits[visit_id]
        if (on, slot) in names:
            number = 1
            while (on, slot) in names:
                tail = f"~{wrong_id}" if number == 1 else f"~{wrong_id}.{number}"
                slot = f"{visits[visit_id][1][: SLOT_LENGTH - len(tail)]}{tail}"
                number += 1
            found[visit_id] = slot
        names.add((on, slot))
    return found
