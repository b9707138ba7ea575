"""What others have told, which the citizen sees before it counts (fvl § 17), and decision capacity in the matter."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused
from tillit.care.decisions.actions.steps import note_change, open_case
from tillit.care.decisions.models import CapacityAssessment, OutsideFact
from tillit.care.decisions.models.assessment import FactSource, NotShown
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.kernel import oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import NotFound


@transaction.atomic
def add_fact(
    *, actor: Actor, case_id: int, source: str, text: str, received_on: date, at: datetime, shown_on: date | None = None
) -> OutsideFact:
    """Write down what somebody else has told. shown_on: she has seen it already.

    Raises NotFound, NotAllowed, FieldRefused, CaseRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at)
    today = oslo.day_of(at)
    if State(case.state) in CLOSED:
        raise CaseRefused(_("Saken er avsluttet."))
    if source not in FactSource.values:
        raise FieldRefused(_("Velg hvem opplysningen kom fra."), field="source")
    if not text.strip():
        raise FieldRefused(_("Skriv hva de fortalte."), field="text")
    _refuse_ahead(received_on, today, field="received_on")
    if shown_on is not None:
        _refuse_ahead(shown_on, today, field="shown_on")
    fact = OutsideFact.objects.create(
        case=case,
        source=source,
        text=text.strip(),
        received_on=received_on,
        shown_on=shown_on,
        recorded_by_id=actor.employee_id,
        recorded_at=at,
    )
    note_change(actor=actor, case=case, scope=scope, permission=WORK_CASE, at=at, change={"fact_added": fact.pk})
    return fact


@transaction.atomic
def show_fact(*, actor: Actor, fact_id: int, shown_on: date, answer: str, at: datetime) -> OutsideFact:
    """Note that the citizen has seen it, and what she said to it. The answer can be added to later.

    Raises NotFound, NotAllowed, FieldRefused.
    """
    found = _fact(fact_id)
    case, scope = open_case(actor=actor, case_id=found.case_id, permission=WORK_CASE, at=at)
    _refuse_ahead(shown_on, oslo.day_of(at), field="shown_on")
    if shown_on < found.received_on:
        raise FieldRefused(_("Dagen er før opplysningen kom."), field="shown_on")
    found.shown_on = found.shown_on or shown_on
    found.not_shown = found.not_shown_why = ""
    if answer.strip():
        found.answer = "\n".join(part for part in (found.answer, answer.strip()) if part)
    found.save(update_fields=["shown_on", "not_shown", "not_shown_why", "answer"])
    note_change(actor=actor, case=case, scope=scope, permission=WORK_CASE, at=at, change={"fact_shown": found.pk})
    return found


@transaction.atomic
def leave_fact_unshown(
    *, actor: Actor, fact_id: int, code: str, why: str, at: datetime, edition: int | None = None
) -> OutsideFact:
    """Note why it is not put before her: one of the exceptions in the act, and why it holds here.

    edition: of the exception, as the actor saw it. Raises NotFound, NotAllowed, FieldRefused, CaseRefused,
    ChangedMeanwhile.
    """
    found = _fact(fact_id)
    case, scope = open_case(actor=actor, case_id=found.case_id, permission=WORK_CASE, at=at)
    if found.shown_on is not None:
        raise CaseRefused(_("Brukeren har alt sett opplysningen."))
    now = edition_of(found.not_shown, found.not_shown_why)
    refuse_if_changed(str(case), seen=edition, now=now, at=at)
    if code not in NotShown.values:
        raise FieldRefused(_("Velg hvorfor opplysningen ikke vises."), field="not_shown")
    if not why.strip():
        raise FieldRefused(_("Skriv kort hvorfor unntaket gjelder her."), field="not_shown_why")
    found.not_shown, found.not_shown_why = code, why.strip()[:200]
    found.save(update_fields=["not_shown", "not_shown_why"])
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"fact_not_shown": found.pk, "because": code},
    )
    return found


@transaction.atomic
def conclude_capacity(
    *,
    actor: Actor,
    case_id: int,
    subject_matter: str,
    has_capacity: bool,
    reasons: str,
    at: datetime,
    shown_to: str = "",
    shown_on: date | None = None,
) -> CapacityAssessment:
    """Write down whether she has decision capacity in one matter now. Never said of a person as such.

    Lacking it must be reasoned: overwhelmingly likely that she cannot understand the matter and what follows of it.
    Raises NotFound, NotAllowed, FieldRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at)
    if not subject_matter.strip():
        raise FieldRefused(_("Skriv hvilket spørsmål det gjelder. Ett om gangen."), field="subject_matter")
    if not reasons.strip():
        raise FieldRefused(_("Skriv begrunnelsen."), field="reasons")
    if shown_on is not None:
        _refuse_ahead(shown_on, oslo.day_of(at), field="shown_on")
    stored = CapacityAssessment.objects.create(
        case=case,
        subject_matter=subject_matter.strip()[:200],
        has_capacity=has_capacity,
        reasons=reasons.strip(),
        concluded_by_id=actor.employee_id,
        concluded_at=at,
        shown_to=shown_to.strip()[:200],
        shown_on=shown_on,
    )
    note_change(
        actor=actor, case=case, scope=scope, permission=WORK_CASE, at=at, change={"capacity_assessed": stored.pk}
    )
    return stored


def _fact(fact_id: int) -> OutsideFact:
    found = OutsideFact.objects.filter(pk=fact_id).first()
    if found is None:
        raise NotFound(_("Fant ikke opplysningen."))
    return found


def _refuse_ahead(day: date, today: date, *, field: str) -> None:
    if day > today:
        raise FieldRefused(_("Dagen kan ikke være etter i dag."), field=field)
