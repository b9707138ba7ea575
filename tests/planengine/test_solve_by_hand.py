"""Small days summed by hand."""

from __future__ import annotations

import pytest

from planengine import (
    Break,
    Citizen,
    InvalidProblem,
    Link,
    Meeting,
    Params,
    ReferenceAssignment,
    StopKind,
    WorkPeriod,
    at_once,
)
from tests.planengine.builders import HOUR, LINE, MINUTE, helper, only, problem, solved, visit


def amount(result: object, name: str) -> float:
    return result.evaluation.amount(name)  # type: ignore[attr-defined,no-any-return]


class TestTravelAndTimes:
    def test_three_homes_on_a_line_are_an_hour_there_and_back(self) -> None:
        # base -10- A -10- B -10- C -30- base = 60 minutes, whichever way round; any other order is longer.
        day = problem(LINE, [helper(0)], [visit(n, n + 1) for n in range(3)])

        result = solved(day, only(travel=1.0))

        assert amount(result, "travel") == 60
        assert result.evaluation.cost == 60
        assert [result.assignments[n].start for n in range(3)] in (
            # out: 08:10, 08:50, 09:30 - home: 09:50, 09:10, 08:30
            [8 * HOUR + 600, 8 * HOUR + 3000, 9 * HOUR + 1800],
            [9 * HOUR + 3000, 9 * HOUR + 600, 8 * HOUR + 1800],
        )

    def test_an_unused_helper_does_not_travel(self) -> None:
        day = problem(LINE, [helper(0, start_place=0, end_place=3)], [])

        result = solved(day, only(travel=1.0))

        assert result.evaluation.cost == 0

    def test_travels_as_the_helper_does_from_base_to_home(self) -> None:
        # 20 to B, 10 on to home at C.
        day = problem(LINE, [helper(0, start_place=0, end_place=3)], [visit(0, 2)])

        assert amount(solved(day), "travel") == 30

    def test_a_break_is_held_where_the_helper_is(self) -> None:
        # Visit at C 08:30-09:00 by window, break 09:00-09:30 there, home 30: travel stays 60, back 10:00.
        day = problem(
            LINE,
            [helper(0, breaks=(Break(duration=30 * MINUTE, earliest=9 * HOUR, latest_end=9 * HOUR + 30 * MINUTE),))],
            [visit(0, 3, latest=8 * HOUR + 30 * MINUTE)],
        )

        result = solved(day)

        tour = result.plan.tours[0]
        assert [stop.kind for stop in tour.stops] == [StopKind.VISIT, StopKind.BREAK]
        assert tour.stops[1].place == 3
        assert (amount(result, "travel"), tour.back) == (60, 10 * HOUR)

    def test_a_meeting_blocks_its_time_and_is_travelled_to(self) -> None:
        # The meeting at B at 09:00 for an hour: the half hour at C fits before (08:30-09:00 is too late to be at B
        # by 09:00), so after: 10:00 + 10 = 10:10. Travel 20 + 10 + 30 = 60.
        day = problem(LINE, [helper(0, meetings=(Meeting(start=9 * HOUR, duration=HOUR, place=2),))], [visit(0, 3)])

        result = solved(day)

        assert result.assignments[0].start == 10 * HOUR + 10 * MINUTE
        assert amount(result, "travel") == 60

    def test_the_pause_between_two_work_periods_is_free_time(self) -> None:
        periods = tuple(
            WorkPeriod(start=start * HOUR, end=(start + 2) * HOUR, start_place=0, end_place=0) for start in (8, 18)
        )
        visits = [visit(0, 1, earliest=11 * HOUR), visit(1, 1, latest=9 * HOUR)]
        day = problem(LINE, [helper(0, periods=periods)], visits)

        result = solved(day)

        # 18:00 + 10; 08:00 + 10; both tours 10 + 10.
        assert (result.assignments[0].start, result.assignments[0].period) == (18 * HOUR + 600, 1)
        assert (result.assignments[1].start, result.assignments[1].period) == (8 * HOUR + 600, 0)
        assert amount(result, "travel") == 40

    def test_breaks_and_meetings_that_cannot_all_be_held_are_refused(self) -> None:
        clash = helper(
            0,
            breaks=(Break(duration=HOUR, earliest=9 * HOUR, latest_end=10 * HOUR),),
            meetings=(Meeting(start=9 * HOUR + 60, duration=HOUR),),
        )

        with pytest.raises(InvalidProblem) as refused:
            solved(problem(LINE, [clash], []))

        assert refused.value.field == "helpers[0].periods[0]"


