"""What solvers with hard time windows and independent visits cannot express, in words."""

from __future__ import annotations

from bench.routing.day import Day
from bench.routing.task import CannotExpress


def check_expressible(day: Day) -> None:
    """Raise CannotExpress with every reason why the day's rules and prices have no form there."""
    prices = day.prices
    reasons = []
    if day.has_double_visits:
        reasons.append("double visits (two caregivers of one patient depend on each other)")
    if prices.late is not None and (prices.late or prices.largest_late):
        reasons.append("lateness at a price")
    if prices.overtime:
        reasons.append("extra time at a price")
    if prices.lunch:
        reasons.append("lunch where the next patient is")
    if prices.disliked:
        reasons.append("preferred caregivers at a price")
    if reasons:
        raise CannotExpress("; ".join(reasons))


def lacks(day: Day, *, waiting: bool) -> str:
    """Return what is left out of the objective, though the rules can be kept."""
    prices = day.prices
    missing = [("workload balance", prices.uneven), ("longest idle time", prices.idle)]
    missing.append(("waiting apart from travel", prices.waiting) if waiting else ("waiting", prices.waiting))
    return ", ".join(name for name, price in missing if price)
