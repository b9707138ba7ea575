"""What others must decide goes on as a case of its own, in the same press, so that nobody waits for it (R06)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.holding import offer_case
from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.actions.steps import next_number, open_case
from tillit.care.decisions.models import AdvanceNotice, Case, CaseEvent, Holding, Line
from tillit.care.decisions.permissions import DECIDE_CASE, READ_CASE
from tillit.care.decisions.queries.authority import LineAnswer, ask_authority
from tillit.care.decisions.queries.reach import scope_of_case
from tillit.care.decisions.rules.states import State
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.queries.routing import holder_for
from tillit.kernel import oslo


def send_on(*, actor: Actor, case: Case, others: Sequence[LineAnswer], on: date, at: datetime) -> tuple[Case, ...]:
    """Let lines that others decide travel on, one case to each place, and return the new cases. Inside a transaction.

    The new case stands where this one stood, with its own number and the same day received, so that the deadline is not
    lost. It is offered to the unit where the one who may decide holds her role. When that is the same unit, a named
    person or nobody, it stays with the unit that has it.
    """
    groups: dict[int | None, list[LineAnswer]] = defaultdict(list)
    for one in others:
        groups[_place_of(one, case, on)].append(one)
    return tuple(_part(actor, case, unit_id, part, on, at) for unit_id, part in groups.items())


@transaction.atomic
def send_to_decider(*, actor: Actor, case_id: int, edition: int, at: datetime) -> Holding:
    """Offer a proposal to the unit that may decide it, when the actor may decide none of it.

    Raises NotFound, NotAllowed, ChangedMeanwhile, and CaseRefused when it is not known where to.
    """
    today = oslo.day_of(at)
    case, _scope = open_case(actor=actor, case_id=case_id, permission=READ_CASE, at=at, edition=edition)
    asking = ask_authority(actor=actor, case=case, on=today)
    places = {_place_of(one, case, today) for one in asking.others} - {None}
    if State(case.state) is not State.PROPOSED or asking.mine or not places:
        raise CaseRefused(_("Det er ikke andre enheter å sende saken til. Se hvem som kan avgjøre den."))
    unit_id = min(place for place in places if place is not None)
    return offer_case(
        actor=actor,
        case_id=case.pk,
        edition=edition,
        unit_id=unit_id,
        must_know=_("Forslaget er klart. Dere har myndigheten til å avgjøre det."),
        at=at,
    )


def _place_of(one: LineAnswer, case: Case, on: date) -> int | None:
    """The unit that a line goes to; None: it stays where it is."""
    found = one.unit_id
    if found is None and not one.answer.deciders and one.line.service.responsibility_code:
        found = holder_for(code=one.line.service.responsibility_code, unit_id=case.unit_id, on=on).unit_id
    if found is None or found == case.unit_id or not Unit.objects.filter(in_force(on), pk=found).exists():
        return None
    return found


def _part(actor: Actor, case: Case, unit_id: int | None, part: Sequence[LineAnswer], on: date, at: datetime) -> Case:
    new = Case.objects.create(
        number=next_number(on),
        citizen_id=case.citizen_id,
        state=case.state,
        state_on=on,
        origin=case.origin,
        channel=case.channel,
        applicant_id=case.applicant_id,
        party_street=case.party_street,
        party_postal_code=case.party_postal_code,
        party_place=case.party_place,
        authority_seen_on=case.authority_seen_on,
        words=case.words,
        split_from_id=case.split_from_id or case.pk,
        is_new=case.is_new,
        by_citizen=case.by_citizen,
        received_on=case.received_on,
        registered_by_id=actor.employee_id,
        registered_at=at,
        receipt_told_on=case.receipt_told_on,
        expected_on=case.expected_on,
        unit_id=case.unit_id,
        case_worker_id=case.case_worker_id,
        reassessed_from=case.reassessed_from,
        reassessed_why=case.reassessed_why,
        proposed_by_id=case.proposed_by_id,
        proposed_at=case.proposed_at,
        reasons=case.reasons,
        how_view_weighed=case.how_view_weighed,
        evaluate_on=case.evaluate_on,
        is_frame=any(one.line.span_percent is not None for one in part),
        language=case.language,
    )
    Line.objects.filter(pk__in=[one.line.pk for one in part]).update(case=new)
    for notice in AdvanceNotice.objects.filter(case=case).order_by("pk"):
        notice.pk = None
        notice._state.adding = True
        notice.case = new
        notice.save()
    if unit_id is not None:
        code = part[0].line.service.responsibility_code
        why = holder_for(code=code, unit_id=case.unit_id, on=on).why if code else None
        Holding.objects.create(
            case=new,
            from_unit_id=case.unit_id,
            unit_id=unit_id,
            responsibility=code,
            version_id=why.version_id if why else None,
            must_know=_("Forslaget er klart, fra sak %(number)s. Dere har myndigheten til å avgjøre denne delen.")
            % {"number": case.number},
            offered_by_id=actor.employee_id,
            offered_at=at,
        )
    change = {
        "split_from": case.pk,
        "services": [one.line.service_id for one in part],
        "offered_to": unit_id,
        "why": [one.answer.why.value for one in part],
    }
    CaseEvent.objects.create(
        case=new, step="NOTED", was=new.state, became=new.state, on=on, at=at, by_id=actor.employee_id, data=change
    )
    audit.record(actor, DECIDE_CASE, str(new), scope_of_case(new, on=on), at=at, change=change)
    return new
