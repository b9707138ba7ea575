"""Photos: drawn anew without place and camera, sealed, in the journal, and gone when they are removed."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests import builders_plan
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.journal.models import Entry, Removal, Request
from tillit.care.photos import actions
from tillit.care.photos.actions import NoPicture
from tillit.care.photos.answers_journal import PhotoKeeper
from tillit.care.photos.drawing import LARGEST_FILE, LONGEST_SIDE, NotAPicture, TooLarge, draw_anew
from tillit.care.photos.models import Photo
from tillit.exchange.person.writing import pictures_of
from tillit.foundation.access.models import AccessEntry
from tillit.kernel.errors import ActionRefused, NotFound

pytestmark = pytest.mark.usefixtures("on_monday")
SignIn = Callable[[Member], Client]
GPS, CAMERA = 0x8825, 0x010F


def picture(size: tuple[int, int] = (60, 40), kind: str = "JPEG", *, turned: bool = False) -> bytes:
    """A picture with place, camera and a comment in it."""
    exif = Image.Exif()
    exif[CAMERA] = "HemmeligKamera"
    exif.get_ifd(GPS)[2] = (59.0, 54.0, 30.0)
    if turned:
        exif[0x0112] = 6  # lies on its side
    out = io.BytesIO()
    Image.new("RGB", size, (180, 40, 40)).save(out, kind, exif=exif)
    return out.getvalue() + b"HALE"


class TestDrawAnew:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
    def test_nothing_but_the_picture_is_left_R18(self, kind: str) -> None:
        came = picture(kind=kind)
        assert b"HemmeligKamera" in came
        drawn = draw_anew(came)

        with Image.open(io.BytesIO(drawn.content)) as kept:
            assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (60, 40), {})
            assert "exif" not in kept.info and "icc_profile" not in kept.info
        assert b"HemmeligKamera" not in drawn.content and b"HALE" not in drawn.content

    def test_is_turned_the_right_way_and_made_smaller_R18(self) -> None:
        assert (draw_anew(picture(turned=True)).width, draw_anew(picture(turned=True)).height) == (40, 60)
        large = draw_anew(picture((3000, 1500)))
        assert (large.width, large.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)

    def test_what_is_clear_becomes_white_R18(self) -> None:
        out = io.BytesIO()
        Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")
        with Image.open(io.BytesIO(draw_anew(out.getvalue()).content)) as kept:
            assert kept.getpixel((1, 1)) == (255, 255, 255)

    @pytest.mark.parametrize(
        "file",
        [b"", b"%PDF-1.7 nei", b"<svg xmlns='http://www.w3.org/2000/svg'/>", picture()[:200], b"GIF89a" + b"\0" * 40],
    )
    def test_refuses_what_is_no_picture_of_ours_R06(self, file: bytes) -> None:
        with pytest.raises(NotAPicture):
            draw_anew(file)

    def test_refuses_what_is_too_large_or_unfolds_to_too_much_R06(self) -> None:
        with pytest.raises(TooLarge):
            draw_anew(b"\xff" * (LARGEST_FILE + 1))
        out = io.BytesIO()
        Image.new("1", (9000, 9000)).save(out, "PNG")  # a few thousand bytes, 81 million points
        assert len(out.getvalue()) < 100_000
        with pytest.raises(TooLarge):
            draw_anew(out.getvalue())


def added(cast: Cast, *, key: str = "", file: bytes | None = None) -> Photo:
    return actions.add_photo(
        actor=cast.amir.actor, citizen_id=cast.olga.pk, file=picture() if file is None else file, of="WOUND",
        words="Hælen, 2 cm", press_key=key, at=MONDAY,
    )  # fmt: skip


class TestAdd:
    def test_is_signed_sealed_and_locked_R14(self, cast: Cast) -> None:
        found = added(cast)

        assert Entry.objects.get(kind="PHOTO", row_id=found.pk).author_id == cast.amir.employee.pk
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM photos_photo")
            stored = bytes(cursor.fetchone()[0])
        assert stored.startswith(b"1.") and b"JFIF" not in stored
        with pytest.raises(Error, match="signed"), transaction.atomic():
            Photo.objects.filter(pk=found.pk).update(digest="0" * 64)
        with pytest.raises(Error, match="signed"), transaction.atomic():
            Photo.objects.filter(pk=found.pk).delete()

    def test_the_same_press_twice_is_one_R12(self, cast: Cast) -> None:
        assert added(cast, key="p").pk == added(cast, key="p", file=b"borte").pk

    def test_refuses_no_picture_and_whom_she_does_not_reach_R06(self, cast: Cast) -> None:
        with pytest.raises(NoPicture):
            added(cast, file=b"ikke noe bilde")
        with pytest.raises(NotFound):
            actions.add_photo(actor=cast.nils.actor, citizen_id=cast.olga.pk, file=picture(), of="WOUND", words="",
                              press_key="", at=MONDAY)  # fmt: skip
        with pytest.raises(ActionRefused):
            actions.add_photo(actor=cast.amir.actor, citizen_id=cast.olga.pk, file=picture(), of="XX", words="",
                              press_key="", at=MONDAY)  # fmt: skip
        assert not Photo.objects.exists()

    def test_is_removed_by_the_journals_legal_path_alone_R14(self, cast: Cast) -> None:
        found = added(cast)
        entry = Entry.objects.get(kind="PHOTO")
        with pytest.raises(Error, match="signed"), transaction.atomic():
            PhotoKeeper().remove(found.pk, at=MONDAY)
        asked = Request.objects.create(
            entry=entry, kind="DELETE", words="Slett.", asked_by_name="Olga", asked_at=MONDAY, state="AGREED",
            decided_at=MONDAY,
        )  # fmt: skip
        Removal.objects.create(entry=entry, request=asked, ground="DELETE", by_name="Marit", at=MONDAY)

        PhotoKeeper().remove(found.pk, at=MONDAY)

        found.refresh_from_db()
        assert (bytes(found.content), found.digest, found.words) == (b"", "", "")
        assert list(pictures_of([cast.olga.pk])) == []

    def test_is_handed_out_with_all_about_her_R18(self, cast: Cast) -> None:
        found = added(cast)

        assert [(pk, content[:3]) for pk, content in pictures_of([cast.olga.pk])] == [(found.pk, b"\xff\xd8\xff")]


class TestPages:
    def test_from_the_visit_to_the_journal_R12(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        visit = builders_plan.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=MONDAY_DATE)
        door = reverse("photos:add", args=[cast.olga.pk])
        assert f"{door}?besok={visit.pk}" in client.get(reverse("myday:visit", args=[visit.pk])).content.decode()
        assert 'capture="environment"' in client.get(f"{door}?besok={visit.pk}").content.decode()
        file = SimpleUploadedFile("IMG_1.jpg", picture(), "image/jpeg")
        sent = {"press_key": "p", "visit": visit.pk, "of": "WOUND", "words": "Hælen", "file": file}

        answer = client.post(door, sent)

        assert answer.headers["Location"] == reverse("myday:visit", args=[visit.pk])
        at = reverse("photos:picture", args=[Photo.objects.get().pk])
        text = client.get(reverse("journal:record", args=[cast.olga.pk])).content.decode()
        assert f'src="{at}"' in text and "Bilde: sår" in text and "Hælen" in text

    def test_is_shown_to_whom_it_may_and_kept_by_nobody_on_the_way_R06(self, cast: Cast, client_of: SignIn) -> None:
        at = reverse("photos:picture", args=[added(cast).pk])
        before = AccessEntry.objects.count()
        answer = client_of(cast.amir).get(at)

        assert answer.headers["Content-Type"] == "image/jpeg" and answer.content.startswith(b"\xff\xd8\xff")
        assert "no-store" in answer.headers["Cache-Control"] and answer.headers["X-Content-Type-Options"] == "nosniff"
        assert AccessEntry.objects.count() == before + 1
        assert client_of(cast.nils).get(at).status_code == 404
        assert Client().get(at).status_code in (302, 403)

    def test_what_is_wrong_stands_at_the_field_and_words_come_back_R06(self, cast: Cast, client_of: SignIn) -> None:
        file = SimpleUploadedFile("a.jpg", b"ikke noe bilde", "image/jpeg")
        sent = {"press_key": "p", "of": "WOUND", "words": "Hælen, 2 cm", "file": file}
        answer = client_of(cast.amir).post(reverse("photos:add", args=[cast.olga.pk]), sent)

        text = answer.content.decode()
        assert answer.status_code == 422 and "Vi kan ikke lese bildet" in text and "Hælen, 2 cm" in text
