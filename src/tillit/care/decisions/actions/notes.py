"""The case file: notes, what is withdrawn, who is disqualified. Corrected by adding, never deleted."""

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions import queries
from tillit.care.decisions.actions.refusals import FieldRefused
from tillit.care.decisions.actions.steps import note_change, open_case, take_step
from tillit.care.decisions.models import Case, CaseNote, Disqualification
from tillit.care.decisions.permissions import REGISTER_CASE, WORK_CASE
from tillit.care.decisions.rules.states import Step
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo


@transaction.atomic
def add_note(
    *,
    actor: Actor,
    case_id: int,
    text: str,
    happened_on: date,
    at: datetime,
    corrects_id: int | None = None,
    press_key: str = "",
) -> CaseNote:
    """Add a note to the case file, also when the case has ended. corrects_id: the note that it corrects.

    Raises NotFound, NotAllowed, FieldRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=REGISTER_CASE, at=at)
    if press_key and (already := CaseNote.objects.filter(case=case, press_key=press_key).first()):
        return already
    if not text.strip():
        raise FieldRefused(_("Skriv hva som ble sagt eller skjedde."), field="text")
    if happened_on > oslo.day_of(at):
        raise FieldRefused(_("Dagen kan ikke være etter i dag."), field="happened_on")
    corrects = None
    if corrects_id is not None:
        corrects = CaseNote.objects.filter(pk=corrects_id, case=case).first()
        if corrects is None:
            raise FieldRefused(_("Notatet du ville rette, hører ikke til saken."), field="corrects")
    note = CaseNote.objects.create(
        case=case,
        text=text.strip(),
        happened_on=happened_on,
        written_by_id=actor.employee_id,
        written_at=at,
        corrects=corrects,
        press_key=press_key,
    )
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=REGISTER_CASE,
        at=at,
        change={"note": note.pk, "corrects": corrects_id},
    )
    return note


@transaction.atomic
def withdraw_case(
    *, actor: Actor, case_id: int, edition: int, withdrawn_on: date, words: str, by_party: bool, at: datetime
) -> Case:
    """The one who asked withdraws it. What was said is kept in the case file; help that began at once ends its own way.

    by_party: the citizen herself, or whoever applied, said so. Raises NotFound, NotAllowed, ChangedMeanwhile,
    FieldRefused, StepBlocked.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    today = oslo.day_of(at)
    if withdrawn_on > today or (case.received_on is not None and withdrawn_on < case.received_on):
        raise FieldRefused(_("Velg en dag fra saken kom til i dag."), field="withdrawn_on")
    if not words.strip():
        raise FieldRefused(_("Skriv hva som ble sagt, og hvordan."), field="words")
    facts = queries.facts_of(case, on=today)
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.WITHDRAW,
        facts=replace(facts, withdrawn_by_party=by_party),
        permission=WORK_CASE,
        on=withdrawn_on,
        at=at,
    )
    CaseNote.objects.create(
        case=case, text=words.strip(), happened_on=withdrawn_on, written_by_id=actor.employee_id, written_at=at
    )
    return case


@transaction.atomic
def record_disqualification(
    *, actor: Actor, case_id: int, employee_id: int, reason: str, valid_from: date, at: datetime
) -> Disqualification:
    """Note that somebody may not take part in the cases of the citizen a case is about (fvl §§ 6–8). Twice is once.

    Raises NotFound, NotAllowed, FieldRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at)
    if not Employee.objects.filter(pk=employee_id).exists():
        raise FieldRefused(_("Velg hvem det gjelder."), field="employee")
    if not reason.strip():
        raise FieldRefused(_("Skriv kort hvorfor. «Nær slektning» er nok."), field="reason")
    already = Disqualification.objects.filter(
        employee_id=employee_id, citizen_id=case.citizen_id, valid_to__isnull=True
    ).first()
    if already is not None:
        return already
    stored = Disqualification.objects.create(
        employee_id=employee_id,
        citizen_id=case.citizen_id,
        reason=reason.strip()[:200],
        valid_from=valid_from,
        recorded_by_id=actor.employee_id,
        recorded_at=at,
    )
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"disqualified": employee_id, "from": valid_from.isoformat()},
    )
    return stored


@transaction.atomic
def end_disqualification(*, actor: Actor, case_id: int, employee_id: int, ends_on: date, at: datetime) -> None:
    """Let a disqualification hold no longer from a day. Ending twice is ending once. Raises NotFound, NotAllowed."""
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at)
    row = Disqualification.objects.filter(
        employee_id=employee_id, citizen_id=case.citizen_id, valid_to__isnull=True
    ).first()
    if row is None:
        return
    row.valid_to = max(ends_on, row.valid_from)
    row.save(update_fields=["valid_to"])
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"disqualification_ended": employee_id, "to": row.valid_to.isoformat()},
    )
