"""Every change of observations, as named acts."""

from tillit.care.observations.actions.following import AlreadyClosed, close_watch, decide_watch, take_watch
from tillit.care.observations.actions.observing import NothingSeen, NotMeasurable, check, observe
from tillit.care.observations.actions.usual import ScaleNotYours, set_usual

__all__ = [
    "AlreadyClosed",
    "NotMeasurable",
    "NothingSeen",
    "ScaleNotYours",
    "check",
    "close_watch",
    "decide_watch",
    "observe",
    "set_usual",
    "take_watch",
]
