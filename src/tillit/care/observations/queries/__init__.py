"""Reads of observations. Callers have checked reach unless the function takes the actor; readings are noted here."""

from tillit.care.observations.queries.placing import phone_of, placed_now
from tillit.care.observations.queries.seen import ObservationLine, observations_of, usual_of, weights_of
from tillit.care.observations.queries.watches import (
    WatchLine,
    get_watch,
    line_of,
    open_watch_of,
    open_watches,
    watches_of,
)

__all__ = [
    "ObservationLine",
    "WatchLine",
    "get_watch",
    "line_of",
    "observations_of",
    "open_watch_of",
    "open_watches",
    "phone_of",
    "placed_now",
    "usual_of",
    "watches_of",
    "weights_of",
]
