"""What a draft would change compared with the plan in use."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Difference(StrEnum):
    """How a goal or an intervention stands against the plan in use."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    GONE = "GONE"
    SAME = "SAME"


@dataclass(frozen=True, slots=True)
class Compared:
    """One goal or intervention: its line, how it stands, and which of its named facts differ."""

    line: int
    difference: Difference
    facts: tuple[str, ...] = ()


def compare(before: Mapping[int, Mapping[str, str]], now: Mapping[int, Mapping[str, str]]) -> list[Compared]:
    """Compare things known by their line; each is a set of named facts in words.

    Returned in the order of `now`, those that are gone last in the order of `before`. Facts are those whose words
    differ; a fact that only one side has differs unless its words are empty.
    """
    found = [Compared(line, *_difference(before.get(line), facts)) for line, facts in now.items()]
    return found + [Compared(line, Difference.GONE) for line in before if line not in now]


def _difference(before: Mapping[str, str] | None, now: Mapping[str, str]) -> tuple[Difference, tuple[str, ...]]:
    if before is None:
        return Difference.NEW, ()
    names: Iterable[str] = dict.fromkeys([*before, *now])
    differing = tuple(name for name in names if before.get(name, "") != now.get(name, ""))
    return (Difference.CHANGED if differing else Difference.SAME), differing
