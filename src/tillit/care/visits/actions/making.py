"""Make visits from plans, and keep them what the plans say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from tillit.care.careplans.queries import help_by_plan, help_in_use, lines_with_new_minutes
from tillit.care.careplans.rules.recurrence import PlannedHelp
from tillit.care.citizens.queries import (
    Away,
    away_periods,
    citizen_ids_of_unit,
    ends_of_help,
    followers_of,
    reachable,
    scopes_of,
)
from tillit.care.citizens.rules.followers import Followers
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import CancelledBy, Origin, Visit, VisitLink, VisitState, VisitTask
from tillit.care.visits.permissions import MAKE_VISITS
from tillit.care.visits.queries import learned_of
from tillit.care.visits.rules.generation import HORIZON_DAYS, DraftVisit, links_on, visits_on
from tillit.care.visits.rules.reconcile import Keep, Reconciled, StoredVisit, reconcile
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.kernel import events, oslo
from tillit.kernel.errors import NotAllowed
from tillit.kernel.periods import Period, each_day

AT_A_TIME = 200
"""Citizens handled together: bounds memory and the length of questions to the database."""


@dataclass(frozen=True, slots=True)
class MadeVisits:
    """What making visits did. `changed`: what people notice; visits that only got new ids of tasks are not in it."""

    made: int = 0
    changed: int = 0
    removed: int = 0
    cancelled: int = 0
    returned: int = 0
    resting: int = 0

    def __add__(self, other: "MadeVisits") -> "MadeVisits":
        return MadeVisits(
            self.made + other.made,
            self.changed + other.changed,
            self.removed + other.removed,
            self.cancelled + other.cancelled,
            self.returned + other.returned,
            self.resting + other.resting,
        )

    @property
    def is_nothing(self) -> bool:
        """Whether everything was as the plans say already."""
        return not (self.made or self.changed or self.removed or self.cancelled or self.returned or self.resting)


@dataclass(slots=True)
class _Work:
    """One citizen's visits of the days in question: what is stored, what is wanted, what to do."""

    citizen_id: int
    units: dict[date, int]
    """Her main unit by day."""
    plan_id: int | None
    helps: tuple[PlannedHelp, ...]
    drafts: list[DraftVisit]
    todo: Reconciled


def make_visits(
    *, actor: Actor, citizen_ids: Iterable[int] | None, unit_id: int | None, first: date, after: date, at: datetime
) -> MadeVisits:
    """Make the visits of the days [first, after) what the plans in use say, and return what was done.

    For the named citizens, or a unit's, or (both None) everybody the actor reaches; those out of reach are left
    out. A visit is the unit's that the plan names, if it follows the citizen that day, else her main unit's that day.
    Coming visits only: what is past at `at` (aware UTC), begun, done, locked or cancelled by people stays. Doing it
    again changes nothing. While a citizen is away her coming visits are on pause (cancelled as AWAY), and come back.
    Raises NotAllowed. One audit entry per citizen with changes; publishes VisitsChanged. A transaction per 200.
    """
    wanted = _wanted_citizens(actor, citizen_ids, unit_id, at=at)
    total = MadeVisits()
    for start in range(0, len(wanted), AT_A_TIME):
        total += _make_for(actor, wanted[start : start + AT_A_TIME], first, after, at=at)
    return total


def roll_visits(*, actor: Actor, today: date, at: datetime) -> MadeVisits:
    """Keep visits made for the next fourteen days, from today on. Run every night; running it again does nothing."""
    return make_visits(
        actor=actor,
        citizen_ids=None,
        unit_id=None,
        first=today - timedelta(days=1),  # the night that began yesterday
        after=today + timedelta(days=HORIZON_DAYS),
        at=at,
    )


def count_plan_changes(*, citizen_id: int, plan_id: int, at: datetime) -> MadeVisits:
    """Return what taking a draft into use would do with the coming visits, without doing it.

    Callers have come through `careplans.queries.get_plan`.
    """
    today = oslo.day_of(at)
    first, after = today - timedelta(days=1), today + timedelta(days=HORIZON_DAYS)
    work = _look(
        [citizen_id],
        first,
        after,
        at=at,
        draft=(plan_id, help_by_plan(plan_id)),
        forgotten=lines_with_new_minutes(plan_id),
    )[0]
    return _counted(work.todo)


