"""Adjustments within the frame: what was changed, why and by whom, and how the week stood (R20)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.care.careplans.models import Adjustment
from tillit.care.careplans.queries.wording import minutes_text, weekday_names
from tillit.care.careplans.rules.adjusting import Step, What
from tillit.kernel import oslo


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """One adjustment. minutes: of each visit, after it. week_before/week_after: minutes in an average week."""

    plan_id: int
    title: str
    step: Step
    minutes: int
    why: str
    is_undo: bool
    by_id: int | None
    by_name: str
    at: datetime
    week_before: Decimal
    week_after: Decimal

    @property
    def text(self) -> str:
        """«Morgenstell: 25 min, før 30 min»."""
        text = step_text(self.title, self.step, self.minutes)
        return _("Angret: %(what)s") % {"what": text} if self.is_undo else text


def step_text(title: str, step: Step, minutes: int) -> str:
    """Say what a step changed: «Morgenstell: 25 min, før 30 min», «Dusj: ikke lenger onsdager». minutes: after it."""
    if step.what is What.MINUTES:
        return _("%(title)s: %(now)s, før %(before)s") % {
            "title": title,
            "now": minutes_text(minutes),
            "before": minutes_text(minutes - step.amount),
        }
    days = weekday_names()[step.amount]
    if step.what is What.DAY_MORE:
        return _("%(title)s: også %(days)s") % {"title": title, "days": days}
    return _("%(title)s: ikke lenger %(days)s") % {"title": title, "days": days}


def adjustments_of(citizen_id: int, *, since: date | None = None, most: int | None = None) -> list[AdjustmentLine]:
    """Return the adjustments of a citizen's plans, the newest first, in one query. Callers have checked reach."""
    found = Adjustment.objects.filter(plan__citizen_id=citizen_id)
    if since is not None:
        found = found.filter(adjusted_at__gte=oslo.moment(since, time(0)))
    rows = found.select_related("intervention", "adjusted_by").order_by("-adjusted_at", "-pk")
    return [adjustment_line(row) for row in rows[:most]]


def adjustment_line(row: Adjustment) -> AdjustmentLine:
    """Return a stored adjustment, with its intervention and who made it loaded."""
    return AdjustmentLine(
        plan_id=row.plan_id,
        title=row.intervention.title,
        step=Step(What(row.what), row.amount),
        minutes=row.intervention.minutes,
        why=row.why,
        is_undo=row.undoes_id is not None,
        by_id=row.adjusted_by_id,
        by_name=row.adjusted_by.name if row.adjusted_by else "",
        at=row.adjusted_at,
        week_before=row.week_before,
        week_after=row.week_after,
    )
