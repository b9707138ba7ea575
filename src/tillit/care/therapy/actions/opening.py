"""The guarded way to a case that somebody changes, and the trace of what happened in it."""

from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import scope_of
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.journal.rules.pegs import Peg
from tillit.care.therapy.models import CaseState, EventKind, TherapyCase, TherapyEvent
from tillit.care.therapy.queries import get_case, scope_on_list
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import Permission, require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class TherapyRefused(ActionRefused):
    """Something does not fit. fact: the field to mend; empty for the whole."""

    def __init__(self, text: str, *, fact: str = "") -> None:
        super().__init__(text)
        self.fact = fact


def open_case(
    *,
    actor: Actor,
    therapy_id: int,
    edition: int | None,
    permission: Permission,
    at: datetime,
    by_citizen: bool = False,
) -> tuple[TherapyCase, Scope]:
    """Return an open case, locked, with the scope of an act on its list.

    by_citizen: the act is also for those who hold the permission in a unit that follows her.
    Raises NotFound, NotAllowed, TherapyRefused when it is closed, ChangedMeanwhile.
    """
    case = get_case(actor=actor, therapy_id=therapy_id, at=at, lock=True)
    scope = scope_on_list(actor, case.group, case.citizen_id)
    if by_citizen:
        near = scope_of(case.citizen_id, on=oslo.day_of(at)).paths
        scope = Scope(tuple(dict.fromkeys((*scope.paths, *near))), case.citizen_id)
    require(actor, permission, scope)
    if case.state == CaseState.CLOSED:
        raise TherapyRefused(_("Saken er avsluttet."))
    refuse_if_changed(str(case), seen=edition, now=case.edition, at=at)
    return case, scope


def refuse_others(case: TherapyCase, actor: Actor) -> None:
    """Raise TherapyRefused when somebody else has the case, or nobody."""
    if case.state != CaseState.TAKEN or case.holder_id != actor.employee_id:
        raise TherapyRefused(_("Bare den som har saken, kan gjøre dette."))


def close_act(
    actor: Actor,
    case: TherapyCase,
    scope: Scope,
    permission: Permission,
    *,
    at: datetime,
    kind: EventKind,
    words: str = "",
    pegs: tuple[Peg, ...] = (),
    change: dict[str, object] | None = None,
) -> TherapyEvent:
    """One change more: a new edition, what happened, signed where it is about the citizen, and one line of audit."""
    case.edition += 1
    case.save()
    event = TherapyEvent.objects.create(
        case=case, kind=kind, words=words.strip(), priority=case.priority, by_id=actor.employee_id,
        by_name=actor.name, at=at,
    )  # fmt: skip
    change = {"kind": kind.value, "state": case.state, "holder": case.holder_id, **(change or {})}
    audit.record(actor, permission, str(case), scope, at=at, change=change)
    if kind in (EventKind.WORDS, EventKind.INTERIM, EventKind.CLOSED) and event.words:
        sign(
            actor=actor, kind=EntryKind.THERAPY, row_id=event.pk, citizen_id=case.citizen_id, scope=scope,
            happened_at=at, at=at, pegs=pegs,
        )  # fmt: skip
    return event
