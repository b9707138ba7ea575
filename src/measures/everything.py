"""Imports every room, so that all measures are on the list."""

from measures.charts import control, rules, runs
from measures.continuity import ceiling, indices, known, window
from measures.disclosure import codes, differencing, display, suppression
from measures.measure import ALL
from measures.operations import burden, delivery, leadtimes, plans, sharing, staffing

__all__ = [
    "ALL",
    "burden",
    "ceiling",
    "codes",
    "control",
    "delivery",
    "differencing",
    "display",
    "indices",
    "known",
    "leadtimes",
    "plans",
    "rules",
    "runs",
    "sharing",
    "staffing",
    "suppression",
    "window",
]
