"""Help begins before the decision (R21): at once, by the unit that the table names; the decision must follow."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import actions as citizen_actions
from tillit.care.citizens import queries as citizens
from tillit.care.citizens.actions.home import FOLLOWING_KINDS
from tillit.care.decisions import queries
from tillit.care.decisions.actions.lending import with_reach
from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused
from tillit.care.decisions.actions.steps import open_case, take_step
from tillit.care.decisions.events import HelpStartsUrgently
from tillit.care.decisions.models import Case
from tillit.care.decisions.permissions import REGISTER_CASE
from tillit.care.decisions.queries.placing import placed
from tillit.care.decisions.rules.states import Step
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.rules.routing import Arrival
from tillit.kernel import events, oslo


@transaction.atomic
def start_urgently(
    *, actor: Actor, case_id: int, starts_on: date, reason: str, at: datetime, unit_id: int | None = None
) -> Case:
    """Let help begin before the decision. Everybody in the team may: need comes first (hol § 3-5).

    unit_id: who gives it when the table names nobody; else the table decides. The unit follows the citizen from then,
    so that its visits can be planned. Raises NotFound, NotAllowed, StepBlocked, FieldRefused, CaseRefused.
    Publishes HelpStartsUrgently.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=REGISTER_CASE, at=at)
    today = oslo.day_of(at)
    if case.urgent_from is not None:
        raise CaseRefused(_("Hjelpen er i gang fra før."))
    if not reason.strip():
        raise FieldRefused(_("Skriv hvorfor hjelpen må begynne før vedtaket."), field="urgent_reason")
    if starts_on < today:
        raise FieldRefused(_("Velg i dag eller en dag som kommer."), field="urgent_from")
    rows, held = placed(case, on=today, arrival=Arrival.URGENT_START)
    routed = held.get(rows.deliver)
    unit = _unit(routed.unit_ids if routed else (), chosen=unit_id, on=starts_on)
    _follow(actor, case, unit, starts_on=starts_on, at=at)
    case.urgent_from = starts_on
    case.urgent_reason = reason.strip()
    case.urgent_unit = unit
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.START_URGENTLY,
        facts=queries.facts_of(case, on=today),
        permission=REGISTER_CASE,
        on=starts_on,
        at=at,
        data={"unit": unit.pk, "row": rows.deliver, "version": routed.why.version_id if routed else None},
    )
    events.publish(
        HelpStartsUrgently(case_id=case.pk, citizen_id=case.citizen_id, unit_id=unit.pk, starts_on=starts_on, at=at)
    )
    return case


def _unit(by_table: tuple[int, ...], *, chosen: int | None, on: date) -> Unit:
    wanted = by_table[0] if by_table else chosen
    unit = Unit.objects.filter(in_force(on), pk=wanted or 0, kind__in=FOLLOWING_KINDS).first()
    if unit is None:
        raise FieldRefused(
            _("Modellen sier ikke hvem som gir hjelpen før vedtaket. Velg et team nå, så hjelpen kan begynne."),
            field="urgent_unit",
        )
    return unit


def _follow(actor: Actor, case: Case, unit: Unit, *, starts_on: date, at: datetime) -> None:
    """See to it that the unit follows her: as the only one when nobody does, else with this part of the help."""
    today = oslo.day_of(at)
    followers = citizens.unit_ids_of((case.citizen_id,), on=starts_on)[case.citizen_id]
    if unit.pk in followers:
        return
    now = citizens.scope_of(case.citizen_id, on=today)
    if followers:
        citizen_actions.follow_part(
            actor=with_reach(actor, *now.paths),
            citizen_id=case.citizen_id,
            unit_id=unit.pk,
            part=_("hjelp til vedtaket er fattet"),
            valid_from=starts_on,
            at=at,
        )
        return
    last = citizens.last_scope_of(case.citizen_id, on=today)
    citizen_actions.resume_help(
        actor=with_reach(actor, *last.paths),
        citizen_id=case.citizen_id,
        unit_id=unit.pk,
        valid_from=starts_on,
        edition=case.citizen.edition,
        at=at,
    )
