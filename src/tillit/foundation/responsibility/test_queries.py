from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_responsibility as more
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.models import DutyKind
from tillit.foundation.workforce.models import Profession


class TestDutiesToday:
    def test_names_holder_and_reason_and_shows_gaps_R05(self, cast: Cast) -> None:
        builders.shift(cast.kari.employee, cast.bekkedal, MONDAY_DATE)
        more.duty(cast.bekkedal, cast.ingrid.employee, kind=DutyKind.ACUTE)
        more.duty(cast.bekkedal, cast.kari.employee, kind=DutyKind.ALLOCATOR, is_fixed=True)
        more.duty(cast.bekkedal, cast.kari.employee, kind=DutyKind.MESSAGES, weekdays="2")
        more.duty(cast.solvik, cast.nils.employee)

        found = queries.duties_today(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)

        assert [(one.kind, one.holder_id, one.must_be_held, one.why, one.is_gap) for one in found] == [
            ("ALLOCATOR", cast.kari.employee.pk, True, "FIXED", False),
            ("MESSAGES", None, False, "NOT_TODAY", False),
            ("ACUTE", None, True, "NOBODY_AT_WORK", True),
        ]

    def test_passes_by_somebody_who_is_away(self, cast: Cast) -> None:
        for worker in (cast.kari, cast.amir):
            builders.shift(worker.employee, cast.bekkedal, MONDAY_DATE)
        more.duty(cast.bekkedal, cast.kari.employee, cast.amir.employee, is_fixed=True)
        builders.absence(cast.kari.employee, MONDAY_DATE, reported_at=MONDAY)

        assert queries.duties_today(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)[0].holder_id == cast.amir.employee.pk

    def test_an_evening_duty_is_held_by_the_evening_shift(self, cast: Cast) -> None:
        builders.shift(cast.kari.employee, cast.bekkedal, MONDAY_DATE)
        more.duty(cast.bekkedal, cast.kari.employee, shift_kind="EVENING")

        assert queries.duties_today(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)[0].is_gap

    def test_a_week_says_the_same_as_its_days(self, cast: Cast) -> None:
        for day in range(7):
            for worker in (cast.kari, cast.amir, cast.ingrid)[: 1 + day % 3]:
                builders.shift(worker.employee, cast.bekkedal, MONDAY_DATE + timedelta(days=day))
        more.duty(cast.bekkedal, cast.ingrid.employee, cast.amir.employee, cast.kari.employee)

        week = queries.duties_of_week(unit_id=cast.bekkedal.pk, first=MONDAY_DATE)

        assert [list(day.duties) for day in week] == [
            queries.duties_today(unit_id=cast.bekkedal.pk, on=MONDAY_DATE + timedelta(days=day)) for day in range(7)
        ]

    @pytest.mark.parametrize("people", [5, 50])
    def test_two_weeks_cost_the_same_for_5_and_50(self, cast: Cast, people: int) -> None:
        workers = [builders.employee("Vera", f"V{number}", Profession.NURSE, cast.bekkedal) for number in range(people)]
        for worker in workers:
            builders.shift(worker, cast.bekkedal, TUESDAY_DATE)
        for kind in DutyKind:
            more.duty(cast.bekkedal, *workers, kind=kind)

        with CaptureQueriesContext(connection) as found:
            queries.duties_of_week(unit_id=cast.bekkedal.pk, first=MONDAY_DATE, days=14)

        assert len(found) == 8


class TestModels:
    def test_choices_begin_with_the_shipped_ones_in_order(self, cast: Cast) -> None:
        more.shipped(MONDAY)

        assert [choice.code for choice in queries.list_versions()] == [
            "MODEL_1", "MODEL_2", "PURCHASER_PROVIDER", "HELTOM", "BUURTZORG"
        ]  # fmt: skip
