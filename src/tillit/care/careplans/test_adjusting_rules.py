"""One step within the frame: what the week becomes, which steps make sense, and that no way leads out (R20)."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import MONDAY_DATE
from tillit.care.careplans.rules.adjusting import (
    STEPS,
    Step,
    What,
    bounds,
    judged,
    minutes_a_week,
    possible,
    room,
    stepped,
)
from tillit.care.careplans.rules.recurrence import EVERY_DAY, PlannedHelp, Recurrence, TimeOfDay
from tillit.care.decisions.rules.frame import Fit, Frame, fit

FIVE_HOURS = Frame(Decimal(5), 20)
"""From 240 to 360 minutes a week."""


def help_(
    line: int = 1,
    minutes: int = 40,
    weekdays: frozenset[int] = EVERY_DAY,
    times: int = 1,
    every_weeks: int = 1,
    starts_on: date = date(2026, 11, 1),
    ends_on: date | None = None,
) -> PlannedHelp:
    """One intervention, every morning."""
    parts = ("MORNING", "MIDDAY", "EVENING")[:times]
    return PlannedHelp(
        intervention_id=line,
        line=line,
        title="Morgenstell",
        kind="PERSONAL_CARE",
        minutes=minutes,
        recurrence=Recurrence(weekdays, starts_on, every_weeks, ends_on),
        times=tuple(TimeOfDay(part, time(8), time(9)) for part in parts),
    )


class TestOneStep:
    @pytest.mark.parametrize(
        ("step", "week", "within"),
        [
            (Step(What.MINUTES, 10), 350, Fit.WITHIN),
            (Step(What.MINUTES, 15), 385, Fit.ABOVE),
            (Step(What.MINUTES, -5), 245, Fit.WITHIN),
            (Step(What.MINUTES, -10), 210, Fit.BELOW),
            (Step(What.DAY_FEWER, 3), 240, Fit.WITHIN),
        ],
    )
    def test_the_example_reckoned_by_hand_R20(self, step: Step, week: int, within: Fit) -> None:
        """40 minutes every morning is 280 a week; the frame is 240 to 360, the ends included. See frame.md."""
        found = judged(FIVE_HOURS, [help_()], line=1, step=step, on=MONDAY_DATE)
        assert found is not None and (found.before, found.after, found.fit) == (Decimal(280), Decimal(week), within)

    @pytest.mark.parametrize(
        ("one", "step"),
        [
            (help_(minutes=5), Step(What.MINUTES, -5)),
            (help_(minutes=470), Step(What.MINUTES, 15)),
            (help_(), Step(What.MINUTES, 7)),
            (help_(), Step(What.DAY_MORE, 3)),
            (help_(weekdays=frozenset({3})), Step(What.DAY_FEWER, 3)),
            (help_(weekdays=frozenset({3})), Step(What.DAY_FEWER, 4)),
            (help_(), Step(What.DAY_FEWER, 8)),
        ],
    )
    def test_makes_no_sense(self, one: PlannedHelp, step: Step) -> None:
        assert stepped(one, step) is None
        assert judged(FIVE_HOURS, [one], line=1, step=step, on=MONDAY_DATE) is None

    def test_what_does_not_count_today_is_not_adjusted(self) -> None:
        ended = help_(ends_on=MONDAY_DATE - timedelta(days=1))
        far_ahead = help_(starts_on=MONDAY_DATE + timedelta(weeks=13))
        for one in (ended, far_ahead, help_(line=2)):
            assert judged(FIVE_HOURS, [one], line=1, step=Step(What.MINUTES, 5), on=MONDAY_DATE) is None
        assert possible(FIVE_HOURS, [ended], line=1, on=MONDAY_DATE) == []

    def test_there_is_room_to_both_sides(self) -> None:
        assert room(FIVE_HOURS, Decimal(280)) == (Decimal(40), Decimal(80))
        assert room(FIVE_HOURS, Decimal(400)) == (Decimal(160), Decimal(0))
        assert bounds(Frame(Decimal("3.33"), 7)) == (Decimal("185.8140"), Decimal("213.7860"))

    def test_more_of_a_week_for_times_and_less_for_weeks_between(self) -> None:
        helps = [help_(times=2), help_(line=2, minutes=30, weekdays=frozenset({2}), every_weeks=3)]
        assert minutes_a_week(helps, on=MONDAY_DATE) == 40 * 2 * 7 + 10


helps = st.builds(
    help_,
    minutes=st.integers(5, 90),
    weekdays=st.frozensets(st.integers(1, 7), min_size=1),
    times=st.integers(1, 3),
    every_weeks=st.integers(1, 4),
)
plans = st.lists(helps, min_size=1, max_size=5).map(
    lambda found: [
        PlannedHelp(**{**{name: getattr(one, name) for name in one.__slots__}, "line": number})
        for number, one in enumerate(found, start=1)
    ]
)
presses = st.lists(st.tuples(st.integers(1, 6), st.sampled_from(STEPS)), max_size=60)


class TestEverySequence:
    @given(plans, presses, st.integers(0, 40), st.decimals("0.5", "1.5", places=2))
    def test_stays_within_the_frame_R20(
        self, plan: list[PlannedHelp], pressed: list[tuple[int, Step]], span: int, share: Decimal
    ) -> None:
        """Whatever is pressed in whatever order: a plan within its frame stays there, and one outside it can only come in.

        share: how the frame's hours stand to what the plan uses at first.
        """
        week = minutes_a_week(plan, on=MONDAY_DATE)
        frame = Frame((week * share / 60).quantize(Decimal("0.01")), span)
        has_been_within = fit(frame, week) is Fit.WITHIN
        for line, step in pressed:
            found = judged(frame, plan, line=line, step=step, on=MONDAY_DATE)
            if found is None or not found.is_within:
                continue
            plan = [found.help if one.line == line else one for one in plan]
            least, most = bounds(frame)
            assert least <= minutes_a_week(plan, on=MONDAY_DATE) == found.after <= most
            has_been_within = True
        assert fit(frame, minutes_a_week(plan, on=MONDAY_DATE)) is Fit.WITHIN or not has_been_within

    @given(plans, st.integers(1, 5), st.sampled_from(STEPS))
    def test_a_step_and_its_opposite_are_nothing(self, plan: list[PlannedHelp], line: int, step: Step) -> None:
        found = next((one for one in plan if one.line == line), None)
        after = stepped(found, step) if found else None
        if found is not None and after is not None:
            assert stepped(after, step.back) == found
