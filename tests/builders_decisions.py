"""Typed builders for cases: each goes through the actions, so that what a test starts from can really happen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests import builders, builders_authority, builders_routing
from tests.cast import MONDAY, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.care.decisions import actions
from tillit.care.decisions.models import Case, Channel, Origin
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import Role
from tillit.foundation.authority.models import ServiceType
from tillit.foundation.organisation.models import Unit, UnitKind, UnitPurpose
from tillit.foundation.responsibility.models import ModelVersion
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee, Profession
from tillit.kernel import oslo

#: The rows that cases are routed by, as in Model 1: the team has everything but what the office decides.
MODEL_1: dict[str, str] = {
    "NEW_ASSESS": "TEAM",
    "NEW_CASE_WORK": "TEAM_CASE_WORKER",
    "NEW_DECIDE": "TEAM_LEADER",
    "NEW_DELIVER": "TEAM",
    "NEW_REABLEMENT": "TEAM",
    "REASSESS": "TEAM",
    "REABLEMENT": "TEAM",
    "CARE_PLAN": "TEAM",
    "SHORT_STAY": "TEAM_LEADER",
    "LONG_STAY": "OFFICE_HEAD",
    "SPECIALIST_SERVICES": "SPECIALIST_CASE_WORKER",
}
#: The same in Model 2: others have new citizens. Only the table differs.
MODEL_2: dict[str, str] = MODEL_1 | {
    "NEW_ASSESS": "ASSESSMENT_TEAM",
    "NEW_CASE_WORK": "ALLOCATION_OFFICE",
    "NEW_DECIDE": "OFFICE_HEAD",
    "NEW_DELIVER": "RAPID_RESPONSE_TEAM",
    "NEW_REABLEMENT": "REABLEMENT_TEAM",
    "SHORT_STAY": "OFFICE_HEAD",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Those who handle cases: Nora, case worker in Bekkedal; Olav at the office; Vera in the assessment team."""

    nora: Member
    unit: Unit
    olav: Member
    leader: Member
    assessors: Unit
    vera: Member
    rapid: Unit
    services: dict[str, ServiceType]


def office(cast: Cast) -> Office:
    """Store the services, the office, the teams for new citizens and those who work with cases. No model yet.

    The municipality has a telephone, so that letters can say where to ask.
    """
    Unit.objects.filter(kind=UnitKind.MUNICIPALITY).update(phone="555 00 000")
    unit = builders_routing.special("Tjenestekontoret", UnitPurpose.ALLOCATION, parent=cast.south, kind=UnitKind.OFFICE)
    assessors = builders_routing.special("Vurderingsteamet", UnitPurpose.ASSESSMENT, parent=cast.south)
    rapid = builders_routing.special("Mottaksteamet", UnitPurpose.RAPID_RESPONSE, parent=cast.south)
    return Office(
        nora=member("Nora", "Bakke", cast.bekkedal, Role.CASE_WORKER),
        unit=unit,
        olav=member("Olav", "Dahl", unit, Role.CASE_WORKER),
        leader=member("Liv", "Strand", unit, Role.TEAM_LEADER, Profession.LEADER),
        assessors=assessors,
        vera=member("Vera", "Nes", assessors, Role.NURSE, Profession.NURSE),
        rapid=rapid,
        services=builders_authority.services(MONDAY),
    )


def member(given: str, family: str, unit: Unit, role: Role, profession: Profession = Profession.OTHER) -> Member:
    """Store somebody with a login and a role."""
    employee: Employee = builders.employee(given, family, profession, unit, colour=0)
    builders.role(employee, role, unit)
    user = employee.user
    assert user is not None
    return Member(employee, user, actor_of(user_id=user.pk, name=user.name, at=MONDAY))


def follows_model(unit: Unit, rows: Mapping[str, tuple[str, str] | str], name: str = "Modell 1") -> ModelVersion:
    """Let a unit follow a model with these rows."""
    version = builders_routing.table(name, rows)
    builders_routing.follow(unit, version)
    return version


