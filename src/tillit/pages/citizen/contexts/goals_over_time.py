"""Goals as spans: from when they were set until they were reached, let go, or now; and when they were looked at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from tillit.care.careplans.queries import GoalSpan
from tillit.care.evaluations.queries import EvaluationLine
from tillit.care.evaluations.queries.wording import signed
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ChartSpan, Column, DataTable, SpanChart, TableRow


@dataclass(frozen=True, slots=True)
class GoalsOverTime:
    """The goals of the time shown, and the same in a table."""

    chart: SpanChart
    table: DataTable


def goals_in_window(
    spans: Sequence[GoalSpan], evaluated: Sequence[EvaluationLine], *, first: date, today: date, now: datetime
) -> GoalsOverTime | None:
    """Return the goals that stood in a plan in the days from `first` until now; None when there was none.

    evaluated: the newest first, as `evaluations_of_citizen` gives them.
    """
    begins = oslo.moment(first, time(0))
    shown = [span for span in spans if span.set_at <= now and _end_of(span, now) >= begins]
    if not shown:
        return None
    looked_at: dict[int, list[EvaluationLine]] = defaultdict(list)
    for one in reversed(evaluated):
        looked_at[one.line].append(one)
    whole = (now - begins).total_seconds()

    def place(at: datetime) -> float:
        return min(1.0, max(0.0, (at - begins).total_seconds() / whole))

    return GoalsOverTime(
        chart=SpanChart(
            label=_("Målene over tid"),
            rows=tuple(
                ChartSpan(
                    label=f"«{span.words}»",
                    value=_standing(span),
                    start=place(span.set_at),
                    end=place(_end_of(span, now)),
                    state="done" if span.is_reached else "dropped" if _is_over(span) else "",
                    marks=tuple(place(one.at) for one in looked_at[span.line] if one.at >= begins),
                )
                for span in shown
            ),
            first=formats.short_date(first, page_language()),
            last=_("I dag"),
        ),
        table=DataTable(
            caption=_("Målene over tid"),
            columns=(Column(_("Mål")), Column(_("Satt")), Column(_("Sett på")), Column(_("Hvordan det står"))),
            rows=tuple(
                TableRow(
                    (
                        f"«{span.words}»",
                        formats.short_date(oslo.day_of(span.set_at), page_language()),
                        "; ".join(_looked_at(one) for one in looked_at[span.line]) or _("Ikke ennå"),
                        _standing(span),
                    )
                )
                for span in shown
            ),
        ),
    )


def _is_over(span: GoalSpan) -> bool:
    return span.is_reached or span.is_dropped or span.taken_out_at is not None


def _end_of(span: GoalSpan, now: datetime) -> datetime:
    """When the goal ended: the day it was reached or let go, else when a newer plan left it out, else now."""
    if (span.is_reached or span.is_dropped) and span.state_on is not None:
        return max(span.set_at, min(now, oslo.whole_day(span.state_on).end))
    return span.taken_out_at or now


def _standing(span: GoalSpan) -> str:
    day = formats.day_and_month(span.state_on, page_language()) if span.state_on is not None else ""
    if span.is_reached:
        return _("Nådd %(day)s") % {"day": day} if day else _("Nådd")
    if span.is_dropped:
        return _("Ikke lenger viktig")
    if span.taken_out_at is not None:
        return _("Tatt ut %(day)s") % {"day": formats.day_and_month(span.taken_out_at, page_language())}
    return _("Pågår")


def _looked_at(one: EvaluationLine) -> str:
    """«17.11.: Målet er nådd (+1)»."""
    day = formats.day_and_month(oslo.day_of(one.at), page_language())
    text = _("%(day)s: %(outcome)s") % {"day": day, "outcome": one.outcome_name}
    return f"{text} ({signed(one.level)})" if one.level is not None else text
