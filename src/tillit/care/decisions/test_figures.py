"""Figures for those who read no cases: one team at a time, whole quarters, no names (R18)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, builders_appeals
from tests.cast import MONDAY, Cast, Member
from tillit.care.decisions.rules.lead_times import last_whole_quarter
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Profession
from tillit.kernel import clock
from tillit.kernel.periods import Days

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


@pytest.fixture(params=[Role.RESEARCHER, Role.PROJECT_LEADER])
def reader(request: pytest.FixtureRequest, cast: Cast) -> Client:
    employee = builders.employee("Mathias", "Aakre", Profession.OTHER, cast.municipality)
    builders.role(employee, request.param, cast.municipality)
    assert employee.user is not None
    client = Client()
    client.force_login(employee.user)
    return client


@pytest.mark.parametrize(
    ("today", "first", "after"),
    [
        (date(2026, 11, 23), date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 10, 1), date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 9, 30), date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 2, 28), date(2025, 10, 1), date(2026, 1, 1)),
    ],
)
def test_the_last_whole_quarter_is_the_one_that_is_over(today: date, first: date, after: date) -> None:
    assert last_whole_quarter(today) == Days(first, after)


@pytest.mark.django_db
class TestFigures:
    def test_lists_teams_and_offices_and_no_sums(self, cast: Cast, reader: Client) -> None:
        html = reader.get(reverse("decisions:figures")).content.decode()

        assert "Team Bekkedal" in html
        assert reverse("decisions:numbers", args=[cast.fjelldal.pk]) in html
        for unit in (cast.south, cast.municipality):
            assert reverse("decisions:numbers", args=[unit.pk]) not in html
            assert reader.get(reverse("decisions:numbers", args=[unit.pk])).status_code == 404

    def test_counts_a_whole_quarter_whatever_the_address_asks_for_R18(self, cast: Cast, reader: Client) -> None:
        for number in range(6):
            builders_appeals.decision(cast, decided_on=date(2026, 9, 1) + timedelta(days=number))
        builders_appeals.decision(cast, decided_on=date(2026, 11, 2))

        here = reverse("decisions:numbers", args=[cast.bekkedal.pk])
        html = reader.get(here).content.decode()

        assert "fra 01.07.2026 til og med 30.09.2026" in html
        assert "av 6 vedtak ble fattet i tide" in html
        assert "52 uker" not in html
        assert "av 6 vedtak" in reader.get(here, {"siste": "52-uker"}).content.decode()
        for name in ("Olga", "Hansen", "Arne", "Kvam"):
            assert name not in html

    def test_few_are_not_told(self, cast: Cast, reader: Client) -> None:
        for number in range(4):
            builders_appeals.decision(cast, decided_on=date(2026, 9, 1) + timedelta(days=number))

        assert (
            "færre enn 5 vedtak" in reader.get(reverse("decisions:numbers", args=[cast.bekkedal.pk])).content.decode()
        )

    def test_whoever_reads_cases_still_chooses_how_far_back(self, cast: Cast, client_of: SignIn) -> None:
        html = client_of(cast.marit).get(reverse("decisions:numbers", args=[cast.bekkedal.pk])).content.decode()

        assert "52 uker" in html

    def test_cases_stay_closed(self, cast: Cast, reader: Client) -> None:
        decision = builders_appeals.decision(cast)

        assert reader.get(reverse("decisions:queue")).status_code == 403
        assert reader.get(reverse("decisions:case", args=[decision.case_id])).status_code == 403


@pytest.mark.django_db
class TestResearcher:
    def test_begins_at_the_figures_and_sees_no_employees_name_R18(self, cast: Cast) -> None:
        employee = builders.employee("Mathias", "Aakre", Profession.OTHER, cast.municipality)
        builders.role(employee, Role.RESEARCHER, cast.municipality)
        assert employee.user is not None
        client = Client()
        client.force_login(employee.user)

        assert client.get("/").headers["Location"] == reverse("decisions:figures")
        assert client.get(reverse("organisation:index")).status_code == 403
        for name in ("decisions:figures", "responsibility:models", "responsibility:principles", "oversight:acts"):
            html = client.get(reverse(name)).content.decode()
            for member in (cast.ingrid, cast.marit, cast.nils):
                assert member.employee.family_name not in html