class TestWishes:
    def test_waits_for_a_wished_time_instead_of_coming_early(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1, wish_from=10 * HOUR, wish_to=11 * HOUR)])

        result = solved(day)

        assert result.assignments[0].start == 10 * HOUR
        assert amount(result, "early") == amount(result, "late") == 0

    def test_pays_for_minutes_outside_the_wish_when_it_must(self) -> None:
        # At work from 08:00, ten minutes away: 08:10 is ten minutes after 08:00.
        day = problem(LINE, [helper(0)], [visit(0, 1, wish_to=8 * HOUR)])

        result = solved(day, only(late=3.0))

        assert (amount(result, "late"), result.evaluation.cost) == (10, 30)

    def test_comes_early_when_waiting_would_leave_somebody_out(self) -> None:
        # A wishes 09:00; B can only start at 09:00. A's half hour and 10 minutes of road must end by then.
        day = problem(
            LINE,
            [helper(0, end=10 * HOUR)],
            [visit(0, 1, wish_from=9 * HOUR), visit(1, 2, earliest=9 * HOUR, latest=9 * HOUR)],
        )

        result = solved(day)

        # B ends 09:30, base 09:50; A after B would be 09:40-10:10: too late. A at the latest 08:20.
        assert result.uncovered == ()
        assert result.assignments[0].start == 8 * HOUR + 20 * MINUTE
        assert amount(result, "early") == 40


class TestPeople:
    def test_the_known_face_goes_even_when_somebody_else_is_as_near(self) -> None:
        citizens = (Citizen(id=0, known=((1, 1.0),)), Citizen(id=1), Citizen(id=2))
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1)], citizens=citizens)

        result = solved(day, only(travel=1.0, unknown_face=5.0))

        assert result.assignments[0].helper == 1
        assert amount(result, "unknown_face") == 0

    def test_one_new_face_twice_is_one_unknown_face(self) -> None:
        # Known 0.25: two visits by the same helper = one face of 1 - 0.25.
        citizens = (Citizen(id=0, known=((0, 0.25),)), Citizen(id=1), Citizen(id=2))
        day = problem(LINE, [helper(0)], [visit(0, 1), visit(1, 1, earliest=12 * HOUR)], citizens=citizens)

        result = solved(day)

        assert (amount(result, "unknown_face"), amount(result, "extra_face")) == (0.75, 0)

    def test_the_primary_contact_and_the_wanted_helper_come_first(self) -> None:
        citizens = (
            Citizen(id=0, primary=1),
            Citizen(id=1, rather=frozenset({0})),
            Citizen(id=2, rather_not=frozenset({1})),
        )
        day = problem(LINE, [helper(0), helper(1)], [visit(n, n + 1) for n in range(3)], citizens=citizens)

        result = solved(day, only(not_primary=1.0, not_preferred=1.0, rather_not=1.0))

        assert [result.assignments[n].helper for n in range(3)] == [1, 0, 0]
        assert result.evaluation.cost == 0

    def test_who_must_not_come_does_not_come(self) -> None:
        citizens = (Citizen(id=0, must_not=frozenset({0})), Citizen(id=1), Citizen(id=2))
        day = problem(LINE, [helper(0)], [visit(0, 1)], citizens=citizens)

        assert [each.visit for each in solved(day).uncovered] == [0]

    def test_a_nurse_is_not_spent_where_a_care_worker_may(self) -> None:
        # Level 2 for a level-0 visit of 30 minutes = 60 level-minutes.
        day = problem(LINE, [helper(0, level=2), helper(1, level=0)], [visit(0, 1)])
        alone = problem(LINE, [helper(0, level=2)], [visit(0, 1)])

        assert solved(day).assignments[0].helper == 1
        assert amount(solved(alone), "level_waste") == 60

    def test_load_is_shared_by_working_time(self) -> None:
        # Four half hours at A; each visited alone from the base. All to one helper: busy 20 + 120 = 140, share 70:
        # 70 unfair minutes. Two each: 20 + 60 = 80 each, nothing unfair.
        day = problem(LINE, [helper(0), helper(1)], [visit(n, 1) for n in range(4)])

        shared = solved(day, only(unfair=1.0))
        lumped = solved(day, only(travel=1.0))

        assert amount(shared, "unfair") == 0
        assert sorted(total.busy for total in shared.evaluation.helpers) == [80 * MINUTE, 80 * MINUTE]
        assert amount(lumped, "unfair") == 70


