"""Many citizens' services at once from a file: a new version of the plan that keeps what people wrote."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.careplans import actions
from tillit.care.careplans.actions import PlanRefused, PlanTold
from tillit.care.careplans.events import PlansTakenIn
from tillit.care.careplans.models import CarePlan, Goal, Intervention, Need
from tillit.care.careplans.rules.recurrence import TimeOfDay
from tillit.care.careplans.rules.taking_in import Help, ServiceTold, Stands, plan_wanted
from tillit.care.citizens.models import Citizen, Following
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import events

LATER = MONDAY + timedelta(hours=1)
MORNING = TimeOfDay("MORNING", time(7, 30), time(10, 30))
EVENING = TimeOfDay("EVENING", time(17), time(21, 30))
CARE = Help("Morgenstell", 20, "PERSONAL_CARE")


def told(citizen: Citizen, *rows: ServiceTold) -> PlanTold:
    return PlanTold(citizen.pk, rows)


def row(**other: Any) -> ServiceTold:
    return replace(ServiceTold(CARE, MORNING), **other)


def take_in(cast: Cast, *plans: PlanTold, at: datetime = LATER, by: Member | None = None) -> actions.PlansIn:
    return actions.take_in_plans(actor=(by or cast.marit).actor, rows=plans, on=MONDAY_DATE, at=at)


class TestPlanWanted:
    def test_rows_that_differ_only_in_time_are_one_intervention(self) -> None:
        found = plan_wanted([row(), row(time=EVENING), row(help=replace(CARE, title="Middag"))], [], {})

        assert [(one.help.title, len(one.times), one.was) for one in found.interventions] == [
            ("Morgenstell", 2, None), ("Middag", 1, None),
        ]  # fmt: skip
        assert not found.is_same

    def test_help_goes_on_from_the_one_that_is_as_told_else_from_one_of_that_title(self) -> None:
        morning = Stands(1, CARE, {"MORNING": replace(MORNING, wished=time(8))}, date(2026, 1, 1))
        evening = Stands(2, replace(CARE, unit_id=7), {"EVENING": EVENING}, date(2026, 2, 2))

        same = plan_wanted([row(), row(time=EVENING)], [evening, morning], {})
        longer = plan_wanted([row(help=replace(CARE, minutes=30)), row(time=EVENING)], [evening, morning], {})

        assert same.is_same
        assert [(one.was, one.help.unit_id) for one in same.interventions] == [(1, None), (2, 7)]
        assert [(one.was, one.help.minutes, one.starts_on) for one in longer.interventions] == [
            (1, 30, date(2026, 1, 1)), (2, 20, date(2026, 2, 2)),
        ]  # fmt: skip
        assert longer.interventions[0].times == (replace(MORNING, wished=time(8)),)
        assert not longer.is_same

    def test_an_empty_goal_says_nothing_and_another_date_is_another_plan(self) -> None:
        day = date(2027, 1, 15)
        stands = [Stands(1, replace(CARE, goal="Gå ut"), {"MORNING": MORNING}, date(2026, 1, 1))]

        assert plan_wanted([row()], stands, {"Gå ut": day}).is_same
        moved = row(help=replace(CARE, goal="Gå ut"), evaluate_on=day + timedelta(days=1))
        assert not plan_wanted([moved], stands, {"Gå ut": day}).is_same

    def test_what_the_file_does_not_name_ends(self) -> None:
        stands = [Stands(pk, replace(CARE, title=str(pk)), {"MORNING": MORNING}, MONDAY_DATE) for pk in (1, 2)]

        found = plan_wanted([row(help=replace(CARE, title="1"))], stands, {})

        assert ([one.was for one in found.interventions], found.is_same) == ([1], False)


class TestTakeIn:
    def test_a_changed_plan_is_a_new_version_with_what_people_wrote(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = build.plan(cast.olga)
        goal = build.goal(
            before, responsible=cast.kari.employee, about=build.need(before), matters=build.words(cast.olga)
        )
        untouched = build.goal(before, "Lese avisa")
        help_ = build.intervention(before, serves=goal)
        Intervention.objects.filter(pk=help_.pk).update(how="La henne gå foran.", priority=1, line=help_.pk)
        stood = Intervention.objects.get(pk=help_.pk)
        times = {one.part_of_day: TimeOfDay(one.part_of_day, one.earliest, one.latest) for one in stood.times.all()}
        service = ServiceTold(replace(CARE, minutes=35), times["MORNING"])
        news: list[object] = []
        publish = events.publish

        def heard(event: object) -> None:
            news.append(event)
            publish(event)

        monkeypatch.setattr(events, "publish", heard)

        done = take_in(cast, told(cast.olga, service))

        now = CarePlan.objects.get(citizen=cast.olga, valid_to__isnull=True)
        before.refresh_from_db()
        assert done.changed == {cast.olga.pk}
        assert before.valid_to == now.valid_from == LATER and now.made_from == before
        row_now = Intervention.objects.get(plan=now)
        assert (row_now.how, row_now.priority, row_now.minutes, row_now.line) == ("La henne gå foran.", 1, 35, help_.pk)
        assert row_now.starts_on == stood.starts_on
        goals = {one.words: one for one in Goal.objects.filter(plan=now)}
        assert goals.keys() == {goal.words, untouched.words}
        kept = goals[goal.words]
        assert kept.responsible == cast.kari.employee and row_now.goal == kept
        assert kept.need == Need.objects.get(plan=now) and kept.line == (goal.line or goal.pk)
        assert Intervention.objects.get(pk=help_.pk).minutes == stood.minutes
        (said,) = (one for one in news if isinstance(one, PlansTakenIn))
        assert said.new_minutes == ((cast.olga.pk, help_.pk),)
        entry = AuditEntry.objects.get(action="careplans.start_plan")
        assert entry.change == {"replaces": before.pk, "by": "citizens.take_in"}

    def test_twice_changes_nothing(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        news: list[object] = []
        monkeypatch.setattr(events, "publish", news.append)
        goal = replace(CARE, goal="Gå ut", ends_on=date(2027, 5, 1))
        plans = [
            told(cast.olga, row(help=goal, evaluate_on=date(2027, 1, 1)), row(help=goal, time=EVENING)),
            told(cast.arne, row(starts_on=date(2026, 12, 1))),
        ]

        assert take_in(cast, *plans).new == {cast.olga.pk, cast.arne.pk}
        trail = AuditEntry.objects.count()
        again = take_in(cast, *plans)

        assert (again.new, again.changed, AuditEntry.objects.count(), len(news)) == (frozenset(), frozenset(), trail, 1)
        made = Intervention.objects.get(plan__citizen=cast.olga)
        assert (made.line, made.times.count(), made.goal and made.goal.line) == (made.pk, 2, made.goal_id)

    def test_a_goal_whose_help_has_all_ended_ends_with_it(self, cast: Cast) -> None:
        take_in(cast, told(cast.olga, row(help=replace(CARE, goal="Gå ut"))))

        take_in(cast, told(cast.olga, row(help=Help("Middag", 15, goal="Spise"))), at=LATER + timedelta(hours=1))

        now = Goal.objects.filter(plan__citizen=cast.olga, plan__valid_to__isnull=True)
        assert [one.words for one in now] == ["Spise"]
        assert Goal.objects.filter(words="Gå ut").count() == 1

    def test_help_that_is_over_is_left_out_and_a_draft_is_told_of(self, cast: Cast) -> None:
        build.plan(cast.olga, in_use_from=None)
        over = row(help=Help("Middag", 15, ends_on=MONDAY_DATE - timedelta(days=1)))

        (one,) = actions.foresee_plans(actor=cast.marit.actor, rows=[told(cast.olga, row(), over)], on=MONDAY_DATE)
        (nothing,) = actions.foresee_plans(actor=cast.marit.actor, rows=[told(cast.arne, over)], on=MONDAY_DATE)

        assert (one.is_new, one.over, one.has_draft) == (True, (1,), True)
        assert (nothing.is_new, nothing.over) == (False, (0,))

    def test_a_unit_must_follow_her_and_the_main_unit_is_not_named(self, cast: Cast) -> None:
        other = replace(CARE, unit_id=cast.solvik.pk)
        with pytest.raises(PlanRefused) as caught:
            take_in(cast, told(cast.olga, row(help=other, says_unit=True)))
        assert caught.value.fact == "unit"
        Following.objects.create(citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=date(2026, 1, 1))

        main = replace(CARE, title="Middag", unit_id=cast.bekkedal.pk)
        take_in(cast, told(cast.olga, row(help=other, says_unit=True), row(help=main, says_unit=True)))

        units = dict(Intervention.objects.filter(plan__citizen=cast.olga).values_list("title", "unit_id"))
        assert units == {"Morgenstell": cast.solvik.pk, "Middag": None}

    @pytest.mark.parametrize(
        ("other", "fact"),
        [
            ({"minutes": 0}, "minutes"),
            ({"helpers": 3}, "helpers"),
            ({"title": " "}, "title"),
            ({"kind": "DANCE"}, "kind"),
            ({"every_weeks": 13}, "every_weeks"),
            ({"competence": "DRONE"}, "competence"),
        ],
    )
    def test_what_the_page_refuses_is_refused_with_the_row(self, cast: Cast, other: dict[str, Any], fact: str) -> None:
        plan = told(cast.olga, row(), row(help=replace(CARE, **{"title": "Middag", **other})))

        (outlook,) = actions.foresee_plans(actor=cast.marit.actor, rows=[plan], on=MONDAY_DATE)
        with pytest.raises(PlanRefused):
            take_in(cast, plan)

        assert outlook.refused is not None and (outlook.refused.fact, outlook.refused.row) == (fact, 1)
        assert not CarePlan.objects.exists()

    def test_nobody_out_of_reach_and_nobody_whose_help_has_ended(self, cast: Cast) -> None:
        for plan, by in ((told(cast.per, row()), cast.marit), (told(cast.olga, row()), cast.ingrid)):
            with pytest.raises(PlanRefused) as caught:
                take_in(cast, plan, by=by)
            assert caught.value.fact == "citizen"
        Citizen.objects.filter(pk=cast.olga.pk).update(died_on=MONDAY_DATE)
        with pytest.raises(PlanRefused):
            take_in(cast, told(cast.olga, row()))

    def test_a_constant_number_of_queries(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(events, "publish", lambda one: None)
        people = [
            builders.citizen("A", "B", cast.bekkedal, born_on=date(1940, 1, 1) + timedelta(days=one))
            for one in range(30)
        ]

        def count(some: list[Citizen], at: datetime, **other: Any) -> int:
            with CaptureQueriesContext(connection) as seen:
                take_in(cast, *(told(one, row(help=replace(CARE, goal="Gå ut", **other))) for one in some), at=at)
            return len(seen)

        assert count(people[:2], LATER) == count(people[2:], LATER)
        again = LATER + timedelta(hours=1)
        assert count(people[:2], again, minutes=30) == count(people[2:], again, minutes=30)
