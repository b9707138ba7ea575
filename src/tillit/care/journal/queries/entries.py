"""A citizen's journal: entries with author, role and time; what corrects what; what was removed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import last_scope_of, readable
from tillit.care.journal.models import Entry, EntryKind, EntryPeg, Note, Request
from tillit.care.journal.permissions import READ_JOURNAL
from tillit.care.journal.rules.pegs import Peg, PegKind
from tillit.care.journal.rules.standing import Written, standing
from tillit.care.journal.sources import Content, keeper_of
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, holds_anywhere
from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.workforce.models import Profession
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

_EMPTY = Content(title="", text="")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about an entry, and the answer."""

    request_id: int
    kind: str
    kind_name: str
    state: str
    from_citizen: bool
    words: str
    reason: str
    by_name: str
    asked_at: datetime
    decided_by_name: str
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One signed entry. as_what: profession and role at that time. stands: False: corrected or taken back since."""

    entry_id: int
    kind: str
    row_id: int
    citizen_id: int
    content: Content
    author_id: int | None
    author_name: str
    as_what: str
    happened_at: datetime
    signed_at: datetime
    has_words: bool
    corrects_id: int | None
    root_id: int | None
    takes_back: bool
    why: str
    stands: bool
    waits: bool
    countersigned: str
    countersigned_at: datetime | None
    removed_at: datetime | None
    removed_by: str
    removed_ground: str
    placed_at: datetime | None
    asked: tuple[Asked, ...] = ()
    pegs: tuple[Peg, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Whose words a row holds: the entry, and «Kari Nilsen, helsefagarbeider»."""

    entry_id: int
    who: str


@dataclass(frozen=True, slots=True)
class Page:
    """So many threads of a journal, newest first; each thread newest first. older_than: where the next page begins."""

    threads: tuple[tuple[EntryLine, ...], ...]
    older_than: int | None


def reads_journal(actor: Actor, scope: Scope) -> bool:
    """Whether she reads the journal of one she reaches: by a role where she is followed, or a door of her own.

    A leader of the district reaches the citizens, and reads no journals.
    """
    return holds(actor, READ_JOURNAL, scope) or (
        scope.citizen_id is not None
        and actor.opening_to(scope.citizen_id) is not None
        and holds_anywhere(actor, READ_JOURNAL)
    )


def get_entry(*, actor: Actor, entry_id: int, at: datetime, lock: bool = False) -> Entry:
    """Return the entry if the actor reaches its citizen at `at`, and note the reading. Raises NotFound otherwise."""
    rows = Entry.objects.filter(citizen__in=readable(actor, on=oslo.day_of(at))).select_related("citizen")
    if lock:
        rows = rows.select_for_update(of=("self",))
    try:
        found = rows.get(pk=entry_id)
    except Entry.DoesNotExist:
        raise NotFound(_("Fant ikke innføringen i journalen.")) from None
    if not reads_journal(actor, last_scope_of(found.citizen_id, on=oslo.day_of(at))):
        raise NotFound(_("Fant ikke innføringen i journalen."))
    reading.note(found.citizen_id)
    return found


def journal_of(
    citizen_id: int, *, before: int | None = None, most: int = 30, everything: bool = False, peg: Peg | None = None
) -> Page:
    """Return a citizen's journal, newest first, in a number of queries that does not grow with it.

    before: an entry's id: only threads that begin before it. everything: also visits that went as planned and of
    which no more was said. peg: only what hangs on that. Callers have checked reach; the reading is noted here.
    """
    reading.note(citizen_id)
    heads = Entry.objects.filter(citizen_id=citizen_id, root__isnull=True)
    if peg is not None:
        pegged = Entry.objects.filter(citizen_id=citizen_id, pegs__kind=peg.kind, pegs__line=peg.line)
        heads = heads.filter(Q(pk__in=pegged.values("pk")) | Q(pk__in=pegged.values("root_id")))
    if not everything:
        said = Entry.objects.filter(citizen_id=citizen_id, has_words=True)
        heads = heads.filter(Q(has_words=True) | Q(pk__in=said.filter(root__isnull=False).values("root_id")))
    if before is not None:
        heads = heads.filter(pk__lt=before)
    roots = list(heads.order_by("-pk").values_list("pk", flat=True)[: most + 1])
    older = roots[most - 1] if len(roots) > most else None
    roots = roots[:most]
    lines = _threads(citizen_id, roots)
    found = sorted(
        (tuple(sorted(lines[root], key=_newest, reverse=True)) for root in roots if root in lines),
        key=lambda thread: (thread[-1].happened_at, thread[-1].entry_id),
        reverse=True,
    )
    return Page(threads=tuple(found), older_than=older)


