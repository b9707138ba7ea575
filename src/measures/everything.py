"""Imports every room, so that all measures are on the list."""

from measures.charts import control, rules, runs
from measures.continuity import ceiling, indices, known, window
from measures.disclosure import codes, differencing, display, suppression
from measures.measure import ALL
from measures.operations import (
    benefits,
    burden,
    delivery,
    discharge,
    leadtimes,
    meetings,
    plans,
    sharing,
    staffing,
    travel,
)

__all__ = [
    "ALL",
    "benefits",
    "burden",
    "ceiling",
    "codes",
    "control",
    "delivery",
    "differencing",
    "discharge",
    "display",
    "indices",
    "known",
    "leadtimes",
    "meetings",
    "plans",
    "rules",
    "runs",
    "sharing",
    "staffing",
    "suppression",
    "travel",
    "window",
]
