"""What was written about a citizen before, when the help ended, and two registrations side by side."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tillit.care.citizens.models import (
    Citizen,
    CorrectedField,
    Correction,
    CorrectionReason,
    EndKind,
    EndOfHelp,
    Following,
    Home,
    Identifier,
    Merge,
)
from tillit.care.citizens.queries.known_again import facts_of
from tillit.care.citizens.queries.reach import readable
from tillit.care.citizens.rules import Facts
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.national_id import IdKind


@dataclass(frozen=True, slots=True)
class FactsNow:
    """What stands about who a citizen is."""

    facts: Facts
    number_kind: str = field(metadata={"help": "An IdKind; UNKNOWN without a number"})
    number: str
    edition: int


@dataclass(frozen=True, slots=True)
class OldFact:
    """What a fact was before it was corrected."""

    which: str  # a CorrectedField
    field_name: str
    was: str = field(metadata={"help": "As it is kept (rules.as_text); for NUMBER the number itself"})
    reason_name: str
    corrected_by_name: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class EndLine:
    """All help to a citizen has ended, or will."""

    end_id: int
    kind: str  # an EndKind
    ends_on: date
    ended_by_name: str
    ended_at: datetime

    @property
    def is_death(self) -> bool:
        """Whether she died."""
        return self.kind == EndKind.DEATH


@dataclass(frozen=True, slots=True)
class Side:
    """One of two registrations that may be the same person."""

    citizen_id: int
    name: str
    born_on: date | None
    died_on: date | None
    address: str
    number_kind: str
    number: str
    unit_names: tuple[str, ...]
    network: int
    edition: int


def facts_now(citizen_id: int) -> FactsNow:
    """Return what stands about who she is, in two queries. Callers have come through `get_citizen`."""
    row = Citizen.objects.get(pk=citizen_id)
    number = _numbers((citizen_id,)).get(citizen_id)
    return FactsNow(
        facts=facts_of(row),
        number_kind=number.kind if number else IdKind.UNKNOWN.value,
        number=number.value if number else "",
        edition=row.edition,
    )


def old_facts(citizen_id: int) -> list[OldFact]:
    """Return what was corrected, newest first, in one query; also in a registration that was merged into this one.

    Callers have come through `get_citizen`.
    """
    rows = (
        Correction.objects.filter(Q(citizen_id=citizen_id) | Q(citizen__merged_into_id=citizen_id))
        .select_related("identifier", "corrected_by")
        .order_by("-corrected_at", "-pk")
    )
    return [
        OldFact(
            which=row.field,
            field_name=str(CorrectedField(row.field).label),
            was=row.identifier.value if row.identifier else row.was,
            reason_name=str(CorrectionReason(row.reason).label),
            corrected_by_name=row.corrected_by.name if row.corrected_by else "",
            corrected_at=row.corrected_at,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class MergedLine:
    """A registration that turned out to be this citizen."""

    citizen_id: int
    merge: Merge | None = field(metadata={"help": "None: from before it was kept what a merge moved"})
    name: str
    number: str
    merged_by_name: str
    merged_at: datetime


def merged_from(citizen_id: int) -> list[MergedLine]:
    """Return the registrations that were merged into this one, newest first, in three queries. Reach is checked."""
    rows = list(
        Citizen.objects.filter(merged_into_id=citizen_id).select_related("merged_by").order_by("-merged_at", "-pk")
    )
    numbers = dict(
        Identifier.objects.filter(citizen_id__in=[row.pk for row in rows])
        .exclude(value="")
        .order_by("citizen_id", "valid_from", "pk")
        .values_list("citizen_id", "value")
    )
    kept = {
        merge.wrong_id: merge
        for merge in Merge.objects.filter(right_id=citizen_id, undone_at__isnull=True).defer("moved", "outcome")
    }
    return [
        MergedLine(
            citizen_id=row.pk,
            merge=kept.get(row.pk),
            name=row.name,
            number=numbers.get(row.pk, ""),
            merged_by_name=row.merged_by.name if row.merged_by else "",
            merged_at=row.merged_at,
        )
        for row in rows
        if row.merged_at is not None
    ]


def undone_merge(*, actor: Actor, wrong_id: int, right_id: int, at: datetime) -> Merge | None:
    """Return the newest merge of two that was undone, if the actor reads both, and note the reading; else None."""
    merge = (
        Merge.objects.filter(wrong_id=wrong_id, right_id=right_id, undone_at__isnull=False)
        .select_related("wrong", "right", "undone_by")
        .order_by("-pk")
        .first()
    )
    both = (wrong_id, right_id)
    if merge is None or readable(actor, on=oslo.day_of(at)).filter(pk__in=both).count() < len(both):
        return None
    reading.note_all(both)
    return merge


def undone_merges_into(citizen_id: int) -> list[Merge]:
    """Return the merges into this one that were undone, newest first, in one query. Callers have checked reach.

    The other one is somebody else: her name is not for everybody who may read this one.
    """
    rows = Merge.objects.filter(right_id=citizen_id, undone_at__isnull=False).select_related("undone_by")
    return list(rows.defer("moved").order_by("-undone_at", "-pk"))


def end_in_force(citizen_id: int) -> EndLine | None:
    """Return when all help ended, or will end, a death first; None while it goes on.

    Callers have come through `get_citizen`.
    """
    row = (
        EndOfHelp.objects.filter(citizen_id=citizen_id, taken_back_at__isnull=True)
        .select_related("ended_by")
        .order_by("kind")
        .first()
    )
    if row is None:
        return None
    return EndLine(
        end_id=row.pk,
        kind=row.kind,
        ends_on=row.ends_on,
        ended_by_name=row.ended_by.name if row.ended_by else "",
        ended_at=row.ended_at,
    )


def ends_of_help(citizen_ids: Iterable[int]) -> dict[int, date]:
    """Return the first day without help of those whose help has ended, or will, in one query. Callers checked reach."""
    rows = EndOfHelp.objects.filter(citizen_id__in=list(citizen_ids), taken_back_at__isnull=True)
    return dict(rows.order_by("-ends_on").values_list("citizen_id", "ends_on"))  # the first of two counts


def ended_by(day: date, *, kind: EndKind | None = None) -> list[int]:
    """Return the citizens whose help has ended by a day, for one reason or any. For nightly work, without reach."""
    rows = EndOfHelp.objects.filter(ends_on__lte=day, taken_back_at__isnull=True)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return list(rows.order_by("citizen_id").values_list("citizen_id", flat=True).distinct())


def with_number(*, actor: Actor, number: str, at: datetime) -> int | None:
    """Return the citizen whom a number identifies now, if the actor may read her. The number is never logged."""
    value = "".join(number.split())
    if not value:
        return None
    found = readable(actor, on=oslo.day_of(at)).filter(identifiers__value=value, identifiers__valid_to__isnull=True)
    return found.values_list("pk", flat=True).first()


def sides(citizen_ids: Iterable[int]) -> dict[int, Side]:
    """Return registrations to lay side by side, in five queries. Callers have come through `get_citizen` for each.

    A hidden address is not shown here to anybody: two persons are told apart by other things.
    """
    wanted = list(citizen_ids)
    homes = {
        row.citizen_id: f"{row.street}, {row.postal_code} {row.place}"
        for row in Home.objects.filter(citizen_id__in=wanted, valid_to__isnull=True)
    }
    numbers = _numbers(wanted)
    units: dict[int, list[str]] = {one: [] for one in wanted}
    for citizen_id, name in (
        Following.objects.filter(citizen_id__in=wanted, valid_to__isnull=True)
        .order_by("citizen_id", "part", "pk")
        .values_list("citizen_id", "unit__name")
    ):
        units[citizen_id].append(name)
    people = Citizen.objects.filter(pk__in=wanted).annotate(
        people=Count("network", filter=Q(network__valid_to__isnull=True))
    )
    found = {}
    for row in people:
        number = numbers.get(row.pk)
        found[row.pk] = Side(
            citizen_id=row.pk,
            name=row.name,
            born_on=row.born_on,
            died_on=row.died_on,
            address=_("Adressen er skjult") if row.is_secret_address else homes.get(row.pk, ""),
            number_kind=number.kind if number else IdKind.UNKNOWN.value,
            number=number.value if number else "",
            unit_names=tuple(units[row.pk]),
            network=row.people,
            edition=row.edition,
        )
    return found


def _numbers(citizen_ids: Iterable[int]) -> dict[int, Identifier]:
    rows = Identifier.objects.filter(citizen_id__in=list(citizen_ids), valid_to__isnull=True).exclude(value="")
    return {row.citizen_id: row for row in rows.order_by("citizen_id", "valid_from", "pk")}
