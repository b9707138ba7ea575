"""Two units share a citizen: for each thing it is clear who has it, and what falls between is shown (R08)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import builders_plan as build
from tests import builders_routing as more
from tests.builders import LONG_AGO
from tests.cast import MONDAY, Cast, Member
from tillit.care.careplans.contexts.sharing import SharingPage, sharing_page
from tillit.care.careplans.models import Intervention
from tillit.care.careplans.rules.sharing import Between, Said, between
from tillit.care.citizens.models import Following
from tillit.foundation.organisation.models import Unit, UnitPurpose
from tillit.kernel.errors import NotFound

HELTOM: dict[str, tuple[str, str] | str] = {
    "CARE_PLAN": ("BOTH_TEAMS", "Hvert team sine tiltak"),
    "MESSAGES": "HEALTH_TEAM",
    "NOTICES": "NOBODY",
    "EVERYDAY_COPING": "CARE_TEAM",
}


def pair(cast: Cast) -> None:
    """Bekkedal is the care team, Solvik the health team; both follow Olga."""
    for unit, purpose in ((cast.bekkedal, UnitPurpose.CARE), (cast.solvik, UnitPurpose.HEALTH)):
        Unit.objects.filter(pk=unit.pk).update(purpose=purpose)
    Following.objects.create(citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=LONG_AGO)


def olgas_plan(cast: Cast) -> tuple[Intervention, Intervention]:
    plan = build.plan(cast.olga)
    return build.intervention(plan), build.intervention(plan, "Sårstell", parts=("EVENING",))


def shown(cast: Cast) -> SharingPage:
    return sharing_page(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)


class TestBetween:
    @given(st.lists(st.frozensets(st.integers(1, 3), max_size=2), max_size=4))
    def test_is_held_only_when_every_table_names_the_same(self, tables: list[frozenset[int]]) -> None:
        found = between(Said(units) for units in tables)

        assert (found is Between.HELD) == (len(set(tables)) == 1 and bool(tables[0]))
        assert (found is Between.NOBODY) == (not any(tables))


class TestSharingPage:
    def test_says_who_has_each_task_and_what_nobody_has(self, cast: Cast) -> None:
        pair(cast)
        version = more.table("HELTOM", HELTOM)
        more.follow(cast.bekkedal, version)
        more.follow(cast.solvik, version)

        page = shown(cast)

        assert page.duties is not None
        held = {row.title: row.end for row in page.duties.rows}
        assert held["Svare på elektroniske meldinger"] == "Team Solvik"
        assert held["Lage og følge opp tiltaksplan"] == "Team Bekkedal og Team Solvik"
        assert held["Følge opp beskjeder og revurderinger i journalen"] == "Ikke bestemt"
        falling = {one.title: one for one in page.falling}
        assert "Svare på elektroniske meldinger" not in falling
        assert falling["Følge opp beskjeder og revurderinger i journalen"].href.endswith("#rad-notices")

    def test_tables_that_say_different_things_are_shown(self, cast: Cast) -> None:
        pair(cast)
        more.follow(cast.bekkedal, more.table("Den ene", {**HELTOM, "MESSAGES": "HEALTH_TEAM"}))
        more.follow(cast.solvik, more.table("Den andre", {**HELTOM, "MESSAGES": "CARE_TEAM"}))

        falling = {one.title: one.text for one in shown(cast).falling}

        assert "Team Bekkedal følger Den ene, versjon 1" in falling["Svare på elektroniske meldinger"]
        assert "Lage og følge opp tiltaksplan" not in falling

    def test_one_table_for_both_is_no_disagreement(self, cast: Cast) -> None:
        pair(cast)
        more.follow(cast.municipality, more.table("Felles", {"CARE_PLAN": "TEAM", "MESSAGES": "TEAM"}))

        titles = {one.title for one in shown(cast).falling}

        assert "Lage og følge opp tiltaksplan" not in titles

    def test_each_intervention_stands_with_the_unit_that_carries_it_out(self, cast: Cast) -> None:
        pair(cast)
        morning, wound = olgas_plan(cast)
        Intervention.objects.filter(pk=wound.pk).update(unit=cast.solvik)

        parts = {part.unit_id: [row.title for row in part.rows.rows] if part.rows else [] for part in shown(cast).parts}

        assert parts == {cast.bekkedal.pk: [morning.title], cast.solvik.pk: [wound.title]}

    def test_what_the_plan_gives_to_somebody_who_left_falls_between(self, cast: Cast) -> None:
        morning, wound = olgas_plan(cast)
        Intervention.objects.filter(pk=wound.pk).update(unit=cast.solvik)

        titles = {one.title for one in shown(cast).falling}

        assert wound.title in titles
        assert morning.title not in titles

    def test_is_out_of_reach_for_others(self, cast: Cast, client_of: Callable[[Member], Client]) -> None:
        with pytest.raises(NotFound):
            sharing_page(actor=cast.frida.actor, citizen_id=cast.olga.pk, at=MONDAY)
        address = f"/brukere/{cast.olga.pk}/plan/hvem/"

        assert client_of(cast.frida).get(address).status_code == 404
        assert client_of(cast.admin).get(address).status_code == 403
        assert "Hvem har hva" in client_of(cast.ingrid).get(address).content.decode()

    @pytest.mark.parametrize("shared", [False, True])
    def test_one_unit_and_two_cost_the_same(self, cast: Cast, shared: bool) -> None:
        more.follow(cast.south, more.table("HELTOM", HELTOM))
        if shared:
            pair(cast)
        olgas_plan(cast)

        with CaptureQueriesContext(connection) as found:
            shown(cast)

        assert len(found) == 8
