"""Goals through the versions of a citizen's plan: from when, until when, and how it ended."""

from dataclasses import dataclass
from datetime import date, datetime

from tillit.care.careplans.models import Goal, GoalState


@dataclass(frozen=True, slots=True)
class GoalSpan:
    """One goal, by its line. set_at: when the first plan that has it came into use.

    state, state_on: a GoalState, as the newest plan that has it says. taken_out_at: a newer plan has it no more.
    """

    line: int
    goal_id: int
    words: str
    set_at: datetime
    set_by_name: str
    responsible_name: str
    evaluate_on: date | None
    state: str
    state_on: date | None
    taken_out_at: datetime | None

    @property
    def is_reached(self) -> bool:
        """Whether she got there."""
        return self.state == GoalState.REACHED.value

    @property
    def is_dropped(self) -> bool:
        """Whether it is no longer important to her."""
        return self.state == GoalState.DROPPED.value


def goals_over_time(citizen_id: int) -> list[GoalSpan]:
    """Return every goal that has stood in a plan in use, the first set first. One query.

    Callers have checked reach and note the reading.
    """
    rows = (
        Goal.objects.filter(plan__citizen_id=citizen_id, plan__valid_from__isnull=False)
        .select_related("plan", "plan__changed_by", "responsible")
        .order_by("plan__valid_from", "plan_id", "rank", "pk")
    )
    first: dict[int, Goal] = {}
    newest: dict[int, Goal] = {}
    for row in rows:
        line = row.line or row.pk
        first.setdefault(line, row)
        newest[line] = row
    found = []
    for line, row in newest.items():
        began = first[line].plan
        if began.valid_from is None:
            continue
        found.append(
            GoalSpan(
                line=line,
                goal_id=row.pk,
                words=row.words,
                set_at=began.valid_from,
                set_by_name=began.changed_by.name if began.changed_by else "",
                responsible_name=row.responsible.name if row.responsible else "",
                evaluate_on=row.evaluate_on,
                state=row.state,
                state_on=row.state_on,
                taken_out_at=row.plan.valid_to,
            )
        )
    return found
