"""What is seen without coverage arrives once, as its author's, at the moment it was said (R12, R14, R18)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests import builders_visits
from tests.builders_delivery import Device, outcomes, post
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Following
from tillit.care.journal.models import Entry
from tillit.care.observations.actions import check, close_watch
from tillit.care.observations.models import Observation, Watch
from tillit.care.observations.rules.news2 import Measured
from tillit.care.visits.models import Visit
from tillit.foundation.delivery.models import Envelope, Undelivered
from tillit.kernel import clock

SignIn = Callable[[Member], Client]
pytestmark = pytest.mark.usefixtures("on_monday")
AT = MONDAY + timedelta(minutes=5)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)


@pytest.fixture
def amir(cast: Cast, client_of: SignIn) -> Client:
    return client_of(cast.amir)


@pytest.fixture
def device(amir: Client) -> Device:
    return Device.enrolled(amir)


def seen(device: Device, visit: Visit, key: str = "a", **said: Any) -> dict[str, Any]:
    fields = {"visit_id": visit.pk, "words": "Spiste lite", "about": "FLUID", "weight": "62,4", **said}
    return device.write("observation.add", fields, at=AT, press_key=key)


class TestSeen:
    def test_is_in_the_journal_as_its_authors_at_the_moment_it_was_said_R12(
        self, cast: Cast, amir: Client, device: Device, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=3))

        assert outcomes(post(amir, seen(device, visit))) == ["APPLIED"]

        found = Observation.objects.get()
        assert (found.citizen, found.visit, found.words, found.about) == (cast.olga, visit, "Spiste lite", "FLUID")
        assert (found.weight, found.seen_at, found.told_by) == (Decimal("62.4"), AT, cast.amir.employee)
        assert Entry.objects.get(kind="OBSERVED").row_id == found.pk

    def test_the_same_press_with_and_without_coverage_is_one_R14(
        self, amir: Client, device: Device, visit: Visit
    ) -> None:
        sent = {"press_key": "samme", "visit": visit.pk, "words": "Spiste lite", "about": "FLUID", "weight": ""}
        assert amir.post(f"/brukere/{visit.citizen_id}/observasjoner/ny/", sent).status_code == 302

        envelope = seen(device, visit, "samme")
        assert outcomes(post(amir, envelope)) == ["ALREADY"]
        assert outcomes(post(amir, envelope)) == ["ALREADY"]
        assert Observation.objects.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"weight": "mye"}, "Skriv et tall."),
            ({"weight": "6240"}, "mellom 20 og 350"),
            ({"weight": ["62"]}, "Skriv et tall."),
            ({"about": ["FLUID"]}, "gyldig valg"),
            ({"about": "NOE"}, "gyldig valg"),
            ({"words": "x" * 4001}, "Kort den ned"),
            ({"words": "Spiste\x00lite", "weight": ""}, ""),
        ],
    )
    def test_what_the_page_would_refuse_is_refused_and_kept_R06(
        self, amir: Client, device: Device, visit: Visit, wrong: dict[str, Any], why: str
    ) -> None:
        assert outcomes(post(amir, seen(device, visit, **wrong))) == ["REFUSED"]

        assert not Observation.objects.exists()
        assert why in amir.get(f"/ikke-gjennom/{Undelivered.objects.get().pk}/").content.decode()

    def test_of_somebody_out_of_reach_is_refused_and_used_when_she_chooses_R14(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        following = Following.objects.filter(citizen=cast.olga)
        before = list(following.values_list("pk", "valid_to"))
        following.update(valid_to=MONDAY_DATE - timedelta(days=1))
        assert outcomes(post(amir, seen(device, visit))) == ["REFUSED"]
        letter = Undelivered.objects.get()
        for pk, valid_to in before:
            Following.objects.filter(pk=pk).update(valid_to=valid_to)

        page = amir.get(f"/ikke-gjennom/{letter.pk}/").content.decode()
        assert "Spiste lite" in page and "62,4" in page and "Mat og drikke" in page
        assert amir.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE"}).status_code == 302
        assert Observation.objects.get().words == "Spiste lite"

    def test_without_a_visit_it_is_whom_the_page_was_about_R18(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        alone = seen(device, visit, visit_id=None, citizen_id=cast.arne.pk)
        nobody = seen(device, visit, "b", visit_id=None, citizen_id="ingen")

        assert outcomes(post(amir, alone, nobody)) == ["APPLIED", "REFUSED"]
        assert Observation.objects.get().citizen == cast.arne

    def test_of_a_visit_it_is_the_one_the_visit_is_to_R18(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        assert outcomes(post(amir, seen(device, visit, citizen_id=cast.arne.pk))) == ["APPLIED"]
        assert Observation.objects.get().citizen == cast.olga


ILL = {
    "respiration": "22", "saturation": "93", "oxygen": "OXYGEN", "systolic": "108", "pulse": "96",
    "consciousness": "A", "temperature": "38,4",
}  # fmt: skip


def measured(device: Device, visit: Visit, key: str = "a", *, at: datetime = AT, **said: Any) -> dict[str, Any]:
    fields = {"visit_id": visit.pk, "words": "Slapp og varm", **ILL, **said}
    return device.write("observation.check", fields, at=at, press_key=key)


class TestAQuickCheck:
    def test_is_written_counted_and_placed_at_the_moment_it_was_said_R12_R18(
        self, cast: Cast, amir: Client, device: Device, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=3))

        assert outcomes(post(amir, measured(device, visit))) == ["APPLIED"]

        found, watch = Observation.objects.get(), Watch.objects.get()
        assert (found.total, found.level, found.visit, found.words) == (9, "HIGH", visit, "Slapp og varm")
        assert (found.seen_at, found.told_by, found.watch) == (AT, cast.amir.employee, watch)
        assert (watch.opened_at, watch.act_by, watch.check_by) == (AT, AT, AT + timedelta(minutes=15))
        assert Envelope.objects.get().href == f"/ikke-som-vanlig/{watch.pk}/"  # what got through at once leads there

    def test_the_same_press_with_and_without_coverage_is_one_R14(
        self, amir: Client, device: Device, visit: Visit
    ) -> None:
        sent = {"press_key": "samme", "visit": visit.pk, **ILL}
        assert amir.post(f"/brukere/{visit.citizen_id}/ikke-som-vanlig/", sent).status_code == 302

        envelope = measured(device, visit, "samme")
        assert outcomes(post(amir, envelope, measured(device, visit, "samme"))) == ["ALREADY", "ALREADY"]
        assert Observation.objects.count() == Watch.objects.count() == 1

    @pytest.mark.parametrize("reckoned", [{"scale": "2"}, {"total": 0, "level": "NONE"}])
    def test_the_phone_never_says_how_it_is_counted_R18(
        self, amir: Client, device: Device, visit: Visit, reckoned: dict[str, Any]
    ) -> None:
        assert outcomes(post(amir, measured(device, visit, **reckoned))) == ["APPLIED"]
        assert (Observation.objects.get().total, Observation.objects.get().scale) == (9, 1)

    def test_one_that_comes_after_a_newer_measurement_changes_nothing_of_what_is_asked_R14_R18(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        later = AT + timedelta(minutes=2)
        check(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, words="", press_key="i", seen_at=later, at=later,
            measured=Measured(16, 97, False, 130, 70, "A", Decimal("37.0")),
        )  # fmt: skip
        before = Watch.objects.values().get()
        assert before["level"] == "NONE"

        assert outcomes(post(amir, measured(device, visit))) == ["APPLIED"]

        assert Watch.objects.values().get() == before
        assert sorted(Observation.objects.values_list("level", flat=True)) == ["HIGH", "NONE"]

    def test_one_that_comes_after_it_was_closed_is_followed_anew_R18(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        assert outcomes(post(amir, measured(device, visit))) == ["APPLIED"]
        watch = Watch.objects.get()
        close_watch(
            actor=cast.ingrid.actor, watch_id=watch.pk, ending="DOCTOR", answer="Legen er her.",
            at=AT + timedelta(minutes=1),
        )  # fmt: skip

        assert outcomes(post(amir, measured(device, visit, "b"))) == ["APPLIED"]

        assert Watch.objects.filter(closed_at__isnull=True).exclude(pk=watch.pk).count() == 1

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [({"pulse": "mange"}, "Skriv et tall."), ({"pulse": "9000"}, "mellom 20 og 250"),
         (dict.fromkeys((*ILL, "words"), ""), "Mål noe")],
    )  # fmt: skip
    def test_what_the_page_would_refuse_is_refused_and_kept_with_its_numbers_R06(
        self, amir: Client, device: Device, visit: Visit, wrong: dict[str, Any], why: str
    ) -> None:
        assert outcomes(post(amir, measured(device, visit, **wrong))) == ["REFUSED"]

        page = amir.get(f"/ikke-gjennom/{Undelivered.objects.get().pk}/").content.decode()
        assert why in page and not Observation.objects.exists()
        if wrong.get("pulse"):
            assert "Slapp og varm" in page and "38,4" in page and "Oksygen" in page
