"""What kinds of things people note on the time line, and which of them make a change hard to read."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What happened. SYSTEM: something in the system, or in how things are put down, became another."""

    MODEL = "MODEL"
    LEADER = "LEADER"
    STAFFING = "STAFFING"
    ROUTINE = "ROUTINE"
    SYSTEM = "SYSTEM"
    OTHER = "OTHER"


#: What could explain a change as well as what one hopes for (measures.md §6: confounders are always shown).
OTHER_EXPLANATIONS: Final = frozenset({Kind.STAFFING, Kind.LEADER, Kind.ROUTINE, Kind.SYSTEM})
