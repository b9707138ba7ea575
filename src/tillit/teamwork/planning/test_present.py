"""What stands on the lists is possible to the engine, when as little as possible is to change."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from tests import builders_planning as build
from tests.cast import TUESDAY_DATE
from tillit.teamwork.planning.adapter import engine, present
from tillit.teamwork.planning.adapter.present import Stop
from tillit.teamwork.planning.rules.day import Call, Day, Place, Row, Worker
from tillit.teamwork.planning.rules.presets import Preset

MINUTE = 60
EIGHT, NINE = 8 * 3600, 9 * 3600
TEN_EACH = [[0, 600, 600], [600, 0, 600], [600, 600, 0]]
"""Ten minutes between any two of three places; place 0 is the base."""
BASE: Place = (61.90, 6.00)
NEAR: Place = (61.90, 6.03)
FAR: Place = (61.92, 6.03)


def allowed(*stops: Stop, begins: int = EIGHT, ends: int = NINE) -> present.Allowed:
    return present.allowed(stops, begins=begins, ends=ends, start=0, base=0, travel=TEN_EACH)


class TestAllowed:
    def test_a_list_with_time_enough_needs_nothing(self) -> None:
        stops = (Stop(1, 1, EIGHT + 600, EIGHT + 1200), Stop(2, 2, EIGHT + 1800, EIGHT + 2400))

        assert allowed(*stops) == present.Allowed(EIGHT, (), ())

    def test_the_way_takes_no_longer_than_the_gap_people_have_left(self) -> None:
        first, then = Stop(1, 1, EIGHT + 600, EIGHT + 1200), Stop(2, 2, EIGHT + 1500, EIGHT + 2400)

        assert allowed(first, then).ways == ((1, 2, 5 * MINUTE),)

    def test_a_visit_that_reaches_into_the_next_ends_before_it(self) -> None:
        first, then = Stop(1, 1, EIGHT + 600, EIGHT + 1500), Stop(2, 1, EIGHT + 1200, EIGHT + 2400)

        assert (allowed(first, then).ways, allowed(first, then).ends) == (((1, 1, 0),), ((1, EIGHT + 1200),))

    def test_more_than_the_tolerance_is_not_allowed(self) -> None:
        first, then = Stop(1, 1, EIGHT + 600, EIGHT + 1500), Stop(2, 2, EIGHT + 1200, EIGHT + 2400)

        assert allowed(first, then) == present.Allowed(EIGHT, (), ())

    def test_a_meeting_never_ends_early(self) -> None:
        meeting, visit = Stop(None, 0, EIGHT, EIGHT + 900), Stop(2, 0, EIGHT + 600, EIGHT + 1800)

        assert allowed(meeting, visit).ends == ()

    def test_the_way_out_and_the_way_home_count_too(self) -> None:
        assert allowed(Stop(1, 1, EIGHT, NINE - 300)).ways == ((0, 1, 0), (1, 0, 5 * MINUTE))


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], 1800),
        ([(EIGHT, EIGHT + 1200), (EIGHT + 2400, NINE)], 1200),
        ([(EIGHT, EIGHT + 1800), (EIGHT + 2000, NINE)], 0),
    ],
)
def test_a_break_is_as_long_as_there_is_room_for(taken: list[tuple[int, int]], expected: int) -> None:
    assert present.break_length(taken, earliest=EIGHT, latest_end=NINE, wanted=1800) == expected


class TestKeeping:
    """Amir goes from base to base; the two visits he has stand closer than the way between them takes."""

    def at(self, hour: int, minute: int = 0) -> datetime:
        return build.at(time(hour, minute))

    def call(self, visit_id: int, place: Place, wished: datetime) -> Call:
        return Call(visit_id, visit_id, 30, self.at(8), self.at(14), wished_at=wished, place=place)

    def tight(self) -> Day:
        amir = Worker(1, "Amir Rahimi", "Amir", "AR", self.at(7, 30), self.at(15), level=1, start_place=BASE)
        return Day(
            TUESDAY_DATE,
            "DAY",
            (amir,),
            (
                self.call(11, NEAR, self.at(10)),
                self.call(12, FAR, self.at(8, 30)),
                self.call(13, NEAR, self.at(13)),
            ),
            (Row(11, 1, self.at(8, 28)), Row(12, 1, self.at(9, 3))),
        )

    def test_only_the_visit_nobody_has_is_placed_R24(self) -> None:
        day = self.tight()

        answer, _asked = engine.propose(
            day, at=self.at(6), preset=Preset.WISHED_TIMES, keep_present=True, iterations=2_000
        )

        assert set(day.rows) < set(answer.rows)
        assert [row.visit_id for row in answer.rows if row not in day.rows] == [13]

    def test_two_visits_at_the_same_time_are_mended(self) -> None:
        day = self.tight()
        day = replace(day, rows=(Row(11, 1, self.at(9)), Row(12, 1, self.at(9, 5))))

        answer, _asked = engine.propose(
            day, at=self.at(6), preset=Preset.KNOWN_FACES, keep_present=True, iterations=2_000
        )

        starts = sorted(row.starts_at for row in answer.rows if row.visit_id in (11, 12))
        assert starts[1] - starts[0] >= timedelta(minutes=30)
