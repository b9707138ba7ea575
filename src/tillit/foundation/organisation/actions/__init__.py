"""Everything that can be done with the map of the organisation. Other apps import from here."""

from tillit.foundation.organisation.actions.areas import (
    AreaRefused,
    Foreseen,
    draw_area,
    end_area,
    foresee_area,
    foresee_end,
    redraw_area,
)
from tillit.foundation.organisation.actions.joining import JoiningRefused, join_lists
from tillit.foundation.organisation.actions.many_areas import (
    AreaOutlook,
    AreaTold,
    ForeseenAreas,
    foresee_areas,
    may_draw_for,
    take_in_areas,
)
from tillit.foundation.organisation.actions.meetings import MeetingRefused, end_meeting, fix_meeting
from tillit.foundation.organisation.actions.taking_in import UnitOutlook, UnitTold, foresee_units, take_in_units
from tillit.foundation.organisation.actions.units import UnitRefused, change_unit, make_unit, move_unit

__all__ = [
    "AreaOutlook",
    "AreaRefused",
    "AreaTold",
    "Foreseen",
    "ForeseenAreas",
    "JoiningRefused",
    "MeetingRefused",
    "UnitOutlook",
    "UnitRefused",
    "UnitTold",
    "change_unit",
    "draw_area",
    "end_area",
    "end_meeting",
    "fix_meeting",
    "foresee_area",
    "foresee_areas",
    "foresee_end",
    "foresee_units",
    "join_lists",
    "make_unit",
    "may_draw_for",
    "move_unit",
    "redraw_area",
    "take_in_areas",
    "take_in_units",
]
