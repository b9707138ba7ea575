"""A goal is looked at together; the outcome does what it says (R14, R22)."""

from datetime import date, timedelta

import pytest
from django.db import Error, transaction

from tests import builders_frames
from tests import builders_plan as build
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.careplans.models import CarePlan, Goal, GoalState, Intervention
from tillit.care.decisions.models import Case
from tillit.care.evaluations import actions
from tillit.care.evaluations.actions import Evaluated, Written
from tillit.care.evaluations.models import Asked, Evaluation
from tillit.care.evaluations.rules.outcome import Lack, Less, Outcome
from tillit.care.journal.models import Entry, EntryKind
from tillit.care.journal.sources import keeper_of
from tillit.foundation.access.models import AuditEntry
from tillit.kernel.errors import ChangedMeanwhile, NotFound

WORDS = "Nå går jeg ned selv, men ikke når det er glatt."
NEXT = date(2027, 2, 1)


@pytest.fixture
def goal(cast: Cast) -> Goal:
    """Olga's goal, with help every morning and a walk on Wednesdays, to be looked at last Friday."""
    plan = build.plan(cast.olga, in_use_from=builders_frames.BEGAN)
    found = build.goal(plan, about=build.need(plan), evaluate_on=date(2026, 11, 20))
    build.intervention(plan, serves=found, minutes=40)
    build.intervention(plan, "Gåtur", serves=found, minutes=30, weekdays="3", parts=("MIDDAY",))
    return found


def evaluated(cast: Cast, goal: Goal, outcome: Outcome = Outcome.KEEP, **other: object) -> Written:
    facts = {"own_words": WORDS, "next_on": NEXT, "level": 0, **other}
    return actions.evaluate_goal(
        actor=cast.kari.actor,
        goal_id=goal.pk,
        edition=Evaluation.objects.count(),
        facts=Evaluated(outcome=outcome, **facts),  # type: ignore[arg-type]
        press_key="",
        at=MONDAY,
    )


def in_draft(written: Written) -> dict[str, tuple[str, int]]:
    rows = Intervention.objects.filter(plan_id=written.draft_id).values_list("title", "weekdays", "every_weeks")
    return {title: (days, weeks) for title, days, weeks in rows}