def notes_since(citizen_id: int, *, since: datetime) -> list[EntryLine]:
    """Return a citizen's own notes that stand and are of a time since a moment, oldest first.

    Those that correct something else are read where that is. Callers have checked reach; the reading is noted here.
    """
    reading.note(citizen_id)
    return notes_of_many((citizen_id,), since=since)


def notes_of_many(citizen_ids: Iterable[int], *, since: datetime) -> list[EntryLine]:
    """Return the same of several citizens, in as many queries. The reading of those who have any is noted here."""
    first = Entry.objects.filter(
        citizen_id__in=list(citizen_ids), kind=EntryKind.NOTE, root__isnull=True, happened_at__gte=since
    )
    rows = Entry.objects.filter(Q(pk__in=first.values("pk")) | Q(root__in=first.values("pk")))
    found = [line for line in lines_of(rows) if line.stands]
    reading.note_all(line.citizen_id for line in found)
    return found


def notes_before(
    citizen_id: int, *, before: datetime, most: int
) -> tuple[list[tuple[datetime, EntryLine]], datetime | None]:
    """Return a citizen's own notes of a time before a moment: of what time each is, and as it stands now.

    The newest first, at most so many; and the moment they were read to, None when there are no older ones. What was
    corrected keeps the place of what it corrects; what was taken back or removed is left out.
    Callers have checked reach; the reading is noted here.
    """
    reading.note(citizen_id)
    first = Entry.objects.filter(
        citizen_id=citizen_id, kind=EntryKind.NOTE, root__isnull=True, happened_at__lt=before
    ).order_by("-happened_at", "-pk")
    times = dict(first.values_list("pk", "happened_at")[:most])
    rows = Entry.objects.filter(Q(pk__in=list(times)) | Q(root_id__in=list(times)))
    standing = {line.root_id or line.entry_id: line for line in lines_of(rows) if line.stands}
    found = [(at, standing[root]) for root, at in times.items() if root in standing]
    return found, min(times.values()) if len(times) == most else None


def thread_rows(entry: Entry) -> list[EntryLine]:
    """Return the thread an entry stands in, newest first. Callers have checked reach."""
    first = entry.root_id or entry.pk
    rows = Entry.objects.filter(Q(pk=first) | Q(root_id=first))
    return sorted(lines_of(rows), key=_newest, reverse=True)


def entry_of(kind: str, row_id: int) -> Entry | None:
    """Return the entry of a row; None for one that nobody has signed. Callers have checked reach."""
    return Entry.objects.filter(kind=kind, row_id=row_id).first()


def signed_by(kind: str, row_ids: Iterable[int]) -> dict[int, SignedBy]:
    """Return who signed each row of a kind, in one query; rows nobody has signed are left out.

    Callers have checked reach.
    """
    rows = Entry.objects.filter(kind=kind, row_id__in=list(row_ids)).values_list(
        "row_id", "pk", "author_name", "author_profession", "author_role"
    )
    return {
        row_id: SignedBy(pk, ", ".join(part for part in (name, as_what(profession, role)) if part))
        for row_id, pk, name, profession, role in rows
    }


def corrected_words(kind: str) -> Subquery:
    """Return, for a row of a kind named by OuterRef("pk"), the words that correct it; null when none do.

    For kinds that are corrected by a note. Removed corrections are empty and do not count.
    """
    of = Entry.objects.filter(kind=EntryKind.NOTE, root__kind=kind, root__row_id=OuterRef(OuterRef("pk"))).values(
        "row_id"
    )
    return Subquery(Note.objects.filter(pk__in=of).exclude(text="").order_by("-pk").values("text")[:1])


def _newest(line: EntryLine) -> tuple[datetime, int]:
    return line.signed_at, line.entry_id


def _threads(citizen_id: int, roots: list[int]) -> dict[int, list[EntryLine]]:
    """The threads that begin with the roots."""
    threads: dict[int, list[EntryLine]] = defaultdict(list)
    rows = Entry.objects.filter(Q(pk__in=roots) | Q(root_id__in=roots), citizen_id=citizen_id)
    for line in lines_of(rows):
        threads[line.root_id or line.entry_id].append(line)
    return threads


