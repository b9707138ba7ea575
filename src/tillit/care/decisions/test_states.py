"""The case's machine: thousands of random histories never reach what the law forbids."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tillit.care.decisions.rules.states import (
    CLOSED,
    NEEDS_REASONS,
    TAKES_AWAY,
    WITH_HELP,
    Block,
    CaseFacts,
    LineFacts,
    Outcome,
    State,
    Step,
    after,
    blocks,
    overall,
    possible,
)

MONDAY = date(2026, 11, 23)

ready = CaseFacts(
    state=State.PROPOSED,
    lines=(LineFacts(outcome=Outcome.GRANTED),),
    own_view=True,
    assessed_on=MONDAY,
    may_decide=True,
)


class TestDeciding:
    def test_is_possible_when_everything_is_there_R19(self) -> None:
        assert blocks(ready, Step.DECIDE, on=MONDAY) == ()
        assert after(ready, Step.DECIDE) is State.DECIDED

    def test_needs_authority_R06(self) -> None:
        assert blocks(replace(ready, may_decide=False), Step.DECIDE, on=MONDAY) == (Block.NO_AUTHORITY,)

    def test_is_not_for_the_disqualified(self) -> None:
        assert blocks(replace(ready, disqualified=True), Step.DECIDE, on=MONDAY) == (Block.DISQUALIFIED,)

    def test_needs_the_citizens_own_view(self) -> None:
        assert blocks(replace(ready, own_view=False), Step.DECIDE, on=MONDAY) == (Block.NO_OWN_VIEW,)

    def test_a_refusal_needs_reasons_and_a_full_grant_does_not(self) -> None:
        for outcome in Outcome:
            case = replace(ready, lines=(LineFacts(outcome=outcome, has_reasons=False),))
            assert (Block.NO_REASONS in blocks(case, Step.DECIDE, on=MONDAY)) == (outcome in NEEDS_REASONS)

    def test_facts_from_others_are_shown_first(self) -> None:
        assert blocks(replace(ready, facts_not_shown=1), Step.DECIDE, on=MONDAY) == (Block.FACTS_NOT_SHOWN,)

    def test_what_is_dismissed_is_not_examined(self) -> None:
        case = CaseFacts(state=State.RECEIVED, lines=(LineFacts(outcome=Outcome.DISMISSED),), may_decide=True)
        assert blocks(case, Step.PROPOSE, on=MONDAY) == ()
        assert blocks(replace(case, state=State.PROPOSED), Step.DECIDE, on=MONDAY) == ()


class TestTakingAway:
    reduced = replace(
        ready, lines=(LineFacts(outcome=Outcome.REDUCED),), by_citizen=False, reassessed_from=MONDAY, assessed_on=MONDAY
    )

    def test_needs_advance_notice_when_we_take_the_initiative_R14(self) -> None:
        assert blocks(self.reduced, Step.DECIDE, on=MONDAY) == (Block.NO_ADVANCE_NOTICE,)

    def test_waits_for_the_answer_or_for_the_last_day(self) -> None:
        by = MONDAY + timedelta(days=14)
        case = replace(self.reduced, notice_sent_on=MONDAY, reply_by=by)
        assert blocks(case, Step.DECIDE, on=by) == (Block.REPLY_WINDOW_OPEN,)
        assert blocks(case, Step.DECIDE, on=by + timedelta(days=1)) == ()
        assert blocks(replace(case, replied_on=MONDAY), Step.DECIDE, on=MONDAY) == ()

    def test_needs_none_when_the_citizen_asked_for_it(self) -> None:
        assert blocks(replace(self.reduced, by_citizen=True), Step.DECIDE, on=MONDAY) == ()

    def test_needs_a_fresh_assessment(self) -> None:
        case = replace(self.reduced, by_citizen=True, assessed_on=MONDAY - timedelta(days=1))
        assert blocks(case, Step.DECIDE, on=MONDAY) == (Block.OLD_ASSESSMENT,)


class TestStarting:
    notified = replace(ready, state=State.NOTIFIED, responsible=True)

    def test_needs_somebody_responsible(self) -> None:
        assert blocks(self.notified, Step.START, on=MONDAY) == ()
        assert blocks(replace(self.notified, responsible=False), Step.START, on=MONDAY) == (Block.NO_RESPONSIBLE,)

    def test_a_frame_needs_a_plan_R20(self) -> None:
        frame = replace(self.notified, is_frame=True)
        assert blocks(frame, Step.START, on=MONDAY) == (Block.NO_PLAN,)
        assert blocks(replace(frame, plan_in_use=True), Step.START, on=MONDAY) == ()


class TestOverall:
    def test_says_what_all_say(self) -> None:
        for outcome in Outcome:
            assert overall([outcome, outcome]) is outcome

    def test_something_and_not_something_is_partly(self) -> None:
        assert overall([Outcome.GRANTED, Outcome.REFUSED]) is Outcome.PARTLY
        assert overall([Outcome.REFUSED, Outcome.DISMISSED]) is Outcome.REFUSED
        assert overall([Outcome.GRANTED, Outcome.ENDED]) is Outcome.REDUCED


@dataclass
class History:
    """What has happened, kept beside the machine and counted in another way."""

    decided_without_authority: int = 0
    took_away_unwarned: int = 0
    decided_unassessed: int = 0
    unreasoned: int = 0
    helped_without_decision: int = 0
    decisions: list[date] = field(default_factory=list)


class Life:
    """One case's life: facts change as they please, steps are taken whenever the rules let them."""

    def __init__(self) -> None:
        self.on = MONDAY
        self.case = CaseFacts(state=State.CONTACT)
        self.history = History()

    def lines_are_written(self, outcomes: list[Outcome], clear: bool, reasons: bool) -> None:
        lines = tuple(
            LineFacts(
                outcome=each, has_content=clear, has_extent=clear, has_end_or_evaluation=clear, has_reasons=reasons
            )
            for each in outcomes
        )
        self.case = replace(self.case, lines=lines)

    def she_is_assessed(self, own: bool, unseen: int) -> None:
        self.case = replace(self.case, own_view=own, assessed_on=self.on, facts_not_shown=unseen)

    def somebody_opens_it(self, may: bool, barred: bool, same_eyes: bool, asked: bool) -> None:
        self.case = replace(
            self.case, may_decide=may, disqualified=barred, four_eyes_broken=same_eyes, by_citizen=asked
        )

    def around_it(self, gaps: int, kept: bool, plan: bool, who: bool, frame: bool) -> None:
        self.case = replace(
            self.case, letter_gaps=gaps, letter_kept=kept, plan_in_use=plan, responsible=who, is_frame=frame
        )

    def she_answers(self) -> None:
        if self.case.notice_sent_on is not None:
            self.case = replace(self.case, replied_on=self.on)

    def a_step_is_tried(self, step: Step) -> bool:
        """Take the step when nothing stops it; return whether it was taken."""
        if blocks(self.case, step, on=self.on):
            return False
        was = self.case
        if step is Step.DECIDE:
            self._look_at_decision(was)
        if step is Step.START and not self.history.decisions:
            self.history.helped_without_decision += 1
        now = replace(was, state=after(was, step))
        if step is Step.SEND_ADVANCE_NOTICE:
            now = replace(now, notice_sent_on=self.on, reply_by=self.on + timedelta(weeks=2), replied_on=None)
        if step is Step.DECIDE:
            now = replace(now, decided=overall(line.outcome for line in was.lines), letter_kept=False)
        if step is Step.REASSESS:
            now = replace(now, reassessed_from=self.on, notice_sent_on=None, reply_by=None, replied_on=None)
        if step in (Step.KEEP, Step.REOPEN, Step.START):
            now = replace(now, reassessed_from=None)
        self.case = now
        return True

    def _look_at_decision(self, case: CaseFacts) -> None:
        outcomes = [line.outcome for line in case.lines]
        self.history.decisions.append(self.on)
        self.history.decided_without_authority += not case.may_decide or case.disqualified
        self.history.unreasoned += any(
            line.outcome is not Outcome.GRANTED and not line.has_reasons for line in case.lines
        )
        if set(outcomes) != {Outcome.DISMISSED}:
            self.history.decided_unassessed += case.assessed_on is None or not case.own_view
        if not case.by_citizen and TAKES_AWAY & set(outcomes):
            warned = case.notice_sent_on is not None and case.reply_by is not None
            heard = warned and (case.replied_on is not None or self.on > (case.reply_by or self.on))
            self.history.took_away_unwarned += not heard

    def holds_the_law(self) -> None:
        """Nothing was decided or taken away as it must not be; nothing runs without a decision; nobody is stuck."""
        assert self.history == History(decisions=self.history.decisions)
        if self.case.state in WITH_HELP | {State.REFUSED, State.DISMISSED}:
            assert self.history.decisions
        if self.case.state in CLOSED:
            assert set(possible(self.case, on=self.on)) <= {Step.REOPEN}
        if self.case.state is not State.DIED:
            generous = replace(
                self.case,
                lines=(LineFacts(outcome=Outcome.GRANTED),),
                own_view=True,
                assessed_on=self.on,
                facts_not_shown=0,
                may_decide=True,
                disqualified=False,
                four_eyes_broken=False,
                letter_gaps=0,
                letter_kept=True,
                responsible=True,
                plan_in_use=True,
            )
            assert possible(generous, on=self.on)


