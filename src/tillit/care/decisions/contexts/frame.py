"""«Rammen»: does what is given fit what was decided? Words first, then a drawing, and the same in a table (R20)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.decide_words import FIT_WORDS, TREND_NOTES, TREND_WORDS, frame_text, hours
from tillit.care.decisions.models import Case
from tillit.care.decisions.queries.frame import FrameFacts, FrameWeek, StandingFrame, frame_of
from tillit.care.decisions.rules.frame import Fit, Trend
from tillit.care.decisions.rules.states import State
from tillit.care.decisions.sources import PlanAdjusted
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Column, DataTable, TableRow, Tag
from tillit.ui.parts.basics import Colour
from tillit.ui.parts.part import Part

_TAGS: dict[Trend, tuple[str, Colour]] = {
    Trend.TOO_EARLY: ("Hourglass", "neutral"),
    Trend.WITHIN: ("Checkmark", "success"),
    Trend.SWINGS: ("Checkmark", "success"),
    Trend.LEFT_BELOW: ("ArrowDown", "warning"),
    Trend.LEFT_ABOVE: ("ArrowUp", "warning"),
}
SHOWN = 3
"""So many of the newest adjustments stand in the panel; all stand in «Slik ble saken til»."""
_WIDTH, _HEIGHT, _STEP = 20, 120, 46


@dataclass(frozen=True, slots=True)
class Bar:
    """One week in the drawing, in the drawing's own numbers. height 0: the week does not count."""

    x: int
    middle: int
    y: int
    height: int
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The weeks against the band of the frame."""

    width: int
    band_y: int
    band_height: int
    least_y: int
    bars: tuple[Bar, ...]
    finding: str


@dataclass(frozen=True, slots=True)
class FramePanel(Part):
    """decisions/frame_panel.html."""

    folder: ClassVar[str] = "decisions"

    case_id: int
    heading: str
    note: str
    tag: Tag
    frame: str = field(metadata={"help": "«9,5 t i uka, fra 7,6 t til 11,4 t»"})
    plan: str
    drawing: Drawing | None
    table: DataTable
    reassess: Action | None = field(metadata={"help": "One press when the need has left the frame"})
    adjusted: tuple[str, ...] = field(metadata={"help": "How the plan was adjusted within it, the newest first"})
    plan_href: str = field(metadata={"help": "Empty when the plan is adjusted beside"})


def frame_panel(
    *,
    case: Case,
    standing: StandingFrame,
    adjusted: Sequence[PlanAdjusted],
    may_take_up: bool,
    is_adjusted_here: bool,
    on: date,
) -> FramePanel | None:
    """Return the panel of the frame that stands. Callers have reached the case.

    adjusted: how the plan was, the newest first. is_adjusted_here: the page has the steps themselves.
    """
    found = frame_of(case, on=on, standing=standing)
    if found is None:
        return None
    icon, colour = _TAGS[found.trend]
    running = State(case.state) in (State.ACTIVE, State.PAUSED, State.NOTIFIED)
    return FramePanel(
        case_id=case.pk,
        heading=str(TREND_WORDS[found.trend]),
        note=str(TREND_NOTES[found.trend]),
        tag=Tag(_("Nytt vedtak trengs") if found.has_left else _("Rammen"), colour, icon),
        frame=frame_text(found.frame),
        plan=_plan(found),
        drawing=_drawing(found) if any(week.minutes is not None for week in found.weeks) else None,
        table=DataTable(
            _("Uke for uke"),
            (Column(_("Uke")), Column(_("Gitt"), right=True), Column(_("Mot rammen"))),
            tuple(_row(week) for week in reversed(found.weeks)),
        ),
        reassess=_reassess(case, found) if found.has_left and running and may_take_up else None,
        adjusted=tuple(_adjusted(one) for one in adjusted[:SHOWN]),
        plan_href="" if is_adjusted_here else reverse("careplans:plan_edit", args=[case.citizen_id]),
    )


def _adjusted(one: PlanAdjusted) -> str:
    return _("Justert innenfor rammen %(day)s: %(what)s. «%(why)s» %(who)s.") % {
        "day": formats.short_date(one.at, page_language()),
        "what": one.text,
        "why": one.why,
        "who": one.by_name or _("Tillit"),
    }


def _plan(found: FrameFacts) -> str:
    if found.plan is None or found.plan.minutes_a_week is None:
        return _("Ingen plan ennå")
    if found.plan_fit is Fit.WITHIN:
        text = _("Planen bruker %(hours)s i uka, innenfor rammen")
    else:
        text = _("Planen bruker %(hours)s i uka, utenfor rammen")
    return text % {"hours": hours(found.plan.minutes_a_week)}


def _row(week: FrameWeek) -> TableRow:
    name = _("%(week)s, fra %(day)s") % {
        "week": formats.week(week.monday, page_language()),
        "day": formats.day_and_month(week.monday, page_language()),
    }
    if week.minutes is None:
        why = _("Teller ikke: brukeren var borte") if week.held else _("Teller ikke: vedtaket gjaldt ikke hele uka")
        return TableRow((name, "–", why))
    return TableRow((name, hours(week.minutes), str(FIT_WORDS[week.fit])))


def _drawing(found: FrameFacts) -> Drawing:
    top = max([float(found.frame.most) * 60 * 1.15, *(float(week.minutes or 0) for week in found.weeks)]) or 1.0

    def at(minutes: float) -> int:
        return round(_HEIGHT - minutes / top * _HEIGHT)

    bars = []
    for number, week in enumerate(found.weeks):
        minutes = float(week.minutes or 0)
        x = number * _STEP + (_STEP - _WIDTH) // 2
        bars.append(Bar(x, x + _WIDTH // 2, at(minutes), _HEIGHT - at(minutes), str(week.monday.isocalendar().week)))
    most, least = at(float(found.frame.most) * 60), at(float(found.frame.least) * 60)
    return Drawing(
        width=len(found.weeks) * _STEP,
        band_y=most,
        band_height=max(1, least - most),
        least_y=least,
        bars=tuple(bars),
        finding=str(TREND_WORDS[found.trend]),
    )


def _reassess(case: Case, found: FrameFacts) -> Action:
    return Action(
        _("Ta saken opp til ny vurdering"),
        reverse("decisions:reassess", args=[case.pk]),
        post=True,
        fields={
            "edition": str(case.edition),
            "why": f"{TREND_WORDS[found.trend]}: {frame_text(found.frame)}"[:300],
            "opened_by": "FRAME",
            "by_citizen": "",
        },
        variant="primary",
    )
