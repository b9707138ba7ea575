"""The page of a citizen whom two teams help: both teams' visits stand there, with their names; else nothing is said."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders_plan as build
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Following
from tillit.care.visits.models import Visit, VisitState
from tillit.kernel import clock, oslo

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: oslo.moment(TUESDAY_DATE, time(12)))


def share(cast: Cast, *, after: date | None = None) -> None:
    Following.objects.create(
        citizen=cast.olga, unit=cast.solvik, part="Helsehjelp", valid_from=date(2026, 1, 1), valid_to=after
    )


def mornings(cast: Cast) -> None:
    """One visit of each team, the same morning."""
    build.visit(cast.olga, cast.bekkedal, cast.kari.employee, on=MONDAY_DATE, state=VisitState.DONE)
    theirs = build.visit(
        cast.olga, cast.solvik, cast.nils.employee, on=MONDAY_DATE, part="EVENING", state=VisitState.DONE
    )
    Visit.objects.filter(pk=theirs.pk).update(slot=f"MORNING@{cast.solvik.pk}", part_of_day="MORNING")


def page_of(client: Client, cast: Cast) -> str:
    return client.get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()


class TestPage:
    def test_both_teams_visits_of_a_morning_stand_in_the_week_with_their_names_R04(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        share(cast)
        mornings(cast)
        client = client_of(cast.ingrid)

        page = page_of(client, cast)
        week = client.get(
            reverse("citizens:week", args=[cast.olga.pk, MONDAY_DATE.isoformat()]), headers={"HX-Request": "true"}
        ).content.decode()

        for shown in (page, week):
            assert shown.count('<th scope="row">Morgen, 20 min<span') == 2
            rows = shown[shown.index('id="uke"') :]
            assert rows.index("Team Bekkedal</span>") < rows.index("Team Solvik</span>")
        assert "Kari Nilsen, mandag 23.11. kl. 08.00, Team Bekkedal" in page

    def test_one_teams_week_says_nothing_of_teams(self, cast: Cast, client_of: SignIn) -> None:
        build.visit(cast.olga, cast.bekkedal, cast.kari.employee, on=MONDAY_DATE, state=VisitState.DONE)
        build.intervention(build.plan(cast.olga))

        page = page_of(client_of(cast.ingrid), cast)

        assert '<th scope="row">Morgen, 20 min</th>' in page
        assert "ti-weektable__unit" not in page
        assert ">Hvem</th>" not in page

    def test_the_plan_says_who_does_what_and_what_has_fallen_R04(self, cast: Cast, client_of: SignIn) -> None:
        share(cast)
        plan = build.plan(cast.olga, in_use_from=MONDAY)
        build.intervention(plan, "Morgenstell")
        build.intervention(plan, "Medisiner", by=cast.solvik)
        client = client_of(cast.ingrid)

        shared = page_of(client, cast)
        Following.objects.filter(unit=cast.solvik).update(valid_to=TUESDAY_DATE)
        alone = page_of(client, cast)

        table = shared[shared.index("Tiltak i planen") :]
        assert table.index("Team Bekkedal") < table.index("Medisiner") < table.index("Team Solvik")
        assert "Team Solvik følger ikke lenger Olga. Team Bekkedal gjør dette til planen er justert." in alone

    def test_two_teams_cost_no_more_queries_than_one(self, cast: Cast, client_of: SignIn) -> None:
        mornings(cast)
        build.intervention(build.plan(cast.olga), by=cast.solvik)
        client = client_of(cast.ingrid)

        def cost() -> int:
            with CaptureQueriesContext(connection) as seen:
                page_of(client, cast)
            return len(seen)

        cost()
        alone = cost()
        share(cast)

        assert cost() == alone
