"""How a case takes a step: one way for pages, imports and jobs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tillit.care.decisions import queries
from tillit.care.decisions.actions.refusals import StepBlocked
from tillit.care.decisions.events import CaseMoved
from tillit.care.decisions.models import Case, CaseEvent, CaseSeries
from tillit.care.decisions.rules.states import CLOSED, CaseFacts, State, Step, after, blocks
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission, require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ChangedMeanwhile


def open_case(
    *, actor: Actor, case_id: int, permission: Permission, at: datetime, edition: int | None = None
) -> tuple[Case, Scope]:
    """Lock a case for an action and return it with its scope.

    edition: the one the actor has seen; None for what cannot meet another's change, such as adding a note.
    Raises NotFound, NotAllowed, ChangedMeanwhile.
    """
    case = queries.get_case(actor=actor, case_id=case_id, at=at, lock=True)
    scope = queries.scope_of_case(case, on=oslo.day_of(at))
    require(actor, permission, scope)
    if edition is not None and edition != case.edition:
        raise ChangedMeanwhile(
            _("Noen andre har endret saken etter at du åpnet den. Det du skrev, er her. Se over og lagre igjen."),
            seen=edition,
            now=case.edition,
        )
    return case, scope


def take_step(
    *,
    actor: Actor,
    case: Case,
    scope: Scope,
    step: Step,
    facts: CaseFacts,
    permission: Permission,
    on: date,
    at: datetime,
    data: Mapping[str, Any] | None = None,
) -> State:
    """Let a locked case take a step, or raise StepBlocked. Saves the case with what the caller has set on it.

    facts: of the case before the step (`queries.facts_of`). on: the day it counts from, Oslo. data: codes, ids, dates.
    Writes the case's event and one audit entry; publishes CaseMoved. Call inside a transaction.
    """
    if found := blocks(facts, step, on=on):
        raise StepBlocked(found)
    was, became = State(case.state), after(facts, step)
    if became is not was:
        case.state = became.value
        case.state_on = on
        case.closed_on = on if became in CLOSED else None
    case.edition += 1
    case.save()
    CaseEvent.objects.create(
        case=case,
        step=step.value,
        was=was.value,
        became=became.value,
        on=on,
        at=at,
        by_id=actor.employee_id,
        data=dict(data or {}),
    )
    audit.record(
        actor,
        permission,
        str(case),
        scope,
        at=at,
        change={"step": step.value, "was": was.value, "became": became.value, **dict(data or {})},
    )
    events.publish(CaseMoved(case.pk, case.citizen_id, case.unit_id, step.value, was.value, became.value, at))
    return became


def note_change(
    *,
    actor: Actor,
    case: Case,
    scope: Scope,
    permission: Permission,
    at: datetime,
    change: Mapping[str, Any],
    fields: tuple[str, ...] = (),
) -> None:
    """Save a change that is no step: the case's edition grows, one event and one audit entry are written."""
    case.edition += 1
    case.save(update_fields=["edition", *fields])
    CaseEvent.objects.create(
        case=case,
        step="NOTED",
        was=case.state,
        became=case.state,
        on=oslo.day_of(at),
        at=at,
        by_id=actor.employee_id,
        data=dict(change),
    )
    audit.record(actor, permission, str(case), scope, at=at, change=dict(change))


def next_number(on: date) -> str:
    """Return the next case number of the year, such as 2026/1432. Call inside a transaction."""
    series, _made = CaseSeries.objects.select_for_update().get_or_create(year=on.year, defaults={"last": 0})
    series.last += 1
    series.save(update_fields=["last"])
    return f"{on.year}/{series.last}"
