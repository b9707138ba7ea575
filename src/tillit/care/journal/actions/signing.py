"""Sign: the name, role and profession of the author are kept as they were, and the words are locked from then."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from tillit.care.citizens.queries import last_scope_of, scopes_of
from tillit.care.journal.models import Countersign, Entry, EntryKind, EntryPeg, Note
from tillit.care.journal.permissions import COUNTERSIGN, SIGN_OWN
from tillit.care.journal.queries.terms import countersign_for
from tillit.care.journal.queries.waiting import countersignable, get_draft
from tillit.care.journal.rules.pegs import LONGEST_WORDS, Peg
from tillit.care.journal.rules.signing import may_countersign, wants_countersign
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo


def sign(
    *,
    actor: Actor,
    kind: EntryKind,
    row_id: int,
    citizen_id: int,
    scope: Scope,
    happened_at: datetime,
    at: datetime,
    has_words: bool = True,
    corrects: Entry | None = None,
    takes_back: bool = False,
    why: str = "",
    pegs: Sequence[Peg] = (),
) -> Entry:
    """Sign what the actor has just written, in the transaction of the act that wrote it and noted it in the audit.

    The press that sends it is the signature: nobody presses twice. at: when she pressed; happened_at: what it is about.
    The words wait for countersigning when the municipality wants it for her profession. pegs: what in the citizen's
    plan the words hang on. Callers have checked permission.
    """
    profession = profession_of(actor)
    wanted = countersign_for(oslo.day_of(at)) if has_words and not takes_back else ()
    entry = Entry.objects.create(
        kind=kind,
        row_id=row_id,
        citizen_id=citizen_id,
        author_id=actor.employee_id,
        author_name=actor.name,
        author_role=role_in(actor, scope),
        author_profession=profession,
        happened_at=happened_at,
        signed_at=at,
        has_words=has_words,
        corrects=corrects,
        root_id=(corrects.root_id or corrects.pk) if corrects else None,
        takes_back=takes_back,
        why=why,
        wants_countersign=wants_countersign(profession, has_words=has_words, wanted_for=wanted),
    )
    if pegs:
        EntryPeg.objects.bulk_create(
            [EntryPeg(entry=entry, kind=peg.kind, line=peg.line, words=peg.words[:LONGEST_WORDS]) for peg in pegs]
        )
    return entry


def sign_many(
    *, actor: Actor, kind: EntryKind, rows: Sequence[tuple[int, int]], scopes: Mapping[int, Scope], at: datetime
) -> None:
    """Sign many rows that were written in one act: `rows` of (row id, citizen), `scopes` by citizen. Constant queries.

    As `sign`. What is taken in from a file is signed by the one who took it in.
    """
    profession = profession_of(actor)
    wants = wants_countersign(profession, has_words=True, wanted_for=countersign_for(oslo.day_of(at)))
    Entry.objects.bulk_create(
        [
            Entry(
                kind=kind,
                row_id=row_id,
                citizen_id=citizen_id,
                author_id=actor.employee_id,
                author_name=actor.name,
                author_role=role_in(actor, scopes[citizen_id]),
                author_profession=profession,
                happened_at=at,
                signed_at=at,
                wants_countersign=wants,
            )
            for row_id, citizen_id in rows
        ],
        batch_size=500,
    )


def sign_note(*, actor: Actor, note: Note, scope: Scope, at: datetime, corrects: Entry | None = None,
              why: str = "", pegs: Sequence[Peg] = ()) -> Entry:  # fmt: skip
    """Sign a note."""
    return sign(
        actor=actor,
        kind=EntryKind.NOTE,
        row_id=note.pk,
        citizen_id=note.citizen_id,
        scope=scope,
        happened_at=note.happened_at,
        at=at,
        corrects=corrects,
        why=why,
        pegs=pegs,
    )


@transaction.atomic
def sign_everything(*, actor: Actor, draft_ids: Sequence[int], entry_ids: Sequence[int], at: datetime) -> int:
    """Sign one's own drafts, and countersign what others wrote, in one press. Returns how many were signed.

    draft_ids, entry_ids: what stood on the page. What somebody has signed since, or what is not hers to sign, is passed
    over: nobody signs what she has not seen. One audit entry for each.
    """
    signed = 0
    for note_id in dict.fromkeys(draft_ids):
        note = Note.objects.filter(pk=note_id, author_id=actor.employee_id).first()
        if note is None or Entry.objects.filter(kind=EntryKind.NOTE, row_id=note_id).exists():
            continue
        note = get_draft(actor=actor, note_id=note_id, at=at, lock=True)
        scope = last_scope_of(note.citizen_id, on=oslo.day_of(at))
        require(actor, SIGN_OWN, scope)
        entry = sign_note(actor=actor, note=note, scope=scope, at=at)
        audit.record(actor, SIGN_OWN, str(entry), scope, at=at, change={"note": note.pk})
        signed += 1
    return signed + countersign(actor=actor, entry_ids=entry_ids, at=at)


@transaction.atomic
def countersign(*, actor: Actor, entry_ids: Sequence[int], at: datetime) -> int:
    """Put the actor's name beside the authors'. Returns how many; passes over what is not hers or is signed already.

    One audit entry for each.
    """
    if not entry_ids or actor.employee_id is None:
        return 0
    rows = list(countersignable(actor, at=at, among=entry_ids).select_for_update(of=("self",)).order_by("pk"))
    profession = profession_of(actor)
    scopes = scopes_of((row.citizen_id for row in rows), on=oslo.day_of(at))
    signed = 0
    for row in rows:
        scope = scopes[row.citizen_id]
        require(actor, COUNTERSIGN, scope)
        role = role_in(actor, scope)
        if not may_countersign(
            signer_id=actor.employee_id,
            author_id=row.author_id,
            signer_profession=profession,
            is_leader=role == Role.TEAM_LEADER,
        ):
            continue
        Countersign.objects.create(
            entry=row, employee_id=actor.employee_id, name=actor.name, role=role, profession=profession, at=at
        )
        audit.record(actor, COUNTERSIGN, str(row), scope, at=at, change={"kind": row.kind, "row": row.row_id})
        signed += 1
    return signed


def profession_of(actor: Actor) -> str:
    """Return the actor's profession now; empty for the system."""
    if actor.employee_id is None:
        return ""
    return Employee.objects.filter(pk=actor.employee_id).values_list("profession", flat=True).first() or ""


def role_in(actor: Actor, scope: Scope) -> str:
    """Return the role she acts in there: the last of those she holds, as `access.roles` lists them; empty for none."""
    if actor.is_system:
        return ""
    held = {role for path in scope.paths for role in actor.roles_at(path)}
    return max(held, key=list(Role).index).value if held else ""
