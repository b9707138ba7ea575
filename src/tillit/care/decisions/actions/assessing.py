"""What case worker and service-responsible find out together: the talk, her own view, functional level (R19)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions import queries
from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused, StepBlocked
from tillit.care.decisions.actions.steps import note_change, open_case, take_step
from tillit.care.decisions.models import Assessment, Assessor, Case, FunctionScore
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.workers import may_assess
from tillit.care.decisions.rules.function import changes, is_level
from tillit.care.decisions.rules.states import Block, State, Step
from tillit.care.needs.models import Conversation
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import ChangedMeanwhile, NotFound

ASSESSED_IN = frozenset({State.RECEIVED, State.ASSESSMENT, State.REASSESSMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What stands in the form. levels: variable → level, only those that were said; the others stay as they are."""

    held_on: date
    place: str = ""
    own_view: str = ""
    summary: str = ""
    assessor_ids: Collection[int] = ()
    levels: Mapping[int, int]
    conversation_id: int | None = None


@transaction.atomic
def start_assessment(*, actor: Actor, case_id: int, held_on: date, at: datetime) -> Assessment:
    """Begin an assessment, or return the draft there is. An application thereby begins to be looked at.

    Raises NotFound, NotAllowed, StepBlocked, CaseRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at)
    if State(case.state) not in ASSESSED_IN:
        raise StepBlocked((Block.NOT_FROM_HERE,))
    draft = Assessment.objects.filter(case=case, done_at__isnull=True).first()
    if draft is not None:
        return draft
    draft = Assessment.objects.create(case=case, held_on=held_on, saved_by_id=actor.employee_id, saved_at=at)
    if actor.employee_id is not None:
        Assessor.objects.create(assessment=draft, employee_id=actor.employee_id)
    if State(case.state) is State.RECEIVED:
        if case.case_worker_id is None and may_assess(actor, case):
            case.case_worker_id = actor.employee_id
        take_step(
            actor=actor,
            case=case,
            scope=scope,
            step=Step.START_ASSESSMENT,
            facts=queries.facts_of(case, on=oslo.day_of(at)),
            permission=WORK_CASE,
            on=oslo.day_of(at),
            at=at,
            data={"assessment": draft.pk},
        )
    else:
        note_change(
            actor=actor, case=case, scope=scope, permission=WORK_CASE, at=at, change={"assessment_begun": draft.pk}
        )
    return draft


@transaction.atomic
def save_assessment(*, actor: Actor, assessment_id: int, edition: int, written: Written, at: datetime) -> Assessment:
    """Save a draft. Nothing is demanded of it yet. edition: the one the writer has seen.

    Raises NotFound, NotAllowed, ChangedMeanwhile, FieldRefused.
    """
    draft, _case = _open_draft(actor, assessment_id, edition=edition, at=at)
    _write(draft, written, actor=actor, at=at)
    return draft


@transaction.atomic
def finish_assessment(*, actor: Actor, assessment_id: int, edition: int, written: Written, at: datetime) -> Assessment:
    """Save and finish: from now it is kept as it is, and the levels hold from the day of the talk.

    Her own view must stand there, for it is given great weight (pbrl § 3-1), and what was found.
    Raises NotFound, NotAllowed, ChangedMeanwhile, FieldRefused.
    """
    draft, case = _open_draft(actor, assessment_id, edition=edition, at=at)
    _write(draft, written, actor=actor, at=at)
    if not draft.own_view.strip():
        raise FieldRefused(_("Brukerens eget syn mangler. Spør, og skriv svaret."), field="own_view")
    if not draft.summary.strip():
        raise FieldRefused(_("Skriv hva dere fant ut, med noen få setninger."), field="summary")
    if draft.held_on > oslo.day_of(at):
        raise FieldRefused(_("Dagen kan ikke være etter i dag."), field="held_on")
    if case.reassessed_from is not None and draft.held_on < case.reassessed_from:
        raise FieldRefused(_("Saken ble tatt opp igjen etter den dagen. Behovet må vurderes på nytt."), field="held_on")
    draft.done_at = at
    draft.save(update_fields=["done_at"])
    changed = _score(draft, case, actor=actor, at=at)
    scope = queries.scope_of_case(case, on=oslo.day_of(at))
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"assessed": draft.pk, "held_on": draft.held_on.isoformat(), "variables": changed},
    )
    return draft


def _open_draft(actor: Actor, assessment_id: int, *, edition: int, at: datetime) -> tuple[Assessment, Case]:
    found = Assessment.objects.filter(pk=assessment_id).first()
    if found is None:
        raise NotFound(_("Fant ikke vurderingen."))
    case, _scope = open_case(actor=actor, case_id=found.case_id, permission=WORK_CASE, at=at)
    draft = Assessment.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if draft.done_at is not None:
        raise CaseRefused(_("Vurderingen er ferdig, og står som den er. Nytt om behovet skrives i en ny vurdering."))
    if draft.edition != edition:
        raise ChangedMeanwhile(
            _("Noen andre har lagret i vurderingen etter at du åpnet den. Ingenting er overskrevet."),
            seen=edition,
            now=draft.edition,
        )
    return draft, case


def _write(draft: Assessment, written: Written, *, actor: Actor, at: datetime) -> None:
    if not all(is_level(variable, level) for variable, level in written.levels.items()):
        raise FieldRefused(_("Et av tallene står ikke på skalaen. Velg 1 til 5, eller 9."), field="levels")
    case = draft.case
    conversation = None
    if written.conversation_id is not None:
        conversation = Conversation.objects.filter(pk=written.conversation_id, citizen_id=case.citizen_id).first()
        if conversation is None:
            raise FieldRefused(_("Samtalen du valgte, finnes ikke lenger."), field="conversation")
    assessors = set(written.assessor_ids)
    if not assessors:
        raise FieldRefused(_("Velg minst én som vurderte behovet."), field="assessors")
    strangers = assessors - queries.assessor_choices(case, on=oslo.day_of(at)).keys()
    if strangers - set(draft.assessors.values_list("employee_id", flat=True)):
        raise FieldRefused(_("Velg blant dem som arbeider med brukeren."), field="assessors")
    draft.conversation = conversation
    draft.held_on = written.held_on
    draft.place = written.place.strip()[:100]
    draft.own_view = written.own_view.strip()
    draft.summary = written.summary.strip()
    draft.levels = {str(variable): level for variable, level in sorted(written.levels.items())}
    draft.edition += 1
    draft.saved_by_id, draft.saved_at = actor.employee_id, at
    draft.save()
    draft.assessors.exclude(employee_id__in=assessors).delete()
    present = set(draft.assessors.values_list("employee_id", flat=True))
    Assessor.objects.bulk_create(Assessor(assessment=draft, employee_id=one) for one in sorted(assessors - present))


def _score(draft: Assessment, case: Case, *, actor: Actor, at: datetime) -> list[int]:
    """Let the levels that changed hold from the day of the talk; what held before stays as what was."""
    now = {row.variable: row for row in FunctionScore.objects.filter(citizen_id=case.citizen_id, valid_to=None)}
    said = {int(variable): int(level) for variable, level in draft.levels.items()}
    changed = changes({variable: row.level for variable, row in now.items()}, said)
    for change in changed:
        before = now.get(change.variable)
        valid_from = draft.held_on if before is None else max(draft.held_on, before.valid_from)
        if before is not None:
            before.valid_to = valid_from
            before.save(update_fields=["valid_to"])
        FunctionScore.objects.create(
            citizen_id=case.citizen_id,
            assessment=draft,
            variable=change.variable,
            level=change.level,
            valid_from=valid_from,
            scored_by_id=actor.employee_id,
            scored_at=at,
        )
    return [change.variable for change in changed]
