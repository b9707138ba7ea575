"""Who holds the team's duties, day by day."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import in_force, within_reach
from tillit.foundation.responsibility.models import Duty, DutyHolding, DutyMember
from tillit.foundation.responsibility.rules.duties import DutyTerms, Held, holder_of
from tillit.foundation.workforce.queries import AtWork, Mark, at_work_between, marks
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import each_day


@dataclass(frozen=True, slots=True)
class DutyToday:
    """One duty on one day."""

    duty_id: int
    kind: str
    name: str
    holder_id: int | None
    must_be_held: bool = field(metadata={"help": "False on weekdays when nobody needs to hold it"})
    why: str = field(metadata={"help": "A code of rules.duties.Why: why this holder, or why nobody"})
    shift_kind: str = "DAY"

    @property
    def is_gap(self) -> bool:
        """True when somebody should hold it and nobody does: red."""
        return self.must_be_held and self.holder_id is None


@dataclass(frozen=True, slots=True)
class DutyDay:
    """A day with the team's duties."""

    on: date
    duties: tuple[DutyToday, ...]

    @property
    def gaps(self) -> int:
        """How many duties nobody holds."""
        return sum(duty.is_gap for duty in self.duties)


@dataclass(frozen=True, slots=True)
class DutyMemberLine:
    """Somebody on a duty's list, in rank order."""

    mark: Mark
    rank: int


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A duty with its terms and its people."""

    duty_id: int
    kind: str
    name: str
    what: str
    shift_kind: str
    weekdays: str
    needs_id: int | None
    needs: str
    needs_name: str
    is_fixed: bool
    members: tuple[DutyMemberLine, ...]


def duties_today(*, unit_id: int, on: date, at_work: Sequence[AtWork] | None = None) -> list[DutyToday]:
    """Return the unit's duties on a day with their holders, allocator first. Eight queries, however many duties.

    at_work: the unit's shifts of that day, all kinds, when the caller has read them already; saves five queries.
    """
    return list(duties_of_week(unit_id=unit_id, first=on, days=1, at_work=at_work)[0].duties)


def duties_of_week(
    *, unit_id: int, first: date, days: int = 7, at_work: Sequence[AtWork] | None = None
) -> list[DutyDay]:
    """Return the unit's duties for `days` days from `first`, in the same eight queries; at_work as above."""
    after = first + timedelta(days=days)
    duties = list(
        Duty.objects.filter(unit_id=unit_id, valid_from__lt=after)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first))
        .select_related("needs")
        .order_by("pk")
    )
    duties.sort(key=lambda duty: (_ORDER.get(duty.kind, len(_ORDER)), duty.pk))
    if not duties:
        return [DutyDay(day, ()) for day in each_day(first, after)]
    members = members_of(duties)
    taken = holdings_between(duties, first=first, after=after)
    present = people_by_shift(
        at_work if at_work is not None else at_work_between(unit_id=unit_id, first=first, after=after)
    )
    return [
        DutyDay(
            day,
            tuple(
                _today(
                    duty,
                    holder_of(
                        terms_of(duty),
                        members[duty.pk],
                        present[day, duty.shift_kind],
                        taken.get((duty.pk, day)),
                        day,
                    ),
                )
                for duty in duties
                if duty.valid_from <= day and (duty.valid_to is None or day < duty.valid_to)
            ),
        )
        for day in each_day(first, after)
    ]


def duties_of_unit(*, unit_id: int, on: date) -> list[DutyShown]:
    """Return the unit's duties in force with their terms and members."""
    duties = list(Duty.objects.filter(in_force(on), unit_id=unit_id).select_related("needs").order_by("pk"))
    duties.sort(key=lambda duty: (_ORDER.get(duty.kind, len(_ORDER)), duty.pk))
    members = members_of(duties)
    known = marks(employee_ids=[one for people in members.values() for one in people], unit_id=unit_id)
    return [
        DutyShown(
            duty_id=duty.pk,
            kind=duty.kind,
            name=duty.name,
            what=duty.what,
            shift_kind=duty.shift_kind,
            weekdays=duty.weekdays,
            needs_id=duty.needs_id,
            needs=duty.needs.code if duty.needs else "",
            needs_name=duty.needs.name if duty.needs else "",
            is_fixed=duty.is_fixed,
            members=tuple(
                DutyMemberLine(known[employee], rank) for rank, employee in enumerate(members[duty.pk], start=1)
            ),
        )
        for duty in duties
    ]


def get_duty(*, actor: Actor, duty_id: int, lock: bool = False) -> Duty:
    """Return a duty of a unit the actor reaches. Raises NotFound.

    lock: hold the duty's row until the transaction ends: two people may press «Ta vakta» at once.
    """
    duties = Duty.objects.filter(unit__in=within_reach(actor)).select_related("unit", "needs")
    if lock:
        duties = duties.select_for_update(of=("self",))
    try:
        return duties.get(pk=duty_id)
    except Duty.DoesNotExist:
        raise NotFound(_("Fant ikke vakta.")) from None


def who_can_hold(duty: Duty, *, on: date) -> dict[int, frozenset[str]]:
    """Return those at work on the duty's kind of shift that day and not away → their competences."""
    found = at_work_between(unit_id=duty.unit_id, first=on, after=on + timedelta(days=1), kind=duty.shift_kind)
    return people_by_shift(found)[on, duty.shift_kind]


def people_by_shift(rows: Sequence[AtWork]) -> Mapping[tuple[date, str], dict[int, frozenset[str]]]:
    """Return (day, kind of shift) → those at work and not away → their competences."""
    found: dict[tuple[date, str], dict[int, frozenset[str]]] = defaultdict(dict)
    for row in rows:
        if not row.is_absent:
            found[row.on, row.shift_kind][row.employee_id] = row.competences
    return found


def terms_of(duty: Duty) -> DutyTerms:
    """Return what decides who holds the duty."""
    return DutyTerms(duty.is_fixed, duty.weekdays, duty.needs.code if duty.needs else "")


def members_of(duties: Sequence[Duty]) -> dict[int, list[int]]:
    """Return duty id → employee ids in rank order, in one query."""
    found: dict[int, list[int]] = {duty.pk: [] for duty in duties}
    rows = DutyMember.objects.filter(duty__in=duties).order_by("rank", "pk")
    for duty_id, employee_id in rows.values_list("duty_id", "employee_id"):
        found[duty_id].append(employee_id)
    return found


def edition_of_duty(duty: Duty, members: Sequence[int]) -> int:
    """Return which edition of a duty's terms and list this is. members: employee ids in rank order."""
    return edition_of(
        duty.name, duty.what, duty.shift_kind, duty.weekdays, duty.needs_id, duty.is_fixed, list(members)
    )  # fmt: skip


def holdings_between(duties: Sequence[Duty], *, first: date, after: date) -> dict[tuple[int, date], int]:
    """Return (duty id, day) → who took it, or was given it, for that day. One query."""
    rows = DutyHolding.objects.filter(duty__in=duties, on__gte=first, on__lt=after).order_by("at", "pk")
    return {(duty_id, on): employee for duty_id, on, employee in rows.values_list("duty_id", "on", "employee_id")}


def _today(duty: Duty, held: Held) -> DutyToday:
    return DutyToday(
        duty_id=duty.pk,
        kind=duty.kind,
        name=duty.name,
        holder_id=held.employee_id,
        must_be_held=held.employee_id is not None or held.is_gap,
        why=held.why.value,
        shift_kind=duty.shift_kind,
    )


_ORDER = {"ALLOCATOR": 0, "MESSAGES": 1, "ACUTE": 2}
