"""The rules of care plans: which days, in which words, what is missing, what is different, how it goes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillit.care.careplans.queries.wording import becomes_text, gap_text, gap_way_out, times_text, when_text
from tillit.care.careplans.rules.comparison import Difference, compare
from tillit.care.careplans.rules.gaps import BLOCKING, Gap, GapCode, GoalDraft, InterventionDraft, gaps_in
from tillit.care.careplans.rules.progress import Trend, share_reached, trend
from tillit.care.careplans.rules.recurrence import EVERY_DAY, Recurrence, TimeOfDay, weekdays_of
from tillit.kernel import oslo, red_days

MONDAY = date(2026, 11, 23)
TODAY = date(2026, 11, 24)


class TestRecurrence:
    def test_every_day_until_the_last_day_included(self) -> None:
        daily = Recurrence(EVERY_DAY, starts_on=MONDAY, ends_on=MONDAY + timedelta(days=2))

        assert list(daily.days(MONDAY - timedelta(days=3), MONDAY + timedelta(days=9))) == [
            MONDAY + timedelta(days=number) for number in range(3)
        ]

    def test_every_third_week_is_counted_from_the_iso_week_it_starts_in(self) -> None:
        # begins on a Friday; the Wednesday of that week has been, so the first is three weeks later
        wednesdays = Recurrence(frozenset({3}), starts_on=date(2026, 11, 27), every_weeks=3)

        assert list(wednesdays.days(MONDAY, date(2027, 2, 1))) == [
            date(2026, 12, 16),
            date(2027, 1, 6),
            date(2027, 1, 27),
        ]

    def test_weeks_are_counted_across_the_new_year_with_week_53(self) -> None:
        every_other = Recurrence(frozenset({4}), starts_on=date(2026, 12, 17), every_weeks=2)

        assert list(every_other.days(date(2026, 12, 17), date(2027, 1, 29))) == [
            date(2026, 12, 17), date(2026, 12, 31), date(2027, 1, 14), date(2027, 1, 28),
        ]  # fmt: skip

    def test_holidays_are_left_out_when_the_writer_says_so_and_sundays_are_not(self) -> None:
        christmas, ordinary_sunday = date(2026, 12, 25), date(2026, 11, 29)
        usual = Recurrence(EVERY_DAY, starts_on=MONDAY)
        careful = replace(usual, skip_holidays=True)

        assert usual.happens_on(christmas)
        assert not careful.happens_on(christmas)
        assert careful.happens_on(ordinary_sunday)
        assert not careful.happens_on(date(2027, 5, 17))

    def test_no_weeks_is_refused(self) -> None:
        with pytest.raises(ValueError):
            Recurrence(EVERY_DAY, starts_on=MONDAY, every_weeks=0)

    @given(
        st.frozensets(st.integers(1, 7), min_size=1),
        st.integers(1, 12),
        st.dates(date(2025, 1, 1), date(2027, 12, 31)),
        st.booleans(),
        st.integers(0, 400),
    )
    @settings(deadline=None)
    def test_a_day_it_happens_is_chosen_in_a_right_week_and_not_before_it_starts(
        self, weekdays: frozenset[int], weeks: int, starts_on: date, skip: bool, ahead: int
    ) -> None:
        day = starts_on + timedelta(days=ahead)
        found = Recurrence(weekdays, starts_on, weeks, skip_holidays=skip)

        if found.happens_on(day):
            assert day.isoweekday() in weekdays
            assert found.happens_on(day + timedelta(weeks=weeks)) or (
                skip and red_days.name_of(day + timedelta(weeks=weeks))
            )
            assert weeks == 1 or not found.happens_on(day + timedelta(weeks=1))
            assert not (skip and red_days.name_of(day))
        assert not found.happens_on(starts_on - timedelta(days=1))

    def test_stored_weekdays(self) -> None:
        assert weekdays_of("135") == {1, 3, 5}
        assert weekdays_of("") == frozenset()
        assert weekdays_of("08 9x") == frozenset()


class TestTimeOfDay:
    def test_a_window_past_midnight_ends_the_next_day(self) -> None:
        window = TimeOfDay("NIGHT", time(23), time(2)).window_on(MONDAY)

        assert window.start == oslo.moment(MONDAY, time(23))
        assert window.end == oslo.moment(MONDAY + timedelta(days=1), time(2))

    def test_the_small_hours_belong_to_the_night_that_began_the_evening_before(self) -> None:
        assert TimeOfDay("NIGHT", time(3), time(4)).window_on(MONDAY).start == oslo.moment(
            MONDAY + timedelta(days=1), time(3)
        )

    def test_the_days_of_23_and_25_hours(self) -> None:
        spring, autumn = date(2026, 3, 28), date(2026, 10, 24)
        small_hours = TimeOfDay("NIGHT", time(2, 30), time(5))

        assert small_hours.window_on(spring).start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
        assert small_hours.window_on(autumn).start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        assert TimeOfDay("MORNING", time(8), time(9)).window_on(date(2026, 10, 25)).start == datetime(
            2026, 10, 25, 7, tzinfo=UTC
        )


class TestWords:
    morning, evening = TimeOfDay("MORNING", time(8), time(9, 30)), TimeOfDay("EVENING", time(20), time(20))

    @pytest.mark.parametrize(
        ("weekdays", "weeks", "text"),
        [
            ("1234567", 1, "Hver dag, morgen og kveld"),
            ("12345", 1, "Mandag til fredag, morgen og kveld"),
            ("67", 1, "Lørdag og søndag, morgen og kveld"),
            ("3", 3, "Onsdager hver tredje uke, morgen og kveld"),
            ("135", 1, "Mandager, onsdager og fredager, morgen og kveld"),
            ("1234567", 2, "Hver dag hver andre uke, morgen og kveld"),
        ],
    )
    def test_when(self, weekdays: str, weeks: int, text: str) -> None:
        days = Recurrence(weekdays_of(weekdays), MONDAY, weeks)

        assert when_text(days, [self.evening, self.morning]) == text

    def test_the_end_and_holidays_are_said_when_there_is_something_to_say(self) -> None:
        days = Recurrence(EVERY_DAY, MONDAY, ends_on=date(2027, 1, 31), skip_holidays=True)

        assert when_text(days, [self.morning]) == "Hver dag, morgen, til og med 31.01.2027, ikke på helligdager"

    def test_what_was_chosen_is_read_back(self) -> None:
        days = Recurrence(EVERY_DAY, MONDAY)

        assert times_text([self.evening, self.morning]) == "08.00–09.30 og kl. 20.00"
        assert becomes_text(days, [self.morning], minutes=20) == "Blir: hver dag 08.00–09.30, 20 min."
        assert becomes_text(days, [self.morning], minutes=90, helpers=2) == (
            "Blir: hver dag 08.00–09.30, 1 t 30 min, to hjelpere."
        )

    @pytest.mark.parametrize("code", list(GapCode))
    def test_every_gap_has_words_and_a_way_out_without_exclamation(self, code: GapCode) -> None:
        text = gap_text(code, what="Stell", other="Morgenstell") + gap_way_out(code)

        assert "%(" not in text
        assert "!" not in text


GOOD_GOAL = GoalDraft(goal_id=1, is_active=True, evaluate_on=date(2027, 1, 15), matters_id=5, responsible_id=7)
GOOD_HELP = InterventionDraft(
    intervention_id=2,
    title="Morgenstell",
    goal_id=1,
    basis="GOAL",
    parts=frozenset({"MORNING"}),
    weekdays=EVERY_DAY,
    starts_on=MONDAY,
    ends_on=None,
)


class TestGaps:
    def found(self, goal: GoalDraft = GOOD_GOAL, help_: InterventionDraft = GOOD_HELP) -> list[Gap]:
        return gaps_in([goal], [help_], today=TODAY, competences=frozenset({"SAR"}))

    def test_a_good_plan_has_none(self) -> None:
        assert self.found() == []

    @pytest.mark.parametrize(
        ("facts", "code", "blocks"),
        [
            ({"evaluate_on": None}, GapCode.GOAL_WITHOUT_EVALUATION, True),
            ({"evaluate_on": TODAY - timedelta(days=1)}, GapCode.EVALUATION_PASSED, False),
            ({"evaluate_on": TODAY + timedelta(days=184)}, GapCode.EVALUATION_FAR_AHEAD, False),
            ({"matters_id": None}, GapCode.GOAL_WITHOUT_MATTERS, False),
            ({"responsible_id": None}, GapCode.GOAL_WITHOUT_RESPONSIBLE, False),
        ],
    )
    def test_what_a_goal_may_lack_R13(self, facts: dict[str, object], code: GapCode, blocks: bool) -> None:
        (gap,) = self.found(goal=replace(GOOD_GOAL, **facts))  # type: ignore[arg-type]

        assert (gap.code, gap.blocks, gap.goal_id) == (code, blocks, 1)

    @pytest.mark.parametrize(
        ("facts", "code", "blocks"),
        [
            ({"parts": frozenset()}, GapCode.INTERVENTION_WITHOUT_TIME, True),
            ({"weekdays": frozenset()}, GapCode.INTERVENTION_NEVER_HAPPENS, True),
            ({"ends_on": TODAY - timedelta(days=1)}, GapCode.INTERVENTION_NEVER_HAPPENS, True),
            ({"competence": "STOMI"}, GapCode.NOBODY_CAN, False),
        ],
    )
    def test_what_an_intervention_may_lack(self, facts: dict[str, object], code: GapCode, blocks: bool) -> None:
        (gap,) = self.found(help_=replace(GOOD_HELP, **facts))  # type: ignore[arg-type]

        assert (gap.code, gap.blocks, gap.intervention_id) == (code, blocks, 2)

    def test_without_a_goal_it_is_flagged_unless_it_is_safety_or_law(self) -> None:
        loose = replace(GOOD_HELP, goal_id=None)

        assert [gap.code for gap in self.found(help_=loose)] == [
            GapCode.GOAL_WITHOUT_INTERVENTION,
            GapCode.INTERVENTION_WITHOUT_GOAL,
        ]
        assert [gap.code for gap in self.found(help_=replace(loose, basis="LAW"))] == [
            GapCode.GOAL_WITHOUT_INTERVENTION
        ]

    def test_the_last_day_today_still_happens(self) -> None:
        assert self.found(help_=replace(GOOD_HELP, ends_on=TODAY)) == []

    def test_a_reached_goal_needs_nothing_more_but_a_plan_needs_a_goal(self) -> None:
        gaps = self.found(goal=replace(GOOD_GOAL, is_active=False, evaluate_on=None))

        assert [gap.code for gap in gaps] == [GapCode.NO_GOAL]

    def test_an_empty_plan_is_blocked_by_having_nothing_to_do(self) -> None:
        gaps = gaps_in([], [], today=TODAY)

        assert [gap.code for gap in gaps] == [GapCode.NO_INTERVENTION, GapCode.NO_GOAL]

    def test_two_nearly_alike_at_the_same_time_are_told_of(self) -> None:
        again = replace(GOOD_HELP, intervention_id=3, title="Hjelp til morgenstell")
        elsewhere = replace(again, intervention_id=4, parts=frozenset({"EVENING"}))
        other_days = replace(GOOD_HELP, intervention_id=5, weekdays=frozenset())

        gaps = gaps_in([GOOD_GOAL], [GOOD_HELP, again, elsewhere], today=TODAY)

        assert gaps == [Gap(GapCode.INTERVENTIONS_ALIKE, intervention_id=3, other_id=2)]
        assert GapCode.INTERVENTIONS_ALIKE not in {
            gap.code for gap in gaps_in([GOOD_GOAL], [GOOD_HELP, other_days], today=TODAY)
        }

    @given(
        st.lists(
            st.builds(
                GoalDraft,
                goal_id=st.integers(1, 9),
                is_active=st.booleans(),
                evaluate_on=st.none() | st.dates(date(2026, 1, 1), date(2028, 1, 1)),
                matters_id=st.none() | st.just(1),
                responsible_id=st.none() | st.just(1),
            ),
            max_size=4,
        )
    )
    def test_blocking_ones_come_first(self, goals: list[GoalDraft]) -> None:
        blocks = [gap.blocks for gap in gaps_in(goals, [GOOD_HELP], today=TODAY)]

        assert blocks == sorted(blocks, reverse=True)
        assert {gap.code for gap in gaps_in(goals, [], today=TODAY) if gap.blocks} <= BLOCKING


class TestCompare:
    def test_new_changed_gone_and_the_same(self) -> None:
        before = {1: {"title": "Stell", "when": "Hver dag"}, 2: {"title": "Vask"}, 3: {"title": "Medisin"}}
        now = {3: {"title": "Medisin"}, 1: {"title": "Stell", "when": "Onsdager"}, 4: {"title": "Gåtur"}}

        assert [(one.line, one.difference, one.facts) for one in compare(before, now)] == [
            (3, Difference.SAME, ()),
            (1, Difference.CHANGED, ("when",)),
            (4, Difference.NEW, ()),
            (2, Difference.GONE, ()),
        ]

    def test_a_fact_without_words_is_no_difference(self) -> None:
        assert compare({1: {"how": ""}}, {1: {}})[0].difference is Difference.SAME


class TestProgress:
    def test_the_share_of_the_way_also_downwards(self) -> None:
        assert share_reached(Decimal(10), Decimal(60), Decimal(110)) == 50
        assert share_reached(Decimal(8), Decimal(5), Decimal(2)) == 50
        assert share_reached(Decimal(10), Decimal(5), Decimal(110)) == 0
        assert share_reached(Decimal(10), Decimal(200), Decimal(110)) == 100
        assert share_reached(Decimal(3), Decimal(3), Decimal(3)) == 100
        assert share_reached(None, Decimal(3), Decimal(3)) is None

    def test_which_way_it_goes(self) -> None:
        start, target = Decimal(10), Decimal(100)

        assert trend([Decimal(50)], start=start, target=target) is Trend.CLOSER
        assert trend([Decimal(50), Decimal(40)], start=start, target=target) is Trend.FARTHER
        assert trend([Decimal(50), Decimal(50)], start=start, target=target) is Trend.SAME
        assert trend([], start=start, target=target) is Trend.UNKNOWN
        assert trend([Decimal(2)], start=None, target=target) is Trend.UNKNOWN
