from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.foundation.access.actor import system
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.workforce import actions, queries
from tillit.foundation.workforce.models import (
    Employee,
    Employment,
    PositionShare,
    Profession,
    ShiftKind,
)

SYSTEM = system("tests")


def count_queries(call: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as found:
        call()
    return len(found)


class TestAtWork:
    def test_lists_the_days_people_by_start_then_name_with_the_absent(self, cast: Cast) -> None:
        builders.shift(cast.kari.employee, cast.bekkedal, MONDAY_DATE, starts=time(7, 0))
        builders.shift(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE)
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)
        builders.shift(cast.amir.employee, cast.bekkedal, TUESDAY_DATE)
        builders.shift(cast.nils.employee, cast.solvik, MONDAY_DATE)
        builders.absence(cast.amir.employee, MONDAY_DATE, reported_at=MONDAY)

        rows = queries.at_work(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)

        assert [(row.given_name, row.is_absent) for row in rows] == [
            ("Kari", False), ("Amir", True), ("Ingrid", False)
        ]  # fmt: skip
        assert not queries.at_work(unit_id=cast.bekkedal.pk, on=TUESDAY_DATE)[0].is_absent

    def test_gives_what_planning_needs(self, cast: Cast) -> None:
        actions.seed_competences(SYSTEM, MONDAY)
        builders.shift(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE)

        row = queries.at_work(unit_id=cast.bekkedal.pk, on=MONDAY_DATE, kind="DAY")[0]

        assert (row.level, row.colour, row.initials, row.profession_name) == (2, 1, "IS", "Sykepleier")
        assert {"SYKEPLEIE", "HELSEFAG", "LEGEMIDLER"} <= row.competences
        assert not row.is_visiting_unit
        assert queries.at_work(unit_id=cast.bekkedal.pk, on=MONDAY_DATE, kind="NIGHT") == []

    def test_includes_the_work_groups_of_the_team_R02(self, cast: Cast) -> None:
        group = builders.unit("Arbeidslag demens", UnitKind.WORK_GROUP, parent=cast.bekkedal)
        builders.shift(cast.amir.employee, group, MONDAY_DATE)

        assert [row.given_name for row in queries.at_work(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)] == ["Amir"]
        assert queries.at_work(unit_id=cast.south.pk, on=MONDAY_DATE) == []

    def test_a_night_shift_belongs_to_the_day_it_starts(self, cast: Cast) -> None:
        builders.shift(
            cast.ingrid.employee, cast.bekkedal, date(2026, 10, 24), kind=ShiftKind.NIGHT, starts=time(22), ends=time(8)
        )

        rows = queries.at_work(unit_id=cast.bekkedal.pk, on=date(2026, 10, 24))

        assert [(row.ends_at - row.starts_at).total_seconds() / 3600 for row in rows] == [11]  # summer time ends
        assert queries.at_work(unit_id=cast.bekkedal.pk, on=date(2026, 10, 25)) == []

    def test_a_guest_has_a_colour_and_is_marked_as_one(self, cast: Cast) -> None:
        pool = builders.unit("Vikarpoolen", UnitKind.OFFICE, parent=cast.south)
        temp = builders.employee("Emil", "Strand", Profession.HEALTH_WORKER, pool, colour=7)
        PositionShare.objects.all().filter(position__employee=temp).delete()
        builders.shift(temp, cast.bekkedal, MONDAY_DATE)

        row = queries.at_work(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)[0]

        assert row.is_visiting_unit
        assert 1 <= row.colour <= 12

    @pytest.mark.parametrize("people", [5, 50])
    def test_asks_the_same_few_questions_for_5_and_50(self, cast: Cast, people: int) -> None:
        actions.seed_competences(SYSTEM, MONDAY)
        for number in range(people):
            worker = builders.employee("Vera", f"V{number}", Profession.NURSE, cast.bekkedal)
            builders.shift(worker, cast.bekkedal, MONDAY_DATE)

        assert count_queries(lambda: queries.at_work(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)) == 5


