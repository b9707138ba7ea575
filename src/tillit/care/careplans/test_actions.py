"""What people do with plans: a draft, its contents, taking it into use, how it goes."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast
from tillit.care.careplans import actions, queries
from tillit.care.careplans.actions import GoalFacts, InterventionFacts
from tillit.care.careplans.events import PlanStarted
from tillit.care.careplans.models import CarePlan, Goal, GoalState, Intervention, InterventionTime
from tillit.care.careplans.rules.gaps import GapCode
from tillit.care.careplans.rules.recurrence import TimeOfDay
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import events
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

WALK = InterventionFacts(
    title="Gåtrening",
    minutes=20,
    starts_on=MONDAY_DATE,
    times=(TimeOfDay("MIDDAY", time(12), time(13)),),
    weekdays="531",
)


def ready_draft(cast: Cast, *, evaluate_on: date | None = build.EVALUATE_ON) -> CarePlan:
    """A draft that can be taken into use."""
    draft = build.plan(cast.olga, in_use_from=None)
    aim = build.goal(draft, matters=build.words(cast.olga), responsible=cast.amir.employee, evaluate_on=evaluate_on)
    build.intervention(draft, serves=aim)
    return draft


class TestStartDraft:
    def test_is_a_copy_of_the_plan_in_use_with_the_same_lines(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        need = build.need(plan)
        aim = build.goal(plan, matters=build.words(cast.olga), about=need)
        care = build.intervention(plan, serves=aim, parts=("MORNING", "EVENING"))
        reached = build.goal(plan, "Nådd")
        reached.state = GoalState.REACHED
        reached.save()

        draft = actions.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)

        copy = queries.content_of(draft.pk)
        assert draft.made_from == plan
        assert [(goal.words, goal.line, goal.matters_id) for goal in copy.goals] == [
            (aim.words, aim.line, aim.matters_id)
        ]
        assert copy.goals[0].need_id == copy.needs[0].need_id != need.pk
        assert [(one.title, one.line, one.goal_id) for one in copy.interventions] == [
            (care.title, care.line, copy.goals[0].goal_id)
        ]
        assert [one.part for one in copy.interventions[0].times] == ["MORNING", "EVENING"]
        assert InterventionTime.objects.filter(intervention=care).count() == 2

    def test_only_one_is_written_at_a_time(self, cast: Cast) -> None:
        draft = actions.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)

        with pytest.raises(actions.DraftExists):
            actions.start_draft(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)
        assert actions.take_up_draft(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY) == draft

    def test_another_team_does_not_find_the_citizen_and_an_administrator_may_not(self, cast: Cast) -> None:
        for actor in (cast.nils.actor, cast.admin.actor):
            with pytest.raises((NotFound, NotAllowed)):
                actions.start_draft(actor=actor, citizen_id=cast.olga.pk, at=MONDAY)
        assert not CarePlan.objects.exists()


class TestDrafting:
    def test_a_goal_and_an_intervention_get_lines_ranks_and_one_edition_each(self, cast: Cast) -> None:
        draft = build.plan(cast.olga, in_use_from=None)
        actor = cast.amir.actor

        first = actions.add_goal(
            actor=actor, plan_id=draft.pk, edition=1, facts=GoalFacts(words=" «Gå ut» ", start_words="2 m"), at=MONDAY
        )
        second = actions.add_goal(actor=actor, plan_id=draft.pk, edition=2, facts=GoalFacts(words="Sove"), at=MONDAY)
        one = actions.add_intervention(actor=actor, plan_id=draft.pk, edition=3, facts=WALK, at=MONDAY)

        assert (first.words, first.line, first.rank, first.now_words) == ("Gå ut", first.pk, 0, "2 m")
        assert second.rank == 1
        assert (one.line, one.weekdays) == (one.pk, "135")
        draft.refresh_from_db()
        assert (draft.edition, draft.changed_by) == (4, cast.amir.employee)
        assert AuditEntry.objects.count() == 3
        assert "Gå ut" not in str(list(AuditEntry.objects.values_list("change", flat=True)))

    def test_an_old_edition_is_refused_with_the_name_of_who_was_first(self, cast: Cast) -> None:
        draft = build.plan(cast.olga, in_use_from=None)
        actions.add_need(actor=cast.kari.actor, plan_id=draft.pk, edition=1, text="Trappa", at=MONDAY)

        with pytest.raises(ChangedMeanwhile) as refused:
            actions.add_need(actor=cast.amir.actor, plan_id=draft.pk, edition=1, text="Natta", at=MONDAY)

        assert (refused.value.seen, refused.value.now) == (1, 2)
        assert "Kari" in refused.value.text
        assert draft.needs.count() == 1

    def test_a_plan_in_use_is_never_edited(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        draft_of_another = build.plan(cast.arne, in_use_from=None)

        with pytest.raises(actions.PlanNotDraft):
            actions.add_intervention(actor=cast.amir.actor, plan_id=plan.pk, edition=1, facts=WALK, at=MONDAY)
        assert actions.add_intervention(
            actor=cast.amir.actor, plan_id=draft_of_another.pk, edition=1, facts=WALK, at=MONDAY
        ).pk

    @pytest.mark.parametrize(
        ("facts", "fact"),
        [
            ({"title": " "}, "title"),
            ({"minutes": 0}, "minutes"),
            ({"helpers": 3}, "helpers"),
            ({"every_weeks": 13}, "every_weeks"),
            ({"ends_on": date(2026, 11, 1)}, "ends_on"),
            ({"least_minutes": 60, "most_minutes": 30}, "most_minutes"),
            ({"times": (TimeOfDay("MORNING", time(10), time(9)),)}, "times"),
            ({"goal_id": 99_999}, "goal_id"),
            ({"competence_id": 99_999}, "competence_id"),
        ],
    )
    def test_strange_facts_are_refused_by_name(self, cast: Cast, facts: dict[str, object], fact: str) -> None:
        draft = build.plan(cast.olga, in_use_from=None)

        with pytest.raises(actions.StrangeFacts) as refused:
            actions.add_intervention(
                actor=cast.amir.actor,
                plan_id=draft.pk,
                edition=1,
                facts=replace(WALK, **facts),  # type: ignore[arg-type]
                at=MONDAY,
            )

        assert refused.value.fact == fact
        assert not Intervention.objects.exists()

    def test_a_goal_in_another_citizens_words_is_refused(self, cast: Cast) -> None:
        draft = build.plan(cast.olga, in_use_from=None)

        with pytest.raises(actions.StrangeFacts):
            actions.add_goal(
                actor=cast.amir.actor,
                plan_id=draft.pk,
                edition=1,
                facts=GoalFacts(words="Gå", matters_id=build.words(cast.arne).pk),
                at=MONDAY,
            )

    def test_changing_when_it_happens_replaces_the_times(self, cast: Cast) -> None:
        draft = build.plan(cast.olga, in_use_from=None)
        one = build.intervention(draft, parts=("MORNING", "EVENING"))

        actions.change_intervention(
            actor=cast.amir.actor, plan_id=draft.pk, edition=1, intervention_id=one.pk, facts=WALK, at=MONDAY
        )

        assert [time.part_of_day for time in one.times.all()] == ["MIDDAY"]


class TestStartPlan:
    def test_closes_the_one_before_and_tells_those_above(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        before = build.plan(cast.olga)
        draft = ready_draft(cast)
        heard: list[PlanStarted] = []
        monkeypatch.setitem(events._listeners, PlanStarted, [heard.append])

        actions.start_plan(actor=cast.amir.actor, plan_id=draft.pk, edition=1, at=TUESDAY)

        before.refresh_from_db()
        assert before.valid_to == TUESDAY
        assert heard == [PlanStarted(plan_id=draft.pk, citizen_id=cast.olga.pk, at=TUESDAY)]
        found = queries.plan_in_use(cast.olga.pk)
        assert found is not None
        assert found.plan_id == draft.pk

    def test_refuses_a_goal_without_evaluation_date_R13(self, cast: Cast) -> None:
        draft = ready_draft(cast, evaluate_on=None)

        with pytest.raises(actions.PlanNotReady) as refused:
            actions.start_plan(actor=cast.amir.actor, plan_id=draft.pk, edition=1, at=TUESDAY)

        assert [gap.code for gap in refused.value.gaps] == [GapCode.GOAL_WITHOUT_EVALUATION]
        assert not AuditEntry.objects.exists()

    def test_flags_but_does_not_block_a_goal_that_hangs_on_nothing(self, cast: Cast) -> None:
        draft = ready_draft(cast)
        Goal.objects.update(matters=None)

        assert GapCode.GOAL_WITHOUT_MATTERS in {gap.code for gap in queries.gaps_of(draft.pk, today=MONDAY_DATE)}
        assert actions.start_plan(actor=cast.amir.actor, plan_id=draft.pk, edition=1, at=TUESDAY).is_in_use

    def test_refuses_an_edition_nobody_has_seen_and_a_second_time(self, cast: Cast) -> None:
        draft = ready_draft(cast)

        with pytest.raises(ChangedMeanwhile):
            actions.start_plan(actor=cast.amir.actor, plan_id=draft.pk, edition=7, at=TUESDAY)
        actions.start_plan(actor=cast.amir.actor, plan_id=draft.pk, edition=1, at=TUESDAY)
        with pytest.raises(actions.PlanNotDraft):
            actions.start_plan(actor=cast.amir.actor, plan_id=draft.pk, edition=1, at=TUESDAY)


class TestProgress:
    def test_the_newest_day_is_now_and_the_draft_gets_it_too(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        aim = build.goal(plan)
        Goal.objects.update(start_value=10, now_value=10, target_value=110)
        draft = actions.start_draft(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)

        for on, value in ((MONDAY_DATE, 60), (date(2026, 11, 20), 40)):
            actions.record_goal_progress(actor=cast.amir.actor, goal_id=aim.pk, on=on, value=Decimal(value), at=MONDAY)

        (line,) = queries.goals_in_use([cast.olga.pk])[cast.olga.pk]
        assert (line.now_value, line.share, line.trend, line.now_on) == (Decimal(60), 50, "CLOSER", MONDAY_DATE)
        assert draft.goals.get().now_value == 60

    def test_a_goal_in_a_draft_is_refused(self, cast: Cast) -> None:
        aim = build.goal(build.plan(cast.olga, in_use_from=None))

        with pytest.raises(actions.PlanNotInUse):
            actions.record_goal_progress(actor=cast.amir.actor, goal_id=aim.pk, on=MONDAY_DATE, words="Bra", at=MONDAY)

    def test_reached_once_until_it_is_taken_back(self, cast: Cast) -> None:
        aim = build.goal(build.plan(cast.olga))

        def mark(state: GoalState) -> Goal:
            return actions.mark_goal(actor=cast.amir.actor, goal_id=aim.pk, state=state, on=MONDAY_DATE, at=MONDAY)

        assert mark(GoalState.REACHED).state_on == MONDAY_DATE
        with pytest.raises(actions.GoalNotActive):
            mark(GoalState.DROPPED)
        assert mark(GoalState.ACTIVE).state == GoalState.ACTIVE

    def test_out_of_reach_it_does_not_exist(self, cast: Cast) -> None:
        aim = build.goal(build.plan(cast.olga))

        with pytest.raises(NotFound):
            actions.mark_goal(actor=cast.nils.actor, goal_id=aim.pk, state=GoalState.REACHED, on=MONDAY_DATE, at=MONDAY)


class TestReads:
    def test_what_is_in_use_in_few_questions_for_many(self, cast: Cast) -> None:
        for citizen in (cast.olga, cast.arne):
            plan = build.plan(citizen)
            aim = build.goal(plan)
            build.intervention(plan, serves=aim, parts=("MORNING", "EVENING"))
        build.goal(build.plan(cast.per, in_use_from=None))

        with CaptureQueriesContext(connection) as seen:
            goals = queries.goals_in_use([cast.olga.pk, cast.arne.pk, cast.per.pk])
        assert len(seen) == 2
        assert set(goals) == {cast.olga.pk, cast.arne.pk}
        with CaptureQueriesContext(connection) as seen:
            helps = queries.help_in_use([cast.olga.pk, cast.arne.pk])
        assert len(seen) == 2
        assert [one.title for one in helps[cast.arne.pk][1]] == ["Morgenstell"]
        assert queries.interventions_in_use(cast.olga.pk)[0].when_text == "Hver dag, morgen og kveld"

    def test_evaluations_due_soonest_first_for_the_citizens_asked_about(self, cast: Cast) -> None:
        plan = build.plan(cast.olga)
        later = build.goal(plan, "Senere", evaluate_on=date(2026, 12, 1))
        soon = build.goal(plan, "Snart", evaluate_on=date(2026, 11, 25))
        build.goal(plan, "Etter", evaluate_on=date(2027, 3, 1))
        build.goal(build.plan(cast.per), evaluate_on=date(2026, 11, 25))

        due = queries.evaluations_due(citizen_ids=[cast.olga.pk, cast.arne.pk], until=date(2026, 12, 7))

        assert [one.goal_id for one in due] == [soon.pk, later.pk]
