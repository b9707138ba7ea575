"""Ask that something is corrected or removed, and decide: the one way out of a journal (hpl §§ 42–44)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import get_citizen, last_scope_of
from tillit.care.journal.actions.correcting import add_correction
from tillit.care.journal.actions.signing import role_in
from tillit.care.journal.models import Entry, EntryKind, EntryPeg, Note, Removal, Request
from tillit.care.journal.permissions import ASK_CHANGE, DECIDE_CHANGE
from tillit.care.journal.queries.entries import EntryLine, get_entry, thread_rows
from tillit.care.journal.queries.requests import get_request
from tillit.care.journal.rules.requests import Condition, RequestKind, may_decide, missing
from tillit.care.journal.sources import keeper_of
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.keeping.retention import is_held
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotAllowed

_MOST_STEPS = 10
"""How many mergers after each other the right person is followed through."""


class AlreadyAsked(ActionRefused):
    """The same is asked for already, or it is gone."""


class AlreadyAnswered(ActionRefused):
    """Somebody has decided."""


class ReasonMissing(ActionRefused):
    """A no, and a demand, must say why."""


class HeldNow(ActionRefused):
    """Nothing about the citizen may be deleted for now."""


class NotYours(NotAllowed):
    """One never decides what one wrote or asked for oneself."""


@transaction.atomic
def ask_change(
    *,
    actor: Actor,
    entry_id: int,
    kind: RequestKind,
    words: str,
    at: datetime,
    from_citizen: bool = False,
    right_citizen_id: int | None = None,
) -> Request:
    """Ask that an entry is corrected, deleted, or taken out of the wrong person's journal. Nothing changes yet.

    right_citizen_id: in whose journal it belongs, within the actor's reach; only for WRONG_PERSON, and not needed.
    Raises NotFound, NotAllowed, AlreadyAsked, ReasonMissing.
    """
    entry = get_entry(actor=actor, entry_id=entry_id, at=at, lock=True)
    scope = last_scope_of(entry.citizen_id, on=oslo.day_of(at))
    require(actor, ASK_CHANGE, scope)
    if Removal.objects.filter(entry=entry).exists():
        raise AlreadyAsked(_("Innføringen er fjernet allerede."))
    if Request.objects.filter(entry=entry, state=Request.State.OPEN).exists():
        raise AlreadyAsked(_("Noen har bedt om dette allerede. Det venter på svar."))
    if not words.strip() and kind is not RequestKind.WRONG_PERSON:
        raise ReasonMissing(_("Skriv hva brukeren ber om, gjerne med egne ord."))
    right = None
    if kind is RequestKind.WRONG_PERSON and right_citizen_id is not None:
        right = get_citizen(actor=actor, citizen_id=right_citizen_id, at=at)
        if right.pk == entry.citizen_id:
            raise ReasonMissing(_("Velg en annen enn den det ble skrevet på."))
    asked = Request.objects.create(
        entry=entry,
        kind=kind,
        from_citizen=from_citizen,
        words=words.strip(),
        right_citizen=right,
        asked_by_id=actor.employee_id,
        asked_by_name=actor.name,
        asked_at=at,
    )
    change = {"entry": entry.pk, "kind": kind.value, "from_citizen": from_citizen}
    audit.record(actor, ASK_CHANGE, str(asked), scope, at=at, change=change)
    return asked


@transaction.atomic
def withdraw_request(*, actor: Actor, request_id: int, at: datetime) -> Request:
    """Take a request back, when it was a mistake or the citizen no longer asks. Raises NotFound, AlreadyAnswered."""
    asked = get_request(actor=actor, request_id=request_id, at=at, lock=True)
    scope = last_scope_of(asked.entry.citizen_id, on=oslo.day_of(at))
    require(actor, ASK_CHANGE, scope)
    _refuse_answered(asked)
    asked.state = Request.State.WITHDRAWN
    asked.save(update_fields=["state"])
    audit.record(actor, ASK_CHANGE, str(asked), scope, at=at, change={"withdrawn": True})
    return asked


@transaction.atomic
def decide_request(
    *,
    actor: Actor,
    request_id: int,
    agree: bool,
    reason: str,
    conditions: Sequence[str] = (),
    text: str = "",
    at: datetime,
) -> Request:
    """Decide. A yes removes the entry in every version, or adds the correction in `text`; a no says why.

    conditions: what she has found to be met; all must be for a yes. Removed words are gone from the wrong journal and
    stand in the right one, signed by the one who wrote them; a trace without content stays.
    Raises NotFound, NotAllowed, NotYours, AlreadyAnswered, ReasonMissing, HeldNow.
    """
    asked = get_request(actor=actor, request_id=request_id, at=at, lock=True)
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=asked.entry_id)
    scope = last_scope_of(entry.citizen_id, on=oslo.day_of(at))
    require(actor, DECIDE_CHANGE, scope)
    thread = thread_rows(entry)
    if not may_decide(
        decider_id=actor.employee_id,
        author_ids=[line.author_id for line in thread if line.stands or line.entry_id == entry.pk],
        asked_by_id=asked.asked_by_id,
    ):
        raise NotYours(_("Du kan ikke avgjøre noe du har skrevet eller bedt om selv. Spør lederen over deg."))
    _refuse_answered(asked)
    kind = RequestKind(asked.kind)
    if agree and missing(kind, conditions):
        raise ReasonMissing(_("Alt må være oppfylt for at du kan si ja. Er det ikke det, avslår du."))
    if not agree and not reason.strip():
        raise ReasonMissing(_("Skriv hvorfor. Brukeren kan klage, og trenger begrunnelsen."))
    asked.state = Request.State.AGREED if agree else Request.State.REFUSED
    asked.reason = reason.strip()
    asked.conditions = sorted({Condition(one).value for one in conditions}) if agree else []
    asked.decided_by_id, asked.decided_by_name, asked.decided_at = actor.employee_id, actor.name, at
    if agree and kind is not RequestKind.CORRECT and is_held(entry.citizen_id):
        raise HeldNow(_("Noen har bestemt at ingenting om brukeren slettes nå. Svar når sperren er opphevet."))
    removed: list[int] = []
    if agree and kind is RequestKind.CORRECT:
        why = _("Rettet etter krav fra brukeren")
        add_correction(actor=actor, entry=entry, text=text, why=why, scope=scope, permission=DECIDE_CHANGE, at=at)
    elif agree:
        asked.placed = _place(asked, thread, at=at)
        removed = _remove(actor, asked, thread, scope, at=at)
    asked.save()
    change: dict[str, object] = {"agreed": agree, "kind": kind.value, "removed": removed}
    if asked.placed is not None:
        change["note"] = asked.placed_id
        right = last_scope_of(asked.placed.citizen_id, on=oslo.day_of(at))
        audit.record(actor, DECIDE_CHANGE, str(asked.placed), right, at=at, change={"placed": True})
    audit.record(actor, DECIDE_CHANGE, str(asked), scope, at=at, change=change)
    return asked


def _refuse_answered(asked: Request) -> None:
    if asked.state != Request.State.OPEN:
        raise AlreadyAnswered(_("Dette er avgjort eller trukket. Se svaret."))


def _remove(actor: Actor, asked: Request, thread: Sequence[EntryLine], scope: Scope, *, at: datetime) -> list[int]:
    """Write the trace of each version first: only then do the locks let the words go."""
    gone = sorted(line.entry_id for line in thread if line.removed_at is None)
    Removal.objects.bulk_create(
        [
            Removal(
                entry_id=entry_id, request=asked, ground=asked.kind, by_name=actor.name,
                by_role=role_in(actor, scope), at=at,
            )
            for entry_id in gone
        ]
    )  # fmt: skip
    for line in thread:
        if line.entry_id in gone:
            keeper_of(line.kind).remove(line.row_id, at=at)
    EntryPeg.objects.filter(entry_id__in=gone).update(words="")
    return gone


def _place(asked: Request, thread: Sequence[EntryLine], *, at: datetime) -> Note | None:
    """Put the words that stand in the right person's journal, signed as they were."""
    if asked.right_citizen_id is None:
        return None
    line = next((one for one in thread if one.stands), None) or thread[0]
    entry = Entry.objects.get(pk=line.entry_id)
    if not line.content.text:
        return None
    note = Note.objects.create(
        citizen_id=_in_force(asked.right_citizen_id),
        author_id=entry.author_id,
        happened_at=entry.happened_at,
        text=line.content.text,
        written_at=entry.signed_at,
        saved_at=entry.signed_at,
        placed_at=at,
    )
    Entry.objects.create(
        kind=EntryKind.NOTE,
        row_id=note.pk,
        citizen_id=note.citizen_id,
        author_id=entry.author_id,
        author_name=entry.author_name,
        author_role=entry.author_role,
        author_profession=entry.author_profession,
        happened_at=entry.happened_at,
        signed_at=entry.signed_at,
        wants_countersign=entry.wants_countersign,
    )
    return note


def _in_force(citizen_id: int) -> int:
    """The one a registration turned out to be, when it was merged since it was asked."""
    for _step in range(_MOST_STEPS):
        into = Citizen.objects.filter(pk=citizen_id).values_list("merged_into_id", flat=True).first()
        if into is None:
            break
        citizen_id = into
    return citizen_id
