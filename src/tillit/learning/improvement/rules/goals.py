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


#: Indicators that answer to a goal, by code in insight's catalogue, the usual first. A goal without any is asked people
#: about: who decides, how work feels and reporting leave no figures in the work lists. O-1, B-5 and B-6 lie in the
#: accounts and the wage system and are brought in, so a number that Tillit counts itself stands first.
USUAL: Final[dict[Goal, tuple[str, ...]]] = {
    Goal.CITIZENS: ("K-1-28", "K-8", "K-5", "K-3", "P-2", "P-1"),
    Goal.AUTHORITY: (),
    Goal.RESOURCES: ("V-2", "O-1", "B-6", "B-5", "V-1", "T-1", "B-3"),
    Goal.PRIDE: (),
    Goal.ABSENCE: ("B-1",),
    Goal.REPORTING: (),
}