class TestTwoAtOnceAndIntervals:
    def test_two_helpers_meet_at_the_same_time(self) -> None:
        day = problem(LINE, [helper(0), helper(1, start=9 * HOUR)], [visit(0, 1), visit(1, 1)], links=(at_once(0, 1),))

        result = solved(day)

        # The later one is there at 09:10.
        assert {a.start for a in result.assignments.values()} == {9 * HOUR + 600}
        assert {a.helper for a in result.assignments.values()} == {0, 1}

    def test_one_helper_alone_leaves_both_halves_uncovered(self) -> None:
        day = problem(LINE, [helper(0)], [visit(0, 1), visit(1, 1)], links=(at_once(0, 1),))

        result = solved(day)

        assert [each.visit for each in result.uncovered] == [0, 1]

    def test_keeps_the_time_between_two_visits(self) -> None:
        # First at 08:10, the second 4 hours later: 12:10.
        link = Link(first=0, second=1, least=4 * HOUR, most=5 * HOUR)
        day = problem(LINE, [helper(0)], [visit(0, 1), visit(1, 1)], links=(link,))

        result = solved(day)

        assert result.assignments[1].start - result.assignments[0].start == 4 * HOUR

    def test_the_first_waits_when_the_second_may_not_come_too_long_after(self) -> None:
        # The second opens at 14:00 and may start at most an hour after the first: the first is not before 13:00.
        link = Link(first=0, second=1, least=0, most=HOUR)
        day = problem(LINE, [helper(0)], [visit(0, 1), visit(1, 1, earliest=14 * HOUR)], links=(link,))

        assert solved(day).assignments[0].start == 13 * HOUR

    def test_interlocking_pairs_are_found(self) -> None:
        # Helper 0 alone can do {0, 2}, helper 1 alone {1, 3}; pairs (0 -> 3) and (1 -> 2), each second half within an
        # hour after its first: both firsts come before both seconds. Whole citizens cannot be ordered like this.
        able = [helper(0, competences=frozenset({0})), helper(1, competences=frozenset({1}))]
        visits = [
            visit(0, 1, competences=frozenset({0})), visit(1, 2, competences=frozenset({1})),
            visit(2, 2, competences=frozenset({0})), visit(3, 1, competences=frozenset({1})),
        ]  # fmt: skip
        links = tuple(
            Link(first=a, second=b, least=30 * MINUTE, most=HOUR, together=True, different_helpers=True)
            for a, b in ((0, 3), (1, 2))
        )
        day = problem(LINE, able, visits, links=links)

        result = solved(day, only(travel=1.0))

        assert result.uncovered == ()


class TestWhatIsFixed:
    def test_locked_and_fixed_visits_stay(self) -> None:
        visits = [visit(0, 1, helper=1, start=13 * HOUR), visit(1, 1, helper=1)]
        day = problem(LINE, [helper(0), helper(1)], visits)

        result = solved(day, only(travel=1.0))

        assert (result.assignments[0].helper, result.assignments[0].start) == (1, 13 * HOUR)
        assert result.assignments[1].helper == 1

    def test_a_plan_changes_as_little_as_possible(self) -> None:
        # Travel alone would put both with one helper (20 instead of 40 minutes); the reference holds them apart.
        visits = [visit(0, 1), visit(1, 1)]
        reference = (
            ReferenceAssignment(visit=0, helper=0, start=9 * HOUR),
            ReferenceAssignment(visit=1, helper=1, start=12 * HOUR),
        )
        day = problem(LINE, [helper(0), helper(1)], visits, reference=reference)

        result = solved(day, only(travel=1.0, changed_helper=30.0, moved_start=1.0))

        assert [(a.helper, a.start) for _, a in sorted(result.assignments.items())] == [(0, 9 * HOUR), (1, 12 * HOUR)]
        assert result.evaluation.cost == 40

    def test_the_least_important_is_left_out(self) -> None:
        # From 08:00 to 09:00 there is room for one half hour at A (10 + 30 + 10), not for two.
        visits = [visit(0, 1, importance=1), visit(1, 1, importance=10), visit(2, 1, importance=5)]
        day = problem(LINE, [helper(0, end=9 * HOUR)], visits)

        result = solved(day)

        assert sorted(each.visit for each in result.uncovered) == [0, 2]
        assert result.evaluation.uncovered_importance == 6

    def test_an_optional_visit_is_made_only_when_it_is_worth_it(self) -> None:
        # C and back is 60 minutes of travel: worth it at a skip cost of 61, not of 59.
        for skip, covered in ((61.0, True), (59.0, False)):
            day = problem(LINE, [helper(0)], [visit(0, 3, importance=0, skip_cost=skip)])

            result = solved(day, only(travel=1.0, skipped=1.0))

            assert (0 in result.assignments) is covered, skip

    def test_overtime_is_used_only_when_allowed(self) -> None:
        # Until 08:40; the visit ends 08:40, base 08:50: ten minutes over.
        day = problem(LINE, [helper(0, end=8 * HOUR + 40 * MINUTE, max_overtime=30 * MINUTE)], [visit(0, 1)])

        assert solved(day).assignments == {}
        assert amount(solved(day, Params(allow_overtime=True)), "overtime") == 10
