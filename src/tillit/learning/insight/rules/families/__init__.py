"""One small file for each family of indicators: facts in, points out, with the formulas of `measures`."""

from collections.abc import Callable, Sequence
from datetime import date

import polars as pl

from tillit.learning.insight.rules.facts import MonthFacts, WeekFacts
from tillit.learning.insight.rules.families import (
    absence,
    continuity,
    delivery,
    meetings,
    plans,
    staffing,
    therapy,
    waiting,
)

WEEKLY: tuple[Callable[[WeekFacts, Sequence[date]], pl.DataFrame], ...] = (
    continuity.count,
    meetings.count,
    delivery.count,
)
MONTHLY: tuple[Callable[[MonthFacts, Sequence[date]], pl.DataFrame], ...] = (
    plans.count,
    waiting.count,
    staffing.count,
    absence.count,
    therapy.count,
)
