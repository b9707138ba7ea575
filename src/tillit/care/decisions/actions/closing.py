"""Cases when she has died or all help has ended, and when that was a mistake. Called by events and every night."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tillit.care.citizens.models import EndKind
from tillit.care.citizens.queries import ended_by
from tillit.care.decisions import queries
from tillit.care.decisions.actions.steps import note_change, take_step
from tillit.care.decisions.models import Case, CaseEvent, DecisionLine
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.rules.states import CLOSED, State, Step, blocks
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

#: In the data of the event that closed a case for this reason: the day.
BECAUSE = "help_ended"
_CLOSING = (Step.DIE.value, Step.MOVE.value, Step.END.value)


@transaction.atomic
def close_cases(
    *,
    actor: Actor,
    citizen_ids: Iterable[int],
    is_death: bool,
    has_moved: bool = False,
    ends_on: date,
    at: datetime,
) -> tuple[int, ...]:
    """Close the cases of those who have died, or whose help has ended, as far as the rules allow; return their ids.

    A death closes every case; what was decided holds no longer than the day she died. So does a move to another
    municipality, which is the one that owes her help from then on. Help that ended for another reason closes only what
    has ended by itself: a decision that still runs is ended by a new decision, and that stands in the case as noted
    once.
    Callers have checked that the help has ended. One audit entry for each case.
    """
    closed = []
    cases = Case.objects.select_for_update(of=("self",)).select_related("unit")
    for case in _open(cases, citizen_ids):
        scope = queries.scope_of_case(case, on=oslo.day_of(at))
        facts = queries.facts_of(case, on=oslo.day_of(at))
        data = {BECAUSE: ends_on.isoformat()}
        step = Step.DIE if is_death else Step.MOVE if has_moved else Step.END
        if blocks(facts, step, on=oslo.day_of(at)):
            if not case.events.filter(data__has_key=BECAUSE).exists():
                note_change(actor=actor, case=case, scope=scope, permission=WORK_CASE, at=at, change=data)
            continue
        stopped = _stop_lines(case, ends_on + timedelta(days=1) if is_death else ends_on)
        take_step(
            actor=actor,
            case=case,
            scope=scope,
            step=step,
            facts=facts,
            permission=WORK_CASE,
            on=oslo.day_of(at),
            at=at,
            data={**data, "lines": stopped},
        )
        closed.append(case.pk)
    return tuple(closed)


@transaction.atomic
def close_ended(*, actor: Actor, at: datetime) -> int:
    """Close what has ended by itself, of those whose last day with help has passed; return how many. Every night."""
    today = oslo.day_of(at)
    found = set(_open(Case.objects.all(), ended_by(today)).values_list("citizen_id", flat=True))
    moved = found.intersection(ended_by(today, kind=EndKind.MOVED))
    return sum(
        len(close_cases(actor=actor, citizen_ids=ids, is_death=False, has_moved=away, ends_on=today, at=at))
        for ids, away in ((moved, True), (found - moved, False))
    )


@transaction.atomic
def reopen_cases(*, actor: Actor, citizen_id: int, ended_at: datetime, at: datetime) -> tuple[int, ...]:
    """Let cases that were closed because the help ended be as before, for that was a mistake; return their ids.

    ended_at: when the end was said. A case in which something has happened since it was closed stays as it is.
    """
    back = []
    cases = Case.objects.select_for_update(of=("self",)).select_related("unit")
    closed = cases.filter(citizen_id=citizen_id, state__in=[each.value for each in CLOSED]).order_by("pk")
    for case in closed:
        event = CaseEvent.objects.filter(case=case).order_by("-at", "-pk").first()
        if event is None or event.step not in _CLOSING or BECAUSE not in event.data or event.at < ended_at:
            continue
        was = State(event.was)
        DecisionLine.objects.filter(decision__case=case, pk__in=event.data.get("lines", ())).update(stopped_on=None)
        take_step(
            actor=actor,
            case=case,
            scope=queries.scope_of_case(case, on=oslo.day_of(at)),
            step=Step.TAKE_BACK,
            facts=queries.facts_of(case, on=oslo.day_of(at), closed_from=was),
            permission=WORK_CASE,
            on=oslo.day_of(at),
            at=at,
            data={"lines": event.data.get("lines", [])},
        )
        back.append(case.pk)
    return tuple(back)


def _open(cases: QuerySet[Case], citizen_ids: Iterable[int]) -> QuerySet[Case]:
    still = cases.filter(citizen_id__in=list(citizen_ids)).exclude(state__in=[each.value for each in CLOSED])
    return still.order_by("pk")


def _stop_lines(case: Case, stopped_on: date) -> list[int]:
    """Let what was decided hold no longer; return the lines that this stopped."""
    holding = DecisionLine.objects.filter(decision__case=case, stopped_on__isnull=True)
    lasting = [pk for pk, ends_on in holding.values_list("pk", "ends_on") if ends_on is None or ends_on >= stopped_on]
    DecisionLine.objects.filter(pk__in=lasting).update(stopped_on=stopped_on)
    return sorted(lasting)
