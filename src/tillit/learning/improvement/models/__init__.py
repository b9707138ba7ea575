"""Stored: pilots with their teams and log, baselines that are frozen, and the plan for benefits."""

from tillit.learning.improvement.models.baselines import Baseline, BaselineValue, ChosenIndicator
from tillit.learning.improvement.models.benefits import Benefit
from tillit.learning.improvement.models.pilots import Disturbance, LogEntry, LogKind, Outcome, Pilot, PilotTeam, Variant

__all__ = [
    "Baseline",
    "BaselineValue",
    "Benefit",
    "ChosenIndicator",
    "Disturbance",
    "LogEntry",
    "LogKind",
    "Outcome",
    "Pilot",
    "PilotTeam",
    "Variant",
]
