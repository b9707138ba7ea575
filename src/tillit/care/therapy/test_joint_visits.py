"""A therapist and the team's helper at one visit: no new visit, and it keeps its time."""

from datetime import time

import pytest

from tests import builders_plan as build
from tests.builders_therapy import again, therapist, waiting
from tests.cast import MONDAY, TUESDAY_DATE, Cast, Member
from tillit.care.therapy import actions, queries
from tillit.care.therapy.actions import TherapyRefused
from tillit.care.therapy.models import JointVisit, TherapyCase
from tillit.care.visits.actions import cancel_visit
from tillit.care.visits.models import Visit
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

NINE = oslo.moment(TUESDAY_DATE, time(9))


@pytest.fixture
def lars(cast: Cast) -> Member:
    return therapist("Lars", "Eide", cast.solvik)


@pytest.fixture
def case(cast: Cast, lars: Member) -> TherapyCase:
    return actions.take_case(actor=lars.actor, therapy_id=waiting(cast, cast.olga).pk, at=MONDAY)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return build.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=TUESDAY_DATE, starts=time(9))


def ask(case: TherapyCase, visit: Visit, by: Member) -> JointVisit:
    return actions.ask_joint(actor=again(by).actor, therapy_id=case.pk, visit_id=visit.pk, why="Øve på dusj", at=MONDAY)


class TestAsk:
    def test_the_one_who_has_the_case_joins_and_the_time_stands_R25(
        self, cast: Cast, lars: Member, case: TherapyCase, visit: Visit
    ) -> None:
        joint = ask(case, visit, lars)

        visit.refresh_from_db()
        assert (visit.earliest_at, visit.latest_at, visit.is_locked, joint.agreed_at) == (NINE, NINE, True, MONDAY)
        assert Visit.objects.count() == 1
        assert queries.joint_of_visits([visit.pk])[visit.pk].therapist_name == "Lars Eide"

    def test_the_team_asks_and_she_answers(self, cast: Cast, lars: Member, case: TherapyCase, visit: Visit) -> None:
        joint = ask(case, visit, cast.amir)
        visit.refresh_from_db()
        assert (joint.agreed_at, visit.is_locked) == (None, False)

        with pytest.raises(TherapyRefused):
            actions.answer_joint(
                actor=therapist("Berit", "Ås", cast.bekkedal).actor, joint_id=joint.pk, comes=True, at=MONDAY
            )
        actions.answer_joint(actor=again(lars).actor, joint_id=joint.pk, comes=True, at=MONDAY)
        visit.refresh_from_db()
        assert visit.is_locked

    def test_out_of_reach_is_not_found_R18(self, cast: Cast, case: TherapyCase, visit: Visit) -> None:
        with pytest.raises(NotFound):
            ask(case, visit, cast.frida)

    def test_she_is_at_one_place_at_a_time(self, cast: Cast, lars: Member, case: TherapyCase, visit: Visit) -> None:
        build.visit(cast.arne, cast.bekkedal, lars.employee, on=TUESDAY_DATE, starts=time(9, 10))
        with pytest.raises(TherapyRefused):
            ask(case, visit, lars)

    def test_a_cancelled_or_anothers_visit_is_not_to_join(
        self, cast: Cast, lars: Member, case: TherapyCase, visit: Visit
    ) -> None:
        cancel_visit(actor=cast.amir.actor, visit_id=visit.pk, by="CITIZEN", at=MONDAY)
        for other in (visit, build.visit(cast.arne, cast.bekkedal, on=TUESDAY_DATE)):
            with pytest.raises(TherapyRefused):
                ask(case, other, lars)


class TestLeave:
    def test_the_visit_has_the_window_it_had(self, lars: Member, case: TherapyCase, visit: Visit) -> None:
        window = (visit.earliest_at, visit.latest_at, visit.is_locked)
        joint = ask(case, visit, lars)
        actions.leave_joint(actor=again(lars).actor, joint_id=joint.pk, at=MONDAY)

        visit.refresh_from_db()
        assert (visit.earliest_at, visit.latest_at, visit.is_locked) == window

    def test_given_back_the_case_takes_its_joint_visits_along(
        self, lars: Member, case: TherapyCase, visit: Visit
    ) -> None:
        ask(case, visit, lars)
        actions.give_back(actor=again(lars).actor, therapy_id=case.pk, edition=case.edition, why="Syk", at=MONDAY)

        visit.refresh_from_db()
        assert not visit.is_locked and JointVisit.objects.get().ended_at == MONDAY
