"""Groups under five are never kept apart: which answers are laid together, and where, when the urns are opened."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """One group's answers. path: of its unit, such as "1.4.9."."""

    group_id: int
    path: str
    answered: int


@dataclass(frozen=True, slots=True)
class Joined:
    """alone: groups with enough of their own. together: unit path → the small groups laid together there.

    unseen: groups whose answers find no company anywhere; they are deleted, for no number could ever show them.
    """

    alone: frozenset[int]
    together: Mapping[str, frozenset[int]]
    unseen: frozenset[int]


def join_small(groups: Iterable[Counted], *, least: int = LEAST) -> Joined:
    """Lay small groups together in the nearest unit above where they are `least` or more together.

    Example: in a district with teams of 9, 3 and 2 answers, the two small ones make one group of 5 in the district.
    With 9 and 3 the three wait for company from other districts, in the municipality; without any they are deleted:
    shown in a sum with the nine they could be reckoned, as the sum less the nine.
    """
    alone, waiting = set(), defaultdict(list)
    for group in groups:
        if group.answered >= least:
            alone.add(group.group_id)
        else:
            waiting[_above(group.path)].append(group)
    together: dict[str, frozenset[int]] = {}
    unseen: set[int] = set()
    while waiting:
        path = max(waiting, key=lambda one: (one.count("."), one))
        here = waiting.pop(path)
        if sum(group.answered for group in here) >= least:
            together[path] = frozenset(group.group_id for group in here)
        elif path:
            waiting[_above(path)].extend(here)
        else:
            unseen.update(group.group_id for group in here)
    return Joined(frozenset(alone), together, frozenset(unseen))


def _above(path: str) -> str:
    """Return the path of the unit above: "1.4." of "1.4.9."; "" of the top."""
    return ".".join(path.rstrip(".").split(".")[:-1]) + "." if path.count(".") > 1 else ""
