"""Notices, with whose each is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Following
from tillit.care.citizens.queries import last_scope_of, readable
from tillit.care.journal.models import EntryKind
from tillit.care.journal.queries import corrected_words
from tillit.care.notices.models import Notice
from tillit.care.notices.permissions import READ_NOTICES
from tillit.care.notices.rules.whose import Whose, whose
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.reader import barred_now
from tillit.foundation.organisation.queries import in_force, within_reach
from tillit.foundation.responsibility.queries import duties_today
from tillit.foundation.workforce.models import Absence
from tillit.foundation.workforce.queries import AtWork, marks
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice. whose: who is to answer it now."""

    notice_id: int
    unit_id: int
    unit_name: str
    citizen_id: int | None
    citizen_name: str
    text: str
    owner_id: int | None
    owner_name: str
    duty_id: int | None
    duty_name: str
    holder_name: str = field(metadata={"help": "Who is to answer now: her who has it, or who has the duty today"})
    whose: Whose
    written_by_id: int | None
    written_by_name: str
    written_at: datetime
    due_at: datetime
    answer: str
    answered_by_name: str
    answered_at: datetime | None

    def is_late(self, at: datetime) -> bool:
        """Whether nobody has answered in time."""
        return self.answered_at is None and self.due_at <= at


def get_notice(*, actor: Actor, notice_id: int, at: datetime, lock: bool = False) -> Notice:
    """Return a notice of a unit where she reads them, or about a citizen she reaches. Raises NotFound otherwise."""
    on = oslo.day_of(at)
    hers = within_reach(actor, READ_NOTICES)
    reached = Q(unit__in=hers, citizen__isnull=True) | Q(citizen__in=readable(actor, on=on))
    between = Q(unit__in=hers) & ~Q(citizen_id__in=barred_now()) & ~_has_left(on)
    rows = Notice.objects.filter(reached | between).select_related("unit", "citizen", "duty", "owner", "written_by",
                                                                   "answered_by")  # fmt: skip
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        found = rows.get(pk=notice_id)
    except Notice.DoesNotExist:
        raise NotFound(_("Fant ikke beskjeden.")) from None
    if found.citizen_id is not None:
        reading.note(found.citizen_id)
    return found


def scope_of_notice(notice: Notice, *, on: date) -> Scope:
    """Return whom an act with the notice concerns: its unit, and the units of the citizen it is about."""
    paths = [notice.unit.path]
    if notice.citizen_id is not None:
        paths += last_scope_of(notice.citizen_id, on=on).paths
    return Scope(tuple(dict.fromkeys(paths)), notice.citizen_id)


def open_notices(
    *, unit_ids: Iterable[int], at: datetime, at_work: Mapping[int, list[AtWork]] | None = None
) -> list[NoticeLine]:
    """Return what is not answered in the units, soonest due first, in a number of queries that does not grow with it.

    Those about a citizen the reader is barred from, or whom the unit has ceased to follow, are left out. Callers have
    checked the units; the reading of those named is noted here.
    """
    ids = tuple(unit_ids)
    rows = Notice.objects.filter(~_has_left(oslo.day_of(at)), unit_id__in=ids, answered_at__isnull=True)
    return _lines(_seen(rows).order_by("due_at", "pk"), at=at, at_work=at_work)


def answered_since(*, unit_id: int, since: datetime, at: datetime) -> list[NoticeLine]:
    """Return what was answered in a unit since a moment, newest first. As `open_notices`."""
    rows = Notice.objects.filter(~_has_left(oslo.day_of(at)), unit_id=unit_id, answered_at__gte=since)
    return _lines(_seen(rows).order_by("-answered_at", "-pk"), at=at)


def one_line(notice: Notice, *, at: datetime) -> NoticeLine:
    """Return one notice the caller has come to by `get_notice`."""
    return _lines(_seen(Notice.objects.filter(pk=notice.pk)), at=at)[0]


def count_open(*, unit_id: int, employee_id: int | None, on: date) -> int:
    """Return how many wait for her or for nobody in particular in the unit. For the menu: one query."""
    rows = _waiting(unit_id, on=on)
    return rows.filter(Q(owner_id=employee_id) | Q(owner__isnull=True)).count()


