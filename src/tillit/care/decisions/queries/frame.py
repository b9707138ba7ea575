"""A citizen's frame, what the plan uses of it and what was really given, week by week (R20)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tillit.care.decisions import sources
from tillit.care.decisions.models import Case, DecisionLine, Line
from tillit.care.decisions.queries.facts import mondays_before
from tillit.care.decisions.rules.frame import Fit, Frame, PlanFacts, Trend, Unclear, fit, trend, unclear
from tillit.care.decisions.rules.states import GIVING
from tillit.foundation.authority.models import ExtentIn

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


def frame_of(case: Case, *, on: date) -> FrameFacts | None:
    """Return the frame that holds for the citizen on a day, over all her cases; None without one. Six queries.

    Callers have reached the case.
    """
    lines = list(
        DecisionLine.objects.filter(
            decision__case__citizen_id=case.citizen_id,
            stopped_on__isnull=True,
            outcome__in=GIVING,
        ).select_related("service")
    )
    standing = [line for line in lines if _holds(line, on)]
    frame = frame_of_lines(standing)
    if frame is None:
        return None
    since = max(line.starts_on for line in standing if line.starts_on is not None and line.span_percent is not None)
    mondays = mondays_before(on, WEEKS_SHOWN)
    given = sources.minutes_by_week([case.citizen_id], mondays=mondays).get(case.citizen_id, [None] * len(mondays))
    return _facts(frame, since, sources.plan_facts([case.citizen_id], on=on).get(case.citizen_id), mondays, given)


def proposed_frame(lines: Sequence[Line], plan: PlanFacts | None) -> tuple[Frame | None, Fit, tuple[Unclear, ...]]:
    """Return the frame that a proposal would set, how the plan fits it, and what they together do not tell."""
    frame = frame_of_lines(lines)
    return frame, fit(frame, plan.minutes_a_week) if frame and plan else Fit.NOTHING_KNOWN, unclear(frame, plan)


def _holds(line: DecisionLine, on: date) -> bool:
    return line.starts_on is not None and line.starts_on <= on and (line.ends_on is None or on <= line.ends_on)


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
