"""Typed builders for decisions that can be appealed on, stored as they would stand; and appeals."""

from datetime import date, datetime, time

from tests import builders_authority
from tests.cast import MONDAY, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.care.decisions.actions import appealing
from tillit.care.decisions.models import Appeal, Case, CaseSeries, Channel, Decision, DecisionLine, Origin
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.roles import Role
from tillit.foundation.authority.models import Authority, ServiceType
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo

DECIDED_ON = date(2026, 11, 2)


def home_nursing(at: datetime = MONDAY) -> tuple[ServiceType, Authority]:
    """Store the services, and that team leaders may decide home nursing."""
    service = ServiceType.objects.filter(code="HOME_NURSING").first() or builders_authority.services(at)["HOME_NURSING"]
    held = Authority.objects.filter(service=service).first()
    return service, held or builders_authority.authority(service, Role.TEAM_LEADER)


def decision(
    cast: Cast,
    *,
    citizen: Citizen | None = None,
    unit: Unit | None = None,
    by: Member | None = None,
    decided_on: date = DECIDED_ON,
    known_on: date | None = DECIDED_ON,
    outcome: str = "PARTLY",
    state: State = State.ACTIVE,
    ends_on: date | None = None,
) -> Decision:
    """Store a decision on home nursing in a case of its own, told the day it was made."""
    service, held = home_nursing()
    series, _made = CaseSeries.objects.get_or_create(year=decided_on.year, defaults={"last": 0})
    series.last += 1
    series.save()
    at = oslo.moment(decided_on, time(10))
    decider = (by or cast.marit).employee
    case = Case.objects.create(
        number=f"{decided_on.year}/{series.last}",
        citizen=citizen or cast.olga,
        state=state.value,
        state_on=decided_on,
        origin=Origin.CITIZEN,
        channel=Channel.PAPER,
        words="Jeg trenger hjelp til å stelle såret.",
        received_on=decided_on,
        registered_by=decider,
        registered_at=at,
        unit=unit or cast.bekkedal,
        case_worker=cast.ingrid.employee,
        closed_on=decided_on if state in (State.REFUSED, State.ENDED, State.DIED, State.DISMISSED) else None,
    )
    made = Decision.objects.create(
        case=case,
        outcome=outcome,
        is_individual=True,
        by_citizen=True,
        decided_on=decided_on,
        decided_at=at,
        decided_by=decider,
        unit=case.unit,
        authority=held,
        reasons="Du klarer stellet selv de fleste dagene.",
        evaluate_on=date(decided_on.year + 1, decided_on.month, 1),
        known_on=known_on,
    )
    DecisionLine.objects.create(
        decision=made,
        authority=held,
        service=service,
        outcome=outcome,
        content="Hjelp til stell av såret",
        extent=3,
        starts_on=decided_on,
        ends_on=ends_on,
    )
    return made


def appeal(cast: Cast, on: Decision | None = None, *, by: Member | None = None, at: datetime = MONDAY) -> Appeal:
    """Take in an appeal from the citizen herself, posted and received the same day."""
    return appealing.register_appeal(
        actor=(by or cast.ingrid).actor,
        decision_id=(on or decision(cast)).pk,
        origin=Origin.CITIZEN,
        channel=Channel.PAPER,
        words="Jeg klarer ikke stellet alene.",
        posted_on=oslo.day_of(at),
        received_on=oslo.day_of(at),
        at=at,
    )
