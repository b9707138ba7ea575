"""Everything that can be done with the map of the organisation. Other apps import from here."""

from tillit.foundation.organisation.actions.areas import AreaRefused, draw_area, end_area
from tillit.foundation.organisation.actions.meetings import MeetingRefused, end_meeting, fix_meeting
from tillit.foundation.organisation.actions.units import UnitRefused, change_unit, make_unit, move_unit

__all__ = [
    "AreaRefused",
    "MeetingRefused",
    "UnitRefused",
    "change_unit",
    "draw_area",
    "end_area",
    "end_meeting",
    "fix_meeting",
    "make_unit",
    "move_unit",
]
