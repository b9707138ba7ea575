"""How a colleague is drawn: two letters and a colour, the same on every page."""

from typing import Literal

from tillit.foundation.workforce.queries import AtWork, Mark
from tillit.ui.parts import HelperMark


def mark_part(mark: Mark | AtWork, *, away: bool = False, spoken: bool = False) -> HelperMark:
    """Draw a colleague's mark: ring for a temp, hollow when away."""
    kind: Literal["", "temp", "away"] = "away" if away else "temp" if mark.is_temp else ""
    return HelperMark(mark.initials, mark.name, mark.colour, kind, spoken=spoken)