class TestMarks:
    def test_use_the_units_own_colour_for_a_shared_position_R01(self, cast: Cast) -> None:
        therapist = builders.employee("Ole", "Ergo", Profession.OCCUPATIONAL_THERAPIST, cast.bekkedal, colour=5)
        PositionShare.objects.create(position=therapist.positions.get(), unit=cast.solvik, share=Decimal(50), colour=9)

        assert queries.marks(employee_ids=[therapist.pk], unit_id=cast.bekkedal.pk)[therapist.pk].colour == 5
        assert queries.marks(employee_ids=[therapist.pk], unit_id=cast.solvik.pk)[therapist.pk].colour == 9

    def test_say_who_is_a_temp(self, cast: Cast) -> None:
        temp = builders.employee(
            "Emil", "Strand", Profession.HEALTH_WORKER, cast.bekkedal, employment=Employment.TEMPORARY
        )

        found = queries.marks(employee_ids=[temp.pk, cast.amir.employee.pk])

        assert [found[temp.pk].is_temp, found[cast.amir.employee.pk].is_temp] == [True, False]
        assert queries.marks(employee_ids=[]) == {}

    def test_are_read_in_one_query_also_for_one_without_a_position(self, cast: Cast) -> None:
        manager = Employee.objects.create(
            given_name="Ny", family_name="Leder", profession=Profession.OTHER, employed_from=MONDAY_DATE
        )
        wanted = [manager.pk, cast.amir.employee.pk, cast.ingrid.employee.pk]
        with CaptureQueriesContext(connection) as asked:
            found = queries.marks(employee_ids=wanted, unit_id=cast.bekkedal.pk)

        assert set(found) == set(wanted)
        assert (found[manager.pk].initials, found[manager.pk].colour, found[manager.pk].is_temp) == ("NL", 0, False)
        assert len(asked) == 1


class TestTeam:
    def test_members_are_those_with_a_share_on_the_day(self, cast: Cast) -> None:
        kari = cast.kari.employee
        kari.positions.update(valid_to=MONDAY_DATE)

        before = {mark.given_name for mark in queries.team_members(unit_id=cast.bekkedal.pk, on=date(2026, 11, 22))}
        after = {mark.given_name for mark in queries.team_members(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)}

        assert before - after == {"Kari"}

    def test_staffing_counts_shares_R01(self, cast: Cast) -> None:
        therapist = builders.employee(
            "Ole", "Ergo", Profession.OCCUPATIONAL_THERAPIST, cast.bekkedal, percent=80, colour=0
        )
        position = therapist.positions.get()
        position.shares.update(share=50)
        PositionShare.objects.create(position=position, unit=cast.solvik, share=Decimal(50), colour=0)

        found = {
            (row.unit_id, row.profession): (row.people, round(row.full_time_equivalents, 6))
            for row in queries.staffing([cast.bekkedal.pk, cast.solvik.pk], on=MONDAY_DATE)
        }

        assert found[cast.bekkedal.pk, "OCCUPATIONAL_THERAPIST"] == (1, 0.4)
        assert found[cast.solvik.pk, "OCCUPATIONAL_THERAPIST"] == (1, 0.4)
        assert found[cast.bekkedal.pk, "HEALTH_WORKER"] == (2, 2.0)

    def test_leaders_lead_one_to_three_teams_R03(self, cast: Cast) -> None:
        found = queries.leaders_of([cast.bekkedal.pk, cast.solvik.pk, cast.fjelldal.pk], on=MONDAY_DATE)

        assert {unit: [mark.given_name for mark in marks] for unit, marks in found.items()} == {
            cast.bekkedal.pk: ["Marit"], cast.solvik.pk: ["Marit"]
        }  # fmt: skip

    def test_employee_units_come_from_shares_and_roles(self, cast: Cast) -> None:
        units = queries.employee_units(employee_id=cast.marit.employee.pk, on=MONDAY_DATE)

        assert [unit.name for unit in units] == ["Team Bekkedal", "Team Solvik"]

    def test_only_allocators_allocate_unless_the_team_says_everyone_R24(self, cast: Cast) -> None:
        def may(employee_id: int | None) -> bool:
            return queries.may_allocate(employee_id=employee_id, unit=cast.bekkedal, on=MONDAY_DATE)

        assert may(cast.kari.employee.pk)
        assert not may(cast.ingrid.employee.pk)
        cast.bekkedal.everyone_may_allocate = True
        assert may(cast.ingrid.employee.pk)
        assert not may(None)


class TestAbsences:
    def test_colleagues_see_who_and_leaders_see_why(self, cast: Cast) -> None:
        builders.absence(cast.amir.employee, MONDAY_DATE, reported_at=MONDAY)

        def seen_by(actor: Any) -> list[tuple[int, str, bool]]:
            lines = queries.absences_in_unit(actor=actor, unit=cast.bekkedal, first=MONDAY_DATE, after=TUESDAY_DATE)
            return [(line.employee_id, line.kind, line.may_change) for line in lines]

        amir = cast.amir.employee.pk
        assert seen_by(cast.ingrid.actor) == [(amir, "", False)]
        assert seen_by(cast.marit.actor) == [(amir, "SELF_CERTIFIED", True)]
        assert seen_by(cast.amir.actor) == [(amir, "SELF_CERTIFIED", True)]