def _wanted_citizens(
    actor: Actor, citizen_ids: Iterable[int] | None, unit_id: int | None, *, at: datetime
) -> list[int]:
    reach = reachable(actor, on=oslo.day_of(at))
    if citizen_ids is not None:
        reach = reach.filter(pk__in=list(citizen_ids))
    elif unit_id is not None:
        reach = reach.filter(pk__in=citizen_ids_of_unit(unit_id, oslo.day_of(at)))
    return list(reach.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _make_for(actor: Actor, citizen_ids: list[int], first: date, after: date, *, at: datetime) -> MadeVisits:
    scopes = scopes_of(citizen_ids, on=oslo.day_of(at))
    allowed = [pk for pk in citizen_ids if actor.is_system or holds(actor, MAKE_VISITS, scopes[pk])]
    if citizen_ids and not allowed:
        raise NotAllowed(_("Du kan ikke lage besøk for disse brukerne. Spør lederen din hvis du trenger det."))
    work = _look(allowed, first, after, at=at, lock=True)
    changed = _carry_out(work, at=at)
    total = MadeVisits()
    entries = []
    for one in work:
        counted = _counted(one.todo)
        total += counted
        if not counted.is_nothing:
            entries.append(_entry(one, counted, scopes[one.citizen_id]))
    audit.record_all(actor, entries, at=at)
    if changed:
        events.publish(VisitsChanged(visit_ids=tuple(changed), at=at))
    return total


def _entry(work: _Work, counted: MadeVisits, scope: Scope) -> audit.Entry:
    change = {
        "plan": work.plan_id,
        "made": counted.made,
        "changed": counted.changed,
        "removed": counted.removed,
        "cancelled": counted.cancelled,
        "returned": counted.returned,
        "resting": counted.resting,
    }
    return audit.Entry(MAKE_VISITS, f"citizen:{work.citizen_id}", scope, change)


def _counted(todo: Reconciled) -> MadeVisits:
    return MadeVisits(
        made=len(todo.make),
        changed=sum(one.differs and not one.returns for one in todo.keep),
        removed=len(todo.remove),
        cancelled=len(todo.cancel),
        returned=sum(one.returns for one in todo.keep),
        resting=len(todo.rest),
    )


def _look(
    citizen_ids: list[int],
    first: date,
    after: date,
    *,
    at: datetime,
    lock: bool = False,
    draft: tuple[int, tuple[PlannedHelp, ...]] | None = None,
    forgotten: frozenset[int] = frozenset(),
) -> list[_Work]:
    """Compare what is stored with what the plans (or the draft) want, in a constant number of queries."""
    plans = dict.fromkeys(citizen_ids, draft) if draft else help_in_use(citizen_ids)
    learned: dict[int, dict[int, int]] = defaultdict(dict)
    for (citizen_id, line), one in learned_of(citizen_ids).items():
        if line not in forgotten:
            learned[citizen_id][line] = one.minutes
    stored = _stored(citizen_ids, first, after, lock=lock)
    followers = followers_of(citizen_ids)
    away = away_periods(citizen_ids, Period(oslo.whole_day(first).start, oslo.whole_day(after).end))
    ends = ends_of_help(citizen_ids)
    found: list[_Work] = []
    for citizen_id in citizen_ids:
        plan_id, helps = plans.get(citizen_id) or (None, ())
        last = min(after, ends.get(citizen_id, after))
        units = _followed(followers[citizen_id], first, last, today=oslo.day_of(at))
        wanted = [
            visit
            for day, (_main, beside) in units.items()
            for visit in visits_on(day, helps, learned=learned[citizen_id], beside=beside)
        ]
        main = {day: unit_id for day, (unit_id, _beside) in units.items()}
        todo = reconcile(
            stored[citizen_id],
            wanted,
            away=[(one.on, one.slot) for one in wanted if _is_away(away.get(citizen_id, ()), one)],
            plan_id=plan_id,
            at=at,
            main=main,
        )
        found.append(_Work(citizen_id, main, plan_id, helps, wanted, todo))
    return found


def _followed(followers: Followers, first: date, after: date, *, today: date) -> dict[date, tuple[int, frozenset[int]]]:
    """Return the main unit and those beside it by day; days on which nobody follows are left out.

    The night that began yesterday is theirs who follow her today, when nobody did then.
    """
    found: dict[date, tuple[int, frozenset[int]]] = {}
    for day in each_day(first, after):
        main = followers.main(day)
        asked = day
        if main is None and day < today:
            main, asked = followers.main(today), today
        if main is not None:
            found[day] = (main.unit_id, followers.beside(asked))
    return found


def _is_away(away: Iterable[Away], visit: DraftVisit) -> bool:
    """Whether she is not at home at the last moment the visit may begin."""
    return any(one.contains(visit.latest_at) for one in away)


def _stored(citizen_ids: list[int], first: date, after: date, *, lock: bool) -> dict[int, list[StoredVisit]]:
    visits = Visit.objects.filter(citizen_id__in=citizen_ids, on__gte=first, on__lt=after, origin=Origin.PLAN).order_by(
        "pk"
    )
    if lock:
        visits = visits.select_for_update()
    rows = list(visits)
    tasks: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for visit_id, *facts in (
        VisitTask.objects.filter(visit_id__in=[visit.pk for visit in rows])
        .order_by("visit_id", "rank", "pk")
        .values_list("visit_id", "title", "how", "goal_words")
    ):
        tasks[visit_id].append(tuple(facts))
    found: dict[int, list[StoredVisit]] = {citizen_id: [] for citizen_id in citizen_ids}
    for visit in rows:
        found[visit.citizen_id].append(_stored_visit(visit, tuple(tasks[visit.pk])))
    return found


def _stored_visit(visit: Visit, tasks: tuple[tuple[object, ...], ...]) -> StoredVisit:
    return StoredVisit(
        visit_id=visit.pk,
        on=visit.on,
        slot=visit.slot,
        state=visit.state,
        cancelled_by=visit.cancelled_by,
        is_locked=visit.is_locked,
        is_published=visit.starts_at is not None or visit.changed_at is not None,
        starts_at=visit.starts_at,
        latest_at=visit.latest_at,
        plan_id=visit.plan_id,
        unit_id=visit.unit_id,
        facts=(
            visit.earliest_at,
            visit.latest_at,
            visit.wished_at,
            visit.minutes,
            visit.helpers,
            tuple(visit.needs),
            visit.level,
            visit.priority,
            tasks,
        ),
    )


def _carry_out(work: Sequence[_Work], *, at: datetime) -> list[int]:
    """Write what was decided, in a constant number of statements; return the ids people notice."""
    removed = [pk for one in work for pk in one.todo.remove]
    cancelled = _cancel(work, at=at)
    Visit.objects.filter(pk__in=removed).delete()
    made = _make(work)
    resting = _make(work, rest=True)
    kept, published = _keep(work, at=at)
    _write_tasks([*made, *resting, *kept])
    _write_links(work)
    return [visit.pk for visit, _draft in made] + published + removed + cancelled


def _make(work: Sequence[_Work], *, rest: bool = False) -> list[tuple[Visit, DraftVisit]]:
    """Make the visits that are wanted; rest: those that are on pause from the start. Nobody notices the latter."""
    drafts = [(_new(one, draft), draft) for one in work for draft in (one.todo.rest if rest else one.todo.make)]
    for visit, _draft in drafts if rest else ():
        visit.state, visit.cancelled_by = VisitState.CANCELLED, CancelledBy.AWAY
    Visit.objects.bulk_create([visit for visit, _draft in drafts], batch_size=500)
    return drafts


def _new(work: _Work, draft: DraftVisit) -> Visit:
    visit = Visit(
        citizen_id=work.citizen_id,
        unit_id=draft.unit_id or work.units[draft.on],
        plan_id=work.plan_id,
        on=draft.on,
        slot=draft.slot,
        origin=Origin.PLAN,
    )
    _put(visit, draft)
    return visit


def _put(visit: Visit, draft: DraftVisit) -> None:
    visit.part_of_day = draft.part_of_day
    visit.shift_kind = draft.shift_kind
    visit.title = draft.title
    visit.earliest_at = draft.earliest_at
    visit.latest_at = draft.latest_at
    visit.wished_at = draft.wished_at
    visit.minutes = draft.minutes
    visit.helpers = draft.helpers
    visit.needs = list(draft.needs)
    visit.level = draft.level
    visit.priority = draft.priority


_PLAN_FIELDS = (
    "plan", "part_of_day", "shift_kind", "title", "earliest_at", "latest_at", "wished_at", "minutes", "helpers",
    "needs", "level", "priority", "starts_at", "state", "cancelled_by", "changed_at",
)  # fmt: skip


def _keep(work: Sequence[_Work], *, at: datetime) -> tuple[list[tuple[Visit, DraftVisit]], list[int]]:
    decisions: dict[int, tuple[_Work, Keep]] = {keep.visit_id: (one, keep) for one in work for keep in one.todo.keep}
    visits = list(Visit.objects.filter(pk__in=list(decisions)).order_by("pk"))
    noticed: list[int] = []
    kept: list[tuple[Visit, DraftVisit]] = []
    for visit in visits:
        one, keep = decisions[visit.pk]
        minutes = visit.minutes
        was_published = visit.starts_at is not None or visit.changed_at is not None
        _put(visit, keep.wanted)
        visit.plan_id = one.plan_id
        if not keep.differs:
            visit.minutes = minutes
        if keep.loses_start:
            visit.starts_at = None
        if keep.returns:
            visit.state, visit.cancelled_by = VisitState.PLANNED, ""
        if keep.differs or keep.returns:
            noticed.append(visit.pk)
            if was_published:
                visit.changed_at = at
        kept.append((visit, keep.wanted))
    Visit.objects.bulk_update(visits, _PLAN_FIELDS, batch_size=200)
    return kept, noticed


def _cancel(work: Sequence[_Work], *, at: datetime) -> list[int]:
    by: dict[str, list[int]] = defaultdict(list)
    for one in work:
        for visit_id, reason in one.todo.cancel:
            by[reason].append(visit_id)
    for reason, visit_ids in by.items():
        coming = Visit.objects.filter(pk__in=visit_ids)
        coming.filter(starts_at__isnull=False).update(changed_at=at)
        coming.update(state=VisitState.CANCELLED, cancelled_by=reason)
    left = [visit_id for one in work for visit_id in one.todo.leave]
    Visit.objects.filter(pk__in=left).update(slot=Concat("slot", Value("/"), Cast("pk", CharField())))
    return [visit_id for visit_ids in by.values() for visit_id in visit_ids]


def _write_tasks(visits: Sequence[tuple[Visit, DraftVisit]]) -> None:
    VisitTask.objects.filter(visit_id__in=[visit.pk for visit, _draft in visits]).delete()
    VisitTask.objects.bulk_create(
        [
            VisitTask(
                visit_id=visit.pk,
                intervention_id=task.intervention_id,
                title=task.title,
                how=task.how,
                goal_words=task.goal_words,
                minutes=task.minutes,
                rank=rank,
            )
            for visit, draft in visits
            for rank, task in enumerate(draft.tasks)
        ],
        batch_size=500,
    )


def _write_links(work: Sequence[_Work]) -> None:
    """Write the links again for the citizens whose visits changed."""
    touched = [one for one in work if one.todo.make or one.todo.keep or one.todo.remove or one.todo.rest]
    if not touched:
        return
    wanted = {(one.citizen_id, draft.on) for one in touched for draft in one.drafts}
    rows = Visit.objects.filter(
        citizen_id__in={one.citizen_id for one in touched}, on__in={on for _, on in wanted}, origin=Origin.PLAN
    ).values_list("pk", "citizen_id", "on", "slot")
    ids = {(citizen_id, on, slot): pk for pk, citizen_id, on, slot in rows}
    VisitLink.objects.filter(first_id__in=list(ids.values())).delete()
    VisitLink.objects.bulk_create(list(_links(touched, ids)), batch_size=500)


def _links(touched: Sequence[_Work], ids: dict[tuple[int, date, str], int]) -> Iterator[VisitLink]:
    for one in touched:
        by_day: dict[date, list[DraftVisit]] = defaultdict(list)
        for draft in one.drafts:
            by_day[draft.on].append(draft)
        for on, drafts in by_day.items():
            for link in links_on(drafts, one.helps):
                first = ids.get((one.citizen_id, on, link.first_slot))
                then = ids.get((one.citizen_id, on, link.then_slot))
                if first and then:
                    yield VisitLink(
                        first_id=first,
                        then_id=then,
                        least_minutes=link.least_minutes,
                        most_minutes=link.most_minutes,
                    )
