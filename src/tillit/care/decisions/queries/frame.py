"""A citizen's frame, what the plan uses of it and what was really given, week by week (R20)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q

from tillit.care.decisions import sources
from tillit.care.decisions.models import Case, DecisionLine, Line
from tillit.care.decisions.queries.facts import mondays_before
from tillit.care.decisions.queries.rows import CaseRows
from tillit.care.decisions.rules.frame import Fit, Frame, PlanFacts, Trend, Unclear, fit, trend, unclear
from tillit.care.decisions.rules.states import GIVING
from tillit.care.decisions.sources import PlanAdjusted
from tillit.foundation.authority.models import ExtentIn
from tillit.kernel import oslo

WEEKS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FrameWeek:
    """One whole ISO week. minutes: None when it does not count: away, or the frame did not hold."""

    monday: date
    minutes: int | None
    fit: Fit
    held: bool = field(default=True, metadata={"help": "False: the frame did not hold for all of the week"})


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """A frame with its plan and its weeks, the newest last."""

    frame: Frame
    since: date
    plan: PlanFacts | None
    plan_fit: Fit
    unclear: tuple[Unclear, ...]
    weeks: tuple[FrameWeek, ...]
    trend: Trend

    @property
    def has_left(self) -> bool:
        """Whether the need has left the frame, so that a new decision is asked for."""
        return self.trend in (Trend.LEFT_ABOVE, Trend.LEFT_BELOW)


def frame_of_lines(lines: Iterable[Line | DecisionLine]) -> Frame | None:
    """Return one frame for lines in hours a week of which some have a span; None without a frame.

    The plan is for all the help together, so the hours are added, and so are the hours of the spans: a line without one
    swings by nothing. The span in per cent is rounded down.
    """
    hours, swing, framed = Decimal(0), Decimal(0), False
    for line in lines:
        if line.extent is None or line.service.extent_in != ExtentIn.HOURS_A_WEEK:
            continue
        hours += line.extent
        swing += line.extent * (line.span_percent or 0)
        framed = framed or line.span_percent is not None
    return Frame(hours, int(swing / hours)) if framed and hours else None


@dataclass(frozen=True, slots=True)
class StandingFrame:
    """The frame that holds for a citizen on a day. case: whose line with a span is the newest."""

    frame: Frame
    since: date
    case: Case


def standing_frame(citizen_id: int, *, on: date) -> StandingFrame | None:
    """Return the frame that holds for a citizen on a day, over all her cases; None without one. One query.

    Callers have reached the citizen or one of her cases.
    """
    lines = DecisionLine.objects.filter(
        Q(stopped_on__isnull=True) | Q(stopped_on__gt=on),
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        decision__case__citizen_id=citizen_id,
        outcome__in=GIVING,
        starts_on__lte=on,
    ).select_related("service", "decision__case")
    standing = list(lines.order_by("starts_on", "pk"))
    frame = frame_of_lines(standing)
    if frame is None:
        return None
    framed = (line for line in standing if line.service.extent_in == ExtentIn.HOURS_A_WEEK)
    newest = [line for line in framed if line.span_percent is not None][-1]
    assert newest.starts_on is not None
    return StandingFrame(frame, newest.starts_on, newest.decision.case)


def frame_of(case: Case, *, on: date, standing: StandingFrame | None = None) -> FrameFacts | None:
    """Return the frame that holds for the citizen on a day with its weeks; None without one.

    standing: it, when the caller has it. Callers have reached the case.
    """
    found = standing or standing_frame(case.citizen_id, on=on)
    if found is None:
        return None
    mondays = mondays_before(on, WEEKS_SHOWN)
    given = sources.minutes_by_week([case.citizen_id], mondays=mondays).get(case.citizen_id, [None] * len(mondays))
    plan = sources.plan_facts([case.citizen_id], on=on).get(case.citizen_id)
    return _facts(found.frame, found.since, plan, mondays, given)


def adjusted_within(rows: CaseRows) -> list[PlanAdjusted]:
    """Return how the plan was adjusted while the case's own lines set a frame, the newest first. One query, or none."""
    framed = [line for line in rows.given if line.span_percent is not None and line.starts_on is not None]
    if not framed:
        return []
    found = sources.adjusted(rows.case.citizen_id, since=min(line.starts_on for line in framed if line.starts_on))
    if any(line.stopped_on is None for line in framed):
        return found
    over = max(line.stopped_on for line in framed if line.stopped_on)
    return [one for one in found if oslo.day_of(one.at) < over]


def proposed_frame(lines: Sequence[Line], plan: PlanFacts | None) -> tuple[Frame | None, Fit, tuple[Unclear, ...]]:
    """Return the frame that a proposal would set, how the plan fits it, and what they together do not tell."""
    frame = frame_of_lines(lines)
    return frame, fit(frame, plan.minutes_a_week) if frame and plan else Fit.NOTHING_KNOWN, unclear(frame, plan)


def _facts(
    frame: Frame, since: date, plan: PlanFacts | None, mondays: Sequence[date], given: Sequence[int | None]
) -> FrameFacts:
    weeks = []
    for monday, minutes in zip(mondays, given, strict=True):
        held = since <= monday
        counted = minutes if held else None
        weeks.append(FrameWeek(monday, counted, fit(frame, counted), held))
    return FrameFacts(
        frame=frame,
        since=since,
        plan=plan,
        plan_fit=fit(frame, plan.minutes_a_week if plan else None),
        unclear=unclear(frame, plan),
        weeks=tuple(weeks),
        trend=trend(frame, [week.minutes for week in weeks]),
    )
