"""An application or an inquiry comes: who it is about, what is asked for, and where the table sends it (R04, R19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.actions.moving import first_day, store_move_in
from tillit.care.citizens.models import Citizen
from tillit.care.citizens.rules.handover import last_day
from tillit.care.decisions import queries
from tillit.care.decisions.actions.application import (
    Asked,
    NewCitizen,
    applicant_of,
    checked,
    refuse_strange_day,
    registered,
)
from tillit.care.decisions.actions.lending import with_reach
from tillit.care.decisions.actions.refusals import CaseRefused
from tillit.care.decisions.actions.steps import next_number, note_change, open_case, take_step
from tillit.care.decisions.actions.urgent import start_urgently
from tillit.care.decisions.models import SPEAKS_FOR_CITIZEN, Case, Holding, Line
from tillit.care.decisions.permissions import REGISTER_CASE
from tillit.care.decisions.queries.placing import asking_unit_id, is_new_citizen, sharing
from tillit.care.decisions.queries.workers import default_worker
from tillit.care.decisions.rules.parcels import Parcel, parcels
from tillit.care.decisions.rules.states import State, Step
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.authority.queries import ServiceLine
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.queries import Routed, holders_for
from tillit.foundation.responsibility.rules.routing import Arrival, Rows, ServiceGroup, rows_for
from tillit.kernel import oslo


@transaction.atomic
def receive_case(
    *, actor: Actor, citizen: int | NewCitizen, asked: Asked, at: datetime, press_key: str = ""
) -> tuple[Case, ...]:
    """Receive an application or a contact, and let the table say where it goes. Returns the main case first.

    What others hold by the table is a case of its own, split from the main one. A case that goes to others is offered
    to them: the one who received it keeps it until they have said yes (R07). The same press_key twice is received once.
    Raises NotFound, NotAllowed, FieldRefused, and what registering a citizen refuses.
    """
    if press_key and (already := Case.objects.filter(press_key=press_key).first()):
        return (already, *Case.objects.filter(split_from=already).order_by("pk"))
    today = oslo.day_of(at)
    own = _own_unit(actor, on=today)
    require(actor, REGISTER_CASE, Scope((own.path,)))
    services = checked(asked, today=today)
    person = (
        citizens.get_citizen(actor=actor, citizen_id=citizen, at=at)
        if isinstance(citizen, int)
        else registered(
            actor, citizen, own=own, today=today, at=at, moves_on=asked.moves_in.on if asked.moves_in else None
        )
    )
    if person.died_on is not None:
        raise CaseRefused(_("Brukeren er registrert som død. Var det feil, rett det først på siden om brukeren."))
    applicant = applicant_of(actor, person, asked.applicant, at=at)
    if asked.moves_in is not None and not asked.move_is_told:
        scope = citizens.last_scope_of(person.pk, on=today)
        store_move_in(actor=with_reach(actor, *scope.paths), citizen=person, scope=scope, said=asked.moves_in, at=at)
    placing = _Placing.of(person, own=own, on=today, arrival=_arrival(asked))
    found = parcels(
        [(service.service_id, service.responsibility_code) for service in services], held_by=placing.receivers
    )
    cases: list[Case] = []
    for parcel in found:
        main = cases[0] if cases else None
        case = _store(actor, person, asked, own=own, split_from=main, is_new=placing.is_new, at=at)
        case.applicant = applicant
        case.press_key = "" if main else press_key
        _open(actor, case, asked, parcel, services, placing, own=own, at=at)
        cases.append(case)
    if asked.urgent_from is not None:
        start_urgently(
            actor=actor,
            case_id=cases[0].pk,
            starts_on=max(asked.urgent_from, first_day(asked.moves_in, today=today)),
            reason=asked.urgent_reason,
            at=at,
        )
    return tuple(cases)


@transaction.atomic
def make_application(*, actor: Actor, case_id: int, edition: int, received_on: date, at: datetime) -> Case:
    """Let a contact become an application, received on a day: the month for an answer counts from then.

    Raises NotFound, NotAllowed, ChangedMeanwhile, StepBlocked, FieldRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=REGISTER_CASE, at=at, edition=edition)
    refuse_strange_day(received_on, today=oslo.day_of(at))
    case.received_on = received_on
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.APPLY,
        facts=queries.facts_of(case, on=received_on),
        permission=REGISTER_CASE,
        on=received_on,
        at=at,
    )
    return case


@transaction.atomic
def tell_receipt(*, actor: Actor, case_id: int, at: datetime) -> Case:
    """Note that the applicant knows that it has come and when to expect an answer. Once told, it stays."""
    case, scope = open_case(actor=actor, case_id=case_id, permission=REGISTER_CASE, at=at)
    if case.receipt_told_on is None:
        case.receipt_told_on = oslo.day_of(at)
        note_change(
            actor=actor,
            case=case,
            scope=scope,
            permission=REGISTER_CASE,
            at=at,
            change={"receipt_told_on": case.receipt_told_on.isoformat()},
            fields=("receipt_told_on",),
        )
    return case


