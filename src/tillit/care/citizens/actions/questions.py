"""Asking for special competence, and answering (R17). Asked once, answered once, both kept."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.events import CompetenceAnswered, CompetenceAsked
from tillit.care.citizens.models import CompetenceQuestion
from tillit.care.citizens.permissions import ANSWER_COMPETENCE, ASK_COMPETENCE
from tillit.care.citizens.queries import unit_ids_of
from tillit.care.citizens.queries.questions import ASKED_KINDS, experts, get_question
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.workforce.models import Competence
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused


class QuestionRefused(ActionRefused):
    """The question or the answer cannot be like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def ask_competence(
    *,
    actor: Actor,
    citizen_id: int,
    to_unit_id: int | None,
    to_employee_id: int | None,
    competence: str,
    words: str,
    answer_by: date,
    at: datetime,
) -> CompetenceQuestion:
    """Ask a unit, or one person who holds a competence, about a citizen.

    to_employee_id: goes before to_unit_id; the question then stands with her unit. competence: its code, "" when what
    is needed has no name. The unit that asks is the citizen's main one.
    Raises NotFound, NotAllowed, QuestionRefused. Publishes CompetenceAsked.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=ASK_COMPETENCE, at=at)
    if not words.strip():
        raise QuestionRefused(_("Skriv hva dere lurer på."), field="words")
    if answer_by < today:
        raise QuestionRefused(_("Velg i dag eller en dag som kommer."), field="answer_by")
    expert = next((one for one in experts(on=today) if one.employee_id == to_employee_id), None)
    if to_employee_id is not None and expert is None:
        raise QuestionRefused(_("Velg en som har kompetansen nå."), field="to")
    asked_unit = expert.unit_id if expert else to_unit_id or 0
    if not Unit.objects.filter(in_force(today), pk=asked_unit, kind__in=ASKED_KINDS).exists():
        raise QuestionRefused(_("Velg hvem dere spør."), field="to")
    stored = CompetenceQuestion.objects.create(
        citizen=citizen,
        asked_for_id=unit_ids_of((citizen.pk,), on=today)[citizen.pk][0],
        competence=Competence.objects.filter(code=competence).first() if competence else None,
        to_unit_id=asked_unit,
        to_employee_id=expert.employee_id if expert else None,
        words=words.strip(),
        answer_by=answer_by,
        asked_by_id=actor.employee_id,
        asked_at=at,
    )
    audit.record(
        actor,
        ASK_COMPETENCE,
        str(stored),
        scope,
        at=at,
        change={
            "to_unit": stored.to_unit_id,
            "to_employee": stored.to_employee_id,
            "competence": competence,
            "answer_by": answer_by.isoformat(),
        },
    )
    events.publish(
        CompetenceAsked(
            question_id=stored.pk,
            citizen_id=citizen.pk,
            to_unit_id=stored.to_unit_id,
            to_employee_id=stored.to_employee_id,
            at=at,
        )
    )
    return stored


@transaction.atomic
def answer_question(*, actor: Actor, question_id: int, answer: str, at: datetime) -> CompetenceQuestion:
    """Answer. Whoever works in the unit asked may, and the person asked wherever she works.

    Raises NotFound, NotAllowed, QuestionRefused. Publishes CompetenceAnswered.
    """
    row = get_question(actor=actor, question_id=question_id, at=at, lock=True)
    scope = Scope((row.to_unit.path,), row.citizen_id)
    if row.to_employee_id is None or row.to_employee_id != actor.employee_id:
        require(actor, ANSWER_COMPETENCE, scope)
    if row.answered_at is not None or row.withdrawn_at is not None:
        raise QuestionRefused(_("Spørsmålet er alt besvart eller trukket."))
    if not answer.strip():
        raise QuestionRefused(_("Skriv svaret."), field="answer")
    row.answer = answer.strip()
    row.answered_by_id, row.answered_at = actor.employee_id, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    audit.record(actor, ANSWER_COMPETENCE, str(row), scope, at=at, change={"asked_for": row.asked_for_id})
    events.publish(
        CompetenceAnswered(question_id=row.pk, citizen_id=row.citizen_id, asked_for_id=row.asked_for_id, at=at)
    )
    return row


@transaction.atomic
def withdraw_question(*, actor: Actor, question_id: int, at: datetime) -> CompetenceQuestion:
    """Take a question back that nobody has answered. Raises NotFound, NotAllowed, QuestionRefused."""
    row = get_question(actor=actor, question_id=question_id, at=at, lock=True)
    scope = Scope((row.asked_for.path,), row.citizen_id)
    require(actor, ASK_COMPETENCE, scope)
    if row.answered_at is not None or row.withdrawn_at is not None:
        raise QuestionRefused(_("Spørsmålet er alt besvart eller trukket."))
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    audit.record(actor, ASK_COMPETENCE, str(row), scope, at=at, change={"withdrawn": True})
    return row
