"""An application comes: what the table does with it, and nothing else (R04, R07, R19)."""

from datetime import timedelta
from typing import Any

import pytest

from tests import builders
from tests import builders_decisions as cases
from tests.builders_decisions import MODEL_1, MODEL_2, Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast
from tillit.care.citizens import rules as citizen_rules
from tillit.care.citizens.models import Citizen, Identifier
from tillit.care.decisions import actions, queries, sources
from tillit.care.decisions.models import Case, CaseEvent, Holding, Origin
from tillit.care.decisions.queries.placing import is_new_citizen
from tillit.care.decisions.rules.frame import PlanFacts
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation.models import Area
from tillit.kernel.errors import NotAllowed, NotFound


@pytest.fixture
def office(cast: Cast) -> Office:
    """The office, the teams for new citizens, and the services."""
    return cases.office(cast)


class TestTheTableAlone:
    def test_model_1_keeps_it_in_the_team_with_its_case_worker_R04(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)

        case = cases.received(cast.ingrid.actor, cast.olga)

        assert case.unit == cast.bekkedal
        assert case.case_worker == office.nora.employee
        assert case.state == "RECEIVED"
        assert not Holding.objects.filter(answer="").exists()

    def test_model_2_sends_the_same_application_to_the_office_R04(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_2)

        case = cases.received(cast.ingrid.actor, cast.olga)

        offer = Holding.objects.get(case=case, answer="")
        assert (offer.unit, offer.responsibility) == (office.unit, "NEW_CASE_WORK")
        assert case.unit == cast.bekkedal  # the one who received it keeps it until the other has said yes
        assert case.case_worker is None

    def test_one_who_has_help_stays_in_the_team_in_both_R04(
        self, cast: Cast, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cases.follows_model(cast.bekkedal, MODEL_2)
        monkeypatch.setattr(sources, "plan_facts", lambda ids, *, on: {cast.olga.pk: PlanFacts(in_use=True)})

        case = cases.received(cast.ingrid.actor, cast.olga)

        assert not case.is_new
        assert (case.unit, list(case.holdings.values_list("responsibility", flat=True))) == (
            cast.bekkedal,
            ["REASSESS"],
        )

    def test_help_that_began_before_the_decision_leaves_her_new_R04(
        self, cast: Cast, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cases.follows_model(cast.bekkedal, MODEL_2)
        cases.received(cast.ingrid.actor, cast.olga, said=cases.asked("HOME_NURSING", urgent_from=MONDAY_DATE))
        monkeypatch.setattr(sources, "plan_facts", lambda ids, *, on: {cast.olga.pk: PlanFacts(in_use=True)})

        assert is_new_citizen(cast.olga.pk, on=MONDAY_DATE)

    def test_a_hole_in_the_table_refuses_nothing_R04(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1 | {"NEW_CASE_WORK": "NOBODY"})

        case = cases.received(cast.ingrid.actor, cast.olga)

        assert case.unit == cast.bekkedal
        assert CaseEvent.objects.get(case=case, step="APPLY").data["problem"] == "UNDECIDED"

    def test_without_a_model_it_stays_with_the_one_who_received_it_R04(self, cast: Cast, office: Office) -> None:
        assert cases.received(cast.ingrid.actor, cast.olga).unit == cast.bekkedal


class TestWhatOthersHold:
    def test_an_alarm_is_a_case_of_its_own_at_the_office_R22(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)

        said = cases.asked("SAFETY_ALARM", "HOME_NURSING")
        main, other = actions.receive_case(actor=cast.ingrid.actor, citizen=cast.olga.pk, asked=said, at=MONDAY)

        assert [line.service.code for line in main.lines.all()] == ["HOME_NURSING"]
        assert other.split_from == main
        assert [line.service.code for line in other.lines.all()] == ["SAFETY_ALARM"]
        assert Holding.objects.get(case=other, answer="").unit == office.unit

    def test_it_is_seen_by_those_who_follow_her_R22(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)
        said = cases.asked("HOME_NURSING", "BPA")
        _main, other = actions.receive_case(actor=cast.ingrid.actor, citizen=cast.olga.pk, asked=said, at=MONDAY)
        offer = Holding.objects.get(case=other, answer="")
        actions.accept_case(actor=office.olav.actor, holding_id=offer.pk, at=TUESDAY)

        assert queries.get_case(actor=cast.amir.actor, case_id=other.pk, at=TUESDAY) == other
        with pytest.raises(NotFound):
            queries.get_case(actor=cast.frida.actor, case_id=other.pk, at=TUESDAY)

    def test_what_the_same_unit_holds_stays_together_R22(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)

        said = cases.asked("HOME_NURSING", "SHORT_STAY", "REABLEMENT")
        found = actions.receive_case(actor=cast.ingrid.actor, citizen=cast.olga.pk, asked=said, at=MONDAY)

        assert len(found) == 1

    def test_only_an_alarm_is_one_case_R22(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)

        (case,) = actions.receive_case(
            actor=cast.ingrid.actor, citizen=cast.olga.pk, asked=cases.asked("SAFETY_ALARM"), at=MONDAY
        )

        assert Holding.objects.get(case=case, answer="").unit == office.unit


class TestWhoItIsAbout:
    def new(self, number: str = "", family_name: str = "Foss", postal_code: str = "6771") -> actions.NewCitizen:
        return actions.NewCitizen(
            given_name="Per Inge",
            family_name=family_name,
            numbers=citizen_rules.Numbers.SYNTHETIC,
            number=number,
            home=citizen_rules.HomeText(street="Solvikveien 18", postal_code=postal_code, place="Fjordvik"),
        )

    def test_a_new_citizen_belongs_to_the_team_of_her_address_R19(self, cast: Cast, office: Office) -> None:
        area_of_solvik(cast)
        cases.follows_model(cast.south, MODEL_1)

        (case,) = actions.receive_case(
            actor=office.olav.actor, citizen=self.new(), asked=cases.asked("HOME_NURSING"), at=MONDAY
        )

        assert [row.unit for row in case.citizen.followings.all()] == [cast.solvik]
        assert Holding.objects.get(case=case, answer="").unit == cast.solvik

    def test_the_office_must_choose_a_team_where_no_area_is_R19(self, cast: Cast, office: Office) -> None:
        with pytest.raises(actions.FieldRefused) as refused:
            actions.receive_case(
                actor=office.olav.actor, citizen=self.new(), asked=cases.asked("HOME_NURSING"), at=MONDAY
            )

        assert refused.value.field == "unit"
        assert not Case.objects.exists()

    def test_a_known_number_is_her_also_out_of_reach_R19(self, cast: Cast, office: Office) -> None:
        number = Identifier.objects.get(citizen=cast.per).value
        before = Citizen.objects.count()

        (case,) = actions.receive_case(
            actor=cast.ingrid.actor,
            citizen=self.new(number, family_name="Fjell"),
            asked=cases.asked("HOME_NURSING"),
            at=MONDAY,
        )

        assert case.citizen == cast.per
        assert Citizen.objects.count() == before

    def test_a_known_number_with_another_name_opens_nobody_R19(self, cast: Cast, office: Office) -> None:
        number = Identifier.objects.get(citizen=cast.per).value

        with pytest.raises(actions.FieldRefused) as refused:
            actions.receive_case(
                actor=cast.ingrid.actor, citizen=self.new(number), asked=cases.asked("HOME_NURSING"), at=MONDAY
            )

        assert refused.value.field == "number"


def area_of_solvik(cast: Cast) -> None:
    """Solvik answers for one postal code."""
    Area.objects.create(unit=cast.solvik, name="Solvik", postal_codes=["6771"], valid_from=builders.LONG_AGO)


class TestWhatIsAsked:
    def test_words_are_needed_R19(self, cast: Cast, office: Office) -> None:
        with pytest.raises(actions.FieldRefused) as refused:
            cases.received(cast.ingrid.actor, cast.olga, said=cases.asked("HOME_NURSING", words=" "))

        assert refused.value.field == "words"

    def test_a_relative_needs_a_power_of_attorney_to_apply_R19(self, cast: Cast, office: Office) -> None:
        good = cases.asked("HOME_NURSING", origin=Origin.REPRESENTATIVE)
        assert cases.received(cast.ingrid.actor, cast.olga, said=good).authority_seen_on == MONDAY_DATE

        unseen = actions.Asked(
            origin=Origin.REPRESENTATIVE, channel="PHONE", words="Mor trenger hjelp.", received_on=MONDAY_DATE
        )
        with pytest.raises(actions.FieldRefused) as refused:
            cases.received(cast.ingrid.actor, cast.olga, said=unseen)
        assert refused.value.field == "authority_seen_on"

    def test_a_contact_becomes_an_application_when_somebody_applies_R19(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)
        case = cases.received(
            cast.ingrid.actor, cast.olga, said=cases.asked(origin=Origin.HOSPITAL, is_application=False)
        )
        assert (case.state, case.by_citizen) == ("CONTACT", False)

        actions.make_application(
            actor=office.nora.actor, case_id=case.pk, edition=case.edition, received_on=MONDAY_DATE, at=TUESDAY
        )

        assert Case.objects.get(pk=case.pk).state == "RECEIVED"

    def test_the_same_press_is_received_once_R19(self, cast: Cast, office: Office) -> None:
        for _press in range(2):
            actions.receive_case(
                actor=cast.ingrid.actor,
                citizen=cast.olga.pk,
                asked=cases.asked("HOME_NURSING"),
                at=MONDAY,
                press_key="k",
            )

        assert Case.objects.count() == 1

    def test_numbers_run_through_the_year_R19(self, cast: Cast, office: Office) -> None:
        found = [cases.received(cast.ingrid.actor, cast.olga).number for _one in range(2)]

        assert found == ["2026/1", "2026/2"]

    def test_out_of_reach_is_not_found_and_an_administrator_may_not_R19(self, cast: Cast, office: Office) -> None:
        with pytest.raises(NotFound):
            cases.received(cast.nils.actor, cast.olga)
        with pytest.raises((NotAllowed, actions.CaseRefused)):
            cases.received(cast.admin.actor, cast.olga)
        assert not AuditEntry.objects.filter(action__startswith="decisions.").exists()

    def test_the_audit_trail_holds_no_words_R19(self, cast: Cast, office: Office) -> None:
        cases.received(cast.ingrid.actor, cast.olga)

        told = str(list(AuditEntry.objects.values_list("change", flat=True)))
        assert "morgenen" not in told
        assert "Hansen" not in told


class TestUrgentStart:
    def test_model_1_delivers_itself_and_a_decision_must_follow_R21(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)

        case = cases.received(cast.amir.actor, cast.olga, said=cases.asked("HOME_NURSING", urgent_from=MONDAY_DATE))

        case.refresh_from_db()
        assert (case.urgent_unit, case.urgent_from, case.state) == (cast.bekkedal, MONDAY_DATE, "RECEIVED")
        dates = queries.dates_of([case])[case.pk]
        assert dates.urgent_from == MONDAY_DATE

    def test_model_2_lets_the_rapid_response_team_follow_this_part_R21(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_2)

        case = cases.received(cast.amir.actor, cast.olga, said=cases.asked("HOME_NURSING", urgent_from=MONDAY_DATE))

        case.refresh_from_db()
        assert case.urgent_unit == office.rapid
        assert {row.unit for row in cast.olga.followings.all()} == {cast.bekkedal, office.rapid}

    def test_a_table_without_a_deliverer_asks_for_a_team_R21(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1 | {"NEW_DELIVER": "NOBODY"})
        case = cases.received(cast.ingrid.actor, cast.olga)
        start: dict[str, Any] = {
            "actor": cast.ingrid.actor,
            "case_id": case.pk,
            "starts_on": MONDAY_DATE,
            "reason": "Falt i natt.",
            "at": MONDAY,
        }

        with pytest.raises(actions.FieldRefused) as refused:
            actions.start_urgently(**start)
        assert refused.value.field == "urgent_unit"
        assert actions.start_urgently(**start, unit_id=cast.bekkedal.pk).urgent_unit == cast.bekkedal

    def test_not_twice_and_not_in_the_past_R21(self, cast: Cast, office: Office) -> None:
        cases.follows_model(cast.bekkedal, MODEL_1)
        case = cases.received(cast.ingrid.actor, cast.olga)
        start: dict[str, Any] = {"actor": cast.ingrid.actor, "case_id": case.pk, "reason": "Falt i natt.", "at": MONDAY}

        with pytest.raises(actions.FieldRefused):
            actions.start_urgently(**start, starts_on=MONDAY_DATE - timedelta(days=1))
        actions.start_urgently(**start, starts_on=MONDAY_DATE)
        with pytest.raises(actions.CaseRefused):
            actions.start_urgently(**start, starts_on=MONDAY_DATE)
