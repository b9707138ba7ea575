"""A citizen is handed over while cases are under way: they follow her where the table says so (R04, R07)."""

from datetime import date, timedelta

import pytest

from tests import builders_decisions as cases
from tests.builders_decisions import MODEL_1, Office
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.citizens.actions.handover import accept_handover, offer_handover, send_back_handover
from tillit.care.citizens.models import HandoverReason
from tillit.care.decisions.actions.following_citizens import pass_on_cases
from tillit.care.decisions.actions.holding import send_back_case
from tillit.care.decisions.models import Case, Holding
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.actor import system
from tillit.foundation.responsibility.models import TeamModel

EARLIER = MONDAY - timedelta(days=3)
NIGHT = system("nattjobben")


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal and Solvik both follow Model 1: the team has its cases."""
    found = cases.office(cast)
    version = cases.follows_model(cast.bekkedal, MODEL_1)
    TeamModel.objects.create(unit=cast.solvik, version=version, valid_from=EARLIER.date())
    return found


def came(cast: Cast) -> Case:
    said = cases.asked("HOME_NURSING", received_on=EARLIER.date())
    return cases.received(cast.ingrid.actor, cast.olga, said=said, at=EARLIER)


def offered(cast: Cast, *, from_on: date = MONDAY_DATE) -> int:
    """Bekkedal offers Olga to Solvik; Marit leads both."""
    return offer_handover(
        actor=cast.marit.actor, citizen_id=cast.olga.pk, from_unit_id=cast.bekkedal.pk, to_unit_id=cast.solvik.pk,
        reason=HandoverReason.MOVED, words="Olga flytter til Solvik.", from_on=from_on, at=MONDAY,
    ).pk  # fmt: skip


def test_a_case_that_waits_goes_with_her_in_the_same_press_R07(cast: Cast, office: Office) -> None:
    case = came(cast)
    assert case.unit == cast.bekkedal

    accept_handover(actor=cast.marit.actor, handover_id=offered(cast), at=MONDAY)

    case.refresh_from_db()
    assert case.unit == cast.solvik
    passed = Holding.objects.get(case=case, from_unit=cast.bekkedal)
    assert (passed.unit, passed.answer) == (cast.solvik, Holding.Answer.YES)
    assert "Team Solvik har tatt over" in passed.must_know


@pytest.mark.parametrize("state", [State.ACTIVE, State.PAUSED, State.NOTIFIED])
def test_help_that_runs_is_looked_at_again_by_those_who_have_her_R07(cast: Cast, office: Office, state: State) -> None:
    case = came(cast)
    Case.objects.filter(pk=case.pk).update(state=state)

    accept_handover(actor=cast.marit.actor, handover_id=offered(cast), at=MONDAY)

    case.refresh_from_db()
    assert case.unit == cast.solvik


def test_an_assessment_under_way_is_offered_for_those_who_know_it_to_finish_R07(cast: Cast, office: Office) -> None:
    case = came(cast)
    Case.objects.filter(pk=case.pk).update(state=State.ASSESSMENT)

    accept_handover(actor=cast.marit.actor, handover_id=offered(cast), at=MONDAY)

    case.refresh_from_db()
    assert case.unit == cast.bekkedal  # kept until Solvik has said yes to this too
    assert Holding.objects.get(case=case, answer="").unit == cast.solvik


def test_what_others_have_by_the_table_stays_with_them_R04(cast: Cast, office: Office) -> None:
    case = came(cast)
    Case.objects.filter(pk=case.pk).update(unit=office.unit)

    accept_handover(actor=cast.marit.actor, handover_id=offered(cast), at=MONDAY)

    case.refresh_from_db()
    assert case.unit == office.unit
    assert not Holding.objects.filter(case=case, answer="").exists()


def test_a_no_moves_nothing_R07(cast: Cast, office: Office) -> None:
    case = came(cast)

    send_back_handover(actor=cast.marit.actor, handover_id=offered(cast), answer="Vi har ikke plass.", at=MONDAY)

    case.refresh_from_db()
    assert case.unit == cast.bekkedal


def test_a_first_day_that_lies_ahead_is_followed_that_night_and_once_R07(cast: Cast, office: Office) -> None:
    case = came(cast)
    accept_handover(actor=cast.marit.actor, handover_id=offered(cast, from_on=TUESDAY_DATE), at=MONDAY)
    case.refresh_from_db()
    assert case.unit == cast.bekkedal

    assert pass_on_cases(actor=NIGHT, at=TUESDAY) == 1
    case.refresh_from_db()
    assert case.unit == cast.solvik
    assert pass_on_cases(actor=NIGHT, at=TUESDAY) == 0


def test_a_case_somebody_has_answered_since_is_left_alone_R07(cast: Cast, office: Office) -> None:
    case = came(cast)
    Case.objects.filter(pk=case.pk).update(state=State.ASSESSMENT)
    accept_handover(actor=cast.marit.actor, handover_id=offered(cast), at=MONDAY)
    offer = Holding.objects.get(case=case, answer="")
    send_back_case(actor=cast.marit.actor, holding_id=offer.pk, words="Dere kan fullføre vurderingen.", at=MONDAY)

    assert pass_on_cases(actor=NIGHT, at=TUESDAY) == 0
