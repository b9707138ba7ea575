"""Copy one version of a plan into the next."""

from tillit.care.careplans.models import CarePlan, Goal, GoalState, Intervention, InterventionTime, Need


def copy_plan(before: CarePlan, into: CarePlan, *, whole: bool = False) -> None:
    """Copy needs, goals and interventions with their times into a plan that has none; each keeps its `line`.

    whole: also goals that are reached or dropped, for a plan that goes on as it is; a draft leaves them behind.
    """
    needs = {need.pk: need for need in before.needs.order_by("rank", "pk")}
    need_ids: dict[int | None, int | None] = {None: None}
    for pk, need in needs.items():
        need_ids[pk] = Need.objects.create(plan=into, text=need.text, rank=need.rank).pk
    goal_ids: dict[int | None, int | None] = {None: None}
    goals = before.goals.all() if whole else before.goals.filter(state=GoalState.ACTIVE)
    for goal in goals.order_by("rank", "pk"):
        was = goal.pk
        goal.line = goal.line or was
        goal.need_id = need_ids.get(goal.need_id)
        _as_new(goal, into)
        goal_ids[was] = goal.pk
    times = _times_by_intervention(before)
    for intervention in before.interventions.order_by("rank", "pk"):
        was = intervention.pk
        intervention.line = intervention.line or was
        intervention.goal_id = goal_ids.get(intervention.goal_id)
        _as_new(intervention, into)
        for time in times.get(was, ()):
            time.intervention_id = intervention.pk
    InterventionTime.objects.bulk_create([time for found in times.values() for time in found])


def _as_new(row: Goal | Intervention, plan: CarePlan) -> None:
    row.pk = None
    row._state.adding = True
    row.plan = plan
    row.save()


def _times_by_intervention(plan: CarePlan) -> dict[int, list[InterventionTime]]:
    found: dict[int, list[InterventionTime]] = {}
    for time in InterventionTime.objects.filter(intervention__plan=plan).order_by("pk"):
        found.setdefault(time.intervention_id, []).append(time)
        time.pk = None
        time._state.adding = True
    return found