@dataclass(frozen=True, slots=True)
class _Placing:
    """Who receives each group of services, asked once."""

    arrival: Arrival
    is_new: bool
    held: dict[str, Routed]

    @staticmethod
    def of(person: Citizen, *, own: Unit, on: date, arrival: Arrival) -> "_Placing":
        is_new = is_new_citizen(person.pk, on=on)
        rows = [rows_for(arrival, is_new=is_new, service_group=group) for group in ServiceGroup]
        codes = {code for one in rows for code in (one.receive, one.assess) if code}
        unit_id = asking_unit_id(person.pk, on=on, otherwise=own.pk)
        held = holders_for(codes=codes, unit_id=unit_id, on=on, beside=sharing(person.pk, on=on))
        return _Placing(arrival, is_new, held)

    def rows(self, group: ServiceGroup) -> Rows:
        """The rows of the table that say who does each step with a group."""
        return rows_for(self.arrival, is_new=self.is_new, service_group=group)

    def receivers(self, group: ServiceGroup) -> tuple[int, ...]:
        """The units that receive a group of services."""
        return self.routed(group).unit_ids

    def routed(self, group: ServiceGroup) -> Routed:
        """The row that says who receives a group."""
        return self.held[self.rows(group).receive]


def _arrival(asked: Asked) -> Arrival:
    return Arrival.MOVED_IN if asked.moves_in else Arrival.APPLICATION


def _own_unit(actor: Actor, *, on: date) -> Unit:
    """The unit she works in, and receives on behalf of."""
    paths = actor.paths_for(REGISTER_CASE.roles)
    wanted = actor.home_path if any(actor.home_path.startswith(path) for path in paths) else next(iter(paths), "")
    unit = Unit.objects.filter(in_force(on), path=wanted).first() if wanted else None
    if unit is None:
        raise CaseRefused(_("Du er ikke satt opp i noen enhet. Da vet vi ikke hvem som tar imot. Spør lederen din."))
    return unit


def _store(
    actor: Actor, person: Citizen, asked: Asked, *, own: Unit, split_from: Case | None, is_new: bool, at: datetime
) -> Case:
    today = oslo.day_of(at)
    return Case(
        number=next_number(today),
        citizen=person,
        state=State.CONTACT.value,
        state_on=asked.received_on,
        origin=asked.origin,
        channel=asked.channel,
        words=asked.words.strip(),
        by_citizen=asked.origin in SPEAKS_FOR_CITIZEN,
        split_from=split_from,
        is_new=is_new,
        received_on=asked.received_on,
        authority_seen_on=asked.authority_seen_on,
        receipt_told_on=asked.receipt_told_on,
        registered_by_id=actor.employee_id,
        registered_at=at,
        unit=own,
    )


def _open(
    actor: Actor,
    case: Case,
    asked: Asked,
    parcel: Parcel,
    services: Sequence[ServiceLine],
    placing: _Placing,
    *,
    own: Unit,
    at: datetime,
) -> None:
    """Store the case with its lines, let it take its first step, and offer it to those who hold it."""
    case.save()
    wanted = frozenset(parcel.service_ids)
    Line.objects.bulk_create(
        Line(case=case, service_id=service.service_id, rank=rank)
        for rank, service in enumerate(services)
        if service.service_id in wanted
    )
    routed = placing.routed(parcel.groups[0])
    stays = own.pk in routed.unit_ids or not routed.unit_ids
    if stays and routed.unit_ids:
        case.case_worker_id = default_worker(routed, case, actor=actor, on=oslo.day_of(at))
        assess = placing.held.get(placing.rows(parcel.groups[0]).assess)
        if assess and assess.why.weeks and own.pk in assess.unit_ids:
            since = first_day(asked.moves_in, today=oslo.day_of(at))
            case.assessment_until = last_day(since, assess.why.weeks)
    Holding.objects.create(
        case=case,
        unit_id=own.pk if stays else routed.unit_ids[0],
        from_unit=None if stays else own,
        responsibility=routed.code,
        version_id=routed.why.version_id,
        must_know="",
        offered_by_id=actor.employee_id,
        offered_at=at,
        answer=Holding.Answer.YES if stays else "",
        answered_by_id=actor.employee_id if stays else None,
        answered_at=at if stays else None,
    )
    scope = queries.scope_of_case(case, on=oslo.day_of(at))
    data = {
        "arrival": placing.arrival.value,
        "channel": case.channel,
        "origin": case.origin,
        "unit": own.pk,
        "row": routed.code,
        "version": routed.why.version_id,
        "goes_to": list(routed.unit_ids),
        "problem": routed.problem.value,
        "is_new": placing.is_new,
    }
    if asked.is_application:
        take_step(
            actor=actor,
            case=case,
            scope=scope,
            step=Step.APPLY,
            facts=queries.facts_of(case, on=asked.received_on),
            permission=REGISTER_CASE,
            on=asked.received_on,
            at=at,
            data=data,
        )
    else:
        case.save()
        note_change(
            actor=actor, case=case, scope=scope, permission=REGISTER_CASE, at=at, change={"received": True, **data}
        )
