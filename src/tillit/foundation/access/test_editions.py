"""The access log got more columns: rows from before verify as they were signed, and nothing can be put in beside."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from tillit.foundation.access import keys, reading, sealing, signed, verifying
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AccessEntry, RefusedEntry
from tillit.foundation.access.rules import signing
from tillit.foundation.access.test_sealing import unguarded
from tillit.foundation.access.whence import FAILED, REFUSED, Whence

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
SOMEBODY = Actor(user_id=None, name="nattjobben")
PHONE = Whence("SHARED_PHONE", "OUTSIDE")
AS_BEFORE = (
    "id", "at", "user_id", "actor_name", "roles", "unit_path", "citizen_id", "door", "changed", "ground",
    "ground_subject", "key_id",
)  # fmt: skip

pytestmark = pytest.mark.django_db


def row_from_before(citizen_id: int) -> None:
    """Add a row as the product wrote it when it signed twelve columns: the list above is that time's, not today's."""
    known = keys.log_keys()
    row = AccessEntry(
        pk=citizen_id, at=NOW, actor_name="Kari", roles="NURSE", unit_path="1.", citizen_id=citizen_id,
        door="citizens:page", ground="FOLLOWS", key_id=known.signing_id,
    )  # fmt: skip
    row.mac = signing.sign(known.signing_key, signing.content_of("ACCESS", [getattr(row, name) for name in AS_BEFORE]))
    row.save(force_insert=True)


def faults() -> list[str]:
    return [str(fault) for fault in verifying.verify(verifying.Walk(), at=NOW)]


def alter(assignment: str) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE access_accessentry SET {assignment}")


def look(**values: object) -> None:
    reading.write(reading.Watch({7: False}), actor=SOMEBODY, door="x", at=NOW, whence=PHONE, **values)  # type: ignore[arg-type]


def test_rows_from_before_and_after_stand_in_one_chain_that_verifies_R18() -> None:
    row_from_before(1)
    row_from_before(2)
    sealing.seal(at=NOW)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence('access_accessentry', 'id'), 2)")
    look()
    reading.write_refused(actor=SOMEBODY, door="x", asked_for="citizen_id:1", status=404, at=NOW, whence=PHONE)
    sealing.seal(at=NOW)

    assert list(AccessEntry.objects.order_by("pk").values_list("edition", "device", "network", "outcome")) == [
        (1, "", "", ""), (1, "", "", ""), (2, "SHARED_PHONE", "OUTSIDE", "SHOWN"),
    ]  # fmt: skip
    assert RefusedEntry.objects.get().network == "OUTSIDE"
    assert faults() == []


@pytest.mark.parametrize("is_sealed", [True, False])
@pytest.mark.parametrize(
    "assignment", ["device = 'OFFICE'", "network = 'INSIDE'", "outcome = 'REFUSED'", "edition = 2", "edition = 9"]
)
def test_nothing_can_be_put_into_a_row_from_before(assignment: str, is_sealed: bool) -> None:
    row_from_before(1)
    if is_sealed:
        sealing.seal(at=NOW)
    assert faults() == []
    alter(assignment)

    assert any("ACCESS row 1" in fault for fault in faults())


@pytest.mark.parametrize(
    "assignment",
    ["device = ''", "network = 'INSIDE'", "outcome = 'REFUSED'", "edition = 1",
     "edition = 1, device = '', network = '', outcome = ''"],
)  # fmt: skip
def test_nothing_can_be_altered_in_a_new_row(assignment: str) -> None:
    look()
    assert faults() == []
    alter(assignment)

    assert any("has been altered" in fault for fault in faults())


def test_what_was_changed_is_changed_whatever_was_answered() -> None:
    reading.write(reading.Watch({7: False, 8: True}), actor=SOMEBODY, door="x", at=NOW, outcome=FAILED)

    assert dict(AccessEntry.objects.values_list("citizen_id", "outcome")) == {7: FAILED, 8: "SHOWN"}


def test_the_list_of_columns_of_edition_one_is_never_changed() -> None:
    assert signed._COLUMNS["ACCESS"][0] == AS_BEFORE and REFUSED == "REFUSED"
