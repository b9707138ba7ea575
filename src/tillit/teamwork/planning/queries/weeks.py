"""Several days' lists: which parts of days can be planned, who has been where, and the proposal for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from tillit.care.visits.models import VisitHelper, VisitState
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.rules import Family
from tillit.foundation.workforce import queries as workforce
from tillit.teamwork.planning.models import Assignment, ListChange, ListState, Proposal, WeeksProposal
from tillit.teamwork.planning.queries.days import Part, team_days
from tillit.teamwork.planning.queries.proposals import FROM_PROPOSAL, Asked
from tillit.teamwork.planning.rules.weeks import PARTS, WINDOWS, Meeting, PartState, state_of


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of one day in a proposal for several days. uncovered: before, and with the proposal."""

    proposal_id: int
    on: date
    shift_kind: str
    edition: int
    state: PartState
    visits: int
    uncovered_before: int
    uncovered_after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksView(Asked):
    """A proposal for several days. said: what the job says it is doing."""

    weeks_id: int
    unit_id: int
    first: date
    after: date
    parts: tuple[PartLine, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Plannable:
    """Parts of days with visits, whose lists are not in use: those with somebody at work, and those without."""

    parts: tuple[Part, ...]
    unstaffed: tuple[Part, ...]


def plannable(*, unit: Unit, first: date, after: date) -> Plannable:
    """Return what can be planned in [first, after), in order of time.

    Only the unit's own lists, and only parts of the day that are planned ahead. Constant number of queries.
    """
    days = team_days(unit=unit, first=first, after=after)
    found: dict[bool, list[Part]] = {True: [], False: []}
    for (on, kind), (day, head) in days.parts.items():
        if kind in PARTS and not head.in_use and day.calls:
            found[any(worker.visits for worker in day.workers)].append((on, kind))
    return Plannable(*(tuple(sorted(found[staffed], key=in_order)) for staffed in (True, False)))


def is_staffed(*, unit: Unit, first: date, after: date) -> bool:
    """Whether anybody is at work for visits in [first, after)."""
    if first >= after:
        return False
    found = workforce.at_work_between(unit_id=unit.pk, first=first, after=after)
    return any(not each.is_absent and not each.is_office for each in found)


def in_order(part: Part) -> tuple[date, int]:
    """Sort parts of days by time."""
    return part[0], PARTS.index(part[1])


def meetings_between(
    citizen_ids: Iterable[int],
    *,
    first: date,
    after: date,
    besides: Iterable[Part] = (),
    family: Family | None = None,
) -> list[Meeting]:
    """Return who was, or is to be, at these citizens' on the days [first, after), in one query.

    Whichever unit's visits, carried out or on lists that stand. besides: parts of days of this family's own lists that
    are left out, for they are about to be planned; what lies on other units' lists then counts.
    """
    rows = (
        VisitHelper.objects.filter(
            visit__citizen_id__in=list(citizen_ids),
            visit__on__gte=first,
            visit__on__lt=after,
            visit__shift_kind__in=PARTS,
        )
        .exclude(visit__state=VisitState.CANCELLED)
        .values_list("visit__on", "visit__shift_kind", "visit__unit_id", "visit__citizen_id", "employee_id", "visit_id")
    )
    left_out = set(besides)
    found = []
    for on, kind, unit_id, citizen_id, employee_id, visit_id in rows:
        own = family is None or family.lists_unit(unit_id, on, kind) == family.unit_id
        if not (own and (on, kind) in left_out):
            found.append(Meeting(on, citizen_id, employee_id, visit_id))
    return sorted(found, key=lambda each: (each.on, each.citizen_id, each.employee_id, each.visit_id))


def meetings_now(weeks: "WeeksView", citizen_ids: Iterable[int], *, family: Family) -> list[Meeting]:
    """Return who was, or is to be, at these citizens' in the longest window, as lists stand now: drafts as well.

    Two queries beside the family's.
    """
    wanted = list(citizen_ids)
    drafts = (
        Assignment.objects.filter(
            lists__unit_id=weeks.unit_id,
            lists__state=ListState.DRAFT,
            lists__on__gte=weeks.first,
            lists__on__lt=weeks.after,
            lists__shift_kind__in=PARTS,
            visit__citizen_id__in=wanted,
        )
        .exclude(visit__state=VisitState.CANCELLED)
        .values_list("lists__on", "lists__shift_kind", "visit__citizen_id", "employee_id", "visit_id")
    )
    drawn_up = list(drafts)
    stands = meetings_between(
        wanted,
        first=weeks.after - timedelta(days=WINDOWS[-1]),
        after=weeks.after,
        besides={(on, kind) for on, kind, *_rest in drawn_up},
        family=family,
    )
    return [*stands, *(Meeting(on, *rest) for on, _kind, *rest in drawn_up)]


def newest_weeks(unit_id: int) -> WeeksView | None:
    """Return the unit's newest proposal for several days with its parts, in two queries; None when there is none."""
    row = WeeksProposal.objects.filter(unit_id=unit_id).select_related("job").order_by("-pk").first()
    return None if row is None else weeks_view(row)


def weeks_view(row: WeeksProposal) -> WeeksView:
    """Return a stored proposal for several days as pages see it. One query."""
    job = row.job
    return WeeksView(
        weeks_id=row.pk,
        unit_id=row.unit_id,
        first=row.first_on,
        after=row.after_on,
        state=row.state,
        preset=row.preset,
        asked_at=row.asked_at,
        asked_by_id=row.asked_by_id,
        summary=dict(row.summary),
        parts=part_lines(row.pk),
        job_id=row.job_id,
        job_state=job.state if job else "",
        done=job.done if job else 0,
        total=job.total if job else 0,
        said=job.said if job else "",
    )


def part_lines(weeks_id: int) -> tuple[PartLine, ...]:
    """Return each part's proposal, in order of time, and how it stands now. One query."""
    since = ListChange.objects.filter(lists=OuterRef("lists"), edition__gt=OuterRef("based_on_edition"))
    rows = (
        Proposal.objects.filter(weeks_id=weeks_id)
        .select_related("lists")
        .annotate(
            undecided=Count("changes", filter=Q(changes__accepted__isnull=True)),
            accepted=Count("changes", filter=Q(changes__accepted=True)),
            touched=Exists(since.exclude(what=FROM_PROPOSAL)),
        )
        .defer("problem", "result", "uncovered")
    )
    found = [
        PartLine(
            proposal_id=row.pk,
            on=row.lists.on,
            shift_kind=row.lists.shift_kind,
            edition=row.lists.edition,
            state=state_of(
                proposal_state=row.state,
                in_use=row.lists.state != ListState.DRAFT,
                touched_since=row.touched,
                undecided=row.undecided,
                accepted=row.accepted,
            ),
            visits=int(row.summary.get("after", {}).get("visits", 0)),
            uncovered_before=int(row.summary.get("before", {}).get("uncovered", 0)),
            uncovered_after=int(row.summary.get("after", {}).get("uncovered", 0)),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda line: in_order((line.on, line.shift_kind))))
