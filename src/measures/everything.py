"""Imports every room, so that all measures are on the list."""

from measures.charts import control, rules, runs
from measures.comparison import groups, pairs, power, several
from measures.continuity import ceiling, indices, known, window
from measures.disclosure import codes, differencing, display, suppression, waves
from measures.measure import ALL
from measures.models import did, mixed, robust
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
    "did",
    "differencing",
    "discharge",
    "display",
    "groups",
    "indices",
    "known",
    "leadtimes",
    "meetings",
    "mixed",
    "nonresponse",
    "pairs",
    "plans",
    "power",
    "reliability",
    "robust",
    "rules",
    "runs",
    "scores",
    "several",
    "sharing",
    "staffing",
    "suppression",
    "travel",
    "waves",
    "window",
]
