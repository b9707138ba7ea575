"""The help that was given, week by week: the same numbers as in docs/how-we-count/help-over-time.md."""

from datetime import date, time, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tillit.care.careplans.rules.recurrence import PlannedHelp, Recurrence, TimeOfDay
from tillit.care.visits.rules.given import UNKNOWN, Given, by_kind_and_week, largest, planned_tasks, shared_out

MONDAY = date(2026, 11, 16)
WEEK = timedelta(weeks=1)
KINDS = ("PERSONAL_CARE", "MEDICATION", "MEAL", "TRAINING", "OTHER")


def help_of(kind: str, minutes: int, *, line: int = 1, part: str = "MORNING", own: bool = False) -> PlannedHelp:
    return PlannedHelp(
        intervention_id=line, line=line, title=kind, kind=kind, minutes=minutes, needs_own_visit=own,
        recurrence=Recurrence(weekdays=frozenset(range(1, 6)), starts_on=MONDAY),
        times=(TimeOfDay(part=part, earliest=time(8), latest=time(9)),),
    )  # fmt: skip


class TestSharedOut:
    def test_by_hand(self) -> None:
        visit = Given(MONDAY, 30, (("PERSONAL_CARE", 20), ("MEDICATION", 5), ("MEAL", 15)))

        assert shared_out(visit) == {
            "PERSONAL_CARE": Fraction(15), "MEDICATION": Fraction(15, 4), "MEAL": Fraction(45, 4),
        }  # fmt: skip

    def test_what_nobody_divided_is_not_guessed(self) -> None:
        assert shared_out(Given(MONDAY, 30)) == {UNKNOWN: 30}
        assert shared_out(Given(MONDAY, 30, (("MEAL", 0),))) == {UNKNOWN: 30}

    @given(st.integers(1, 480), st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 90)), max_size=6))
    def test_nothing_is_lost(self, minutes: int, tasks: list[tuple[str, int]]) -> None:
        assert sum(shared_out(Given(MONDAY, minutes, tasks)).values()) == minutes


class TestWeeks:
    def test_a_visit_belongs_to_the_week_of_its_day(self) -> None:
        sunday, monday = Given(MONDAY - timedelta(days=1), 20, (("MEAL", 5),)), Given(MONDAY, 30, (("MEAL", 5),))
        before = Given(MONDAY - 2 * WEEK, 99, (("MEAL", 5),))

        assert by_kind_and_week([sunday, monday, before], mondays=[MONDAY - WEEK, MONDAY]) == {"MEAL": [20, 30]}

    def test_the_smallest_are_laid_together_and_the_sum_is_the_same(self) -> None:
        weeks = {kind: [Fraction(number), Fraction(1)] for number, kind in enumerate(KINDS)} | {
            UNKNOWN: [Fraction(2)] * 2
        }

        found = largest(weeks, most=3)

        assert list(found) == ["TRAINING", "MEAL", "OTHER", UNKNOWN]
        assert found["OTHER"] == [0 + 1 + 4, 3]
        assert sum(map(sum, found.values())) == sum(map(sum, weeks.values()))


class TestPlannedTasks:
    def test_a_gathered_visit_has_what_the_plan_has_in_that_part_of_the_day(self) -> None:
        helps = [
            help_of("PERSONAL_CARE", 20),
            help_of("MEDICATION", 5, line=2, part="EVENING"),
            help_of("CLEANING", 60, line=7, own=True),
        ]

        assert planned_tasks(helps, slot="MORNING", part="MORNING", on=MONDAY) == [("PERSONAL_CARE", 20)]
        assert planned_tasks(helps, slot="MORNING:7", part="MORNING", on=MONDAY) == [("CLEANING", 60)]
        assert planned_tasks(helps, slot="MORNING", part="MORNING", on=MONDAY + timedelta(days=5)) == []
