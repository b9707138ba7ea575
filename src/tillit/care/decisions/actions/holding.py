"""Who has a case: offered, accepted, sent back, taken back, and who in the unit works with it (R07).

A case is never between two: the one who offers it keeps it until the other has said yes.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries.moving import moves_in
from tillit.care.citizens.rules.handover import last_day
from tillit.care.decisions import queries
from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused
from tillit.care.decisions.actions.steps import note_change, open_case
from tillit.care.decisions.models import Case, Holding
from tillit.care.decisions.permissions import HAND_OVER_CASE, REGISTER_CASE, WORK_CASE
from tillit.care.decisions.queries.placing import next_placing, rows_of_cases
from tillit.care.decisions.queries.workers import default_worker, workers_of
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


class NotOpen(CaseRefused):
    """Somebody has answered the offer already, or it was taken back."""


@transaction.atomic
def offer_case(*, actor: Actor, case_id: int, edition: int, unit_id: int, must_know: str, at: datetime) -> Holding:
    """Offer a case to another unit, with what must be known. Until they say yes, it stays.

    Raises NotFound, NotAllowed, ChangedMeanwhile, FieldRefused, CaseRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=HAND_OVER_CASE, at=at, edition=edition)
    require(actor, HAND_OVER_CASE, _held_by(case))
    today = oslo.day_of(at)
    if State(case.state) in CLOSED:
        raise CaseRefused(_("Saken er avsluttet. Da er det ikke noe å sende videre."))
    if unit_id == case.unit_id:
        raise FieldRefused(_("Velg en annen enhet enn den som har saken nå."), field="unit")
    unit = Unit.objects.filter(in_force(today), pk=unit_id).first()
    if unit is None:
        raise FieldRefused(_("Velg hvem som skal ta over saken."), field="unit")
    if not must_know.strip():
        raise FieldRefused(_("Skriv det de som tar over, må vite."), field="must_know")
    if Holding.objects.filter(case=case, answer="").exists():
        raise CaseRefused(_("Saken er alt tilbudt noen. Ta tilbudet tilbake først hvis den skal til andre."))
    to = next_placing(case, on=today)
    held = to.held
    row = next((code for code in to.codes if unit.pk in held[code].unit_ids), "")
    offered = Holding.objects.create(
        case=case,
        from_unit=case.unit,
        unit=unit,
        responsibility=row,
        version_id=held[row].why.version_id if row else None,
        must_know=must_know.strip(),
        offered_by_id=actor.employee_id,
        offered_at=at,
    )
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=HAND_OVER_CASE,
        at=at,
        change={"offered_to": unit.pk, "row": row, "version": offered.version_id},
    )
    return offered


@transaction.atomic
def accept_case(*, actor: Actor, holding_id: int, at: datetime) -> Case:
    """Take over a case that was offered: from now the unit holds it, and its own case worker has it.

    Raises NotFound, NotAllowed, NotOpen, CaseRefused.
    """
    offer, case, scope = _open_offer(actor, holding_id, at=at)
    today = oslo.day_of(at)
    require(actor, HAND_OVER_CASE, Scope((offer.unit.path,), case.citizen_id))
    _answer(offer, Holding.Answer.YES, actor=actor, at=at)
    case.unit = offer.unit
    case.case_worker_id = None
    rows = rows_of_cases([case])[case.pk]
    held = next_placing(case, on=today).held
    routed = held.get(offer.responsibility)
    if routed is not None and offer.unit_id in routed.unit_ids:
        case.case_worker_id = default_worker(routed, case, actor=actor, on=today)
    if case.case_worker_id is None:
        own = {worker.employee_id: worker for worker in workers_of(offer.unit, on=today)}.get(actor.employee_id or 0)
        case.case_worker_id = own.employee_id if own and own.is_case_worker else None
    assess = held.get(rows.assess)
    if assess is not None and assess.why.weeks and offer.unit_id in assess.unit_ids and _before_proposal(case):
        move = moves_in([case.citizen_id], on=today).get(case.citizen_id)
        case.assessment_until = last_day(max(today, move.moves_on) if move else today, assess.why.weeks)
    else:
        case.assessment_until = None
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=HAND_OVER_CASE,
        at=at,
        change={"taken_by": offer.unit_id, "from_unit": offer.from_unit_id, "case_worker": case.case_worker_id},
        fields=("unit", "case_worker", "assessment_until"),
    )
    return case


