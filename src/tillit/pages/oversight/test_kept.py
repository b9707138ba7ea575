"""«Hva som oppbevares hvor lenge»: every kind with its rule, what is due, and what was deleted; by whom it is decided."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import EndOfHelp, Following
from tillit.exchange.files.models import ImportRun
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.keeping.models import HandedOver, Hold, Removal, RetentionRule
from tillit.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return signed_in(cast.admin.user)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def shown(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"oversight:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestTheList:
    def test_shows_each_kind_with_rule_and_what_is_due(self, admin: Client, cast: Cast) -> None:
        ImportRun.objects.create(unit=cast.bekkedal, at=MONDAY - timedelta(days=31))
        Removal.objects.create(at=MONDAY, kind="JOBS", counts={"jobs.Job": 1234}, length=90, basis="Art. 5")
        page = shown(admin, "kept")

        assert "Journal, saker og alt annet om en bruker" in page and "365 dager" in page
        assert "1 rad slettes i natt" in page and "Art. 5" in page

    def test_asks_as_many_queries_for_much_as_for_little(self, admin: Client, cast: Cast) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as found:
                shown(admin, "kept")
            return len(found)

        asked()
        few = asked()
        for age in range(40, 60):
            ImportRun.objects.create(unit=cast.bekkedal, at=MONDAY - timedelta(days=age))
            Removal.objects.create(at=MONDAY, kind="JOBS", counts={"jobs.Job": 1}, length=90, basis="x")
        assert asked() == few

    def test_is_for_those_who_look_after_it(self, admin: Client, cast: Cast) -> None:
        builders.role(cast.nils.employee, Role.PRIVACY_REVIEWER, cast.municipality)
        assert "Oppbevaring" in shown(signed_in(cast.nils.user), "kept")
        assert signed_in(cast.ingrid.user).get(reverse("oversight:kept")).status_code == 403


class TestAKind:
    def test_is_decided_from_a_day_on_and_wrong_input_keeps_what_was_typed(self, admin: Client) -> None:
        there = reverse("oversight:kept_kind", args=["JOBS"])
        typed = {"length": "3", "valid_from": "01.01.2027", "basis": "Vedtak 7/26"}
        answer = admin.post(there, typed)
        page = answer.content.decode()
        assert answer.status_code == 422 and "Fra 7 til 365." in page
        assert 'value="Vedtak 7/26"' in page and 'value="01.01.2027"' in page and 'value="3"' in page

        assert admin.post(there, typed | {"length": "30"})["Location"] == there
        assert RetentionRule.objects.get().length == 30
        assert "Fra 01.01.2027: 30 dager. Vedtak 7/26" in shown(admin, "kept_kind", "JOBS")

    def test_the_privacy_reviewer_reads_and_decides_nothing(self, admin: Client, cast: Cast) -> None:
        builders.role(cast.nils.employee, Role.PRIVACY_REVIEWER, cast.municipality)
        client = signed_in(cast.nils.user)
        there = reverse("oversight:kept_kind", args=["LOGS"])
        typed = {"length": "12", "valid_from": "01.01.2027", "basis": "x"}
        assert client.post(there, typed).status_code == 403
        page = client.get(there).content.decode()
        assert "Lagre regelen" not in page and "Hvorfor skal ingenting slettes?" not in page
        assert client.post(reverse("oversight:kept_hold", args=["LOGS"]), {"reason": "x"}).status_code == 403

    def test_a_kind_is_held_until_it_is_lifted(self, admin: Client, cast: Cast) -> None:
        client = admin
        hold = reverse("oversight:kept_hold", args=["LOGS"])
        assert client.post(hold, {"reason": " "}).status_code == 422 and not Hold.objects.exists()
        client.post(hold, {"reason": "Tilsyn"})
        client.post(hold, {"reason": "Tilsyn igjen"})
        assert Hold.objects.get().reason == "Tilsyn" and "Sperret mot sletting" in shown(client, "kept")
        client.post(reverse("oversight:kept_lift", args=["LOGS"]))
        assert Hold.objects.get().lifted_at == MONDAY
        acts = AuditEntry.objects.filter(action="keeping.hold_data").order_by("pk")
        assert [one.change["act"] for one in acts] == ["HOLD", "LIFT"]

    def test_that_nobody_knows_is_not_there(self, admin: Client) -> None:
        assert admin.get(reverse("oversight:kept_kind", args=["HEST"])).status_code == 404


class TestTheArchive:
    def test_names_nobody_and_takes_a_receipt_for_those_who_wait(self, admin: Client, cast: Cast) -> None:
        on = MONDAY_DATE - timedelta(days=11 * 366)
        EndOfHelp.objects.create(citizen=cast.per, kind="ENDED", ends_on=on, ended_at=MONDAY)
        Following.objects.filter(citizen=cast.per).update(valid_from=on - timedelta(days=9), valid_to=on)
        assert "1 bruker har tida ute" in shown(admin, "kept")
        page = shown(admin, "kept_archive")
        assert str(cast.per.pk) in page and "Fjell" not in page.replace("Fjelldal", "")

        there = reverse("oversight:kept_archive")
        assert admin.post(there, {"number": str(cast.olga.pk), "reference": "Depot 7"}).status_code == 422
        assert not HandedOver.objects.exists()
        admin.post(there, {"number": str(cast.per.pk), "reference": "Depot 7"})
        assert HandedOver.objects.get().citizen_id == cast.per.pk
        assert "1 bruker slettes i natt" in shown(admin, "kept")


class TestFromWhereAndWhatCameOfIt:
    def test_a_page_that_said_no_is_no_look_in_what_the_citizen_reads_R18(self, admin: Client, cast: Cast) -> None:
        kari = signed_in(cast.kari.user)
        assert kari.get(reverse("person:citizen", args=[cast.olga.pk])).status_code == 403
        assert kari.get(reverse("citizens:page", args=[cast.olga.pk])).status_code == 200
        outcomes = set(AccessEntry.objects.filter(citizen_id=cast.olga.pk).values_list("door", "outcome"))
        assert ("citizens:page", "SHOWN") in outcomes
        AccessEntry.objects.filter(pk=0).exists()
        page = signed_in(cast.ingrid.user).get(reverse("oversight:citizen", args=[cast.olga.pk])).content.decode()
        assert "Kari" in page and "kommunens nett" not in page and "telefon teamet" not in page
