"""Adjust the plan in use within the frame: one press, one line, a new version; never out of the frame (R20)."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import IntegrityError, transaction

from tests import builders_frames
from tests import builders_plan as build
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.careplans import actions, queries
from tillit.care.careplans.answers import DecisionAnswers
from tillit.care.careplans.events import PlanStarted
from tillit.care.careplans.models import Adjustment, CarePlan, GoalState, Intervention
from tillit.care.careplans.rules.adjusting import STEPS, Step, What
from tillit.care.decisions.models import DecisionLine
from tillit.care.decisions.queries.frame import standing_frame
from tillit.care.decisions.rules.frame import Fit, fit
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound

SHORTER = Step(What.MINUTES, -5)
LONGER = Step(What.MINUTES, 15)
WHY = "Olga er tryggere i dusjen"
LATER = MONDAY + timedelta(minutes=5)


@pytest.fixture
def office(cast: Cast) -> Office:
    return builders_frames.office(cast)


@pytest.fixture
def plan(cast: Cast, office: Office) -> CarePlan:
    """Olga has 40 minutes every morning: 280 minutes a week, in a frame from 240 to 360."""
    found = build.plan(cast.olga, in_use_from=builders_frames.BEGAN)
    aim = build.goal(found, about=build.need(found))
    build.intervention(found, serves=aim, minutes=40)
    builders_frames.framed(cast, office, cast.olga)
    return found


def morning(plan: CarePlan) -> int:
    """The line of the one intervention."""
    return Intervention.objects.filter(plan=plan).values_list("line", flat=True).get() or 0


def adjusted(cast: Cast, plan: CarePlan, step: Step = SHORTER, **other: object) -> Adjustment:
    facts = {"actor": cast.kari.actor, "line": morning(plan), "why": WHY, "at": MONDAY, **other}
    return actions.adjust_plan(citizen_id=cast.olga.pk, plan_id=plan.pk, step=step, **facts)  # type: ignore[arg-type]


def in_use(cast: Cast) -> CarePlan:
    return CarePlan.objects.get(citizen=cast.olga, valid_from__isnull=False, valid_to=None)


class TestWithinTheFrame:
    def test_is_a_new_version_and_the_old_one_stays_R20(self, cast: Cast, plan: CarePlan) -> None:
        made = adjusted(cast, plan)

        plan.refresh_from_db()
        assert (plan.valid_to, made.plan.valid_from, made.plan.made_from) == (MONDAY, MONDAY, plan)
        before, now = queries.content_of(plan.pk), queries.content_of(made.plan_id)
        assert [one.minutes for one in before.interventions] == [40]
        assert [(one.minutes, one.line, one.goal_id) for one in now.interventions] == [
            (35, before.interventions[0].line, now.goals[0].goal_id)
        ]
        assert [goal.line for goal in now.goals] == [goal.line for goal in before.goals]
        assert (made.week_before, made.week_after) == (Decimal(280), Decimal(245))
        assert (made.frame_least, made.frame_most) == (Decimal(240), Decimal(360))

    def test_a_care_worker_may_and_no_authority_is_asked_for(self, cast: Cast, plan: CarePlan) -> None:
        assert adjusted(cast, plan).adjusted_by == cast.kari.employee

    def test_the_line_is_seen_in_the_history_and_the_audit_holds_no_words(self, cast: Cast, plan: CarePlan) -> None:
        adjusted(cast, plan, why=f"  {WHY} ")

        versions = queries.plans_of(cast.olga.pk).lines
        assert [one.adjusted.text if one.adjusted else "" for one in versions] == [
            "Morgenstell: 35 min, før 40 min",
            "",
        ]
        assert versions[0].adjusted is not None and versions[0].adjusted.why == WHY
        entry = AuditEntry.objects.get(action="careplans.adjust_plan")
        assert (entry.change["amount"], entry.change["week_after"]) == (-5, "245.00")
        assert "dusj" not in str(entry.change)

    def test_the_floors_above_hear_of_it(self, cast: Cast, plan: CarePlan, monkeypatch: pytest.MonkeyPatch) -> None:
        heard: list[PlanStarted] = []
        monkeypatch.setitem(events._listeners, PlanStarted, [heard.append])
        made = adjusted(cast, plan)
        assert heard == [PlanStarted(plan_id=made.plan_id, citizen_id=cast.olga.pk, at=MONDAY)]

    def test_a_day_fewer_and_a_day_more(self, cast: Cast, plan: CarePlan) -> None:
        made = adjusted(cast, plan, Step(What.DAY_FEWER, 7))
        assert made.intervention.weekdays == "123456"
        made = adjusted(cast, made.plan, Step(What.DAY_MORE, 7), at=LATER)
        assert made.intervention.weekdays == "1234567"

    def test_goals_that_are_reached_stay_in_the_plan(self, cast: Cast, plan: CarePlan) -> None:
        plan.goals.update(state=GoalState.REACHED, state_on=MONDAY_DATE)
        made = adjusted(cast, plan)
        assert [goal.state for goal in queries.content_of(made.plan_id).goals] == ["REACHED"]
        assert made.intervention.goal_id is not None

    def test_taking_it_back_is_a_new_version_too(self, cast: Cast, plan: CarePlan) -> None:
        made = adjusted(cast, plan)
        back = actions.undo_adjustment(actor=cast.kari.actor, citizen_id=cast.olga.pk, plan_id=made.plan_id, at=LATER)
        assert (back.undoes, back.intervention.minutes, back.why) == (made, 40, WHY)
        assert CarePlan.objects.filter(citizen=cast.olga).count() == 3
        assert queries.adjustments_of(cast.olga.pk)[0].text == "Angret: Morgenstell: 40 min, før 35 min"
        with pytest.raises(NotFound):
            actions.undo_adjustment(actor=cast.kari.actor, citizen_id=cast.olga.pk, plan_id=back.plan_id, at=LATER)


class TestRefused:
    def test_out_of_the_frame_nothing_changes_R20(self, cast: Cast, plan: CarePlan) -> None:
        with pytest.raises(actions.OutsideFrame) as refused:
            adjusted(cast, plan, LONGER)

        assert (refused.value.what.fit, refused.value.what.after) == (Fit.ABOVE, Decimal(385))
        assert (
            in_use(cast) == plan
            and not Adjustment.objects.exists()
            and not AuditEntry.objects.filter(action="careplans.adjust_plan").exists()
        )

    def test_without_a_frame_the_plan_is_changed_with_a_draft(self, cast: Cast, plan: CarePlan) -> None:
        DecisionLine.objects.update(span_percent=None)
        with pytest.raises(actions.NoFrame):
            adjusted(cast, plan)

    @pytest.mark.parametrize("why", ["", "   ", "x" * 201])
    def test_one_line_is_asked_for(self, cast: Cast, plan: CarePlan, why: str) -> None:
        with pytest.raises(actions.StrangeFacts) as refused:
            adjusted(cast, plan, why=why)
        assert refused.value.fact == "why"

    def test_a_step_that_fits_nothing(self, cast: Cast, plan: CarePlan) -> None:
        with pytest.raises(actions.StrangeFacts):
            adjusted(cast, plan, Step(What.DAY_MORE, 1))
        with pytest.raises(actions.StrangeFacts):
            adjusted(cast, plan, line=99_999)

    def test_another_team_and_an_administrator_may_not(self, cast: Cast, plan: CarePlan) -> None:
        for actor in (cast.nils.actor, cast.admin.actor):
            with pytest.raises((NotFound, NotAllowed)):
                adjusted(cast, plan, actor=actor)
        assert adjusted(cast, plan)

    def test_without_a_plan_in_use(self, cast: Cast, plan: CarePlan) -> None:
        line = morning(plan)
        CarePlan.objects.update(valid_to=MONDAY)
        with pytest.raises(actions.PlanNotInUse):
            adjusted(cast, plan, line=line)

    def test_the_database_refuses_what_the_rule_would_refuse(self, cast: Cast, plan: CarePlan) -> None:
        made = adjusted(cast, plan)
        for wrong in ({"week_after": Decimal("360.01")}, {"week_after": Decimal("239.99")}, {"why": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Adjustment.objects.filter(pk=made.pk).update(**wrong)


class TestTwoAtOnce:
    def test_the_second_is_told_who_was_first_and_what_she_did(self, cast: Cast, plan: CarePlan) -> None:
        adjusted(cast, plan, actor=cast.ingrid.actor)
        with pytest.raises(ChangedMeanwhile) as refused:
            adjusted(cast, plan, Step(What.MINUTES, 5), line=morning(plan), at=LATER)
        assert "Ingrid justerte planen mens du skrev: Morgenstell: 35 min, før 40 min" in refused.value.text
        assert Adjustment.objects.count() == 1

    def test_the_same_press_twice_is_one(self, cast: Cast, plan: CarePlan) -> None:
        made = adjusted(cast, plan)
        assert adjusted(cast, plan, at=LATER) == made
        assert Adjustment.objects.count() == 1
        with pytest.raises(ChangedMeanwhile):
            adjusted(cast, plan, why="Noe annet", at=LATER)

    def test_a_draft_that_says_the_same_follows_and_its_writer_is_told(self, cast: Cast, plan: CarePlan) -> None:
        draft = actions.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)
        made = adjusted(cast, plan)

        draft.refresh_from_db()
        assert (draft.made_from, draft.edition) == (made.plan, 2)
        assert draft.interventions.get().minutes == 35
        with pytest.raises(ChangedMeanwhile):
            actions.add_need(actor=cast.amir.actor, plan_id=draft.pk, edition=1, text="Natta", at=LATER)

    def test_what_the_writer_of_a_draft_has_changed_stays_hers(self, cast: Cast, plan: CarePlan) -> None:
        draft = actions.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)
        draft.interventions.update(minutes=60)
        adjusted(cast, plan)
        assert draft.interventions.get().minutes == 60


class TestAnySequence:
    @pytest.mark.parametrize("seed", range(6))
    def test_of_presses_by_anybody_leaves_the_plan_within_its_frame_R20(
        self, cast: Cast, office: Office, seed: int
    ) -> None:
        """Random steps, taking back, drafts and stale pages, on several interventions: asked of what is stored."""
        pick = Random(seed)
        first = build.plan(cast.olga, in_use_from=builders_frames.BEGAN)
        for number in range(3):
            build.intervention(
                first,
                f"Tiltak {number}",
                minutes=pick.choice((10, 15, 20)),
                weekdays=pick.choice(("1234567", "135", "26")),
                parts=pick.choice((("MORNING",), ("MORNING", "EVENING"))),
                every_weeks=pick.choice((1, 1, 3)),
            )
        week = DecisionAnswers().plan_facts([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk].minutes_a_week
        assert week is not None
        hours = (week / 60 * pick.choice((Decimal("0.9"), Decimal(1), Decimal("1.1")))).quantize(Decimal("0.01"))
        builders_frames.framed(cast, office, cast.olga, hours=hours, span=15)
        lines = [line or 0 for line in first.interventions.order_by("pk").values_list("line", flat=True)]
        seen, done = [first.pk], 0
        for number in range(30):
            at = MONDAY + timedelta(minutes=number)
            line = pick.choice(lines)
            actor = pick.choice((cast.kari, cast.ingrid, cast.amir, cast.nils)).actor
            plan_id = pick.choice((seen[-1], seen[-1], seen[-1], pick.choice(seen)))
            try:
                if pick.random() < 0.2:
                    made = actions.undo_adjustment(actor=actor, citizen_id=cast.olga.pk, plan_id=plan_id, at=at)
                else:
                    made = actions.adjust_plan(
                        actor=actor, citizen_id=cast.olga.pk, plan_id=plan_id, line=line, step=pick.choice(STEPS),
                        why=f"Fordi {number}", at=at,
                    )  # fmt: skip
            except (ActionRefused, NotFound):
                continue
            seen.append(made.plan_id)
            done += 1
            standing = standing_frame(cast.olga.pk, on=MONDAY_DATE)
            now = DecisionAnswers().plan_facts([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk]
            assert standing is not None and now.in_use
            assert fit(standing.frame, now.minutes_a_week) is Fit.WITHIN
            assert CarePlan.objects.filter(citizen=cast.olga, valid_from__isnull=False, valid_to=None).count() == 1
        assert done  # else nothing was tested


class TestTheFrameThatHolds:
    def test_one_that_is_replaced_from_a_day_ahead_holds_till_then(self, cast: Cast, plan: CarePlan) -> None:
        DecisionLine.objects.update(stopped_on=date(2026, 12, 1))
        assert standing_frame(cast.olga.pk, on=MONDAY_DATE) is not None
        assert standing_frame(cast.olga.pk, on=date(2026, 12, 1)) is None
