"""Is it clear enough, and the way to less help: pure rules."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.care.decisions.rules.clear_enough import Clarity, Mend, Point, check
from tillit.care.decisions.rules.frame import Unclear
from tillit.care.decisions.rules.reduction import Done, ReductionFacts, Stage, stages
from tillit.care.decisions.rules.states import Block
from tillit.care.letters.rules import Gap, PartCode

DAY = date(2026, 11, 24)


class TestClearEnough:
    def test_all_in_order_shows_only_what_concerns_it(self) -> None:
        assert [(one.point, one.ok) for one in check(Clarity())] == [
            (Point.GIVES, True),
            (Point.OWN_WORDS, True),
            (Point.REASONS, True),
            (Point.LAW, True),
            (Point.APPEAL, True),
            (Point.CHARGE, True),
            (Point.NEXT, True),
        ]

    @pytest.mark.parametrize(
        ("known", "point", "blocks", "mend"),
        [
            (Clarity(blocks=frozenset({Block.LINE_UNCLEAR})), Point.GIVES, True, Mend.PROPOSAL),
            (Clarity(blocks=frozenset({Block.NO_OWN_VIEW})), Point.OWN_WORDS, True, Mend.ASSESSMENT),
            (Clarity(gaps=(Gap(PartCode.CITIZEN_VIEW, True),)), Point.OWN_WORDS, True, Mend.ASSESSMENT),
            (Clarity(gaps=(Gap(PartCode.MATTERS, False),)), Point.MATTERS, False, Mend.TALK),
            (Clarity(gaps=(Gap(PartCode.RECIPIENT, True),)), Point.LETTER, True, Mend.NOTHING),
            (Clarity(rate_missing=True), Point.CHARGE, False, Mend.RATES),
            (Clarity(blocks=frozenset({Block.FACTS_NOT_SHOWN}), outside_facts=1), Point.FACTS, True, Mend.ASSESSMENT),
            (
                Clarity(blocks=frozenset({Block.NO_ADVANCE_NOTICE}), takes_away=True, by_citizen=False),
                Point.WARNED,
                True,
                Mend.NOTICE,
            ),
            (Clarity(unclear=(Unclear.PLAN_OUTSIDE_FRAME,), has_frame=True), Point.PLAN, False, Mend.PLAN),
            (Clarity(unclear=(Unclear.GOAL_WITHOUT_EVALUATION,), has_frame=True), Point.GOALS, False, Mend.PLAN),
        ],
    )
    def test_says_what_is_missing_and_what_mends_it(
        self, known: Clarity, point: Point, blocks: bool, mend: Mend
    ) -> None:
        wrong = [one for one in check(known) if not one.ok]
        assert [(one.point, one.blocks, one.mend) for one in wrong] == [(point, blocks, mend)]

    def test_what_stops_goes_before_what_is_advice(self) -> None:
        known = Clarity(blocks=frozenset({Block.NO_OWN_VIEW}), gaps=(Gap(PartCode.CITIZEN_VIEW, False),))
        assert next(one for one in check(known) if one.point is Point.OWN_WORDS).blocks

    @given(st.frozensets(st.sampled_from(Block)), st.lists(st.sampled_from(PartCode)))
    def test_each_point_once_and_every_gap_told(self, blocks: frozenset[Block], parts: list[PartCode]) -> None:
        points = check(Clarity(blocks=blocks, gaps=tuple(Gap(part, True) for part in parts)))
        assert len({one.point for one in points}) == len(points)
        assert not parts or any(one.blocks for one in points)


ALL = ReductionFacts(
    begun=True,
    talked_on=DAY,
    assessed_on=DAY,
    warned_on=DAY,
    reply_by=date(2026, 12, 8),
    replied_on=DAY,
    proposed_on=DAY,
    decided_on=DAY,
    told_on=DAY,
)


class TestTheWayToLessHelp:
    """R14."""

    def test_nothing_is_now_before_it_has_begun(self) -> None:
        assert {one.done for one in stages(ReductionFacts(begun=False), on=DAY)} == {Done.LATER}

    def test_all_done(self) -> None:
        assert {one.done for one in stages(ALL, on=DAY)} == {Done.DONE}

    @pytest.mark.parametrize(
        ("field", "stage"),
        [
            ("talked_on", Stage.TOGETHER),
            ("assessed_on", Stage.ASSESS),
            ("warned_on", Stage.WARN),
            ("replied_on", Stage.ANSWER),
            ("proposed_on", Stage.PROPOSE),
            ("decided_on", Stage.DECIDE),
            ("told_on", Stage.TELL),
        ],
    )
    def test_no_step_can_be_left_out(self, field: str, stage: Stage) -> None:
        lacking: dict[str, Any] = {field: None}
        found = {one.stage: one.done for one in stages(replace(ALL, **lacking), on=DAY)}
        order = list(Stage)
        assert found[stage] is Done.NOW
        assert all(found[later] is Done.LATER for later in order[order.index(stage) + 1 :])

    @pytest.mark.parametrize(("on", "done"), [(date(2026, 12, 8), Done.NOW), (date(2026, 12, 9), Done.DONE)])
    def test_the_time_to_answer_is_over_the_day_after(self, on: date, done: Done) -> None:
        found = {one.stage: one.done for one in stages(replace(ALL, replied_on=None), on=on)}
        assert found[Stage.ANSWER] is done

    def test_who_asked_herself_is_not_warned(self) -> None:
        known = replace(ALL, needs_notice=False, warned_on=None, replied_on=None, reply_by=None)
        found = {one.stage: one.done for one in stages(known, on=DAY)}
        assert (found[Stage.WARN], found[Stage.TELL]) == (Done.NOT_NEEDED, Done.DONE)
