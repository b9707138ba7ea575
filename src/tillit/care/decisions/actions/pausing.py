"""Help that rests (midlertidig stopp): hospital, a journey, her own wish. The decision stands."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from tillit.care.citizens.queries import Away, away_periods
from tillit.care.decisions.actions.steps import open_case, take_step
from tillit.care.decisions.models import Case, TemporaryStop
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.facts import facts_of
from tillit.care.decisions.rules.states import State, Step
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.periods import Period

OWN_WISH = "OWN_WISH"


@transaction.atomic
def pause_help(*, actor: Actor, case_id: int, edition: int, kind: str = OWN_WISH, on: date, at: datetime) -> Case:
    """Let the help of a case rest from a day. kind: a WhereaboutsKind, or OWN_WISH.

    Raises NotFound, NotAllowed, ChangedMeanwhile, StepBlocked. Publishes CaseMoved.
    """
    return _pause(actor, case_id, edition, kind, on, at)


@transaction.atomic
def resume_help(*, actor: Actor, case_id: int, edition: int, on: date, at: datetime) -> Case:
    """Let the help go on from a day. Raises NotFound, NotAllowed, ChangedMeanwhile, StepBlocked.

    Publishes CaseMoved.
    """
    return _resume(actor, case_id, edition, on, at)


def follow_whereabouts(*, actor: Actor, at: datetime, citizen_ids: Iterable[int] | None = None) -> int:
    """Let help rest where the citizen is away now, and go on where she is home again; return how many cases changed.

    citizen_ids: None is everybody with help. For what happens now it is called by the news; what was told ahead, and
    what was never told back, is caught up with every night. A rest by her own wish is left to people, and so is a case
    that is being looked at again: it stays where it is.
    """
    cases = Case.objects.filter(state__in=[State.ACTIVE.value, State.PAUSED.value]).order_by("pk")
    if citizen_ids is not None:
        cases = cases.filter(citizen_id__in=list(citizen_ids))
    rows = list(cases.values_list("pk", "citizen_id", "state"))
    now = away_periods({citizen_id for _pk, citizen_id, _state in rows}, Period(at, at + timedelta(seconds=1)))
    resting = {
        stop.case_id: stop
        for stop in TemporaryStop.objects.filter(case_id__in=[row[0] for row in rows], to_on__isnull=True)
    }
    today, changed = oslo.day_of(at), 0
    for case_id, citizen_id, state in rows:
        away = _away_at(now.get(citizen_id, []), at)
        stop = resting.get(case_id)
        if state == State.ACTIVE and away is not None and stop is None:
            _pause(actor, case_id, None, away.kind, min(oslo.day_of(away.from_at), today), at)
            changed += 1
        elif state == State.PAUSED and away is None and stop is not None and stop.kind != OWN_WISH:
            _resume(actor, case_id, None, today, at)
            changed += 1
    return changed


def _away_at(periods: Iterable[Away], at: datetime) -> Away | None:
    return next((period for period in periods if period.contains(at)), None)


@transaction.atomic
def _pause(actor: Actor, case_id: int, edition: int | None, kind: str, on: date, at: datetime) -> Case:
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.PAUSE,
        facts=facts_of(case, on=on),
        permission=WORK_CASE,
        on=on,
        at=at,
        data={"kind": kind},
    )
    TemporaryStop.objects.create(case=case, kind=kind, from_on=on)
    return case


@transaction.atomic
def _resume(actor: Actor, case_id: int, edition: int | None, on: date, at: datetime) -> Case:
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.RESUME,
        facts=facts_of(case, on=on),
        permission=WORK_CASE,
        on=on,
        at=at,
    )
    case.stops.filter(to_on__isnull=True).update(to_on=on)
    return case