@transaction.atomic
def send_back_case(*, actor: Actor, holding_id: int, words: str, at: datetime) -> Case:
    """Say no to a case that was offered, with words: those who offered it have it as before.

    Raises NotFound, NotAllowed, NotOpen, FieldRefused.
    """
    offer, case, scope = _open_offer(actor, holding_id, at=at)
    require(actor, HAND_OVER_CASE, Scope((offer.unit.path,), case.citizen_id))
    if not words.strip():
        raise FieldRefused(_("Skriv hvorfor, så de som tilbød, vet hva som mangler."), field="words")
    _answer(offer, Holding.Answer.NO, actor=actor, at=at, words=words)
    note_change(
        actor=actor, case=case, scope=scope, permission=HAND_OVER_CASE, at=at, change={"sent_back_by": offer.unit_id}
    )
    return case


@transaction.atomic
def take_back_offer(*, actor: Actor, holding_id: int, at: datetime) -> Case:
    """Take an offer back: it stays where it is. Raises NotFound, NotAllowed, NotOpen."""
    offer, case, scope = _open_offer(actor, holding_id, at=at)
    permission = HAND_OVER_CASE if holds(actor, HAND_OVER_CASE, _held_by(case)) else REGISTER_CASE
    require(actor, permission, _held_by(case))
    _answer(offer, Holding.Answer.TAKEN_BACK, actor=actor, at=at)
    note_change(actor=actor, case=case, scope=scope, permission=permission, at=at, change={"kept_by": case.unit_id})
    return case


@transaction.atomic
def set_case_worker(*, actor: Actor, case_id: int, edition: int, employee_id: int | None, at: datetime) -> Case:
    """Let somebody in the unit that holds a case work with it; None: nobody for now.

    Raises NotFound, NotAllowed, ChangedMeanwhile, FieldRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    require(actor, WORK_CASE, _held_by(case))
    today = oslo.day_of(at)
    if employee_id is not None and employee_id not in {one.employee_id for one in workers_of(case.unit, on=today)}:
        raise FieldRefused(_("Velg en som kan arbeide med saker i enheten som har saken."), field="employee")
    was = case.case_worker_id
    case.case_worker_id = employee_id
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"case_worker": employee_id, "was": was},
        fields=("case_worker",),
    )
    return case


def close_offers(*, case_id: int, employee_id: int | None, at: datetime) -> None:
    """Take back what is offered of a case that has come to its end: nobody else shall see it any more."""
    Holding.objects.filter(case_id=case_id, answer="").update(
        answer=Holding.Answer.TAKEN_BACK, answered_by_id=employee_id, answered_at=at
    )


def _held_by(case: Case) -> Scope:
    return Scope((case.unit.path,), case.citizen_id)


def _before_proposal(case: Case) -> bool:
    return State(case.state) in (State.CONTACT, State.RECEIVED, State.ASSESSMENT)


def _open_offer(actor: Actor, holding_id: int, *, at: datetime) -> tuple[Holding, Case, Scope]:
    found = Holding.objects.filter(pk=holding_id).first()
    if found is None:
        raise NotFound(_("Fant ikke saken."))
    case = queries.get_case(actor=actor, case_id=found.case_id, at=at, lock=True)
    scope = queries.scope_of_case(case, on=oslo.day_of(at))
    offer = Holding.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
    if offer.answer:
        raise NotOpen(_("Tilbudet er besvart eller trukket tilbake. Se hvor saken står nå."))
    if State(case.state) in CLOSED:
        raise NotOpen(_("Saken er avsluttet. Da er det ikke noe å ta over."))
    return offer, case, scope


def _answer(offer: Holding, answer: Holding.Answer, *, actor: Actor, at: datetime, words: str = "") -> None:
    offer.answer = answer
    offer.answer_words = words.strip()[:300]
    offer.answered_by_id, offer.answered_at = actor.employee_id, at
    offer.save(update_fields=["answer", "answer_words", "answered_by", "answered_at"])
