"""The six effect goals a pilot is measured by (R38), and the indicators that answer to each, the usual one first."""

from enum import StrEnum
from typing import Final


class Goal(StrEnum):
    """An effect goal (effektmål), as the Oslo pilots set them (R38)."""

    CITIZENS = "CITIZENS"
    AUTHORITY = "AUTHORITY"
    RESOURCES = "RESOURCES"
    PRIDE = "PRIDE"
    ABSENCE = "ABSENCE"
    REPORTING = "REPORTING"


#: Indicators that answer to a goal, by code, the usual first. A goal without any is asked people about.
USUAL: Final[dict[Goal, tuple[str, ...]]] = {
    Goal.CITIZENS: ("K-1-28", "K-8", "T-2", "K-5", "P-2"),
    Goal.AUTHORITY: ("S-3", "S-4"),
    Goal.RESOURCES: ("T-4", "T-3", "B-6", "B-5"),
    Goal.PRIDE: (),
    Goal.ABSENCE: ("B-1",),
    Goal.REPORTING: ("R-1",),
}
