"""A team gets another model while cases are under way: what moves, what stays (R04)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders_decisions as cases
from tests.builders_decisions import MODEL_1, MODEL_2, Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast
from tillit.care.citizens.models import Citizen
from tillit.care.decisions import actions
from tillit.care.decisions.actions.following_tables import offer_by_new_tables
from tillit.care.decisions.answers import CasesInFlight
from tillit.care.decisions.models import Case, Holding
from tillit.foundation.access.actor import system
from tillit.foundation.responsibility.models import TeamModel
from tillit.foundation.responsibility.sources import Fate

EARLIER = MONDAY - timedelta(days=3)
NIGHT = system("nattjobben")


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal has followed Model 1 for a long time."""
    found = cases.office(cast)
    cases.follows_model(cast.bekkedal, MODEL_1)
    return found


def came(cast: Cast, citizen: Citizen) -> Case:
    """An application came on Friday, before the change."""
    said = cases.asked("HOME_NURSING", received_on=EARLIER.date())
    return cases.received(cast.ingrid.actor, citizen, said=said, at=EARLIER)


def change_to_model_2(cast: Cast) -> None:
    """From Monday Bekkedal follows Model 2."""
    TeamModel.objects.filter(unit=cast.bekkedal).update(valid_to=MONDAY_DATE)
    version = cases.follows_model(cast.fjelldal, MODEL_2, name="Modell 2")
    TeamModel.objects.create(unit=cast.bekkedal, version=version, valid_from=MONDAY_DATE)


class TestCasesNobodyHasBegunWith:
    def test_are_offered_to_the_new_holder_once_R04(self, cast: Cast, office: Office) -> None:
        case = came(cast, cast.olga)
        assert offer_by_new_tables(actor=NIGHT, at=EARLIER) == 0

        change_to_model_2(cast)

        assert offer_by_new_tables(actor=NIGHT, at=MONDAY) == 1
        offer = Holding.objects.get(case=case, answer="")
        assert (offer.unit, offer.responsibility) == (office.unit, "NEW_CASE_WORK")
        assert "Modell 2" in offer.must_know
        case.refresh_from_db()
        assert case.unit == cast.bekkedal  # kept until the office has said yes
        assert offer_by_new_tables(actor=NIGHT, at=MONDAY) == 0

    def test_are_left_alone_when_the_office_has_sent_them_back(self, cast: Cast, office: Office) -> None:
        case = came(cast, cast.olga)
        change_to_model_2(cast)
        offer_by_new_tables(actor=NIGHT, at=MONDAY)
        offer = Holding.objects.get(case=case, answer="")
        actions.send_back_case(actor=office.olav.actor, holding_id=offer.pk, words="Dere kjenner henne.", at=MONDAY)

        assert offer_by_new_tables(actor=NIGHT, at=TUESDAY) == 0

    def test_those_being_assessed_stay_where_they_are(self, cast: Cast, office: Office) -> None:
        case = came(cast, cast.olga)
        actions.start_assessment(actor=office.nora.actor, case_id=case.pk, held_on=EARLIER.date(), at=EARLIER)
        change_to_model_2(cast)

        assert offer_by_new_tables(actor=NIGHT, at=MONDAY) == 0


class TestBeforeItIsDone:
    def test_says_what_moves_and_what_stays_R04(self, cast: Cast, office: Office) -> None:
        came(cast, cast.olga)
        begun = came(cast, cast.arne)
        actions.start_assessment(actor=office.nora.actor, case_id=begun.pk, held_on=EARLIER.date(), at=EARLIER)

        found = CasesInFlight().in_flight(unit_ids=[cast.bekkedal.pk], codes=["NEW_CASE_WORK"], on=MONDAY_DATE)

        assert [(one.kind, one.count) for one in found] == [(Fate.MOVES, 1), (Fate.MOVES, 0), (Fate.STAYS, 1)]
        elsewhere = CasesInFlight().in_flight(unit_ids=[cast.solvik.pk], codes=["NEW_CASE_WORK"], on=MONDAY_DATE)
        assert {one.count for one in elsewhere} == {0}
        other_rows = CasesInFlight().in_flight(unit_ids=[cast.bekkedal.pk], codes=["MESSAGES"], on=MONDAY_DATE)
        assert {one.count for one in other_rows} == {0}

    def test_asks_as_little_for_many_cases_as_for_one(self, cast: Cast, office: Office) -> None:
        def count() -> int:
            with CaptureQueriesContext(connection) as seen:
                CasesInFlight().in_flight(unit_ids=[cast.bekkedal.pk], codes=["NEW_CASE_WORK"], on=MONDAY_DATE)
            return len(seen)

        came(cast, cast.olga)
        one = count()
        came(cast, cast.arne)
        assert count() == one
