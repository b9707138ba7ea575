"""A sealed value opens only as what it was sealed as, and is found again only whole."""

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from tillit.exchange.files.models import ImportFile, ImportRun
from tillit.foundation.keeping import keys, marks, sealed
from tillit.foundation.keeping.models import KeyMark
from tillit.kernel import clock

NUMBER = "13097248022"


def test_opens_again_and_never_looks_the_same_twice() -> None:
    once, twice = sealed.seal(NUMBER, "national-id"), sealed.seal(NUMBER, "national-id")

    assert once != twice and NUMBER not in once
    assert sealed.unseal(once, "national-id") == sealed.unseal(twice, "national-id") == NUMBER
    assert sealed.seal("", "national-id") == sealed.unseal("", "national-id") == ""


def test_what_was_altered_moved_or_never_sealed_is_an_error_and_never_empty() -> None:
    stored = sealed.seal(NUMBER, "national-id")
    last = "A" if stored[20] != "A" else "B"

    for text, purpose in (
        (stored, "import"),
        (f"{stored[:20]}{last}{stored[21:]}", "national-id"),
        (stored.replace("test", "lost"), "national-id"),
        (NUMBER, "national-id"),
    ):
        with pytest.raises(sealed.Unreadable) as refused:
            sealed.unseal(text, purpose)
        assert NUMBER not in str(refused.value)
    with pytest.raises(sealed.Unreadable):
        sealed.unseal_bytes(b"PK\x03\x04", "import-file")


def test_the_index_is_the_same_for_the_same_and_another_for_another_purpose() -> None:
    assert sealed.index(NUMBER, "national-id") == sealed.index(NUMBER, "national-id")
    assert sealed.index(NUMBER, "national-id") != sealed.index(NUMBER, "other")
    assert sealed.is_index(sealed.index(NUMBER, "national-id")) and not sealed.is_index(NUMBER)


@pytest.mark.django_db
def test_an_uploaded_file_and_what_was_read_of_it_lie_sealed() -> None:
    run = ImportRun.objects.create(at=clock.now(), found={"headers": {"ark": [NUMBER]}})
    file = ImportFile.objects.create(run=run, name="a.csv", content=NUMBER.encode())

    with connection.cursor() as cursor:
        cursor.execute("SELECT found FROM files_importrun")
        found = str(cursor.fetchone()[0])
        cursor.execute("SELECT content FROM files_importfile")
        content = bytes(cursor.fetchone()[0])
    assert NUMBER not in found and NUMBER.encode() not in content
    run.refresh_from_db()
    file.refresh_from_db()
    assert run.found == {"headers": {"ark": [NUMBER]}} and bytes(file.content) == NUMBER.encode()
    with pytest.raises(FieldError):
        ImportRun.objects.filter(found__contains=NUMBER)


@pytest.mark.django_db
def test_keys_are_marked_once_and_show_nothing_of_themselves() -> None:
    marks.check_keys(at=clock.now())
    marks.check_keys(at=clock.now())

    stored = list(KeyMark.objects.values_list("kind", "key_id", "mark"))
    assert sorted(stored)[0][:2] == ("index", "test") and len(stored) == 2
    for kind, key_id, mark in stored:
        key = keys.data_keys().by_kind[kind][key_id]
        assert key.hex() not in mark and mark == marks.mark_of(key)
