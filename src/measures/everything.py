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
from measures.surveys import agreement, nonresponse, reliability, scores

__all__ = [
    "ALL",
    "agreement",
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
    "nonresponse",
    "plans",
    "reliability",
    "rules",
    "runs",
    "scores",
    "sharing",
    "staffing",
    "suppression",
    "travel",
    "window",
]
