"""Forms about citizens. Each press is one action; what was typed stays when something is refused."""

from tillit.care.citizens.views.homes import following, home, way_in
from tillit.care.citizens.views.people import network, responsible, wishes
from tillit.care.citizens.views.registering import numbers_accepted, register
from tillit.care.citizens.views.whereabouts import alerts, set_home, whereabouts

__all__ = [
    "alerts",
    "following",
    "home",
    "network",
    "numbers_accepted",
    "register",
    "responsible",
    "set_home",
    "way_in",
    "whereabouts",
    "wishes",
]
