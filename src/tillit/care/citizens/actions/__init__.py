"""Everything one can do with a citizen. Each act checks reach and permission, and is written in the audit trail."""

from tillit.care.citizens.actions.circle import (
    GENDERS,
    AlreadyWritten,
    SomethingMissing,
    add_alert,
    add_network_member,
    add_wish,
    end_alert,
    end_network_member,
    end_wish,
)
from tillit.care.citizens.actions.home import (
    AlreadyFollows,
    HomeText,
    NobodyFollows,
    UnitCannotFollow,
    change_home,
    change_way_in,
    follow_part,
    hand_over,
    show_door_code,
    stop_following,
)
from tillit.care.citizens.actions.opening import TooEarly
from tillit.care.citizens.actions.register import NameMissing, NumberRefused, NumberTaken, register_citizen
from tillit.care.citizens.actions.responsible import NotAColleague, OwnDeputy, name_responsible
from tillit.care.citizens.actions.whereabouts import AwayOverlaps, EndsBeforeStart, NotAway, set_away, set_home

__all__ = [
    "GENDERS",
    "AlreadyFollows",
    "AlreadyWritten",
    "AwayOverlaps",
    "EndsBeforeStart",
    "HomeText",
    "NameMissing",
    "NobodyFollows",
    "NotAColleague",
    "NotAway",
    "NumberRefused",
    "NumberTaken",
    "OwnDeputy",
    "SomethingMissing",
    "TooEarly",
    "UnitCannotFollow",
    "add_alert",
    "add_network_member",
    "add_wish",
    "change_home",
    "change_way_in",
    "end_alert",
    "end_network_member",
    "end_wish",
    "follow_part",
    "hand_over",
    "name_responsible",
    "register_citizen",
    "set_away",
    "set_home",
    "show_door_code",
    "stop_following",
]
