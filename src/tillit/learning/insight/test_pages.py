"""The pages of insight: the answer before the numbers, the team's own first, and never more queries for more numbers."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, builders_insight
from tests.cast import MONDAY_DATE, Cast, Member
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Profession
from tillit.learning.insight.models import Figure, TimeMark

pytestmark = pytest.mark.usefixtures("on_monday")
ClientOf = Callable[[Member], Client]


def district_leader(cast: Cast) -> Member:
    """Somebody who leads the district of the two teams."""
    employee = builders.employee("Ragnhild", "Tveitane", Profession.LEADER, cast.south)
    builders.role(employee, Role.DISTRICT_LEADER, cast.south)
    assert employee.user is not None
    return Member(employee, employee.user, system("tests"))


def unit_address(unit: Unit) -> str:
    return reverse("insight:unit", args=[unit.pk])


def indicator_address(unit: Unit, code: str = "K-1-28") -> str:
    return reverse("insight:indicator", args=[unit.pk, code])


class TestUnit:
    def test_says_the_answer_before_the_numbers_R38(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)

        page = client_of(cast.marit).get(unit_address(cast.bekkedal)).content.decode()

        assert "Varig bedre: ulike hjelpere på fire uker." in page
        assert "Ja, det er et varig skifte" in page
        assert page.index("Varig bedre") < page.index('<svg class="ti-chart"')
        assert "Vis tallene som tabell" in page

    def test_says_how_it_is_counted_and_what_cannot_be_known_R41(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)
        builders_insight.mark(cast.south, "Bemanningen økte", on=MONDAY_DATE - timedelta(days=60), kind="STAFFING")

        page = client_of(cast.marit).get(unit_address(cast.bekkedal)).content.decode()

        assert "60 brukere, til og med uke 47, 2026" in page
        assert "K-1-28, versjon 1" in page
        assert "Hva som er årsaken til endringen." in page
        assert "Om endret bemanning forklarer det: Bemanningen økte (24.09.2026)." in page
        assert "på grunn av" not in page

    def test_without_figures_says_that_they_come_by_themselves(self, cast: Cast, client_of: ClientOf) -> None:
        page = client_of(cast.marit).get(unit_address(cast.bekkedal)).content.decode()

        assert "Ingen tall ennå" in page
        assert "Ingen trenger å fylle ut noe" in page
        assert "Last ned" not in page

    def test_too_few_are_hidden_with_the_reason_R39(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal, [12.3] * 14, n=3)

        page = client_of(cast.marit).get(unit_address(cast.bekkedal)).content.decode()

        assert "Tallet bygger på færre enn 5 brukere" in page
        assert "12,3" not in page

    def test_as_many_queries_whatever_there_is(self, cast: Cast, client_of: ClientOf) -> None:
        client = client_of(cast.marit)
        counts = []
        for code in ("K-1-28", "K-2", "P-1", "T-7"):
            builders_insight.figures(cast.bekkedal, [0.5, 0.6] * 12, code=code)
            client.get(unit_address(cast.bekkedal))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                client.get(unit_address(cast.bekkedal))
            counts.append(len(asked))

        assert len(set(counts)) == 1

    def test_the_one_asked_for_is_drawn_large(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)
        builders_insight.figures(cast.bekkedal, [0.3, 0.4] * 10, code="K-2")

        page = client_of(cast.marit).get(unit_address(cast.bekkedal), {"tall": "K-2"}).content.decode()

        assert 'id="stor-k-2-t"' in page
        assert 'id="liten-k-1-28-t"' in page

    @pytest.mark.parametrize("asked", [{"aar": "7"}, {"aar": "x"}, {"tall": "<script>"}, {"aar": "٢"}])
    def test_what_cannot_be_read_in_the_address_is_as_usual(
        self, cast: Cast, client_of: ClientOf, asked: dict[str, str]
    ) -> None:
        answer = client_of(cast.marit).get(unit_address(cast.bekkedal), asked)

        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()

    def test_another_team_is_not_found_R18(self, cast: Cast, client_of: ClientOf) -> None:
        assert client_of(cast.nils).get(unit_address(cast.bekkedal)).status_code == 404


class TestAbove:
    @pytest.fixture
    def leader(self, cast: Cast) -> Member:
        return district_leader(cast)

    def test_teams_stand_in_the_maps_order_and_not_by_value_R41(
        self, cast: Cast, leader: Member, client_of: ClientOf
    ) -> None:
        old = MONDAY_DATE - timedelta(days=21)
        builders_insight.figures(cast.south, until=old)
        for unit, value in ((cast.bekkedal, 3.0), (cast.solvik, 9.0)):
            builders_insight.figures(unit, [value] * 14, until=old)
        client = client_of(leader)

        first = client.get(unit_address(cast.south)).content.decode()
        Figure.objects.filter(unit=cast.bekkedal).update(value=20.0)
        then = client.get(unit_address(cast.south)).content.decode()

        for page in (first, then):
            table = page[page.index("Siste tall i hvert team") :]
            assert table.index("Team Bekkedal") < table.index("Team Solvik")

    def test_the_team_has_its_numbers_first_R41(self, cast: Cast, leader: Member, client_of: ClientOf) -> None:
        for unit in (cast.south, cast.bekkedal):
            builders_insight.figures(unit)

        hers = client_of(cast.marit).get(indicator_address(cast.bekkedal)).content.decode()
        above = client_of(leader).get(indicator_address(cast.bekkedal)).content.decode()

        assert "uke 47, 2026" in hers
        assert "uke 47, 2026" not in above
        assert "uke 45, 2026" in above

    def test_as_many_queries_whatever_teams_there_are(self, cast: Cast, leader: Member, client_of: ClientOf) -> None:
        old = MONDAY_DATE - timedelta(days=21)
        builders_insight.figures(cast.south, until=old)
        client = client_of(leader)
        counts = []
        for unit in (cast.bekkedal, cast.solvik):
            builders_insight.figures(unit, until=old)
            client.get(unit_address(cast.south))
            with CaptureQueriesContext(connection) as asked:
                client.get(unit_address(cast.south))
            counts.append(len(asked))

        assert counts[0] == counts[1]


class TestStart:
    def test_leads_to_ones_own_team(self, cast: Cast, client_of: ClientOf) -> None:
        assert client_of(cast.amir).get(reverse("insight:start")).headers["Location"] == unit_address(cast.bekkedal)

    def test_leads_to_the_highest_unit_of_one_without_a_team(self, cast: Cast, client_of: ClientOf) -> None:
        leader = district_leader(cast)

        assert client_of(leader).get(reverse("insight:start")).headers["Location"] == unit_address(cast.south)


class TestIndicator:
    def test_shows_the_whole_definition_and_every_number_R38(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)

        page = client_of(cast.amir).get(indicator_address(cast.bekkedal)).content.decode()

        assert "docs/how-we-count/indicators.md" in page
        assert "Lavere er bedre" in page
        assert page.count("Forteller at noe er endret") == 12

    def test_one_nobody_has_defined_is_not_found(self, cast: Cast, client_of: ClientOf) -> None:
        assert client_of(cast.amir).get(indicator_address(cast.bekkedal, "X-9")).status_code == 404


class TestMark:
    def form(self, **said: str) -> dict[str, str]:
        return {"press_key": "p", "on": "16.11.2026", "kind": "LEADER", "text": "Ny leder"} | said

    def test_stands_on_the_time_line_and_in_the_trail_R46(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)
        client = client_of(cast.marit)

        answer = client.post(reverse("insight:note", args=[cast.bekkedal.pk]), self.form())

        assert answer.headers["Location"] == unit_address(cast.bekkedal)
        assert "Ny leder" in client.get(unit_address(cast.bekkedal)).content.decode()
        assert TimeMark.objects.get().on == date(2026, 11, 16)
        assert AuditEntry.objects.filter(action="insight.add_mark").count() == 1

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"on": "31.02.2026"}, "31.02.2026 finnes ikke"),
            ({"on": "01.12.2026"}, "Velg en dag som har vært."),
            ({"text": ""}, "Fyll ut «Hva skjedde?»"),
            ({"text": "å" * 121}, "høyst 120 tegn"),
            ({"kind": "WEATHER"}, "Velg hva slags hendelse det var."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, cast: Cast, client_of: ClientOf, said: dict[str, str], told: str
    ) -> None:
        answer = client_of(cast.marit).post(reverse("insight:note", args=[cast.bekkedal.pk]), self.form(**said))
        page = answer.content.decode()

        assert answer.status_code in (409, 422)
        assert told in page
        assert f'value="{said.get("text", "Ny leder")}"' in page or "text" in said
        assert not TimeMark.objects.exists()

    def test_is_taken_back(self, cast: Cast, client_of: ClientOf) -> None:
        builders_insight.figures(cast.bekkedal)
        mark = builders_insight.mark(cast.bekkedal, on=MONDAY_DATE - timedelta(days=7))
        client = client_of(cast.marit)

        client.post(reverse("insight:withdraw-mark", args=[cast.bekkedal.pk, mark.pk]))

        assert "Ny leder" not in client.get(unit_address(cast.bekkedal)).content.decode()

    def test_a_member_of_the_team_may_not(self, cast: Cast, client_of: ClientOf) -> None:
        assert client_of(cast.amir).get(reverse("insight:note", args=[cast.bekkedal.pk])).status_code == 403
