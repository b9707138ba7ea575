"""Is anything undefined? Rules on plain values, and the check of stored teams (R08)."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_authority as deciding
from tests import builders_responsibility as more
from tests import builders_routing as map_of
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import UnitPurpose
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.rules.checking import (
    DutyGap,
    LackingService,
    Undefined,
    check_duties,
    check_services,
    check_table,
)
from tillit.foundation.responsibility.rules.enacting import moves
from tillit.foundation.responsibility.rules.routing import Held, MapUnit
from tillit.foundation.responsibility.rules.tables import Cell, beside, whole

TOP = MapUnit(1, "Kommunen", "MUNICIPALITY", "", (1,))
TEAM = MapUnit(2, "Teamet", "TEAM", "", (1, 2))
INNSATS = MapUnit(3, "Innsatsteamet", "SPECIAL_TEAM", "RAPID_RESPONSE", (1, 3))
CARE = MapUnit(4, "Omsorg", "TEAM", "CARE", (1, 4))
HEALTH = MapUnit(5, "Helse", "TEAM", "HEALTH", (1, 5))
OTHER_HEALTH = MapUnit(6, "Helse 2", "TEAM", "HEALTH", (1, 6))
LEADER: Mapping[tuple[int, str], tuple[Held, ...]] = {(2, "TEAM_LEADER"): (Held(9, "Marit"),)}
ALL_HERE = dict.fromkeys(whole({}), Cell("TEAM"))


def found(
    holder: str,
    *units: MapUnit,
    asking: MapUnit = TEAM,
    roles: Mapping[tuple[int, str], tuple[Held, ...]] = LEADER,
) -> list[Undefined]:
    table = {**ALL_HERE, "HOSPITAL": Cell(holder)}
    lines = check_table(table, asking=asking, units=(TOP, TEAM, *units), roles=roles)
    assert all(line.code == "HOSPITAL" for line in lines)
    return [line.what for line in lines]


class TestCheckTable:
    def test_a_table_where_the_team_has_all_is_clear(self) -> None:
        assert found("TEAM") == []
        assert found("TEAM_LEADER") == []
        assert found("COACH") == []

    def test_nobody_is_found_also_when_the_row_is_lacking_R08(self) -> None:
        assert found("NOBODY") == [Undefined.NOBODY]
        assert [line.what for line in check_table({}, asking=TEAM, units=(TOP, TEAM), roles={})] == [
            Undefined.NOBODY
        ] * len(ALL_HERE)

    def test_a_sort_of_unit_that_does_not_exist(self) -> None:
        assert found("RAPID_RESPONSE_TEAM") == [Undefined.NO_SUCH_UNIT]
        assert found("RAPID_RESPONSE_TEAM", INNSATS) == []

    def test_a_role_nobody_holds(self) -> None:
        assert found("TEAM_CASE_WORKER") == [Undefined.NOBODY_IN_ROLE]
        assert found("TEAM_LEADER", roles={}) == [Undefined.NOBODY_IN_ROLE]

    def test_two_equally_near_but_pairs_are_told_apart_by_the_citizen(self) -> None:
        twin = MapUnit(7, "Innsats 2", "SPECIAL_TEAM", "RAPID_RESPONSE", (1, 7))
        assert found("RAPID_RESPONSE_TEAM", INNSATS, twin) == [Undefined.SEVERAL_UNITS]
        assert found("BOTH_TEAMS", CARE, HEALTH, OTHER_HEALTH, asking=CARE) == []

    def test_duties_and_services_are_told_only_when_something_is_lacking(self) -> None:
        gaps = (DutyGap(1, "Meldinger", ()), DutyGap(2, "Fordeler", (MONDAY_DATE,)))

        assert [(line.duty_id, line.days) for line in check_duties(gaps)] == [(2, (MONDAY_DATE,))]
        services = check_services((LackingService("A", "A"), LackingService("B", "B", only_above=True)))
        assert [line.what for line in services] == [Undefined.NO_AUTHORITY, Undefined.LIMITED_AUTHORITY]


class TestMoves:
    def test_another_name_for_the_same_unit_moves_nothing_and_a_hole_does(self) -> None:
        after = {
            **ALL_HERE,
            "HOSPITAL": Cell("NURSE_TEAM"),
            "DEMENTIA": Cell("NOBODY"),
            "REASSESS": Cell("RAPID_RESPONSE_TEAM"),
            "WORK_LISTS": Cell("COORDINATOR"),
            "MESSAGES": Cell("TEAM", "På omgang"),
        }

        result = moves(ALL_HERE, after, asking=TEAM, units=(TOP, TEAM, INNSATS), roles=LEADER)

        assert set(result.codes) == {"DEMENTIA", "REASSESS", "WORK_LISTS"}
        assert [row.code for row in result.renamed] == ["HOSPITAL"]

    def test_one_of_a_pair_keeps_what_the_table_gives_to_its_sort(self) -> None:
        result = moves(
            {**ALL_HERE, "HOSPITAL": Cell("CARE_TEAM")}, ALL_HERE, asking=CARE, units=(TOP, CARE, HEALTH), roles={}
        )

        assert (result.codes, len(result.renamed)) == ((), 1)


def test_an_original_stands_beside_its_variants_R04() -> None:
    rows = beside(ALL_HERE, [ALL_HERE, {**ALL_HERE, "HOSPITAL": Cell("NOBODY")}])

    (different,) = [row for row in rows if row.differs]
    assert (different.code, different.spread, len(rows)) == ("HOSPITAL", 1, len(ALL_HERE))


class TestCheckTeams:
    @pytest.fixture
    def tables(self, cast: Cast) -> dict[int, dict[str, Cell]]:
        two = more.shipped(MONDAY)[1]
        table = queries.table_of([two.pk])[two.pk]
        return {cast.bekkedal.pk: table, cast.solvik.pk: table}

    def what(self, cast: Cast, tables: Mapping[int, Mapping[str, Cell]]) -> dict[str, set[str]]:
        findings = queries.check_teams(tables, on=MONDAY_DATE, first=MONDAY_DATE)[cast.bekkedal.pk]
        result: dict[str, set[str]] = {}
        for line in findings:
            result.setdefault(line.what.value, set()).add(line.holder or line.name)
        return result

    def test_units_that_do_not_exist_become_clear_when_they_do_R07(
        self, cast: Cast, tables: dict[int, dict[str, Cell]]
    ) -> None:
        before = self.what(cast, tables)["NO_SUCH_UNIT"]
        assert {"REABLEMENT_TEAM", "RAPID_RESPONSE_TEAM", "ALLOCATION_OFFICE"} <= before

        map_of.special("Innsats", UnitPurpose.RAPID_RESPONSE, parent=cast.municipality)

        assert before - self.what(cast, tables)["NO_SUCH_UNIT"] == {"RAPID_RESPONSE_TEAM"}

    def test_a_duty_nobody_at_work_can_hold_R05(self, cast: Cast, tables: dict[int, dict[str, Cell]]) -> None:
        nursing = builders.competence("SYKEPLEIE", "Sykepleie", cast.ingrid.employee)
        more.duty(cast.bekkedal, cast.ingrid.employee, cast.kari.employee, needs=nursing)
        tuesday = MONDAY_DATE + timedelta(days=1)
        builders.shift(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE)
        builders.shift(cast.kari.employee, cast.bekkedal, tuesday)

        (gap,) = queries.duty_gaps(unit_ids=[cast.bekkedal.pk, cast.solvik.pk], first=MONDAY_DATE)[cast.bekkedal.pk]

        assert gap.days == (tuesday,)
        assert self.what(cast, tables)["DUTY_UNHELD"] == {"Meldinger"}
        assert queries.duties_today(unit_id=cast.bekkedal.pk, on=tuesday)[0].is_gap
        assert not queries.duties_today(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)[0].is_gap

    def test_somebody_away_cannot_hold_it_and_a_work_groups_shift_is_the_teams(self, cast: Cast) -> None:
        more.duty(cast.bekkedal, cast.ingrid.employee)
        builders.shift(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE)
        assert queries.duty_gaps(unit_ids=[cast.bekkedal.pk], first=MONDAY_DATE) == {}

        builders.absence(cast.ingrid.employee, MONDAY_DATE, reported_at=MONDAY)

        (gap,) = queries.duty_gaps(unit_ids=[cast.bekkedal.pk], first=MONDAY_DATE)[cast.bekkedal.pk]
        assert gap.days == (MONDAY_DATE,)

    def test_a_service_nobody_may_decide_R06(self, cast: Cast, tables: dict[int, dict[str, Cell]]) -> None:
        services = deciding.services(MONDAY)
        lacking = self.what(cast, tables)["NO_AUTHORITY"]
        assert services["HOME_NURSING"].name in lacking

        deciding.authority(services["HOME_NURSING"], Role.TEAM_LEADER)

        assert lacking - self.what(cast, tables)["NO_AUTHORITY"] == {services["HOME_NURSING"].name}

    def test_asks_the_same_few_questions_for_one_team_and_for_many(
        self, cast: Cast, tables: dict[int, dict[str, Cell]]
    ) -> None:
        def count(asked: Mapping[int, Mapping[str, Cell]]) -> int:
            with CaptureQueriesContext(connection) as seen:
                queries.check_teams(asked, on=MONDAY_DATE, first=MONDAY_DATE)
            return len(seen)

        for team, worker in ((cast.bekkedal, cast.ingrid), (cast.solvik, cast.nils)):
            more.duty(team, worker.employee)
            builders.shift(worker.employee, team, MONDAY_DATE)
        table = tables[cast.bekkedal.pk]

        assert count({**tables, cast.fjelldal.pk: table}) == count({cast.bekkedal.pk: table})


def test_days_are_whole(cast: Cast) -> None:
    """Fourteen days from the first, the day after not among them."""
    more.duty(cast.bekkedal, cast.ingrid.employee)
    for ahead in (13, 14):
        builders.shift(cast.kari.employee, cast.bekkedal, MONDAY_DATE + timedelta(days=ahead))

    (gap,) = queries.duty_gaps(unit_ids=[cast.bekkedal.pk], first=MONDAY_DATE)[cast.bekkedal.pk]

    assert gap.days == (date(2026, 12, 6),)
