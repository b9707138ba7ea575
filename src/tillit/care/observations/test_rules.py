"""NEWS2 and what it asks for: every threshold of the chart, from both sides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.care.observations.rules.news2 import Consciousness, Level, Measured, Parameter, is_for, score
from tillit.care.observations.rules.placing import OnDuty, Placed, Why, place
from tillit.care.observations.rules.reaction import Act, due, may_wait, reaction

#: Nothing wrong: 0 points.
WELL = Measured(16, 97, False, 130, 70, "A", Decimal("37.0"))
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def points(parameter: Parameter, **values: Any) -> int | None:
    return score(replace(WELL, **values)).points.get(parameter)


class TestPoints:
    """Chart 1 of the report."""

    @pytest.mark.parametrize(
        ("value", "expected"),
        [(1, 3), (8, 3), (9, 1), (11, 1), (12, 0), (20, 0), (21, 2), (24, 2), (25, 3), (60, 3)],
    )
    def test_respiration_R18(self, value: int, expected: int) -> None:
        assert points(Parameter.RESPIRATION, respiration=value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"), [(70, 3), (91, 3), (92, 2), (93, 2), (94, 1), (95, 1), (96, 0), (100, 0)]
    )
    @pytest.mark.parametrize("oxygen", [True, False, None])
    def test_saturation_on_scale_1_does_not_ask_for_oxygen_R18(
        self, value: int, expected: int, oxygen: bool | None
    ) -> None:
        assert points(Parameter.SATURATION, saturation=value, oxygen=oxygen) == expected

    @pytest.mark.parametrize(
        ("value", "on_air", "on_oxygen"),
        [
            (83, 3, 3), (84, 2, 2), (85, 2, 2), (86, 1, 1), (87, 1, 1), (88, 0, 0), (92, 0, 0),
            (93, 0, 1), (94, 0, 1), (95, 0, 2), (96, 0, 2), (97, 0, 3), (100, 0, 3),
        ],
    )  # fmt: skip
    def test_saturation_on_scale_2_R18(self, value: int, on_air: int, on_oxygen: int) -> None:
        assert points(Parameter.SATURATION, saturation=value, scale=2, oxygen=False) == on_air
        assert points(Parameter.SATURATION, saturation=value, scale=2, oxygen=True) == on_oxygen

    def test_scale_2_above_the_aim_is_not_counted_without_knowing_of_oxygen_R18(self) -> None:
        found = score(replace(WELL, saturation=93, scale=2, oxygen=None))

        assert set(found.missing) == {Parameter.SATURATION, Parameter.OXYGEN}
        assert score(replace(WELL, saturation=92, scale=2, oxygen=None)).missing == (Parameter.OXYGEN,)

    def test_oxygen_is_two_points_R18(self) -> None:
        assert points(Parameter.OXYGEN, oxygen=True) == 2
        assert points(Parameter.OXYGEN, oxygen=False) == 0

    @pytest.mark.parametrize(
        ("value", "expected"),
        [(60, 3), (90, 3), (91, 2), (100, 2), (101, 1), (110, 1), (111, 0), (219, 0), (220, 3), (280, 3)],
    )
    def test_systolic_R18(self, value: int, expected: int) -> None:
        assert points(Parameter.SYSTOLIC, systolic=value) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [(30, 3), (40, 3), (41, 1), (50, 1), (51, 0), (90, 0), (91, 1), (110, 1), (111, 2), (130, 2), (131, 3)],
    )
    def test_pulse_R18(self, value: int, expected: int) -> None:
        assert points(Parameter.PULSE, pulse=value) == expected

    @pytest.mark.parametrize(("code", "expected"), [("A", 0), ("C", 3), ("V", 3), ("P", 3), ("U", 3)])
    def test_consciousness_R18(self, code: str, expected: int) -> None:
        assert points(Parameter.CONSCIOUSNESS, consciousness=code) == expected

    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("34.0", 3), ("35.0", 3), ("35.1", 1), ("36.0", 1), ("36.1", 0), ("38.0", 0), ("38.1", 1), ("39.0", 1),
            ("39.1", 2), ("41.5", 2),
        ],
    )  # fmt: skip
    def test_temperature_R18(self, value: str, expected: int) -> None:
        assert points(Parameter.TEMPERATURE, temperature=Decimal(value)) == expected


class TestSum:
    def test_the_example_of_the_page_by_hand_R18(self) -> None:
        found = score(Measured(22, 93, True, 108, 96, "A", Decimal("38.4")))

        # 22 breaths 2, 93 % on scale 1 2, oxygen 2, 108 mmHg 1, 96 beats 1, alert 0, 38,4 °C 1
        assert found.total == 2 + 2 + 2 + 1 + 1 + 0 + 1 == 9
        assert found.level is Level.HIGH and found.is_complete and found.reds == ()

    def test_nothing_wrong_is_nought_and_the_most_is_twenty_R18(self) -> None:
        assert (score(WELL).total, score(WELL).level) == (0, Level.NONE)
        worst = Measured(30, 80, True, 70, 150, "U", Decimal("34.0"))
        assert score(worst).total == 3 + 3 + 2 + 3 + 3 + 3 + 3 == 20

    @pytest.mark.parametrize(
        ("values", "level"),
        [
            ({"temperature": Decimal("38.1")}, Level.LOW),  # 1
            ({"oxygen": True, "respiration": 21}, Level.LOW),  # 4
            ({"pulse": 131}, Level.SINGLE),  # 3 in one
            ({"pulse": 131, "temperature": Decimal("38.1")}, Level.SINGLE),  # 4, 3 of them in one
            ({"pulse": 131, "oxygen": True}, Level.MEDIUM),  # 5, with a 3
            ({"pulse": 111, "oxygen": True, "temperature": Decimal("38.1")}, Level.MEDIUM),  # 5
            ({"pulse": 111, "oxygen": True, "respiration": 21}, Level.MEDIUM),  # 6
            ({"pulse": 111, "oxygen": True, "respiration": 21, "temperature": Decimal("38.1")}, Level.HIGH),  # 7
        ],
    )
    def test_the_thresholds_of_chart_2_R18(self, values: dict[str, Any], level: Level) -> None:
        assert score(replace(WELL, **values)).level is level

    def test_what_is_missing_is_said_and_never_nought_R18(self) -> None:
        found = score(Measured(respiration=16, pulse=70))

        assert found.total == 0 and found.level is Level.INCOMPLETE
        assert found.missing == (
            Parameter.SATURATION,
            Parameter.OXYGEN,
            Parameter.SYSTOLIC,
            Parameter.CONSCIOUSNESS,
            Parameter.TEMPERATURE,
        )

    def test_a_part_that_is_enough_alone_is_acted_on_R18(self) -> None:
        assert score(Measured(respiration=26, saturation=88, oxygen=True)).level is Level.HIGH
        assert score(Measured(consciousness="C")).level is Level.SINGLE

    def test_is_not_for_children_R18(self) -> None:
        assert [is_for(age) for age in (15, 16, None)] == [False, True, True]

    @given(
        st.builds(
            Measured,
            respiration=st.none() | st.integers(1, 80),
            saturation=st.none() | st.integers(50, 100),
            oxygen=st.none() | st.booleans(),
            systolic=st.none() | st.integers(40, 300),
            pulse=st.none() | st.integers(20, 250),
            consciousness=st.sampled_from(["", *Consciousness]),
            temperature=st.none() | st.decimals(25, 44, places=1),
            scale=st.sampled_from([1, 2]),
        ),
        st.sampled_from(["respiration", "saturation", "systolic", "pulse", "temperature"]),
    )
    def test_measuring_less_never_gives_more_R18(self, measured: Measured, left_out: str) -> None:
        without: dict[str, Any] = {left_out: None}
        whole, less = score(measured), score(replace(measured, **without))

        assert less.total <= whole.total <= 20
        assert set(less.points) | set(less.missing) == set(Parameter)
        assert not set(less.points) & set(less.missing)


class TestReaction:
    """What each threshold asks for."""

    @pytest.mark.parametrize(
        ("level", "act", "act_minutes", "check_hours"),
        [
            (Level.NONE, Act.WATCH, None, 12),
            (Level.INCOMPLETE, Act.CALL_NURSE, 120, 6),
            (Level.LOW, Act.CALL_NURSE, 120, 6),
            (Level.SINGLE, Act.CALL_DOCTOR, 60, 1),
            (Level.MEDIUM, Act.CALL_DOCTOR, 15, 1),
            (Level.HIGH, Act.CALL_113, 0, 0.25),
        ],
    )
    def test_by_threshold_R18(self, level: Level, act: Act, act_minutes: int | None, check_hours: float) -> None:
        asked = reaction(level)
        found = due(asked, seen_at=AT)

        assert asked.act is act
        assert found.act_by == (None if act_minutes is None else AT + timedelta(minutes=act_minutes))
        assert found.check_by == AT + timedelta(hours=check_hours)
        assert found.first == min(found.act_by or found.check_by, found.check_by)

    @pytest.mark.parametrize("code", ["P", "U"])
    def test_who_cannot_be_woken_is_113_whatever_the_sum_R18(self, code: str) -> None:
        assert reaction(Level.SINGLE, consciousness=code).act is Act.CALL_113
        assert reaction(Level.SINGLE, consciousness="V").act is Act.CALL_DOCTOR

    def test_only_who_judges_lets_it_wait_longer_than_the_scale_R18(self) -> None:
        assert [may_wait(hours, Level.LOW, judges=False) for hours in (1, 6, 12)] == [True, True, False]
        assert may_wait(12, Level.LOW, judges=True)
        assert not may_wait(1, Level.HIGH, judges=False)
        assert not may_wait(3, Level.LOW, judges=True)  # not among the choices


class TestPlace:
    """Who has it: acute duty 1, nurses 2 and 3, the citizen's own 4, messages 5."""

    ALL = OnDuty(frozenset({1, 2, 3, 4, 5}), 1, (2, 3), 5, (4,))

    def test_what_cannot_wait_goes_to_acute_duty_R31(self) -> None:
        assert place(Act.CALL_DOCTOR, self.ALL) == Placed(1, Why.ACUTE)
        assert place(Act.CALL_113, replace(self.ALL, acute=None)) == Placed(2, Why.NURSE)

    def test_what_can_wait_goes_to_the_citizens_own_when_she_is_at_work_R31(self) -> None:
        assert place(Act.CALL_NURSE, self.ALL) == Placed(4, Why.RESPONSIBLE)
        assert place(Act.WATCH, replace(self.ALL, at_work=frozenset({1, 2}))) == Placed(1, Why.ACUTE)

    def test_nobody_who_is_not_at_work_R31(self) -> None:
        assert place(Act.CALL_113, replace(self.ALL, at_work=frozenset({3, 5}))) == Placed(3, Why.NURSE)
        assert place(Act.CALL_113, replace(self.ALL, at_work=frozenset({5}))) == Placed(5, Why.MESSAGES)
        assert place(Act.CALL_113, replace(self.ALL, at_work=frozenset())) == Placed(None, Why.NOBODY)
