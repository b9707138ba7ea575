"""What there is to plan on a day, for many teams at once, and how far asking the engine for them has come."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from tillit.care.visits.models import Visit, VisitState
from tillit.foundation.access.actor import Actor
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import UnitKind
from tillit.teamwork.planning.models import DayLists, ListState, Proposal, ProposalState


@dataclass(frozen=True, slots=True)
class PartToPlan:
    """One part of a day with visits, on the lists of one unit."""

    unit_id: int
    unit_name: str
    shift_kind: str
    visits: int
    in_use: bool
    """People go out with the lists: a draft is no longer wanted."""
    begun: bool
    """Somebody has taken a step with them."""
    has_proposal: bool
    """A proposal for the lists as they stand is being reckoned, or has been made."""


@dataclass(frozen=True, slots=True)
class HowFar:
    """Jobs by where they stand."""

    waiting: int
    running: int
    done: int
    stopped: int
    failed: int

    @property
    def left(self) -> int:
        """Those that have not ended."""
        return self.waiting + self.running


def parts_to_plan(
    *, actor: Actor, on: date, kinds: Collection[str], unit_ids: Collection[int] | None = None
) -> list[PartToPlan]:
    """Return the parts of the day with visits, by unit and part, for the units the actor reaches.

    unit_ids: only these units. What a work group shares lies on its team's lists and is counted there.
    """
    units = organisation.within_reach(actor).filter(organisation.in_force(on))
    if unit_ids is not None:
        units = units.filter(pk__in=unit_ids)
    by_id = {unit.pk: unit for unit in units}
    counted: dict[tuple[int, str], int] = {}
    rows = (
        Visit.objects.filter(on=on, shift_kind__in=kinds, unit_id__in=list(by_id))
        .exclude(state=VisitState.CANCELLED)
        .values_list("unit_id", "shift_kind")
        .annotate(count=Count("pk"))
        .order_by("unit_id", "shift_kind")
    )
    for unit_id, shift_kind, count in rows:
        lists_unit = unit_id
        if by_id[unit_id].kind == UnitKind.WORK_GROUP:
            lists_unit = organisation.family_of(unit_id).lists_unit(unit_id, on, shift_kind)
        if lists_unit in by_id:
            key = (lists_unit, shift_kind)
            counted[key] = counted.get(key, 0) + count
    stored = {(lists.unit_id, lists.shift_kind): lists for lists in DayLists.objects.filter(on=on)}
    newest = Proposal.objects.filter(lists__on=on).values("lists_id").annotate(newest=Max("pk")).values("newest")
    made = dict(
        Proposal.objects.filter(
            pk__in=newest, state__in=[ProposalState.ASKED, ProposalState.READY, ProposalState.SETTLED]
        )
        .exclude(job__state__in=[JobState.FAILED, JobState.CANCELLED])
        .values_list("lists_id", "based_on_edition")
    )
    found = []
    for (unit_id, shift_kind), count in counted.items():
        lists = stored.get((unit_id, shift_kind))
        found.append(
            PartToPlan(
                unit_id=unit_id,
                unit_name=by_id[unit_id].name,
                shift_kind=shift_kind,
                visits=count,
                in_use=lists is not None and lists.state != ListState.DRAFT,
                begun=lists is not None and lists.edition > 0,
                has_proposal=lists is not None and made.get(lists.pk) == lists.edition,
            )
        )
    return sorted(found, key=lambda part: (by_id[part.unit_id].path, part.shift_kind))


def how_far(job_ids: Iterable[int]) -> HowFar:
    """Return how many of the jobs wait, run and have ended, in one query."""
    rows = Job.objects.filter(pk__in=list(job_ids)).values_list("state").annotate(count=Count("pk")).order_by("state")
    states = dict(rows)
    return HowFar(
        waiting=states.get(JobState.WAITING, 0),
        running=states.get(JobState.RUNNING, 0),
        done=states.get(JobState.DONE, 0),
        stopped=states.get(JobState.CANCELLED, 0),
        failed=states.get(JobState.FAILED, 0),
    )


def outcome_of(job_ids: Iterable[int]) -> dict[str, int]:
    """Return what ended jobs found, added up: changes proposed, visits planned, and visits nobody could be given."""
    names = ("visits", "changes", "uncovered")
    found = dict.fromkeys(names, 0)
    for outcome in Job.objects.filter(pk__in=list(job_ids), state=JobState.DONE).values_list("outcome", flat=True):
        for name in names:
            found[name] += int(outcome.get(name, 0))
    return found
