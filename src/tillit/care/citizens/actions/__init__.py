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
from tillit.care.citizens.actions.correcting import NothingCorrected, StrangeFacts, correct_facts, correct_number
from tillit.care.citizens.actions.ending import (
    HasEnded,
    HasNotEnded,
    Resumed,
    correct_death,
    end_help,
    register_death,
    resume_help,
)
from tillit.care.citizens.actions.home import (
    AlreadyFollows,
    NobodyFollows,
    UnitCannotFollow,
    change_home,
    change_way_in,
    follow_part,
    hand_over,
    show_door_code,
    stop_following,
)
from tillit.care.citizens.actions.merging import CannotMerge, merge_citizens, why_not_merge
from tillit.care.citizens.actions.opening import TooEarly
from tillit.care.citizens.actions.register import NameMissing, NumberRefused, NumberTaken, register_citizen
from tillit.care.citizens.actions.responsible import NotAColleague, OwnDeputy, name_responsible
from tillit.care.citizens.actions.taking_in import (
    Incoming,
    Outlook,
    OutOfReach,
    TakenIn,
    foresee_citizens,
    take_in_citizens,
)
from tillit.care.citizens.actions.whereabouts import AwayOverlaps, EndsBeforeStart, NotAway, set_away, set_home
from tillit.care.citizens.rules import HomeText

__all__ = [
    "GENDERS",
    "AlreadyFollows",
    "AlreadyWritten",
    "AwayOverlaps",
    "CannotMerge",
    "EndsBeforeStart",
    "HasEnded",
    "HasNotEnded",
    "HomeText",
    "Incoming",
    "NameMissing",
    "NobodyFollows",
    "NotAColleague",
    "NotAway",
    "NothingCorrected",
    "NumberRefused",
    "NumberTaken",
    "OutOfReach",
    "Outlook",
    "OwnDeputy",
    "Resumed",
    "SomethingMissing",
    "StrangeFacts",
    "TakenIn",
    "TooEarly",
    "UnitCannotFollow",
    "add_alert",
    "add_network_member",
    "add_wish",
    "change_home",
    "change_way_in",
    "correct_death",
    "correct_facts",
    "correct_number",
    "end_alert",
    "end_help",
    "end_network_member",
    "end_wish",
    "follow_part",
    "foresee_citizens",
    "hand_over",
    "merge_citizens",
    "name_responsible",
    "register_citizen",
    "register_death",
    "resume_help",
    "set_away",
    "set_home",
    "show_door_code",
    "stop_following",
    "take_in_citizens",
    "why_not_merge",
]
