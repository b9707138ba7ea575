"""The page of a case: who had it when, who assessed, and what to do now near the top (R07, R19, R22)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders_appeals, builders_authority
from tests import builders_decisions as made
from tests.builders_decisions import Office
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.decisions import actions, queries
from tillit.care.decisions.contexts.history import HistoryLine, history
from tillit.care.decisions.models import Appeal, Case, Holding
from tillit.care.decisions.queries.rows import rows_of
from tillit.care.decisions.test_delivering import decided, running, told
from tillit.foundation.access.roles import Role
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Bekkedal follows Model 1, and its leader decides nursing; it is Monday morning."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    builders_authority.authority(found.services["HOME_NURSING"], Role.TEAM_LEADER)
    return found


def hours(count: int) -> datetime:
    """Some hours into Monday."""
    return MONDAY + timedelta(hours=count)


def offered(cast: Cast, office: Office, case: Case, at: datetime) -> Holding:
    """Offer the case to the office."""
    now = Case.objects.get(pk=case.pk)
    return actions.offer_case(
        actor=office.nora.actor, case_id=case.pk, edition=now.edition, unit_id=office.unit.pk, must_know="Bor alene.",
        at=at,
    )  # fmt: skip


def came_about(case: Case, actor: Any) -> tuple[HistoryLine, ...]:
    """What the page says."""
    now = queries.get_case(actor=actor, case_id=case.pk, at=hours(9))
    return history(rows_of(now))


class TestHowItCameAbout:
    def test_says_to_whom_and_who_took_part_in_order_of_time_R07(self, cast: Cast, office: Office) -> None:
        case = made.received(office.nora.actor, cast.olga)
        offer = offered(cast, office, case, hours(1))
        actions.send_back_case(actor=office.olav.actor, holding_id=offer.pk, words="Mangler.", at=hours(2))
        made.assessed(office.nora.actor, case, cast.ingrid.employee, office.nora.employee, at=hours(3))
        offer = offered(cast, office, case, hours(4))
        actions.take_back_offer(actor=office.nora.actor, holding_id=offer.pk, at=hours(5))
        offer = offered(cast, office, case, hours(6))
        actions.accept_case(actor=office.olav.actor, holding_id=offer.pk, at=hours(7))

        lines = came_about(case, cast.marit.actor)

        assert [(line.text, line.who) for line in lines] == [
            ("Tjenestekontoret tok over saken fra Team Bekkedal", "Olav Dahl"),
            ("Tilbød saken til Tjenestekontoret", "Nora Bakke"),
            ("Tilbudet til Tjenestekontoret ble trukket tilbake", "Nora Bakke"),
            ("Tilbød saken til Tjenestekontoret", "Nora Bakke"),
            ("Ble ferdig med vurderingen. Med var Nora Bakke, Ingrid Solheim", "Nora Bakke"),
            ("Begynte å vurdere behovet", "Nora Bakke"),
            ("Tjenestekontoret sendte saken tilbake til Team Bekkedal", "Olav Dahl"),
            ("Tilbød saken til Tjenestekontoret", "Nora Bakke"),
            ("Tok imot søknaden. Den kom slik: papir", "Nora Bakke"),
        ]

    def test_asks_as_often_however_often_it_was_sent_on_R07(
        self, cast: Cast, office: Office, client_of: SignIn
    ) -> None:
        case = made.received(office.nora.actor, cast.olga)
        client = client_of(office.nora)

        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                assert client.get(reverse("decisions:case", args=[case.pk])).status_code == 200
            return len(found)

        def to_and_fro(first: int) -> None:
            offer = offered(cast, office, case, hours(first))
            actions.send_back_case(actor=office.olav.actor, holding_id=offer.pk, words="Mangler.", at=hours(first + 1))

        to_and_fro(0)
        asked()
        few = asked()
        for count in range(4):
            to_and_fro(count + 2)
        assert asked() == few


class TestWhatToDoNow:
    def test_to_tell_her_stands_above_what_it_is_about_R23(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        def order(case: Case) -> list[str]:
            page = client_of(office.nora).get(reverse("decisions:case", args=[case.pk])).content.decode()
            parts = {name: page.index(f'id="{name}"') for name in ("vedtak", "gjelder")}
            return sorted(parts, key=lambda name: parts[name])

        assert order(decided(cast, office)) == ["vedtak", "gjelder"]
        assert order(told(cast, office)) == ["vedtak", "gjelder"]
        assert order(running(cast, office)) == ["gjelder", "vedtak"]


class TestAStay:
    def test_warns_and_asks_why_before_help_begins_R22(self, cast: Cast, office: Office, client_of: SignIn) -> None:
        running(cast, office)  # somebody answers for her
        case = told(cast, office)
        client, start = client_of(cast.ingrid), reverse("decisions:start", args=[case.pk])
        page = reverse("decisions:case", args=[case.pk])
        assert client.get(start).status_code == 302
        assert "Vedtaket er satt på vent" not in client.get(page).content.decode()

        appeal = builders_appeals.appeal(cast, case.decisions.get())
        Appeal.objects.filter(pk=appeal.pk).update(
            stay_asked_on=MONDAY_DATE, stay_granted=True, stay_answered_on=MONDAY_DATE
        )
        edition = str(Case.objects.get(pk=case.pk).edition)

        assert "Vedtaket er satt på vent" in client.get(page).content.decode()
        assert "Hvorfor begynner hjelpen likevel?" in client.get(start).content.decode()
        assert client.post(start, {"edition": edition}).status_code == 422
        assert Case.objects.get(pk=case.pk).state == "NOTIFIED"
        assert client.post(start, {"edition": edition, "why": "Du ba om det."}).status_code == 302
        assert Case.objects.get(pk=case.pk).state == "ACTIVE"
        assert "Du ba om det." in client.get(page).content.decode()
