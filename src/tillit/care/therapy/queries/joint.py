"""Joint visits: a therapist and the team's helper at one visit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import readable
from tillit.care.therapy.models import CaseState, JointVisit
from tillit.care.therapy.rules.waiting import Candidate, to_join
from tillit.care.visits.models import VisitState
from tillit.care.visits.queries import VisitRow, visits_of_citizen
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.reader import barred_now
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

#: So many days ahead a visit to join is looked for.
AHEAD_DAYS = 21


@dataclass(frozen=True, slots=True)
class JointLine:
    """One joint visit. starts_at: the agreed start, the wish, or the earliest."""

    joint_id: int
    case_id: int
    citizen_id: int
    citizen_name: str
    visit_id: int
    on: date
    starts_at: datetime
    minutes: int
    why: str
    therapist_id: int | None
    therapist_name: str
    profession_name: str
    unit_name: str = field(metadata={"help": "The team whose visit it is"})
    asked_by: str
    is_agreed: bool
    is_off: bool = field(metadata={"help": "The visit is cancelled"})

    @property
    def ends_at(self) -> datetime:
        """When the visit is over, as planned."""
        return self.starts_at + timedelta(minutes=self.minutes)


def get_joint(*, actor: Actor, joint_id: int, at: datetime, lock: bool = False) -> JointVisit:
    """Return a joint visit with somebody the actor reaches, and note the reading. Raises NotFound."""
    rows = JointVisit.objects.filter(case__citizen__in=readable(actor, on=oslo.day_of(at)))
    rows = rows.select_for_update(of=("self",)) if lock else rows
    try:
        row = rows.select_related("case__group__unit", "visit").get(pk=joint_id)
    except JointVisit.DoesNotExist:
        raise NotFound(_("Fant ikke samarbeidsbesøket.")) from None
    reading.note(row.case.citizen_id)
    return row


def joint_of_therapist(employee_id: int, *, first: date) -> list[JointLine]:
    """Return the joint visits somebody goes to, or is asked along to, from a day; notes the reading. Her own."""
    rows = _standing().filter(case__holder_id=employee_id, visit__on__gte=first)
    found = _lines(rows)
    reading.note_all(line.citizen_id for line in found)
    return found


def joint_of_day(*, employee_id: int, on: date, visit_ids: Iterable[int]) -> list[JointLine]:
    """Return the joint visits somebody goes to on a day, and those among her own visits, in order; notes the reading.

    visit_ids: her own visits of the day.
    """
    hers = Q(case__holder_id=employee_id, visit__on=on) | Q(visit_id__in=list(visit_ids))
    found = _lines(_standing().filter(hers, agreed_at__isnull=False))
    reading.note_all(line.citizen_id for line in found)
    return found


def joint_of_visits(visit_ids: Iterable[int]) -> dict[int, JointLine]:
    """Return who comes along to each of some visits, in one query. Callers have checked reach."""
    rows = _standing().filter(visit_id__in=list(visit_ids), agreed_at__isnull=False)
    return {line.visit_id: line for line in _lines(rows)}


def joint_of_case(case_id: int, *, on: date) -> list[JointLine]:
    """Return the joint visits of a case from a day. Callers have come through `get_case`."""
    return _lines(_standing().filter(case_id=case_id, visit__on__gte=on))


def joint_times(employee_ids: Iterable[int], *, first: date, after: date) -> dict[int, list[tuple[datetime, datetime]]]:
    """Return, by therapist, when she is on a joint visit in [first, after): she is on no other then. One query.

    For those who plan: nobody is named.
    """
    rows = _standing().filter(
        case__holder_id__in=list(employee_ids), agreed_at__isnull=False, visit__on__gte=first, visit__on__lt=after,
        visit__state=VisitState.PLANNED,
    )  # fmt: skip
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for who, starts, wished, earliest, minutes in rows.order_by("visit__earliest_at", "pk").values_list(
        "case__holder_id", "visit__starts_at", "visit__wished_at", "visit__earliest_at", "visit__minutes"
    ):
        begins = starts or wished or earliest
        found.setdefault(who, []).append((begins, begins + timedelta(minutes=minutes)))
    return found


def visits_to_join(*, citizen_id: int, therapist_id: int, at: datetime) -> list[VisitRow]:
    """Return the planned visits of the coming weeks that a therapist may join, in order. Callers have checked reach."""
    today = oslo.day_of(at)
    rows = visits_of_citizen(citizen_id, first=today, after=today + timedelta(days=AHEAD_DAYS + 1))
    rows = [row for row in rows if row.state == VisitState.PLANNED and therapist_id not in row.helper_ids]
    taken = set(_standing().filter(visit_id__in=[row.visit_id for row in rows]).values_list("visit_id", flat=True))
    fits = to_join(
        Candidate(row.visit_id, row.on, is_begun=row.sort_at <= at, has_joint=row.visit_id in taken) for row in rows
    )
    return [row for row in rows if row.visit_id in fits]


def _standing() -> QuerySet[JointVisit]:
    return JointVisit.objects.filter(Q(ended_at__isnull=True), case__state=CaseState.TAKEN)


def _lines(rows: QuerySet[JointVisit]) -> list[JointLine]:
    barred = barred_now()
    found = rows.select_related("case__citizen", "case__holder", "case__group", "visit__unit", "asked_by")
    lines = [_line(row) for row in found if row.case.citizen_id not in barred]
    return sorted(lines, key=lambda line: (line.starts_at, line.joint_id))


def _line(row: JointVisit) -> JointLine:
    visit, case = row.visit, row.case
    return JointLine(
        joint_id=row.pk,
        case_id=case.pk,
        citizen_id=case.citizen_id,
        citizen_name=case.citizen.name,
        visit_id=visit.pk,
        on=visit.on,
        starts_at=visit.starts_at or visit.wished_at or visit.earliest_at,
        minutes=visit.minutes,
        why=row.why,
        therapist_id=case.holder_id,
        therapist_name=case.holder.name if case.holder else "",
        profession_name=case.group.get_profession_display(),
        unit_name=visit.unit.name,
        asked_by=row.asked_by.name if row.asked_by else "",
        is_agreed=row.agreed_at is not None,
        is_off=visit.state == VisitState.CANCELLED,
    )