class AnyCase(RuleBasedStateMachine):
    """Random histories that are made shorter when one breaks the law."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life()

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        self.life.on += timedelta(days=days)

    @rule(outcomes=st.lists(st.sampled_from(Outcome), max_size=3), clear=st.booleans(), reasons=st.booleans())
    def lines_are_written(self, outcomes: list[Outcome], clear: bool, reasons: bool) -> None:
        self.life.lines_are_written(outcomes, clear, reasons)

    @rule(own=st.booleans(), unseen=st.integers(0, 1))
    def she_is_assessed(self, own: bool, unseen: int) -> None:
        self.life.she_is_assessed(own, unseen)

    @rule(may=st.booleans(), barred=st.booleans(), same_eyes=st.booleans(), asked=st.booleans())
    def somebody_opens_it(self, may: bool, barred: bool, same_eyes: bool, asked: bool) -> None:
        self.life.somebody_opens_it(may, barred, same_eyes, asked)

    @rule(gaps=st.integers(0, 1), kept=st.booleans(), plan=st.booleans(), who=st.booleans(), frame=st.booleans())
    def around_it(self, gaps: int, kept: bool, plan: bool, who: bool, frame: bool) -> None:
        self.life.around_it(gaps, kept, plan, who, frame)

    @rule()
    def she_answers(self) -> None:
        self.life.she_answers()

    @precondition(lambda self: self.life.case.state is not State.DIED)
    @rule(step=st.sampled_from(Step))
    def a_step_is_tried(self, step: Step) -> None:
        self.life.a_step_is_tried(step)

    @invariant()
    def the_law_holds(self) -> None:
        self.life.holds_the_law()


TestAnyCase = AnyCase.TestCase
TestAnyCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)


class TestThousandsOfHistories:
    def test_reach_everything_and_never_what_the_law_forbids_R19(self) -> None:
        """Drawn with a bias towards what may happen, so that histories are long; each step is held to the law."""
        dice, taken, reached = random.Random(2026), Counter[Step](), Counter[State]()
        for _number in range(2_000):
            life = Life()
            for _moment in range(30):
                _something_happens(life, dice)
                may = [step for step in possible(life.case, on=life.on) if step not in _SELDOM or dice.random() < 0.05]
                step = dice.choice(may) if may and dice.random() < 0.8 else dice.choice(list(Step))
                if life.a_step_is_tried(step):
                    taken[step] += 1
                    reached[life.case.state] += 1
                life.holds_the_law()
        assert set(State) - {State.CONTACT} <= set(reached)
        assert all(taken[step] >= 20 for step in Step if step is not Step.TAKE_BACK), taken


#: Steps that end a history, or leave it where it is: seldom drawn, or all would be short.
_SELDOM = frozenset({Step.DIE, Step.MOVE, Step.WITHDRAW, Step.START_URGENTLY, Step.SEND_INTERIM_REPLY})


def _something_happens(life: Life, dice: random.Random) -> None:
    """Change some of what is known, more often for the better than for the worse."""

    def good() -> bool:
        return dice.random() < 0.8

    life.on += timedelta(days=dice.randrange(0, 15))
    if dice.random() < 0.4:
        life.lines_are_written(dice.choices(list(Outcome), k=dice.randrange(0, 3)), good(), good())
    if dice.random() < 0.5:
        life.she_is_assessed(good(), 0 if good() else 1)
    if dice.random() < 0.5:
        life.somebody_opens_it(good(), not good(), not good(), good())
    life.around_it(0 if good() else 1, good(), good(), good(), not good())
    life.case = replace(life.case, ended_by_itself=dice.random() < 0.1)
    if dice.random() < 0.3:
        life.she_answers()
