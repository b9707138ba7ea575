"""Stored authority, resolved on the day of the decision, and said in Norwegian."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_authority
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.foundation.access.actor import Actor, Grant, system
from tillit.foundation.access.roles import Role
from tillit.foundation.authority import queries
from tillit.foundation.authority.models import ServiceType
from tillit.foundation.authority.queries import Asked, Lack
from tillit.foundation.authority.rules.resolving import Why
from tillit.foundation.authority.words import tag_for, words_for, words_for_all
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.workforce.models import Employee, Profession, RoleHolding
from tillit.kernel.errors import NotFound


@pytest.fixture
def services(cast: Cast) -> dict[str, ServiceType]:
    return builders_authority.services(MONDAY)


@pytest.fixture
def office(cast: Cast) -> Unit:
    return builders.unit("Tjenestekontoret", UnitKind.OFFICE, parent=cast.municipality)


def ask(cast: Cast, actor: Actor, code: str = "HOME_NURSING", **more: Any) -> queries.Answer:
    """Ask about 9,5 hours a week for half a year in Bekkedal on MONDAY."""
    asked: dict[str, Any] = {"extent": Decimal("9.5"), "days": 180, "unit_id": cast.bekkedal.pk, "on": MONDAY_DATE}
    return queries.may_decide(actor=actor, code=code, **(asked | more))


class TestMayDecideR06:
    def test_the_team_leader_and_in_the_words_of_the_picture(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        line = builders_authority.authority(services["HOME_NURSING"], max_extent=35)

        answer = ask(cast, cast.marit.actor)
        words = words_for(answer)

        assert (answer.may, answer.authority_id) == (True, line.pk)
        assert words.heading == "Du kan fatte dette vedtaket"
        assert words.because == (
            "Fordi du er teamleder for Team Bekkedal, og kommunedirektøren har delegert hjemmesykepleie til deg for "
            "inntil 35 timer i uka. Dette vedtaket er på 9,5 timer i uka."
        )
        assert words.source == "Delegering 2026-04, gjelder til og med 31.12.2027"

    def test_what_is_kept_by_the_office_is_told_with_the_name_of_who_has_it(
        self, cast: Cast, services: dict[str, ServiceType], office: Unit
    ) -> None:
        head = builders.employee("Hege", "Lund", Profession.LEADER, office, colour=0)
        builders.role(head, Role.TEAM_LEADER, office)
        builders_authority.authority(services["SAFETY_ALARM"], unit=office)

        answer = ask(cast, cast.marit.actor, "SAFETY_ALARM", extent=Decimal(1), days=None)
        words = words_for(answer)

        assert answer.why is Why.OTHERS_DECIDE
        assert words.heading == "Dette avgjør leder av Tjenestekontoret"
        assert words.because == "Fordi trygghetsalarm ikke er delegert til Team Bekkedal. Det er Hege Lund."
        assert words.tag == "Tjenestekontoret avgjør"

    def test_not_delegated_to_anybody(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        answer = ask(cast, cast.marit.actor, "BPA")

        assert (answer.why, answer.deciders) == (Why.NOBODY_DECIDES, ())
        assert words_for(answer).heading == "Ingen kan avgjøre dette"
        assert tag_for(answer) == "Ingen kan avgjøre"

    def test_a_nurse_is_told_who_in_her_team_decides(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])

        words = words_for(ask(cast, cast.ingrid.actor))

        assert words.heading == "Dette avgjør teamleder for Team Bekkedal"
        assert words.because == "Fordi hjemmesykepleie ikke er delegert til deg. Det er Marit Aune."

    def test_above_the_limit_the_next_one_is_named(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"], max_extent=35)
        builders_authority.authority(services["HOME_NURSING"], Role.DISTRICT_LEADER, unit=cast.south)

        answer = ask(cast, cast.marit.actor, extent=Decimal(40))

        assert (answer.why, answer.may) == (Why.TOO_MUCH, False)
        assert words_for(answer).heading == "Dette avgjør leder i Sør"
        assert words_for(answer).because == (
            "Fordi du kan avgjøre hjemmesykepleie for inntil 35 timer i uka. Dette er 40 timer i uka. "
            "Ingen har den rollen den dagen."
        )

    def test_two_services_of_one_decision_are_told_together_and_one_no_is_no(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        for code in ("HOME_NURSING", "REABLEMENT"):
            builders_authority.authority(services[code])
        asked = [Asked(services[code].pk, Decimal(5), 42) for code in ("HOME_NURSING", "REABLEMENT", "SAFETY_ALARM")]

        answers = queries.may_decide_many(actor=cast.marit.actor, asked=asked, unit_id=cast.bekkedal.pk, on=MONDAY_DATE)

        assert [answer.may for answer in answers] == [True, True, False]
        assert "har delegert hjemmesykepleie og hverdagsrehabilitering til deg." in words_for_all(answers[:2]).because
        assert not words_for_all(answers).may

    def test_unknown_units_and_services_are_not_found(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        with pytest.raises(NotFound):
            ask(cast, cast.marit.actor, "NO_SUCH_SERVICE")
        with pytest.raises(NotFound):
            ask(cast, cast.marit.actor, unit_id=987_654)


class TestNobodyIsAuthorityByTheMachine:
    def test_an_administrator_of_the_whole_municipality_may_nothing(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        builders_authority.authority(services["HOME_NURSING"])

        assert ask(cast, cast.admin.actor).why is Why.OTHERS_DECIDE

    def test_neither_may_the_system_that_holds_every_role(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])

        assert ask(cast, system("nightly")).why is Why.NOT_A_PERSON

    def test_roles_that_only_the_actor_claims_count_for_nothing(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        pretender = Actor(1, "X", cast.amir.employee.pk, (Grant(Role.TEAM_LEADER, ""),))

        assert not ask(cast, pretender).may

    def test_the_database_refuses_a_line_for_administrators(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        with pytest.raises(IntegrityError, match="authority_never_for_administrators"):
            builders_authority.authority(services["HOME_NURSING"], Role.ADMINISTRATOR)

    @pytest.mark.parametrize("wrong", ["BOTH", "NEITHER", "GROUP_WITH_EXTENT", "ZERO"])
    def test_the_database_keeps_a_line_clear(self, cast: Cast, services: dict[str, ServiceType], wrong: str) -> None:
        nursing = services["HOME_NURSING"]
        arguments: dict[str, dict[str, Any]] = {
            "BOTH": {"service": nursing, "group": "HOME"},
            "NEITHER": {"service": None},
            "GROUP_WITH_EXTENT": {"group": "HOME", "max_extent": 35},
            "ZERO": {"service": nursing, "max_extent": 0},
        }
        with pytest.raises(IntegrityError):
            builders_authority.authority(**arguments[wrong])


class TestOnTheDayOfTheDecision:
    def test_the_role_she_held_then_counts_not_the_one_she_holds_now(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        RoleHolding.objects.filter(employee=cast.marit.employee, unit=cast.bekkedal).update(valid_to=MONDAY_DATE)

        assert ask(cast, cast.marit.actor, on=MONDAY_DATE - timedelta(days=1)).may
        assert not ask(cast, cast.marit.actor, on=MONDAY_DATE).may

    def test_somebody_who_has_left_decides_nothing(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        builders_authority.authority(services["BPA"], employee=cast.marit.employee)
        cast.marit.employee.employed_to = MONDAY_DATE
        cast.marit.employee.save()

        assert not ask(cast, cast.marit.actor).may
        assert not ask(cast, cast.marit.actor, "BPA").may
        assert ask(cast, cast.marit.actor, on=MONDAY_DATE - timedelta(days=1)).may

    def test_a_document_that_ends_takes_its_lines_with_it(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        document = builders_authority.delegation("2025-01", valid_to=MONDAY_DATE)
        builders_authority.authority(services["HOME_NURSING"], document=document)

        assert ask(cast, cast.marit.actor, on=MONDAY_DATE - timedelta(days=1)).may
        assert ask(cast, cast.marit.actor, on=MONDAY_DATE).why is Why.NOBODY_DECIDES

    def test_the_acting_leader_may_on_her_days_only(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        builders_authority.acting_leader(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE, TUESDAY_DATE)

        assert not ask(cast, cast.ingrid.actor, on=MONDAY_DATE - timedelta(days=1)).may
        assert "Fordi du er fungerende teamleder for Team Bekkedal" in words_for(ask(cast, cast.ingrid.actor)).because
        assert not ask(cast, cast.ingrid.actor, on=TUESDAY_DATE).may
        assert not ask(cast, cast.ingrid.actor, unit_id=cast.solvik.pk).may


class TestFourEyesAndDisqualification:
    def test_four_eyes_names_somebody_else(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"], four_eyes=True)
        builders_authority.acting_leader(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE, TUESDAY_DATE)

        mine = ask(cast, cast.marit.actor, prepared_by_id=cast.marit.employee.pk)
        hers = ask(cast, cast.marit.actor, prepared_by_id=cast.ingrid.employee.pk)

        assert (mine.why, hers.may) == (Why.FOUR_EYES, True)
        assert words_for(mine).because.endswith("Gi saken til Ingrid Solheim.")

    def test_disqualified(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])

        answer = ask(cast, cast.marit.actor, disqualified_ids={cast.marit.employee.pk})

        assert answer.why is Why.DISQUALIFIED
        assert [decider.people for decider in answer.deciders] == [()]
        assert words_for(answer).heading == "Du er inhabil i denne saken"


class TestBelowSomebodyDisqualified:
    """forvaltningsloven § 6 third paragraph: a direct subordinate may not decide either (R06)."""

    @pytest.fixture(autouse=True)
    def nursing(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        builders_authority.authority(services["HOME_NURSING"], Role.NURSE)
        builders_authority.authority(services["HOME_NURSING"], Role.DISTRICT_LEADER)

    @pytest.fixture
    def dag(self, cast: Cast) -> Employee:
        employee = builders.employee("Dag", "Sund", Profession.LEADER, cast.south, colour=0)
        builders.role(employee, Role.DISTRICT_LEADER, cast.south)
        return employee

    def test_she_may_not_decide_and_is_told_who_may_R06(self, cast: Cast, dag: Employee) -> None:
        free = ask(cast, cast.ingrid.actor)
        barred = ask(cast, cast.ingrid.actor, disqualified_ids={cast.marit.employee.pk})

        assert (free.may, barred.why) == (True, Why.LEADER_DISQUALIFIED)
        assert words_for(barred).heading == "Lederen din er inhabil i denne saken"
        assert words_for(barred).because.endswith("Gi saken til Dag Sund.")
        assert barred.authority_id is None

    def test_the_one_who_is_disqualified_is_told_who_is_not_below_her_R06(self, cast: Cast, dag: Employee) -> None:
        answer = ask(cast, cast.marit.actor, disqualified_ids={cast.marit.employee.pk})

        assert [decider.people for decider in answer.deciders if decider.people] == [("Dag Sund",)]
        assert words_for(answer).because.endswith("kan heller ikke. Gi saken til Dag Sund.")

    def test_whoever_stands_in_for_her_is_below_her_all_the_same_R06(self, cast: Cast, dag: Employee) -> None:
        builders_authority.acting_leader(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE, TUESDAY_DATE)

        answer = ask(cast, cast.ingrid.actor, disqualified_ids={cast.marit.employee.pk})

        assert answer.why is Why.LEADER_DISQUALIFIED

    def test_who_is_above_her_or_beside_her_is_not_barred(self, cast: Cast, dag: Employee) -> None:
        by_subordinate = ask(cast, cast.marit.actor, disqualified_ids={cast.ingrid.employee.pk})
        by_district = ask(cast, cast.ingrid.actor, disqualified_ids={dag.pk})
        below_district = ask(cast, cast.marit.actor, disqualified_ids={dag.pk})

        assert (by_subordinate.may, by_district.may) == (True, True)  # only those directly below
        assert below_district.why is Why.LEADER_DISQUALIFIED

    def test_nobody_is_left_and_that_is_said(self, cast: Cast) -> None:
        answer = ask(cast, cast.admin.actor, disqualified_ids={cast.marit.employee.pk})

        assert [decider.people for decider in answer.deciders if decider.place.role == "TEAM_LEADER"] == [()]
        assert "Kommunen må peke ut en som ikke er underordnet." in words_for(answer).because

    def test_asks_three_queries_more(self, cast: Cast, dag: Employee) -> None:
        actor = cast.ingrid.actor
        counted = []
        for barred in (set(), {cast.marit.employee.pk}):
            with CaptureQueriesContext(connection) as asked:
                ask(cast, actor, disqualified_ids=barred)
            counted.append(len(asked))

        assert counted[1] - counted[0] == 3


class TestOtherReads:
    def test_who_decides_for_handing_over(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])

        found = queries.deciders_of(
            service_id=services["HOME_NURSING"].pk,
            extent=Decimal(5),
            days=None,
            unit_id=cast.bekkedal.pk,
            on=MONDAY_DATE,
        )

        assert [decider.employee_ids for decider in found] == [(cast.marit.employee.pk,)]

    def test_services_without_authority_with_the_reason(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        builders_authority.authority(services["REABLEMENT"], max_extent=10)
        builders_authority.authority(services["SHORT_STAY"], Role.DISTRICT_LEADER)

        lacking = {one.service.code: one.lack for one in queries.services_without_authority(cast.bekkedal, MONDAY_DATE)}

        assert "HOME_NURSING" not in lacking
        assert lacking["REABLEMENT"] is Lack.ABOVE_LIMITS
        assert lacking["SHORT_STAY"] is Lack.NOBODY_HOLDS_IT
        assert lacking["BPA"] is Lack.NOT_DELEGATED

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        few = self._count(cast, [services["HOME_NURSING"]])
        for number, service in enumerate(services.values()):
            document = builders_authority.delegation(f"2026-{50 + number}")
            builders_authority.authority(service, document=document, max_extent=5)
            builders_authority.authority(service, document=document, employee=cast.ingrid.employee)
        builders_authority.acting_leader(cast.kari.employee, cast.bekkedal, MONDAY_DATE, TUESDAY_DATE)

        assert self._count(cast, list(services.values())) == few == 5

    def _count(self, cast: Cast, wanted: list[ServiceType]) -> int:
        asked = [Asked(service.pk, Decimal(5), 42) for service in wanted]
        with CaptureQueriesContext(
            connection,
        ) as seen:
            queries.may_decide_many(actor=cast.marit.actor, asked=asked, unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
        return len(seen)


class TestServicesAndLaw:
    def test_the_catalogue_says_what_each_service_is(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        nursing, cleaning = queries.service("HOME_NURSING"), queries.service("PRACTICAL_ASSISTANCE")

        assert (nursing.is_health_care, nursing.may_be_charged, nursing.kpr_code) == (True, False, "15")
        assert (cleaning.is_health_care, cleaning.may_be_charged, cleaning.kpr_code) == (False, True, "1")
        assert len(queries.list_services(MONDAY_DATE)) == 17

    def test_a_letter_cites_the_section_in_force_on_its_day(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        now = [line.cited for line in queries.legal_references(["HOME_NURSING"], MONDAY_DATE)]
        then = [line.cited for line in queries.legal_references(["HOME_NURSING"], date(2026, 3, 31))]

        assert now == [
            "helse- og omsorgstjenesteloven § 3-2 første ledd nr. 6 bokstav a",
            "pasient- og brukerrettighetsloven § 2-1",
        ]
        assert then[1] == "pasient- og brukerrettighetsloven § 2-1 a"

    def test_the_act_of_2025_is_silent_until_somebody_sets_its_day(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        rules = queries.procedure_references(date(2030, 1, 1))

        assert rules["ADVANCE_NOTICE"].cited == "forvaltningsloven § 16"
        assert rules["APPEAL_DEADLINE"].cited == "pasient- og brukerrettighetsloven § 7-5"
