"""What stands first at a change of shift: those somebody must look at, then what is new."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from tillit.kernel.names import sort_key


class Weight(IntEnum):
    """How it weighs: least first."""

    NOW = 0
    TODAY = 1
    OPEN = 2
    NEWS = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told about a citizen. who: who said it. href: where it stands; empty: nowhere of its own."""

    citizen_id: int
    weight: Weight
    at: datetime
    text: str
    words: str = field(default="", metadata={"help": "What was written about it"})
    who: str = ""
    icon: str = ""
    href: str = ""


def by_citizen(items: Iterable[Item], *, names: Mapping[int, str]) -> list[tuple[int, tuple[Item, ...]]]:
    """Return each citizen with what is told of her: the heaviest first, then the newest.

    Citizens come by their heaviest item, then in Norwegian alphabetical order.
    """
    found: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        found[item.citizen_id].append(item)
    for told in found.values():
        told.sort(key=lambda item: (item.weight, -item.at.timestamp()))
    order = sorted(
        found, key=lambda citizen_id: (found[citizen_id][0].weight, sort_key(names.get(citizen_id, "")), citizen_id)
    )
    return [(citizen_id, tuple(found[citizen_id])) for citizen_id in order]