class TestKeep:
    def test_the_goal_has_a_new_day_and_nothing_else_changes_R22(self, cast: Cast, goal: Goal) -> None:
        written = evaluated(cast, goal)

        goal.refresh_from_db()
        assert (goal.evaluate_on, goal.state, written.draft_id) == (NEXT, GoalState.ACTIVE, None)
        assert CarePlan.objects.count() == 1

    def test_a_draft_that_somebody_writes_gets_the_day_too(self, cast: Cast, goal: Goal) -> None:
        draft = build.plan(cast.olga, in_use_from=None)
        twin = build.goal(draft, goal.words, evaluate_on=goal.evaluate_on)
        Goal.objects.filter(pk=twin.pk).update(line=goal.line)

        evaluated(cast, goal)

        twin.refresh_from_db()
        assert twin.evaluate_on == NEXT

    @pytest.mark.parametrize(
        ("facts", "lack"),
        [
            ({"own_words": " "}, Lack.NOTHING_SAID),
            ({"next_on": None}, Lack.NO_NEXT_DAY),
            ({"next_on": MONDAY_DATE}, Lack.NEXT_DAY_PASSED),
            ({"next_on": MONDAY_DATE + timedelta(days=184)}, Lack.NEXT_DAY_FAR),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_written_R14(
        self, cast: Cast, goal: Goal, facts: dict[str, object], lack: Lack
    ) -> None:
        with pytest.raises(actions.NotWhole) as refused:
            evaluated(cast, goal, Outcome.KEEP, **facts)

        assert refused.value.lacks == (lack,)
        assert not Evaluation.objects.exists()

    def test_why_there_are_no_words_is_enough(self, cast: Cast, goal: Goal) -> None:
        assert evaluated(cast, goal, own_words="", why_no_words="Orket ikke i dag").evaluation.own_words == ""


class TestReached:
    def test_help_becomes_less_in_a_draft_that_is_seen_first_R14(self, cast: Cast, goal: Goal) -> None:
        walk = Intervention.objects.get(title="Gåtur")
        morning = Intervention.objects.get(title="Morgenstell")
        less = {walk.line or 0: Less.END, morning.line or 0: Less.RARER}

        written = evaluated(cast, goal, Outcome.REACHED, less=less)

        goal.refresh_from_db()
        assert goal.state == GoalState.REACHED
        assert in_draft(written) == {"Morgenstell": ("1357", 1)}
        assert not Goal.objects.filter(plan_id=written.draft_id).exists()
        assert Intervention.objects.filter(plan=goal.plan).count() == 2  # the plan in use is as it was

    def test_without_less_there_is_no_draft(self, cast: Cast, goal: Goal) -> None:
        assert evaluated(cast, goal, Outcome.REACHED).draft_id is None

    def test_a_reached_goal_is_not_evaluated_again(self, cast: Cast, goal: Goal) -> None:
        evaluated(cast, goal, Outcome.REACHED)

        with pytest.raises(actions.GoalClosed):
            evaluated(cast, goal)


class TestOthers:
    def test_adjust_takes_up_a_draft(self, cast: Cast, goal: Goal) -> None:
        written = evaluated(cast, goal, Outcome.ADJUST)

        assert Goal.objects.get(plan_id=written.draft_id).evaluate_on == NEXT

    def test_another_goal_puts_this_one_away_R14(self, cast: Cast, goal: Goal) -> None:
        written = evaluated(cast, goal, Outcome.NEW_GOAL)

        goal.refresh_from_db()
        assert goal.state == GoalState.DROPPED
        assert set(in_draft(written)) == {"Morgenstell", "Gåtur"}
        assert not Goal.objects.filter(plan_id=written.draft_id).exists()


class TestFrame:
    @pytest.fixture
    def office(self, cast: Cast) -> Office:
        """A frame from 240 to 360 minutes a week holds; the plan uses 310."""
        found = builders_frames.office(cast)
        builders_frames.framed(cast, found, cast.olga)
        return found

    def test_less_than_the_frame_takes_the_case_up_again_R14(self, cast: Cast, goal: Goal, office: Office) -> None:
        morning = Intervention.objects.get(title="Morgenstell")

        written = evaluated(cast, goal, Outcome.REACHED, less={morning.line or 0: Less.RARER})

        assert written.leaves_frame
        assert Case.objects.get(pk=written.case_id or 0).state == "REASSESSMENT"
        assert Evaluation.objects.get().case_id == written.case_id

    def test_within_the_frame_the_decision_stands(self, cast: Cast, goal: Goal, office: Office) -> None:
        walk = Intervention.objects.get(title="Gåtur")

        written = evaluated(cast, goal, Outcome.REACHED, less={walk.line or 0: Less.END})

        assert (written.leaves_frame, written.case_id) == (False, None)
        assert not Case.objects.filter(state="REASSESSMENT").exists()

    def test_a_case_that_is_looked_at_already_is_left_alone(self, cast: Cast, goal: Goal, office: Office) -> None:
        Case.objects.update(state="REASSESSMENT")
        morning = Intervention.objects.get(title="Morgenstell")

        written = evaluated(cast, goal, Outcome.REACHED, less={morning.line or 0: Less.END})

        assert (written.leaves_frame, written.case_id) == (True, None)


class TestSigned:
    def test_is_an_entry_of_the_journal_with_her_words_first(self, cast: Cast, goal: Goal) -> None:
        evaluated(cast, goal, seen="Går tryggere i trappa", with_whom="Datteren")

        entry = Entry.objects.get(kind=EntryKind.EVALUATION)
        content = keeper_of(entry.kind).contents([entry.row_id])[entry.row_id]
        assert (entry.citizen_id, entry.author_name, content.text) == (cast.olga.pk, "Kari Nilsen", WORDS)
        assert "Det vi har sett: Går tryggere i trappa" in content.facts
        assert [(peg.kind, peg.line) for peg in entry.pegs.all()] == [("GOAL", goal.line)]

    def test_what_is_signed_is_locked(self, cast: Cast, goal: Goal) -> None:
        evaluated(cast, goal)

        with pytest.raises(Error), transaction.atomic():
            Evaluation.objects.update(own_words="Noe annet")
        with pytest.raises(Error), transaction.atomic():
            Evaluation.objects.update(outcome="REACHED")

    def test_the_audit_holds_no_words(self, cast: Cast, goal: Goal) -> None:
        evaluated(cast, goal)

        entry = AuditEntry.objects.get(action="evaluations.evaluate_goal")
        assert WORDS not in str(entry.change)

    def test_she_is_asked_afterwards_for_three_weeks(self, cast: Cast, goal: Goal) -> None:
        evaluated(cast, goal, ask=True)

        assert Asked.objects.get().open_until == MONDAY_DATE + timedelta(days=21)


class TestTwo:
    def test_the_second_of_two_is_told_R06(self, cast: Cast, goal: Goal) -> None:
        evaluated(cast, goal)

        with pytest.raises(ChangedMeanwhile) as refused:
            actions.evaluate_goal(
                actor=cast.ingrid.actor,
                goal_id=goal.pk,
                edition=0,
                facts=Evaluated(outcome=Outcome.KEEP, own_words="Ja", next_on=NEXT),
                press_key="",
                at=MONDAY,
            )
        assert refused.value.now == 1

    def test_a_press_sent_twice_is_one(self, cast: Cast, goal: Goal) -> None:
        facts = Evaluated(outcome=Outcome.REACHED, own_words=WORDS)
        for _again in range(2):
            actions.evaluate_goal(
                actor=cast.kari.actor, goal_id=goal.pk, edition=0, facts=facts, press_key="one", at=MONDAY
            )

        assert Evaluation.objects.count() == Entry.objects.filter(kind=EntryKind.EVALUATION).count() == 1

    def test_out_of_reach_is_not_found_R18(self, cast: Cast, goal: Goal) -> None:
        with pytest.raises(NotFound):
            actions.evaluate_goal(
                actor=cast.frida.actor,
                goal_id=goal.pk,
                edition=0,
                facts=Evaluated(outcome=Outcome.KEEP, own_words=WORDS, next_on=NEXT),
                press_key="",
                at=MONDAY,
            )
