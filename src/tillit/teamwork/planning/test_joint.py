"""A therapist who is on a joint visit is sent nowhere else then."""

from datetime import time, timedelta

from tests import builders
from tests import builders_plan as build
from tests.builders_therapy import again, therapist, waiting
from tests.cast import MONDAY, TUESDAY_DATE, Cast
from tillit.care.therapy import actions
from tillit.kernel import oslo
from tillit.teamwork.planning.queries import team_day

NINE = oslo.moment(TUESDAY_DATE, time(9))


def test_the_joint_visit_is_taken_time_in_her_lane_R24(cast: Cast) -> None:
    lars = therapist("Lars", "Eide", cast.solvik)
    builders.shift(lars.employee, cast.solvik, TUESDAY_DATE)
    visit = build.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=TUESDAY_DATE, starts=time(9))
    case = actions.take_case(actor=lars.actor, therapy_id=waiting(cast, cast.olga).pk, at=MONDAY)
    actions.ask_joint(actor=again(lars).actor, therapy_id=case.pk, visit_id=visit.pk, why="Øve på dusj", at=MONDAY)

    worker = team_day(unit=cast.solvik, on=TUESDAY_DATE, shift_kind="DAY").day.workers[0]

    assert [(one.starts_at, one.ends_at) for one in worker.meetings] == [(NINE, NINE + timedelta(minutes=20))]
