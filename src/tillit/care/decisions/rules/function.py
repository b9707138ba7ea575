"""The 17 variables of functional level (IPLOS, code system 9111) and the scale.

1: no problem. 2: manages alone, with effort or aids. 3: does a part, the helper may come and go. 4: does a part, the
helper is there all the time. 5: full help with everything. 9: not relevant, which is no large number.
What is scored is the need for personal help with aids in use, whoever gives it. There is no overall score: a mean of
all variables says nothing, and no official grouping was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

NOT_RELEVANT = 9
LEVELS = (1, 2, 3, 4, 5, NOT_RELEVANT)


class Area(StrEnum):
    """Headings of the form. CAUSES are why a task is hard, not tasks themselves."""

    SELF_CARE = "SELF_CARE"
    HOUSEHOLD = "HOUSEHOLD"
    MOVING = "MOVING"
    DAILY_LIFE = "DAILY_LIFE"
    CAUSES = "CAUSES"


#: Area → the numbers of its variables, in the order they are asked.
VARIABLES: Mapping[Area, tuple[int, ...]] = {
    Area.SELF_CARE: (7, 8, 10, 11, 4),
    Area.MOVING: (5, 12),
    Area.HOUSEHOLD: (6, 9, 2),
    Area.DAILY_LIFE: (1, 3),
    Area.CAUSES: (13, 14, 15, 16, 17),
}
_KNOWN = frozenset(variable for variables in VARIABLES.values() for variable in variables)


@dataclass(frozen=True, slots=True)
class Change:
    """A variable that got another level. was: None when it had none."""

    variable: int
    level: int
    was: int | None


def is_level(variable: int, level: int) -> bool:
    """Whether it is one of the 17 variables with a level on the scale."""
    return variable in _KNOWN and level in LEVELS


def changes(now: Mapping[int, int], said: Mapping[int, int]) -> tuple[Change, ...]:
    """Return what is different in what was said from what holds now, by number. What is not said stays as it is."""
    return tuple(
        Change(variable, level, now.get(variable))
        for variable, level in sorted(said.items())
        if now.get(variable) != level
    )
