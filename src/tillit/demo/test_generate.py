"""Making Fjordvik: the same every time, refused where there is something, whole on every sort of day."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.db.models import Count, Q

from tillit.care.careplans.models import CarePlan, Goal, Intervention
from tillit.care.citizens.models import Citizen
from tillit.care.needs.models import Conversation
from tillit.care.visits.models import Visit
from tillit.demo import emptiness
from tillit.demo.cli import demo_data
from tillit.demo.fingerprint import fingerprint
from tillit.demo.generate import DatabaseNotEmpty, generate
from tillit.demo.people.citizens import HEALTH_KINDS
from tillit.demo.small import small_town
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Shift
from tillit.kernel import oslo, red_days
from tillit.teamwork.planning.models import Assignment, DayLists

TUESDAY = date(2026, 11, 24)
TINY: dict[str, Any] = {"seed": 3, "scale": 0.05, "history_days": 8}


class TestSameEveryTime:
    def test_two_runs_give_the_same_rows_in_every_table(self, emptied_afterwards: None) -> None:
        generate(anchor=TUESDAY, **TINY)
        first = fingerprint()
        emptiness.wipe()
        generate(anchor=TUESDAY, **TINY)

        assert fingerprint() == first

    def test_another_seed_gives_another_town(self, emptied_afterwards: None) -> None:
        generate(anchor=TUESDAY, **TINY)
        first = fingerprint()
        emptiness.wipe()
        generate(anchor=TUESDAY, **{**TINY, "seed": 4})

        assert fingerprint() != first


class TestRefusals:
    @pytest.mark.parametrize(("name", "value"), [("scale", 0), ("history_days", 0), ("horizon_days", 0)])
    def test_refuses_sizes_out_of_range(self, db: None, name: str, value: int) -> None:
        with pytest.raises(ValueError, match="Scale"):
            generate(anchor=TUESDAY, **{**TINY, name: value})

    def test_the_command_refuses_in_production(self, db: None, settings: Any) -> None:
        settings.ENV = type("Env", (), {"mode": "production"})()

        result = CliRunner().invoke(demo_data, ["--scale", "0.05"])

        assert result.exit_code == 1
        assert "production" in result.output
        assert not Unit.objects.exists()

    def test_the_command_needs_fresh_to_empty_a_database(self, emptied_afterwards: None) -> None:
        arguments = ["--scale", "0.05", "--history-days", "1", "--anchor-date", "2026-11-24", "--json"]
        made = CliRunner().invoke(demo_data, arguments)
        again = CliRunner().invoke(demo_data, arguments)
        fresh = CliRunner().invoke(demo_data, [*arguments, "--fresh"])

        assert json.loads(made.stdout)["visits"] == Visit.objects.count()
        assert again.exit_code == 1
        assert "not empty" in again.output
        assert fresh.exit_code == 0
        assert json.loads(fresh.stdout)["anchor"] == "2026-11-24"

    def test_a_database_with_something_in_it_is_left_alone(self, db: None) -> None:
        generate(anchor=TUESDAY, **TINY)
        before = Visit.objects.count()

        with pytest.raises(DatabaseNotEmpty):
            generate(anchor=TUESDAY, **TINY)

        assert Visit.objects.count() == before


class TestWholeTeams:
    def test_there_are_gaps_for_the_product_to_flag_R13(self, db: None) -> None:
        generate(seed=1, anchor=TUESDAY, scale=0.5, history_days=20)

        in_use = CarePlan.objects.filter(valid_from__isnull=False, valid_to=None)
        assert Goal.objects.filter(plan__valid_from=None, evaluate_on=None).exists()
        assert Goal.objects.filter(plan__in=in_use, state="ACTIVE", evaluate_on__lt=TUESDAY).exists()
        assert in_use.annotate(goal_count=Count("goals")).filter(goal_count=0).exists()
        assert Conversation.objects.exclude(no_words_reason="").exists()


class TestWorkGroup:
    def test_has_its_own_by_day_and_shares_evenings_and_weekends_R02(self, db: None) -> None:
        generate(seed=1, anchor=TUESDAY, scale=0.5, history_days=9)
        group = Unit.objects.get(name="Arbeidslag demens")
        saturday = TUESDAY - timedelta(days=3)

        visits = Visit.objects.filter(unit=group)
        assert visits.filter(on=TUESDAY, shift_kind="DAY").exists()
        listed = set(DayLists.objects.filter(unit=group).values_list("shift_kind", flat=True))
        assert listed == {"DAY"}
        assert not DayLists.objects.filter(unit=group, on=saturday).exists()
        for unit, on, kind in (
            (group, TUESDAY, "DAY"),
            (group.parent, TUESDAY, "EVENING"),
            (group.parent, saturday, "DAY"),
        ):
            assert Assignment.objects.filter(lists__unit=unit, lists__on=on, lists__shift_kind=kind, visit__unit=group)
        by_day = Assignment.objects.filter(lists__shift_kind="DAY", lists__on=TUESDAY)
        there = set(Shift.objects.filter(unit=group, on=TUESDAY).values_list("employee_id", flat=True))
        assert set(by_day.filter(lists__unit=group).values_list("employee_id", flat=True)) <= there
        assert not there & set(by_day.exclude(lists__unit=group).values_list("employee_id", flat=True))


class TestPair:
    def test_the_health_team_and_the_care_team_each_do_their_part_of_those_they_share_R04(self, db: None) -> None:
        generate(seed=1, anchor=TUESDAY, scale=0.5, history_days=9)
        health = Unit.objects.get(name="Team Neset helse")
        care = Unit.objects.get(name="Team Neset omsorg")
        in_use = Intervention.objects.filter(plan__valid_from__isnull=False, plan__valid_to=None)

        for unit, main, kinds in ((health, care, {True}), (care, health, {False})):
            named = in_use.filter(unit=unit)
            assert {kind in HEALTH_KINDS for kind in named.values_list("kind", flat=True)} == kinds
            assert not named.exclude(plan__citizen__followings__unit=main, plan__citizen__followings__part="").exists()
            visits = Visit.objects.filter(unit=unit, citizen__plans__interventions__in=named, slot__contains="@")
            assert visits.filter(on__gt=TUESDAY).exists()
            came = set(visits.filter(state="DONE").values_list("helper_rows__employee_id", flat=True))
            there = set(Shift.objects.filter(unit=unit).values_list("employee_id", flat=True))
            assert came
            assert came <= there
        shared = Visit.objects.filter(on=TUESDAY, slot__contains="@").values_list("citizen_id", flat=True)
        both = (
            Visit.objects.filter(on=TUESDAY, citizen__in=shared)
            .values("citizen")
            .annotate(n=Count("unit", distinct=True))
        )
        assert both.filter(n=2).exists()


class TestDays:
    def test_the_clock_changes_without_harm(self, db: None) -> None:
        generate(seed=3, anchor=date(2026, 10, 28), scale=0.1, history_days=6)

        sunday = Visit.objects.filter(on=date(2026, 10, 25), wished_at__isnull=False, part_of_day="MORNING").first()
        assert sunday is not None
        assert sunday.wished_at is not None
        assert 7 <= oslo.clock_of(sunday.wished_at).hour <= 11

    @pytest.mark.parametrize("anchor", [date(2026, 11, 28), date(2026, 12, 25), date(2026, 5, 17), date(2026, 3, 29)])
    def test_the_story_holds_on_weekends_and_holidays(self, db: None, anchor: date) -> None:
        assert red_days.is_red(anchor) or anchor.weekday() == 5
        generate(anchor=anchor, seed=3, scale=0.05, history_days=3)

        uncovered = Visit.objects.filter(
            Q(citizen__family_name="Rønning") | Q(citizen__family_name="Brekke"),
            on=anchor, shift_kind="DAY", assignments=None,
        )  # fmt: skip
        assert uncovered.count() == 2
        assert Assignment.objects.filter(lists__on=anchor, employee__given_name="Kari").exists()


class TestSmallTown:
    def test_one_team_twelve_citizens_five_employees_three_days(self, db: None) -> None:
        town = small_town(anchor=TUESDAY)

        assert (len(town.employee_ids), len(town.citizen_ids)) == (5, 12)
        assert Citizen.objects.count() == 12
        assert sorted(set(Visit.objects.values_list("on", flat=True))) == [
            TUESDAY + timedelta(days=n) for n in (-1, 0, 1)
        ]
        assert Unit.objects.get(pk=town.unit_id).name == "Team Solvik"
        assert DayLists.objects.filter(on=TUESDAY, state="PUBLISHED").exists()

    def test_asks_the_database_few_times(self, db: None, django_assert_max_num_queries: Any) -> None:
        ids_first = 40 if connection.vendor == "postgresql" else 0  # signed rows ask for their numbers
        with django_assert_max_num_queries(425 + ids_first):
            small_town(anchor=TUESDAY)

    def test_new_rows_get_numbers_after_ours(self, db: None) -> None:
        town = small_town(anchor=TUESDAY)

        assert Citizen.objects.create(given_name="Ny", family_name="Bruker").pk == max(town.citizen_ids) + 1
        assert connection.vendor in {"sqlite", "postgresql"}