def asked(
    *service_codes: str,
    origin: str = Origin.CITIZEN,
    words: str = "Jeg trenger hjelp om morgenen.",
    received_on: date | None = None,
    is_application: bool = True,
    urgent_from: date | None = None,
) -> actions.Asked:
    """What was asked, by default on paper by the citizen herself on the day."""
    return actions.Asked(
        origin=origin,
        channel=Channel.PAPER,
        words=words,
        received_on=received_on or oslo.day_of(MONDAY),
        service_codes=service_codes,
        is_application=is_application,
        authority_seen_on=oslo.day_of(MONDAY) if origin == Origin.REPRESENTATIVE else None,
        urgent_from=urgent_from,
        urgent_reason="Kommer hjem fra sykehuset i dag." if urgent_from else "",
    )


def received(
    actor: Actor, citizen: Citizen, *service_codes: str, at: datetime = MONDAY, said: actions.Asked | None = None
) -> Case:
    """Receive an application, by default about nursing at home, and return the main case."""
    codes = service_codes or ("HOME_NURSING",)
    return actions.receive_case(actor=actor, citizen=citizen.pk, asked=said or asked(*codes), at=at)[0]


def written(
    *assessors: Employee, held_on: date | None = None, levels: Mapping[int, int] | None = None
) -> actions.Written:
    """What stands in an assessment that can be finished."""
    return actions.Written(
        held_on=held_on or oslo.day_of(MONDAY),
        place="hjemme",
        own_view="Du vil klare morgenen selv, men trenger noen til å se til såret.",
        summary="Du bor alene. Du går inne med rullator.",
        assessor_ids=[each.pk for each in assessors],
        levels=levels or {5: 2, 7: 3},
    )


def assessed(actor: Actor, case: Case, *assessors: Employee, at: datetime = MONDAY) -> Case:
    """Assess a case to its end, and return it as it is then."""
    draft = actions.start_assessment(actor=actor, case_id=case.pk, held_on=oslo.day_of(at), at=at)
    actions.finish_assessment(
        actor=actor,
        assessment_id=draft.pk,
        edition=draft.edition,
        written=written(*assessors, held_on=oslo.day_of(at)),
        at=at,
    )
    return Case.objects.get(pk=case.pk)


def proposal(
    case: Case, *, outcome: str = "GRANTED", at: datetime = MONDAY, span: int | None = None
) -> actions.ProposalDraft:
    """A proposal that gives the same outcome to every open line, complete enough to be decided."""
    day = oslo.day_of(at)
    gives = outcome in ("GRANTED", "PARTLY", "REDUCED")
    return actions.ProposalDraft(
        lines=[
            actions.LineDraft(
                line_id=line.pk,
                service_code=line.service.code,
                outcome=outcome,
                content="Hjelp til morgenstell og medisiner hver dag." if gives else "",
                extent=Decimal(5) if gives and line.service.extent_in != "NONE" else None,
                span_percent=span if gives else None,
                starts_on=day + timedelta(days=1),
            )
            for line in case.lines.filter(state="OPEN").select_related("service").order_by("rank", "pk")
        ],
        reasons="Du har nylig falt og trenger hjelp for å være trygg hjemme.",
        how_view_weighed="Du vil klare mest mulig selv. Derfor er hjelpen lagt til morgenen.",
        evaluate_on=day + timedelta(days=90),
    )


def proposed(actor: Actor, case: Case, *, outcome: str = "GRANTED", at: datetime = MONDAY) -> Case:
    """Send a proposal to the one who decides, and return the case as it is then."""
    now = Case.objects.get(pk=case.pk)
    actions.send_proposal(
        actor=actor, case_id=case.pk, edition=now.edition, draft=proposal(now, outcome=outcome, at=at), at=at
    )
    return Case.objects.get(pk=case.pk)


def may_decide(services: Mapping[str, ServiceType], *, role: Role = Role.TEAM_LEADER) -> None:
    """Let the leader of the unit that has a case decide every service."""
    for code in sorted(services):
        builders_authority.authority(services[code], role)
