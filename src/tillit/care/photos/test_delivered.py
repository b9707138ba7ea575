"""A photo taken without coverage arrives once, in the journal of the one it is of, and is never lost (R12, R14, R18)."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from tests import builders_visits
from tests.builders_delivery import Device, outcomes, post
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Following
from tillit.care.journal.models import Entry
from tillit.care.photos.models import Photo
from tillit.care.visits.models import Visit
from tillit.foundation.delivery.models import Undelivered
from tillit.foundation.delivery.rules.envelopes import packed
from tillit.kernel import clock

SignIn = Callable[[Member], Client]
pytestmark = pytest.mark.usefixtures("on_monday")
AT = MONDAY + timedelta(minutes=5)


def jpeg(colour: tuple[int, int, int] = (180, 40, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.ingrid.employee)


@pytest.fixture
def ingrid(cast: Cast, client_of: SignIn) -> Client:
    return client_of(cast.ingrid)


@pytest.fixture
def device(ingrid: Client) -> Device:
    return Device.enrolled(ingrid)


def taken(device: Device, visit: Visit, key: str = "a", **said: Any) -> dict[str, Any]:
    fields = {"visit_id": visit.pk, "of": "WOUND", "words": "Venstre hæl", "file": packed(jpeg()), **said}
    return device.write("photo.add", fields, at=AT, press_key=key)


def test_it_is_in_the_journal_as_its_authors_at_the_moment_it_was_taken_R12(
    cast: Cast, ingrid: Client, device: Device, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=3))
    answer = post(ingrid, taken(device, visit))

    photo = Photo.objects.get()
    assert outcomes(answer) == ["APPLIED"]
    assert (photo.citizen, photo.visit, photo.of, photo.words) == (cast.olga, visit, "WOUND", "Venstre hæl")
    assert (photo.taken_by, photo.taken_at) == (cast.ingrid.employee, AT)
    with Image.open(io.BytesIO(photo.content)) as kept:
        assert (kept.format, kept.size) == ("JPEG", (60, 40))
    assert Entry.objects.get(kind="PHOTO").row_id == photo.pk


def test_the_same_press_with_and_without_coverage_is_one_photo_R14(
    ingrid: Client, device: Device, visit: Visit
) -> None:
    sent = {"press_key": "samme", "visit": visit.pk, "of": "WOUND", "words": "", "file": io.BytesIO(jpeg())}
    assert ingrid.post(f"/brukere/{visit.citizen_id}/bilder/nytt/", sent).status_code == 302

    envelope = taken(device, visit, "samme")
    assert outcomes(post(ingrid, envelope)) == ["ALREADY"]
    assert outcomes(post(ingrid, envelope, taken(device, visit, "samme"))) == ["ALREADY", "ALREADY"]
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("file", ["", "ikke bilde", packed(b"%PDF-1.7"), 7, None])
def test_what_is_no_picture_is_refused_with_the_words_kept_R06(
    ingrid: Client, device: Device, visit: Visit, file: object
) -> None:
    assert outcomes(post(ingrid, taken(device, visit, file=file))) == ["REFUSED"]

    letter = Undelivered.objects.get()
    page = ingrid.get(f"/ikke-gjennom/{letter.pk}/").content.decode()
    assert "Vi kan ikke lese bildet." in page and "Venstre hæl" in page and "<img" not in page.split("<main")[1]
    assert ingrid.get(f"/ikke-gjennom/{letter.pk}/bilde/").status_code == 404


def test_a_refused_photo_is_kept_shown_to_its_author_alone_and_used_when_she_chooses_R14(
    cast: Cast, client_of: SignIn, ingrid: Client, device: Device, visit: Visit
) -> None:
    following = Following.objects.filter(citizen=cast.olga)
    before = list(following.values_list("pk", "valid_to"))
    following.update(valid_to=MONDAY_DATE - timedelta(days=1))
    assert outcomes(post(ingrid, taken(device, visit))) == ["REFUSED"]  # out of her reach when it was taken
    letter = Undelivered.objects.get()
    assert (letter.citizen_id, Photo.objects.count()) == (cast.olga.pk, 0)

    for pk, valid_to in before:
        Following.objects.filter(pk=pk).update(valid_to=valid_to)
    page = ingrid.get(f"/ikke-gjennom/{letter.pk}/").content.decode()
    assert f"/ikke-gjennom/{letter.pk}/bilde/" in page and "Sår" in page and "Venstre hæl" in page
    shown = ingrid.get(f"/ikke-gjennom/{letter.pk}/bilde/")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "no-store" in shown["Cache-Control"]
    with Image.open(io.BytesIO(shown.content)) as drawn:
        assert drawn.size == (60, 40)
    assert client_of(cast.amir).get(f"/ikke-gjennom/{letter.pk}/bilde/").status_code == 404

    assert ingrid.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE"}).status_code == 302
    assert Photo.objects.get().words == "Venstre hæl"
    assert ingrid.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE"}).status_code == 409
    assert Photo.objects.count() == 1


def test_without_a_visit_it_is_whom_the_page_was_about_and_never_somebody_out_of_reach_R18(
    cast: Cast, ingrid: Client, device: Device
) -> None:
    def about(citizen_id: object, key: str) -> dict[str, Any]:
        fields = {"citizen_id": citizen_id, "of": "FORM", "file": packed(jpeg())}
        return device.write("photo.add", fields, at=AT, press_key=key)

    asked = [about(cast.olga.pk, "a"), about(cast.per.pk, "b"), about(10**12, "c"), about("x", "d")]

    assert outcomes(post(ingrid, *asked)) == ["APPLIED", "REFUSED", "REFUSED", "REFUSED"]
    assert Photo.objects.get().citizen == cast.olga


def test_a_list_of_refused_photos_does_not_open_them_R14(
    ingrid: Client, device: Device, visit: Visit, django_assert_max_num_queries: Any
) -> None:
    for key in "abc":
        post(ingrid, taken(device, visit, key, of="NOE"))

    with django_assert_max_num_queries(22) as asked:
        assert ingrid.get("/ikke-gjennom/").content.decode().count("Bilde til journalen") == 3
    assert not any('"delivery_undelivered"."content"' in one["sql"] for one in asked.captured_queries)


def test_what_is_kept_is_sealed_in_the_database_R18(ingrid: Client, device: Device, visit: Visit) -> None:
    from django.db import connection

    post(ingrid, taken(device, visit, of="NOE"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM delivery_undelivered")
        assert packed(jpeg())[:40] not in str(cursor.fetchall())
