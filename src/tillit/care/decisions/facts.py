"""What cases and decisions were, for indicators: typed, without names, national ids or free text.

Indicators read this and never the models. Every function takes units and a half-open period of days in Oslo, and asks
a constant number of queries. How it is counted: docs/how-we-count/lead-times.md.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from django.db.models import Min, Q

from tillit.care.decisions.models import AdvanceNotice, Appeal, Case, CaseEvent, Decision, DecisionLine
from tillit.care.decisions.rules.appeals import OPEN, AppealState
from tillit.care.decisions.rules.deadlines import interim_reply_by
from tillit.care.decisions.rules.lead_times import CaseTimes
from tillit.care.decisions.rules.states import GIVING, Step
from tillit.foundation.organisation.queries import paths_of
from tillit.kernel.periods import Days
from tillit.kernel.tables import Columns, table

CASES: Columns = {
    "case": pl.Int64,
    "unit": pl.Int64,
    "received_on": pl.Date,
    "decided_on": pl.Date,
    "closed_on": pl.Date,
}
"""Applications. unit: who had it when it was first decided, else who has it now. decided_on: the first decision.
closed_on: closed without one (withdrawn, died, moved)."""
LOOKED_AT: Columns = {"case": pl.Int64, "citizen": pl.Int64, "set_on": pl.Date, "due": pl.Date, "closed_on": pl.Date}
"""A day on which help was granted, or kept as it was, and when it is to be looked at again (empty: no day was set).
The newest row of a case before a day is what held that day. closed_on: of the case, empty while it runs."""


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """One decision, by the unit that had the case then. outcomes: service code → outcome."""

    decision_id: int
    unit_id: int
    decided_on: date
    outcome: str
    outcomes: tuple[tuple[str, str], ...]
    is_frame: bool
    is_reassessment: bool = field(metadata={"help": "A running decision looked at again, not an application"})
    times: CaseTimes


@dataclass(frozen=True, slots=True)
class AppealFact:
    """One appeal, by the unit that has the case. days: None while that has not happened."""

    appeal_id: int
    unit_id: int
    received_on: date
    state: str
    is_open: bool
    days_to_review: int | None = field(metadata={"help": "From received to changed, forwarded or dismissed by us"})
    days_to_answer: int | None = field(metadata={"help": "From forwarded to the county governor's answer"})
    was_changed: bool = field(metadata={"help": "By us, wholly or partly, or by the county governor"})


@dataclass(frozen=True, slots=True)
class AdvanceNoticeFact:
    """An advance notice before less help, and whether it was answered."""

    unit_id: int
    sent_on: date
    answered: bool


def decisions_made(*, unit_ids: Iterable[int], period: Days) -> list[DecisionFact]:
    """Return the decisions made in a period by units and those below them, the oldest first. Six queries."""
    rows = list(
        Decision.objects.filter(_within(unit_ids, "unit"), **_in("decided_on", period))
        .select_related("case")
        .order_by("decided_on", "pk")
    )
    cases = {row.case_id for row in rows}
    opened, interim = _days_of_steps(cases)
    services: dict[int, list[tuple[str, str]]] = defaultdict(list)
    lines = DecisionLine.objects.filter(decision_id__in=[row.pk for row in rows]).order_by("rank", "pk")
    for decision_id, code, outcome in lines.values_list("decision_id", "service__code", "outcome"):
        services[decision_id].append((code, outcome))
    first = _first_decisions(cases)
    started = _starts(cases)
    found = []
    for row in rows:
        again = max((day for day in opened[row.case_id] if day <= row.decided_on), default=None)
        received = again or row.case.received_on or row.decided_on
        following = [day for day in started[row.case_id] if day >= row.decided_on]
        urgent = row.case.urgent_from if first.get(row.case_id) == row.pk else None
        found.append(
            DecisionFact(
                decision_id=row.pk,
                unit_id=row.unit_id,
                decided_on=row.decided_on,
                outcome=row.outcome,
                outcomes=tuple(services[row.pk]),
                is_frame=row.is_frame,
                is_reassessment=again is not None,
                times=CaseTimes(
                    received_on=received,
                    decided_on=row.decided_on,
                    interim_by=_named_in_time(interim[row.case_id], received, row.decided_on),
                    notified_on=row.known_on,
                    started_on=min(following, default=None),
                    urgent_on=urgent,
                ),
            )
        )
    return found


def appeals_received(*, unit_ids: Iterable[int], period: Days) -> list[AppealFact]:
    """Return the appeals that came in a period to units and those below them, the oldest first. Two queries."""
    rows = (
        Appeal.objects.filter(_within(unit_ids, "decision__case__unit"), **_in("received_on", period))
        .select_related("decision__case")
        .order_by("received_on", "pk")
    )
    changed = {
        AppealState.CHANGED.value,
        AppealState.PARTLY_CHANGED.value,
        AppealState.CHANGED_BY_GOVERNOR.value,
        AppealState.RETURNED_BY_GOVERNOR.value,
    }
    found = []
    for row in rows:
        answered = row.outcome_on if row.forwarded_on and row.state != AppealState.WITHDRAWN else None
        found.append(
            AppealFact(
                appeal_id=row.pk,
                unit_id=row.decision.case.unit_id,
                received_on=row.received_on,
                state=row.state,
                is_open=AppealState(row.state) in OPEN,
                days_to_review=(row.reviewed_on - row.received_on).days if row.reviewed_on else None,
                days_to_answer=(answered - row.forwarded_on).days if answered and row.forwarded_on else None,
                was_changed=row.state in changed or row.new_decision_id is not None,
            )
        )
    return found


def advance_notices_sent(*, unit_ids: Iterable[int], period: Days) -> list[AdvanceNoticeFact]:
    """Return the advance notices sent in a period by units and those below them. Two queries."""
    rows = AdvanceNotice.objects.filter(_within(unit_ids, "case__unit"), **_in("sent_on", period)).order_by(
        "sent_on", "pk"
    )
    return [
        AdvanceNoticeFact(unit_id, sent_on, replied_on is not None)
        for unit_id, sent_on, replied_on in rows.values_list("case__unit_id", "sent_on", "replied_on")
    ]


def cases() -> pl.DataFrame:
    """Return all applications ever received, by CASES. Three queries."""
    decided = {
        case_id: (decided_on, unit_id)
        for case_id, decided_on, unit_id in Decision.objects.order_by("-decided_on", "-pk").values_list(
            "case_id", "decided_on", "unit_id"
        )
    }  # the first one last, so that it stands
    rows = Case.objects.filter(received_on__isnull=False).values_list("pk", "unit_id", "received_on", "closed_on")
    found = []
    for case_id, unit_id, received_on, closed_on in rows:
        decided_on, then = decided.get(case_id, (None, unit_id))
        found.append((case_id, then, received_on, decided_on, closed_on if decided_on is None else None))
    return table(found, CASES)


def looked_at(*, citizen_ids: Iterable[int] | None = None) -> pl.DataFrame:
    """Return when help was granted or kept, and when it is to be looked at again, by LOOKED_AT. Two queries.

    citizen_ids: of these alone.
    """
    decided, kept = Decision.objects.filter(outcome__in=GIVING), CaseEvent.objects.filter(step=Step.KEEP.value)
    if citizen_ids is not None:
        wanted = list(citizen_ids)
        decided, kept = decided.filter(case__citizen_id__in=wanted), kept.filter(case__citizen_id__in=wanted)
    found = list(decided.values_list("case_id", "case__citizen_id", "decided_on", "evaluate_on", "case__closed_on"))
    told = kept.values_list("case_id", "case__citizen_id", "on", "data", "case__closed_on")
    for case_id, citizen_id, on, data, closed_on in told:
        due = data.get("evaluate_on")
        found.append((case_id, citizen_id, on, date.fromisoformat(due) if due else None, closed_on))
    return table(found, LOOKED_AT)


def _within(unit_ids: Iterable[int], field_name: str) -> Q:
    """Units and those below them."""
    found = Q(pk__in=())
    for path in paths_of(unit_ids).values():
        found |= Q(**{f"{field_name}__path__startswith": path})
    return found


def _in(field_name: str, period: Days) -> dict[str, date]:
    bounds = {f"{field_name}__gte": period.first}
    if period.after is not None:
        bounds[f"{field_name}__lt"] = period.after
    return bounds


def _days_of_steps(case_ids: set[int]) -> tuple[dict[int, list[date]], dict[int, list[tuple[date, date]]]]:
    """Return when cases were taken up again, and the interim replies: the day sent and the day named."""
    opened: dict[int, list[date]] = defaultdict(list)
    interim: dict[int, list[tuple[date, date]]] = defaultdict(list)
    steps = [Step.REASSESS.value, Step.REOPEN.value, Step.SEND_INTERIM_REPLY.value]
    events = CaseEvent.objects.filter(case_id__in=case_ids, step__in=steps).order_by("on", "pk")
    for case_id, step, on, data in events.values_list("case_id", "step", "on", "data"):
        if step != Step.SEND_INTERIM_REPLY.value:
            opened[case_id].append(on)
        elif data.get("expected_on"):
            interim[case_id].append((on, date.fromisoformat(data["expected_on"])))
    return opened, interim


def _named_in_time(replies: list[tuple[date, date]], received: date, decided: date) -> date | None:
    """Return the last day named by an interim reply that was sent within the month, or before the day named before."""
    by = interim_reply_by(received)
    named = None
    for sent_on, expected_on in replies:
        if received <= sent_on <= min(by, decided):
            named = by = max(by, expected_on)
    return named


def _first_decisions(case_ids: set[int]) -> dict[int, int]:
    rows = Decision.objects.filter(case_id__in=case_ids).order_by()
    return dict(rows.values_list("case_id").annotate(first=Min("pk")))


def _starts(case_ids: set[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    events = CaseEvent.objects.filter(case_id__in=case_ids, step=Step.START.value).order_by("on")
    for case_id, on in events.values_list("case_id", "on"):
        found[case_id].append(on)
    return found
