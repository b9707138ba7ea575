"""Reads of visits: what they hold, whom they let in, how many questions they ask."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.visits import actions, queries
from tillit.care.visits.models import Visit, VisitState
from tillit.foundation.access import reading
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


def asked(work: Callable[[], object]) -> int:
    """How many queries it takes."""
    with CaptureQueriesContext(connection) as seen:
        work()
    return len(seen)


class TestRows:
    def test_the_day_in_order_and_by_shift(self, cast: Cast) -> None:
        late = build.visit(cast.olga, cast.bekkedal, part="EVENING")
        early = build.visit(cast.arne, cast.bekkedal, cast.kari.employee, starts=time(8, 30))
        build.visit(cast.per, cast.fjelldal)

        with reading.watching() as watch:
            rows = queries.visits_of_day(unit_ids=[cast.bekkedal.pk], on=MONDAY_DATE)

        assert [row.visit_id for row in rows] == [early.pk, late.pk]
        assert rows[0].helper_ids == (cast.kari.employee.pk,)
        assert rows[0].title == "Morgenstell"
        assert set(watch.seen) == {cast.olga.pk, cast.arne.pk}
        assert [
            row.visit_id
            for row in queries.visits_of_day(unit_ids=[cast.bekkedal.pk], on=MONDAY_DATE, shift_kind="EVENING")
        ] == [late.pk]

    def test_three_queries_whatever_the_day_holds(self, cast: Cast) -> None:
        build.visit(cast.olga, cast.bekkedal, cast.kari.employee)

        def look() -> object:
            return queries.visits_of_day(unit_ids=[cast.bekkedal.pk], on=MONDAY_DATE)

        assert asked(look) == 3
        for part in ("MIDDAY", "AFTERNOON", "EVENING", "NIGHT"):
            build.visit(cast.olga, cast.bekkedal, cast.kari.employee, cast.amir.employee, part=part)
            build.visit(cast.arne, cast.bekkedal, cast.kari.employee, part=part)
        assert asked(look) == 3

    def test_get_visit_answers_not_found_out_of_reach(self, cast: Cast) -> None:
        visit = build.visit(cast.olga, cast.bekkedal)

        assert queries.get_visit(actor=cast.kari.actor, visit_id=visit.pk, at=MONDAY) == visit
        with pytest.raises(NotFound):
            queries.get_visit(actor=cast.nils.actor, visit_id=visit.pk, at=MONDAY)


class TestHistory:
    def past(self, cast: Cast, *, days: int = 5) -> None:
        for day in range(1, days + 1):
            helper = cast.kari.employee if day % 2 else cast.amir.employee
            build.visit(
                cast.olga,
                cast.bekkedal,
                helper,
                on=MONDAY_DATE - timedelta(days=day),
                starts=time(8, 30),
                state=VisitState.DONE,
            )

    def test_known_helpers_counts_visits_carried_out_together(self, cast: Cast) -> None:
        self.past(cast)
        build.visit(cast.olga, cast.bekkedal, cast.ingrid.employee)
        build.visit(
            cast.olga, cast.bekkedal, cast.ingrid.employee, on=MONDAY_DATE - timedelta(days=29), state=VisitState.DONE
        )

        known = queries.known_helpers(unit_id=cast.bekkedal.pk, until=MONDAY_DATE)

        assert known == {(cast.kari.employee.pk, cast.olga.pk): 3, (cast.amir.employee.pk, cast.olga.pk): 2}
        assert asked(lambda: queries.known_helpers(unit_id=cast.bekkedal.pk, until=MONDAY_DATE)) == 1

    def test_the_strip_shows_who_came_and_hides_what_the_plan_took_away(self, cast: Cast) -> None:
        self.past(cast, days=2)
        gone = build.visit(cast.olga, cast.bekkedal, state=VisitState.CANCELLED)
        gone.cancelled_by = "PLAN"
        gone.save()

        cells = queries.strip(cast.olga.pk, first=MONDAY_DATE - timedelta(days=14), after=TUESDAY_DATE)

        assert [cell.helper_ids for cell in cells] == [(cast.amir.employee.pk,), (cast.kari.employee.pk,)]
        assert cells[0].starts_at == oslo.moment(MONDAY_DATE - timedelta(days=2), time(8, 30))

    def test_continuity_of_a_fortnight_R25(self, cast: Cast) -> None:
        self.past(cast)

        found = queries.continuity_of(
            [cast.olga.pk, cast.arne.pk], until=MONDAY_DATE, primary_ids={cast.olga.pk: cast.kari.employee.pk}
        )

        olga = found[cast.olga.pk]
        assert (olga.last_14.visits, olga.last_14.different) == (5, 2)
        assert olga.last_14.primary_share is not None
        assert float(olga.last_14.primary_share) == 0.6
        assert olga.before_14.visits == 0
        assert olga.visits_by_helper == ((cast.kari.employee.pk, 3), (cast.amir.employee.pk, 2))
        assert found[cast.arne.pk].last_28.different == 0
        assert asked(lambda: queries.continuity_of([cast.olga.pk, cast.arne.pk], until=MONDAY_DATE)) == 2

    def test_continuity_is_the_same_from_a_strip_read_already_R25(self, cast: Cast) -> None:
        self.past(cast)
        month = queries.strip(cast.olga.pk, first=MONDAY_DATE - queries.CONTINUITY_REACH, after=TUESDAY_DATE)
        kari = cast.kari.employee.pk

        line = queries.continuity_from(month, until=MONDAY_DATE, primary_id=kari)

        asked_anew = queries.continuity_of([cast.olga.pk], until=MONDAY_DATE, primary_ids={cast.olga.pk: kari})
        assert line == asked_anew[cast.olga.pk]
        assert line.last_28.visits == 5

    def test_known_helpers_of_named_citizens_only(self, cast: Cast) -> None:
        self.past(cast)

        assert queries.known_helpers(unit_id=cast.bekkedal.pk, until=MONDAY_DATE, citizen_ids=[cast.arne.pk]) == {}
        assert queries.known_helpers(
            unit_id=cast.bekkedal.pk, until=MONDAY_DATE, citizen_ids=[cast.olga.pk]
        ) == queries.known_helpers(unit_id=cast.bekkedal.pk, until=MONDAY_DATE)

    def test_the_next_visit_of_the_day_is_the_first_that_is_still_to_come(self, cast: Cast) -> None:
        build.visit(cast.olga, cast.bekkedal, cast.kari.employee, starts=time(8, 30))
        noon = build.visit(cast.olga, cast.bekkedal, cast.amir.employee, part="MIDDAY", starts=time(12))
        build.visit(cast.olga, cast.bekkedal, part="EVENING")
        build.visit(cast.arne, cast.bekkedal, starts=time(13), state=VisitState.CANCELLED)

        coming = queries.coming_visits(unit_id=cast.bekkedal.pk, on=MONDAY_DATE, at=oslo.moment(MONDAY_DATE, time(10)))

        assert {citizen: (one.visit_id, one.helper_ids) for citizen, one in coming.items()} == {
            cast.olga.pk: (noon.pk, (cast.amir.employee.pk,))
        }

    def test_goal_trends_tell_what_helpers_said_by_goal(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        aim = build.goal(plan)
        walk = build.intervention(plan, "Gåtur", serves=aim)
        for day, said in ((1, "EASIER"), (2, "EASIER"), (3, "SAME")):
            visit = build.visit(cast.olga, cast.bekkedal, on=MONDAY_DATE - timedelta(days=day), serves=walk)
            actions.report_visit(
                actor=cast.amir.actor,
                visit_id=visit.pk,
                outcome="AS_PLANNED",
                goal_trend=said,
                press_key="a",
                at=TUESDAY,
            )

        assert aim.line is not None
        assert queries.goal_trends([cast.olga.pk], until=MONDAY_DATE) == {aim.line: queries.GoalTrend(2, 1, 0)}
        assert Visit.objects.count() == 3
