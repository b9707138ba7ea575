"""What kinds of things people note on the time line, and which of them make a change hard to read."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What happened. STAFFING, LEADER, REORGANISATION and COUNTING are other explanations of a change."""

    MODEL = "MODEL"
    STAFFING = "STAFFING"
    LEADER = "LEADER"
    REORGANISATION = "REORGANISATION"
    COUNTING = "COUNTING"
    OTHER = "OTHER"


#: What could explain a change as well as what one hopes for (measures.md §6: confounders are always shown).
OTHER_EXPLANATIONS: Final = frozenset({Kind.STAFFING, Kind.LEADER, Kind.REORGANISATION, Kind.COUNTING})
