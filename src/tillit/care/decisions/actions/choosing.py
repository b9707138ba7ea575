"""The citizen's choice of who gives the help (fritt brukervalg, R21): told of it, then chosen. Only added to."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused
from tillit.care.decisions.actions.steps import note_change, open_case
from tillit.care.decisions.models import ProviderChoice
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.kernel import oslo


@transaction.atomic
def record_choice(
    *,
    actor: Actor,
    case_id: int,
    told_on: date,
    at: datetime,
    chosen_on: date | None = None,
    unit_id: int | None = None,
    provider: str = "",
) -> ProviderChoice:
    """Note that she was told that she may choose, and, when she has, whom: a team, or a private provider by name.

    Until she has chosen, the unit that the table names gives the help. Raises NotFound, NotAllowed, FieldRefused,
    CaseRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at)
    today = oslo.day_of(at)
    if State(case.state) in CLOSED:
        raise CaseRefused(_("Saken er avsluttet."))
    if told_on > today or (chosen_on is not None and chosen_on > today):
        raise FieldRefused(_("Dagen kan ikke være etter i dag."), field="told_on")
    if chosen_on is None:
        unit_id, provider = None, ""
    else:
        if chosen_on < told_on:
            raise FieldRefused(_("Hun eller han kan ikke ha valgt før dere fortalte om valget."), field="chosen_on")
        if (unit_id is None) == (not provider.strip()):
            raise FieldRefused(_("Velg enten et team eller skriv navnet på en privat leverandør."), field="unit")
        if unit_id is not None and not Unit.objects.filter(in_force(today), pk=unit_id).exists():
            raise FieldRefused(_("Velg et team som er i drift."), field="unit")
    choice = ProviderChoice.objects.create(
        case=case,
        told_on=told_on,
        chosen_on=chosen_on,
        unit_id=unit_id,
        provider=provider.strip()[:100],
        recorded_by_id=actor.employee_id,
        recorded_at=at,
    )
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"choice": choice.pk, "chosen": chosen_on is not None, "unit": unit_id},
    )
    return choice