@dataclass(frozen=True, slots=True)
class WaitingNotices:
    """How many wait in a unit, how many of them nobody has and no duty either, and by when the first is due."""

    count: int
    unowned: int
    due_at: datetime | None


def waiting_in(unit_id: int, *, on: date) -> WaitingNotices:
    """Return what waits for an answer in a unit, in one query. A number, not whose or what."""
    found = _waiting(unit_id, on=on).aggregate(
        count=Count("pk"), unowned=Count("pk", filter=Q(owner__isnull=True, duty__isnull=True)), due_at=Min("due_at")
    )
    return WaitingNotices(found["count"], found["unowned"], found["due_at"])


def _waiting(unit_id: int, *, on: date) -> QuerySet[Notice]:
    """Return what waits for an answer in a unit, without those the reader is to see nothing of."""
    rows = Notice.objects.filter(~_has_left(on), unit_id=unit_id, answered_at__isnull=True)
    return rows.exclude(citizen_id__in=barred_now())


def _has_left(on: date) -> Q:
    """Whether the notice is about somebody its unit has followed, and follows no more. One it never followed stays."""
    hers = Following.objects.filter(unit=OuterRef("unit"), citizen=OuterRef("citizen"))
    return Q(Exists(hers)) & ~Q(Exists(hers.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))))


def _seen(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    return (
        rows.exclude(citizen_id__in=barred_now())
        .select_related("unit", "citizen", "duty", "owner", "written_by", "answered_by")
        .annotate(text_now=corrected_words(EntryKind.NOTICE), answer_now=corrected_words(EntryKind.REPLY))
    )


def _lines(
    rows: QuerySet[Notice], *, at: datetime, at_work: Mapping[int, list[AtWork]] | None = None
) -> list[NoticeLine]:
    found = list(rows)
    on = oslo.day_of(at)
    units = sorted({row.duty.unit_id for row in found if row.duty is not None and row.answered_at is None})
    holders: dict[int, int | None] = {}
    for unit_id in units:
        today = duties_today(unit_id=unit_id, on=on, at_work=(at_work or {}).get(unit_id))
        holders |= {duty.duty_id: duty.holder_id for duty in today}
    people = {row.owner_id for row in found} | set(holders.values())
    away = set(
        Absence.objects.filter(in_force(on), employee_id__in=[one for one in people if one is not None]).values_list(
            "employee_id", flat=True
        )
    )
    names = _names(holders.values())
    reading.note_all(row.citizen_id for row in found if row.citizen_id is not None)
    return [_line(row, holders, names, away) for row in found]


def _names(employee_ids: Iterable[int | None]) -> dict[int, str]:
    wanted = {one for one in employee_ids if one is not None}
    return {pk: mark.name for pk, mark in marks(employee_ids=wanted).items()} if wanted else {}


def _line(row: Notice, holders: Mapping[int, int | None], names: Mapping[int, str], away: set[int]) -> NoticeLine:
    found = whose(
        owner_id=row.owner_id,
        has_duty=row.duty_id is not None,
        duty_holder_id=holders.get(row.duty_id or 0),
        away=away,
    )
    owner = row.owner.name if row.owner else ""
    return NoticeLine(
        notice_id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        citizen_id=row.citizen_id,
        citizen_name=row.citizen.name if row.citizen else "",
        text=getattr(row, "text_now", None) or row.text,
        owner_id=row.owner_id,
        owner_name=owner,
        duty_id=row.duty_id,
        duty_name=row.duty.name if row.duty else "",
        holder_name=owner if found.employee_id == row.owner_id and owner else names.get(found.employee_id or 0, ""),
        whose=found,
        written_by_id=row.written_by_id,
        written_by_name=row.written_by.name if row.written_by else row.written_name,
        written_at=row.written_at,
        due_at=row.due_at,
        answer=getattr(row, "answer_now", None) or row.answer,
        answered_by_name=row.answered_by.name if row.answered_by else "",
        answered_at=row.answered_at,
    )
