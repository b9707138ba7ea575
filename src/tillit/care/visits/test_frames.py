"""What plans and visits answer about a citizen's frame (R20): docs/how-we-count/frame.md, the same numbers."""

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests import builders_authority, builders_plan, builders_visits
from tests import builders_decisions as made
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.careplans.answers import DecisionAnswers
from tillit.care.citizens.models import Whereabouts
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.models import Case
from tillit.care.decisions.queries.frame import frame_of
from tillit.care.decisions.rules.frame import Fit, Trend
from tillit.care.visits.answers_decisions import DeliveryAnswers
from tillit.care.visits.models import VisitState
from tillit.kernel import oslo

BEGAN = oslo.moment(date(2026, 9, 7), time(8))
MONDAYS = [date(2026, 9, 28) + timedelta(weeks=number) for number in range(8)]


@pytest.fixture
def case(cast: Cast) -> Case:
    """Olga has five hours of nursing a week, with 20 per cent each way, since September."""
    office = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    builders_authority.authority(office.services["HOME_NURSING"])
    builders_plan.plan(cast.olga, in_use_from=BEGAN)
    said = made.asked("HOME_NURSING", received_on=oslo.day_of(BEGAN))
    found = made.received(office.nora.actor, cast.olga, said=said, at=BEGAN)
    made.assessed(office.nora.actor, found, cast.ingrid.employee, at=BEGAN)
    found = made.proposed(office.nora.actor, found, at=BEGAN)
    found.lines.update(extent=Decimal(5), span_percent=20, starts_on=oslo.day_of(BEGAN))
    decide_case(
        actor=cast.marit.actor, case_id=found.pk, edition=found.edition, decided_on=oslo.day_of(BEGAN), at=BEGAN
    )
    return Case.objects.get(pk=found.pk)


def given(cast: Cast, minutes: tuple[int, ...]) -> None:
    """One visit each Monday."""
    for monday, one in zip(MONDAYS, minutes, strict=True):
        builders_visits.visit(cast.olga, cast.bekkedal, monday, minutes=one, state=VisitState.DONE)


class TestTheFrame:
    def test_follows_the_weeks_and_leaves_out_those_away(self, cast: Cast, case: Case) -> None:
        given(cast, (300, 360, 361, 370, 400, 240, 390, 420))
        builders_visits.visit(cast.olga, cast.bekkedal, MONDAYS[7], minutes=600)
        hours = (oslo.moment(MONDAYS[5], time(10)), oslo.moment(MONDAYS[5], time(20)))
        Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=hours[0], to_at=hours[1])

        found = frame_of(case, on=MONDAY_DATE)

        assert found is not None and (found.frame.least, found.frame.most) == (Decimal(4), Decimal(6))
        assert [week.minutes for week in found.weeks] == [300, 360, 361, 370, 400, None, 390, 420]
        assert [week.fit for week in found.weeks][:3] == [Fit.WITHIN, Fit.WITHIN, Fit.ABOVE]
        assert (found.trend, found.has_left) == (Trend.LEFT_ABOVE, True)

    def test_a_cold_changes_nothing(self, cast: Cast, case: Case) -> None:
        given(cast, (300, 310, 400, 410, 300, 400, 290, 300))
        found = frame_of(case, on=MONDAY_DATE)
        assert found is not None and (found.trend, found.has_left) == (Trend.SWINGS, False)

    def test_what_somebody_said_it_took_counts_before_what_was_planned(self, cast: Cast, case: Case) -> None:
        visit = builders_visits.visit(cast.olga, cast.bekkedal, MONDAYS[7], minutes=30)
        report = builders_visits.report(visit, cast.amir.employee, MONDAY)
        report.minutes = 55
        report.save()
        found = frame_of(case, on=MONDAY_DATE)
        assert found is not None and found.weeks[-1].minutes == 55

    def test_a_week_before_it_held_does_not_count(self, cast: Cast, case: Case) -> None:
        case.decisions.get().lines.update(starts_on=MONDAYS[6] + timedelta(days=1))
        found = frame_of(case, on=MONDAY_DATE)
        assert found is not None and [week.held for week in found.weeks] == [False] * 7 + [True]
        assert found.trend is Trend.TOO_EARLY


class TestWhatThePlanUses:
    @pytest.mark.parametrize(
        ("weekdays", "every", "parts", "minutes"),
        [("1234567", 1, ("MORNING", "EVENING"), 420), ("135", 1, ("MORNING",), 90), ("2", 3, ("MORNING",), 10)],
    )
    def test_is_an_average_week(
        self, cast: Cast, weekdays: str, every: int, parts: tuple[str, ...], minutes: int
    ) -> None:
        plan = builders_plan.plan(cast.olga)
        builders_plan.intervention(plan, weekdays=weekdays, every_weeks=every, minutes=30, parts=parts)
        facts = DecisionAnswers().plan_facts([cast.olga.pk, cast.arne.pk], on=MONDAY_DATE)
        assert facts[cast.olga.pk].minutes_a_week == minutes and cast.arne.pk not in facts

    def test_leaves_out_what_has_ended_and_goals_are_counted(self, cast: Cast) -> None:
        plan = builders_plan.plan(cast.olga)
        builders_plan.intervention(plan, ends_on=MONDAY_DATE - timedelta(days=1))
        builders_plan.goal(plan)
        builders_plan.goal(plan, "Klare trappa", evaluate_on=None)
        facts = DecisionAnswers().plan_facts([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk]
        assert (facts.minutes_a_week, facts.goals, facts.goals_without_evaluation) == (Decimal(0), 2, 1)
        assert (facts.in_use, facts.since) == (True, MONDAY_DATE)


class TestQuestions:
    def test_ask_as_much_of_many_as_of_one(self, cast: Cast, django_assert_num_queries: Callable[..., Any]) -> None:
        for citizen in (cast.olga, cast.arne):
            builders_plan.intervention(builders_plan.plan(citizen))
            builders_visits.visit(citizen, cast.bekkedal, MONDAY_DATE, state=VisitState.DONE)
        for ids in ([cast.olga.pk], [cast.olga.pk, cast.arne.pk]):
            with django_assert_num_queries(4):
                DecisionAnswers().plan_facts(ids, on=MONDAY_DATE)
            with django_assert_num_queries(3):
                DeliveryAnswers().minutes_by_week(ids, mondays=[MONDAY_DATE])
