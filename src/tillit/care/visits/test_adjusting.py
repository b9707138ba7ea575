"""An adjustment of the plan within the frame reaches the coming visits, and only those (R20)."""

from datetime import timedelta

import pytest

from tests import builders_frames
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.careplans import actions as careplans
from tillit.care.careplans.models import CarePlan
from tillit.care.careplans.rules.adjusting import Step, What
from tillit.care.visits import actions
from tillit.care.visits.models import Visit, VisitState
from tillit.foundation.access.actor import system

WEDNESDAY_DATE = TUESDAY_DATE + timedelta(days=1)


@pytest.fixture
def plan(cast: Cast) -> CarePlan:
    """Olga has 40 minutes every morning, in a frame from 240 to 360 minutes a week; her visits are made."""
    found = build.plan(cast.olga, in_use_from=builders_frames.BEGAN)
    build.intervention(found, minutes=40)
    builders_frames.framed(cast, builders_frames.office(cast), cast.olga)
    actions.roll_visits(actor=system("Nattjobb"), today=MONDAY_DATE, at=MONDAY - timedelta(hours=6))
    return found


def adjust(cast: Cast, plan: CarePlan, step: Step) -> CarePlan:
    """Kari presses on Tuesday morning."""
    made = careplans.adjust_plan(
        actor=cast.kari.actor,
        citizen_id=cast.olga.pk,
        plan_id=plan.pk,
        line=plan.interventions.values_list("line", flat=True)[0] or 0,
        step=step,
        why="Olga er tryggere i dusjen",
        at=TUESDAY,
    )
    return made.plan


class TestComingVisits:
    def test_follow_and_what_is_past_done_or_locked_stays(self, cast: Cast, plan: CarePlan) -> None:
        Visit.objects.filter(on=TUESDAY_DATE).update(state=VisitState.DONE)
        Visit.objects.filter(on=WEDNESDAY_DATE).update(is_locked=True)

        after = adjust(cast, plan, Step(What.MINUTES, -5))

        minutes = dict(Visit.objects.order_by("on").values_list("on", "minutes"))
        assert [minutes.pop(day) for day in (MONDAY_DATE, TUESDAY_DATE, WEDNESDAY_DATE)] == [40, 40, 40]
        assert minutes and set(minutes.values()) == {35}
        assert set(Visit.objects.filter(minutes=35).values_list("plan_id", flat=True)) == {after.pk}

    def test_a_day_fewer_takes_that_day_away(self, cast: Cast, plan: CarePlan) -> None:
        adjust(cast, plan, Step(What.DAY_FEWER, 7))
        sundays = [on for on in Visit.objects.values_list("on", flat=True) if on.isoweekday() == 7]
        assert sundays == []

    def test_a_step_out_of_the_frame_touches_no_visit(self, cast: Cast, plan: CarePlan) -> None:
        before = list(Visit.objects.order_by("pk").values())
        with pytest.raises(careplans.OutsideFrame):
            adjust(cast, plan, Step(What.MINUTES, -10))
        assert list(Visit.objects.order_by("pk").values()) == before
