"""Forms about citizens. Each press is one action; what was typed stays when something is refused."""

from tillit.care.citizens.views.ending import death, end_help, resume_help
from tillit.care.citizens.views.facts import facts
from tillit.care.citizens.views.homes import following, home, move_in, way_in
from tillit.care.citizens.views.merging import merge, merge_search
from tillit.care.citizens.views.people import network, responsible, wishes
from tillit.care.citizens.views.registering import numbers_accepted, register
from tillit.care.citizens.views.unmerging import undo_merge
from tillit.care.citizens.views.whereabouts import alerts, set_home, whereabouts

__all__ = [
    "alerts",
    "death",
    "end_help",
    "facts",
    "following",
    "home",
    "merge",
    "merge_search",
    "move_in",
    "network",
    "numbers_accepted",
    "register",
    "responsible",
    "resume_help",
    "set_home",
    "undo_merge",
    "way_in",
    "whereabouts",
    "wishes",
]