def pegs_by_entry(entry_ids: Iterable[int]) -> dict[int, tuple[Peg, ...]]:
    """Return what entries hang on, in one query; those that hang on nothing are left out. Callers checked reach."""
    found: dict[int, list[Peg]] = defaultdict(list)
    rows = EntryPeg.objects.filter(entry_id__in=list(entry_ids)).order_by("kind", "pk")
    for entry_id, kind, line, words in rows.values_list("entry_id", "kind", "line", "words"):
        found[entry_id].append(Peg(PegKind(kind), line, words))
    return {entry_id: tuple(pegs) for entry_id, pegs in found.items()}


def lines_of(entries: QuerySet[Entry]) -> list[EntryLine]:
    """Return entries with their words, oldest first, in a constant number of queries. Callers have checked reach."""
    rows = list(entries.select_related("countersign", "removal").order_by("pk"))
    stand = standing(Written(row.pk, row.corrects_id, row.takes_back) for row in rows)
    contents: dict[tuple[str, int], Content] = {}
    for kind in sorted({row.kind for row in rows}):
        ids = [row.row_id for row in rows if row.kind == kind]
        contents |= {(kind, row_id): one for row_id, one in keeper_of(kind).contents(ids).items()}
    notes = [row.row_id for row in rows if row.kind == EntryKind.NOTE]
    placed = dict(Note.objects.filter(pk__in=notes, placed_at__isnull=False).values_list("pk", "placed_at"))
    asked: dict[int, list[Asked]] = defaultdict(list)
    for one in Request.objects.filter(entry__in=[row.pk for row in rows]).order_by("pk"):
        asked[one.entry_id].append(_asked(one))
    pegs = pegs_by_entry(row.pk for row in rows)
    return [
        _line(row, contents.get((row.kind, row.row_id), _EMPTY), row.pk in stand, placed, asked, pegs) for row in rows
    ]


def _line(
    row: Entry,
    content: Content,
    stands: bool,
    placed: dict[int, datetime | None],
    asked: dict[int, list[Asked]],
    pegs: dict[int, tuple[Peg, ...]],
) -> EntryLine:
    beside: Any = getattr(row, "countersign", None)
    removal: Any = getattr(row, "removal", None)
    return EntryLine(
        entry_id=row.pk,
        kind=row.kind,
        row_id=row.row_id,
        citizen_id=row.citizen_id,
        content=_EMPTY if removal else content,
        author_id=row.author_id,
        author_name=row.author_name,
        as_what=as_what(row.author_profession, row.author_role),
        happened_at=row.happened_at,
        signed_at=row.signed_at,
        has_words=row.has_words,
        corrects_id=row.corrects_id,
        root_id=row.root_id,
        takes_back=row.takes_back,
        why=row.why,
        stands=stands and removal is None,
        waits=row.wants_countersign and beside is None and removal is None,
        countersigned=", ".join(part for part in (beside.name, as_what(beside.profession, beside.role)) if part)
        if beside
        else "",
        countersigned_at=beside.at if beside else None,
        removed_at=removal.at if removal else None,
        removed_by=", ".join(part for part in (removal.by_name, role_name(removal.by_role).lower()) if part)
        if removal
        else "",
        removed_ground=removal.ground if removal else "",
        placed_at=placed.get(row.row_id) if row.kind == EntryKind.NOTE else None,
        asked=tuple(asked[row.pk]),
        pegs=() if removal else pegs.get(row.pk, ()),
    )


def _asked(row: Request) -> Asked:
    return Asked(
        request_id=row.pk,
        kind=row.kind,
        kind_name=str(Request.Kind(row.kind).label),
        state=row.state,
        from_citizen=row.from_citizen,
        words=row.words,
        reason=row.reason,
        by_name=row.asked_by_name,
        asked_at=row.asked_at,
        decided_by_name=row.decided_by_name,
        decided_at=row.decided_at,
    )


def as_what(profession: str, role: str) -> str:
    """Return what somebody was: «sykepleier», «sykepleier og teamleder»; empty when it is not known."""
    words = [str(Profession(profession).label).lower()] if profession in Profession.values else []
    if role in (Role.TEAM_LEADER, Role.DISTRICT_LEADER) or not words:
        words.append(role_name(role).lower())
    return _(" og ").join(dict.fromkeys(word for word in words if word))


def role_name(role: str) -> str:
    """Return a role in plain words; empty for none."""
    return str(ROLE_NAMES[Role(role)]) if role else ""
