"""Learn how long interventions take, every night (R29). Nothing here reads who went."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from tillit.care.careplans.queries import help_in_use, lines_with_new_minutes
from tillit.care.citizens.queries import reachable, scope_of, scopes_of
from tillit.care.visits.models import LearnedMinutes, Origin, Visit, VisitState, VisitTask
from tillit.care.visits.permissions import LEARN_MINUTES
from tillit.care.visits.queries import ReportRow, newest_reports
from tillit.care.visits.rules.learning import Learned, Observation, learned_minutes, share_of_visit
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo

LOOK_BACK = timedelta(days=90)
AT_A_TIME = 100


@dataclass(frozen=True, slots=True)
class Learnt:
    """How many citizens and interventions were looked at, and how many now differ from the plan."""

    citizens: int
    interventions: int
    different: int


def learn_minutes(*, actor: Actor, today: date, at: datetime) -> Learnt:
    """Learn the minutes of every intervention in use from what was said the last ninety days before `today`.

    For the citizens the actor reaches. Visits said to be as planned count as taking what was planned; visits
    where minutes were given count with those; visits with tasks left out and no minutes say nothing. Running it
    again changes nothing. Raises NotAllowed. One audit entry for all; a transaction per hundred citizens.
    """
    require(actor, LEARN_MINUTES, Scope(actor.paths_for(LEARN_MINUTES.roles)))
    citizens = list(reachable(actor, on=oslo.day_of(at)).order_by("pk").values_list("pk", flat=True))
    total = Learnt(0, 0, 0)
    for start in range(0, len(citizens), AT_A_TIME):
        found = _learn_for(citizens[start : start + AT_A_TIME], today)
        total = Learnt(
            total.citizens + found.citizens,
            total.interventions + found.interventions,
            total.different + found.different,
        )
    audit.record(
        actor,
        LEARN_MINUTES,
        f"learned:{today.isoformat()}",
        Scope(actor.paths_for(LEARN_MINUTES.roles)),
        at=at,
        change={"citizens": total.citizens, "different": total.different},
    )
    return total


@transaction.atomic
def forget_changed(*, actor: Actor, citizen_id: int, plan_id: int, at: datetime) -> int:
    """Forget what was learned of interventions whose minutes the plan's writer changed. Returns how many.

    The writer knows best; learning begins again from there. Raises NotAllowed. One audit entry when there are any.
    """
    scope = scope_of(citizen_id, on=oslo.day_of(at))
    if not actor.is_system:
        require(actor, LEARN_MINUTES, scope)
    lines = sorted(lines_with_new_minutes(plan_id))
    forgotten, _kinds = LearnedMinutes.objects.filter(citizen_id=citizen_id, line__in=lines).delete()
    if forgotten:
        audit.record(actor, LEARN_MINUTES, f"careplan:{plan_id}", scope, at=at, change={"forgotten": lines})
    return forgotten


@transaction.atomic
def forget_lines(*, actor: Actor, lines: Sequence[tuple[int, int]], at: datetime) -> int:
    """Forget what was learned of many citizens' interventions, as (citizen, line); return how many.

    Raises NotAllowed. One audit entry for each citizen concerned.
    """
    learned = LearnedMinutes.objects.filter(line__in=[line for _pk, line in lines])
    found = set(learned.values_list("citizen_id", "line")) & set(lines)
    scopes = scopes_of({citizen_id for citizen_id, _line in found}, on=oslo.day_of(at))
    if not actor.is_system:
        for scope in scopes.values():
            require(actor, LEARN_MINUTES, scope)
    learned.filter(citizen_id__in=scopes, line__in=[line for _pk, line in found]).delete()
    audit.record_all(
        actor,
        (
            audit.Entry(
                LEARN_MINUTES,
                f"citizen:{citizen_id}",
                scope,
                {"forgotten": sorted(line for pk, line in found if pk == citizen_id)},
            )
            for citizen_id, scope in scopes.items()
        ),
        at=at,
    )
    return len(found)


@transaction.atomic
def _learn_for(citizen_ids: list[int], today: date) -> Learnt:
    plans = help_in_use(citizen_ids)
    planned = {(pk, one.line): one.minutes for pk, (_plan_id, helps) in plans.items() for one in helps}
    observations = _observations(list(plans), today, planned)
    rows: list[LearnedMinutes] = []
    different = 0
    for citizen_id, (_plan_id, helps) in plans.items():
        for help_ in helps:
            found = learned_minutes(observations.get((citizen_id, help_.line), []), help_.minutes)
            different += found.minutes != help_.minutes
            rows.append(_row(citizen_id, help_.line, found, today))
    LearnedMinutes.objects.filter(citizen_id__in=citizen_ids).delete()
    LearnedMinutes.objects.bulk_create(rows, batch_size=500)
    return Learnt(len(plans), len(rows), different)


def _row(citizen_id: int, line: int, found: Learned, today: date) -> LearnedMinutes:
    return LearnedMinutes(citizen_id=citizen_id, line=line, minutes=found.minutes, basis=found.basis, learned_on=today)


def _observations(
    citizen_ids: list[int], today: date, planned: Mapping[tuple[int, int], int]
) -> dict[tuple[int, int], list[Observation]]:
    """What was said, by citizen and line, newest first; only of visits the plan gave the same minutes as now."""
    visits = {
        pk: (citizen_id, earliest_at)
        for pk, citizen_id, earliest_at in Visit.objects.filter(
            citizen_id__in=citizen_ids,
            state=VisitState.DONE,
            origin=Origin.PLAN,
            on__gte=today - LOOK_BACK,
            on__lt=today,
        ).values_list("pk", "citizen_id", "earliest_at")
    }
    reports = newest_reports(visits)
    tasks: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    given: dict[tuple[int, int], int] = {}
    for visit_id, task_id, intervention_id, line, minutes, plan_minutes in VisitTask.objects.filter(
        visit_id__in=list(visits), intervention__isnull=False
    ).values_list("visit_id", "pk", "intervention_id", "intervention__line", "minutes", "intervention__minutes"):
        tasks[visit_id].append((task_id, line or intervention_id or 0, minutes))
        given[visit_id, line or intervention_id or 0] = plan_minutes or 0
    found: dict[tuple[int, int], list[Observation]] = defaultdict(list)
    for visit_id in sorted(reports, key=lambda pk: visits[pk][1], reverse=True):
        for line, took in _said_of(reports[visit_id], tasks[visit_id]):
            if given[visit_id, line] == planned.get((visits[visit_id][0], line)):
                found[visits[visit_id][0], line].append(Observation(took))
    return found


def _said_of(report: ReportRow, tasks: list[tuple[int, int, int]]) -> list[tuple[int, float]]:
    """How long each task that was done took, as far as the report says."""
    done = [(line, minutes) for task_id, line, minutes in tasks if task_id not in report.not_done]
    planned = sum(minutes for _line, minutes in done)
    if not planned:
        return []
    if report.minutes is None:
        return [] if report.not_done else [(line, float(minutes)) for line, minutes in done]
    return [
        (line, share_of_visit(minutes, said_minutes=report.minutes, planned_minutes=planned)) for line, minutes in done
    ]
