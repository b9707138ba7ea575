"""Where a responsibility lies, by the table alone (R04)."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests import builders_responsibility as shelf
from tests import builders_routing as more
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import UnitKind, UnitPurpose
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.catalogue import BY_CODE
from tillit.foundation.responsibility.models import HolderKind, ModelVersion
from tillit.foundation.responsibility.queries import Ask
from tillit.foundation.responsibility.rules.routing import (
    GROUP_ROUTES,
    PLACES,
    ROUTES,
    Arrival,
    Held,
    MapUnit,
    Problem,
    ServiceGroup,
    codes_for,
    place_holder,
    rows_for,
)
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.foundation.workforce.models import Profession
from tillit.kernel.errors import NotFound

TEAM = MapUnit(9, "Team Lia", "TEAM", "", (1, 4, 9))
NO_ROLES: Mapping[tuple[int, str], tuple[Held, ...]] = {}


def unit(number: int, *above: int, purpose: str = "ASSESSMENT") -> MapUnit:
    return MapUnit(number, f"Enhet {number}", "SPECIAL_TEAM", purpose, (*above, number))


class TestPlaceHolder:
    def test_the_nearest_unit_in_the_same_district_goes_before_the_municipalitys(self) -> None:
        for_all, in_district, in_another = unit(20, 1), unit(21, 1, 4), unit(22, 1, 5)

        found = place_holder(
            Cell("ASSESSMENT_TEAM"), asking=TEAM, units=(for_all, in_another, in_district), roles=NO_ROLES
        )

        assert found.unit_ids == (21,)

    def test_the_municipalitys_own_goes_before_another_districts(self) -> None:
        found = place_holder(Cell("ASSESSMENT_TEAM"), asking=TEAM, units=(unit(22, 1, 5), unit(20, 1)), roles=NO_ROLES)

        assert found.unit_ids == (20,)

    def test_several_equally_near_are_nobodys_guess(self) -> None:
        found = place_holder(
            Cell("ASSESSMENT_TEAM"), asking=TEAM, units=(unit(21, 1, 4), unit(23, 1, 4)), roles=NO_ROLES
        )

        assert (found.unit_ids, found.problem, found.missing) == ((), Problem.SEVERAL_UNITS, "ASSESSMENT")

    def test_the_one_that_shares_the_citizen_goes_before_a_nearer_one_R08(self) -> None:
        care = MapUnit(9, "Omsorg", "TEAM", "CARE", (1, 4, 9))
        near, sharing = unit(30, 1, 4, purpose="HEALTH"), unit(31, 1, 5, purpose="HEALTH")

        found = place_holder(
            Cell("BOTH_TEAMS"), asking=care, units=(care, near, sharing), roles=NO_ROLES, beside=frozenset({31})
        )

        assert found.unit_ids == (9, 31)

    @pytest.mark.parametrize("cell", [None, Cell("NOBODY"), Cell("COACH")])
    def test_what_nobody_has_decided_leads_nowhere_and_says_so(self, cell: Cell | None) -> None:
        found = place_holder(cell, asking=TEAM, units=(TEAM,), roles=NO_ROLES)

        assert (found.unit_ids, found.problem) == ((), Problem.UNDECIDED)

    def test_a_leader_of_the_unit_goes_before_one_above(self) -> None:
        above, here = Held(1, "Dag"), Held(2, "Marit")
        roles = {(4, "TEAM_LEADER"): (above,)}

        far = place_holder(Cell("TEAM_LEADER"), asking=TEAM, units=(TEAM,), roles=roles)
        near = place_holder(
            Cell("TEAM_LEADER"), asking=TEAM, units=(TEAM,), roles={**roles, (9, "TEAM_LEADER"): (here,)}
        )

        assert (far.people, near.people) == ((above,), (here,))
        assert far.unit_ids == near.unit_ids == (9,)

    @given(
        holder=st.sampled_from(HolderKind.values),
        others=st.lists(
            st.builds(
                unit,
                st.integers(20, 60),
                st.just(1),
                st.integers(2, 6),
                purpose=st.sampled_from(["", *UnitPurpose.values]),
            ),
            unique_by=lambda one: one.unit_id,
        ),
    )
    def test_somebody_has_it_or_the_problem_says_why(self, holder: str, others: list[MapUnit]) -> None:
        found = place_holder(Cell(holder), asking=TEAM, units=(TEAM, *others), roles=NO_ROLES)

        assert bool(found.unit_ids) or found.problem not in (Problem.NONE, Problem.NOBODY_IN_ROLE)
        assert set(found.unit_ids) <= {TEAM.unit_id} | {one.unit_id for one in others}


class TestTables:
    def test_every_holder_is_placed_or_stands_outside_the_map(self) -> None:
        assert set(HolderKind.values) - set(PLACES) == {"NOBODY", "COACH"}
        assert set(PLACES) <= set(HolderKind.values)

    def test_every_purpose_named_exists(self) -> None:
        assert {purpose for place in PLACES.values() for purpose in place.purposes} <= set(UnitPurpose.values)

    def test_every_route_names_rows_of_the_catalogue(self) -> None:
        named = {code for rows in (*ROUTES.values(), *GROUP_ROUTES.values()) for code in rows.codes}

        assert named <= set(BY_CODE)
        assert {kind for kind, _new in ROUTES} == set(Arrival)

    def test_special_services_go_their_own_way_R23(self) -> None:
        assert codes_for("APPLICATION", is_new=True, service_group=ServiceGroup.SPECIALIST) == ("SPECIALIST_SERVICES",)
        assert codes_for("MESSAGE", is_new=True, service_group=ServiceGroup.SPECIALIST) == ("MESSAGES",)

    def test_a_new_citizens_application_has_four_steps(self) -> None:
        assert codes_for("APPLICATION", is_new=True) == ("NEW_CASE_WORK", "NEW_ASSESS", "NEW_DECIDE", "NEW_DELIVER")
        assert rows_for("REASSESSMENT", is_new=False).receive == "REASSESS"

    def test_an_unknown_arrival_is_a_bug(self) -> None:
        with pytest.raises(ValueError, match="PIGEON"):
            codes_for("PIGEON", is_new=True)


def shipped(code: str) -> ModelVersion:
    return next(version for version in shelf.shipped(MONDAY) if version.model.code == code)


class TestPurposeOnTheUnitsPage:
    def test_the_district_leader_says_what_a_unit_is_for_R04(
        self, cast: Cast, client_of: Callable[[Member], Client]
    ) -> None:
        builders.role(cast.ingrid.employee, Role.DISTRICT_LEADER, cast.south)
        address = f"/organisasjon/{cast.bekkedal.pk}/endre/"
        typed = {"edition": "1", "name": "Team Bekkedal", "allocate": "ALLOCATORS", "purpose": "DEMENTIA"}

        assert "Hva er enheten til for?" not in client_of(cast.marit).get(address).content.decode()
        client_of(cast.marit).post(address, typed)
        cast.bekkedal.refresh_from_db()
        assert cast.bekkedal.purpose == ""

        assert "Hva er enheten til for?" in client_of(cast.ingrid).get(address).content.decode()
        client_of(cast.ingrid).post(address, {**typed, "edition": str(cast.bekkedal.edition)})
        cast.bekkedal.refresh_from_db()
        assert cast.bekkedal.purpose == "DEMENTIA"
        assert "Brukere med demens" in client_of(cast.amir).get(f"/organisasjon/{cast.bekkedal.pk}/").content.decode()


class TestHolderFor:
    def test_the_same_application_travels_differently_because_of_the_table_R04(self, cast: Cast) -> None:
        assessing = more.special("Vurderingsteamet", UnitPurpose.ASSESSMENT, parent=cast.municipality)
        versions = {version.model.code: version for version in shelf.shipped(MONDAY)}
        more.follow(cast.bekkedal, versions["MODEL_1"])
        more.follow(cast.solvik, versions["MODEL_2"])

        one = queries.holder_for(code="NEW_ASSESS", unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
        two = queries.holder_for(code="NEW_ASSESS", unit_id=cast.solvik.pk, on=MONDAY_DATE)

        assert (one.unit_id, two.unit_id) == (cast.bekkedal.pk, assessing.pk)
        assert (two.why.model_name, two.why.number, two.why.terms) == ("Modell 2", 1, "Inntil fire uker")

    def test_names_who_decided_the_model_for_a_unit_below(self, cast: Cast) -> None:
        more.follow(cast.south, more.table("Vår", {"CARE_PLAN": "TEAM"}))
        group = builders.unit("Arbeidslag", UnitKind.WORK_GROUP, parent=cast.bekkedal)

        found = queries.holder_for(code="CARE_PLAN", unit_id=group.pk, on=MONDAY_DATE)

        assert (found.unit_id, found.why.decided_by_name) == (group.pk, "Sør")

    def test_follows_the_version_of_the_day(self, cast: Cast) -> None:
        old, new = more.table("Før", {"REASSESS": "ALLOCATION_OFFICE"}), more.table("Nå", {"REASSESS": "TEAM"})
        office = builders.unit("Tjenestekontoret", UnitKind.OFFICE, parent=cast.municipality)
        more.follow(cast.bekkedal, old, valid_to=MONDAY_DATE)
        more.follow(cast.bekkedal, new, valid_from=MONDAY_DATE)

        def holder(on: date) -> int | None:
            return queries.holder_for(code="REASSESS", unit_id=cast.bekkedal.pk, on=on).unit_id

        assert (holder(MONDAY_DATE - timedelta(days=1)), holder(MONDAY_DATE)) == (office.pk, cast.bekkedal.pk)

    def test_names_the_head_of_the_office_and_says_when_nobody_is(self, cast: Cast) -> None:
        office = builders.unit("Tjenestekontoret", UnitKind.OFFICE, parent=cast.municipality)
        more.follow(cast.bekkedal, more.table("Vår", {"LONG_STAY": "OFFICE_HEAD"}))
        empty = queries.holder_for(code="LONG_STAY", unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
        head = builders.employee("Dag", "Aas", Profession.LEADER, office)
        builders.role(head, Role.TEAM_LEADER, office)

        found = queries.holder_for(code="LONG_STAY", unit_id=cast.bekkedal.pk, on=MONDAY_DATE)

        assert (empty.unit_id, empty.problem) == (office.pk, Problem.NOBODY_IN_ROLE)
        assert found.people == (Held(head.pk, "Dag Aas"),)
        assert found.is_held

    def test_somebody_who_has_left_holds_no_role(self, cast: Cast) -> None:
        more.follow(cast.bekkedal, more.table("Vår", {"NEW_DECIDE": "TEAM_LEADER"}))
        marit = cast.marit.employee
        marit.employed_to = MONDAY_DATE
        marit.save(update_fields=["employed_to"])

        found = queries.holder_for(code="NEW_DECIDE", unit_id=cast.bekkedal.pk, on=MONDAY_DATE)

        assert found.problem == Problem.NOBODY_IN_ROLE

    def test_an_administrator_is_nobody_in_the_table(self, cast: Cast) -> None:
        office = builders.unit("Tjenestekontoret", UnitKind.OFFICE, parent=cast.municipality)
        builders.role(cast.admin.employee, Role.ADMINISTRATOR, office)
        more.follow(cast.bekkedal, more.table("Vår", {"LONG_STAY": "OFFICE_HEAD"}))

        assert not queries.holder_for(code="LONG_STAY", unit_id=cast.bekkedal.pk, on=MONDAY_DATE).people

    def test_without_a_model_nothing_is_guessed(self, cast: Cast) -> None:
        found = queries.holder_for(code="REASSESS", unit_id=cast.bekkedal.pk, on=MONDAY_DATE)

        assert (found.unit_ids, found.problem, found.why.version_id) == ((), Problem.NO_MODEL, None)

    def test_an_unknown_unit_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            queries.holder_for(code="REASSESS", unit_id=987654, on=MONDAY_DATE)

    @pytest.mark.parametrize("asks", [1, 40])
    def test_one_question_and_forty_cost_the_same(self, cast: Cast, asks: int) -> None:
        more.follow(cast.south, shipped("MODEL_2"))
        codes = tuple(BY_CODE)
        teams = (cast.bekkedal.pk, cast.solvik.pk)
        wanted = [Ask(codes[number % len(codes)], teams[number % 2]) for number in range(asks)]

        with CaptureQueriesContext(connection) as found:
            queries.route_many(wanted, on=MONDAY_DATE)

        assert len(found) == 4
