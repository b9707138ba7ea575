"""Whoever tampers with the logs is found: on both databases, row by row and seal by seal (R18)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import cast as cast_to

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tests.cast import Cast
from tillit.foundation.access import append_only, audit, grounds, keys, reading, sealing, verifying
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.models import AccessEntry, AuditEntry, LogSeal, RefusedEntry
from tillit.foundation.access.permissions import READ_AUDIT
from tillit.foundation.access.signed import LOGS

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)

pytestmark = pytest.mark.django_db


class Editor:
    """Runs the triggers' statements inside a test's transaction, where Django's own editor will not on SQLite."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def unguarded() -> Iterator[None]:
    """What somebody with the database's own password can do: the triggers are no hindrance."""
    editor = cast_to(BaseDatabaseSchemaEditor, Editor())
    tables = [*append_only.SEALED, "access_logseal"]
    connection.check_constraints()
    for table in tables:
        append_only.release(editor, table)
    yield
    for table in tables:
        append_only.guard_again(editor, table)


def look(actor: Actor, *citizen_ids: int, at: datetime = NOW) -> None:
    with reading.watching() as watch:
        reading.note_all(citizen_ids)
    reading.write(watch, actor=actor, door="citizens:page", at=at)


def said(*anchors: str, at: datetime = LATER) -> list[str]:
    """Return what a verification finds."""
    found = verifying.verify(verifying.Walk(), at=at, anchors=[verifying.read_anchor(one) for one in anchors])
    return [str(fault) for fault in found]


@pytest.fixture
def sealed(cast: Cast) -> Cast:
    """Eighteen looks under three seals, two changes under one, a refused try under one."""
    look(cast.ingrid.actor, *range(1, 19))
    for number in (1, 2):
        scope = Scope((cast.bekkedal.path,), cast.olga.pk)
        audit.record(cast.ingrid.actor, READ_AUDIT, f"careplan:{number}", scope, at=NOW, change={"n": 1e16})
    reading.write_refused(actor=cast.nils.actor, door="citizens:page", asked_for="citizen_id:3", status=404, at=NOW)
    sealing.seal(at=NOW, most_rows=6)
    return cast


class TestHonestLogs:
    def test_verify_with_every_row_under_a_seal(self, sealed: Cast) -> None:
        walk = verifying.Walk()

        assert list(verifying.verify(walk, at=LATER)) == []
        assert (walk.seals, walk.rows, walk.unsealed) == (5, 21, 0)

    def test_what_comes_later_continues_the_chain(self, sealed: Cast) -> None:
        look(sealed.amir.actor, 5)
        assert said() == []
        done = sealing.seal(at=LATER)

        assert (done.seals, done.rows, said()) == (1, 1, [])
        assert sealing.seal(at=LATER).seals == 0

    def test_what_was_rolled_back_leaves_no_fault(self, sealed: Cast) -> None:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            look(sealed.amir.actor, 5, 6)
            raise ZeroDivisionError
        look(sealed.amir.actor, 7)
        sealing.seal(at=LATER)

        assert said() == []

    def test_rows_from_before_they_were_signed_get_seals_of_their_own(self, cast: Cast) -> None:
        old = {"at": NOW, "actor_name": "Ingrid", "roles": "", "unit_path": "", "door": "x"}
        AccessEntry.objects.bulk_create([AccessEntry(citizen_id=number, **old) for number in range(1, 8)])
        look(cast.ingrid.actor, 8, 9)
        sealing.seal(at=NOW, most_rows=3)

        kinds = LogSeal.objects.order_by("number").values_list("kind", "count")
        assert list(kinds) == [("OLD_ROWS", 3), ("OLD_ROWS", 3), ("OLD_ROWS", 1), ("ROWS", 2)]
        assert said() == []

    def test_rows_that_wait_for_a_seal_for_more_than_a_day_are_told_of(self, sealed: Cast) -> None:
        look(sealed.amir.actor, 5)

        assert said(at=NOW + timedelta(hours=24)) == []
        assert "does the keeper run" in said(at=NOW + timedelta(hours=26))[0]

    def test_an_older_key_still_verifies_and_a_lost_one_is_named(
        self, sealed: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = keys.log_keys().by_id
        monkeypatch.setattr(keys, "log_keys", lambda: keys.LogKeys({**old, "new": b"n" * 32}, "new"))
        look(sealed.amir.actor, 5)
        sealing.seal(at=LATER)
        assert said() == []
        assert AccessEntry.objects.latest("pk").key_id == "new"

        monkeypatch.setattr(keys, "log_keys", lambda: keys.LogKeys({"new": b"n" * 32}, "new"))
        assert "the key test, which is not in the key file" in said()[0]


def _row(place: int) -> AccessEntry:
    return AccessEntry.objects.order_by("pk")[place]


def alter_who() -> None:
    AccessEntry.objects.filter(pk=_row(7).pk).update(actor_name="Nils Berg")


def alter_when() -> None:
    AccessEntry.objects.filter(pk=_row(7).pk).update(at=NOW - timedelta(microseconds=1))


def alter_why() -> None:
    AccessEntry.objects.filter(pk=_row(7).pk).update(ground="SYSTEM")


def alter_change() -> None:
    AuditEntry.objects.filter(subject="careplan:2").update(change={"n": 2})


def alter_refused() -> None:
    RefusedEntry.objects.update(asked_for="citizen_id:4")


def remove_middle() -> None:
    AccessEntry.objects.filter(pk=_row(7).pk).delete()


def remove_last_sealed() -> None:
    AccessEntry.objects.filter(pk=_row(17).pk).delete()


def insert_copy() -> None:
    copy = _row(7)
    copy.pk = None
    copy.save(force_insert=True)


def insert_among_old_ids() -> None:
    copy = _row(7)
    copy.pk = -3
    copy.save(force_insert=True)


def exchange() -> None:
    one, other = _row(2), _row(8)
    fields = {"citizen_id": one.citizen_id, "mac": one.mac}
    AccessEntry.objects.filter(pk=one.pk).update(citizen_id=other.citizen_id, mac=other.mac)
    AccessEntry.objects.filter(pk=other.pk).update(**fields)


def exchange_ids() -> None:
    one, other = _row(2).pk, _row(8).pk
    AccessEntry.objects.filter(pk=one).update(id=2**40)
    AccessEntry.objects.filter(pk=other).update(id=one)
    AccessEntry.objects.filter(pk=2**40).update(id=other)


def remove_a_seal() -> None:
    LogSeal.objects.filter(number=2).delete()


def remove_a_seal_and_number_again() -> None:
    LogSeal.objects.filter(number=2).delete()
    for number in (3, 4, 5):
        LogSeal.objects.filter(number=number).update(number=number - 1)


def alter_a_seal() -> None:
    LogSeal.objects.filter(number=2).update(count=5)


def forge_a_seal() -> None:
    """Take a row away, and make its seal fit again as well as one can without the key."""
    remove_middle()
    stored = LogSeal.objects.get(number=2)
    rows = list(sealing.rows_between(LOGS[0], stored.after_id, stored.to_id))
    gone = sorted(set(range(stored.after_id + 1, stored.to_id + 1)) - {row[0] for row in rows})
    stored.count, stored.digest = len(rows), sealing.digest_of(LOGS[0], rows)
    stored.gaps = [[one, one] for one in gone]
    stored.hash = sealing.facts_of(stored).hash()
    stored.save()


class TestTampering:
    @pytest.mark.parametrize(
        ("tamper", "told"),
        [
            (alter_who, "ACCESS row"),
            (alter_when, "ACCESS row"),
            (alter_why, "ACCESS row"),
            (alter_change, "AUDIT row"),
            (alter_refused, "REFUSED row"),
            (remove_middle, "is gone"),
            (remove_last_sealed, "is gone"),
            (insert_copy, "was not written by Tillit"),
            (insert_among_old_ids, "rows outside every seal"),
            (exchange, "has been altered"),
            (exchange_ids, "has been altered"),
            (remove_a_seal, "seals are missing"),
            (remove_a_seal_and_number_again, "does not follow the seal before it"),
            (alter_a_seal, "seal 2: has been altered"),
            (forge_a_seal, "seal 2: has been altered"),
        ],
    )
    def test_is_found_and_placed_R18(self, sealed: Cast, tamper: Callable[[], None], told: str) -> None:
        with unguarded():
            tamper()

        found = said()
        assert found
        assert any(told in one for one in found), found

    def test_names_the_very_row_and_its_seal(self, sealed: Cast) -> None:
        row = _row(7)
        with unguarded():
            row.delete()

        assert said() == [f"seal 2, ACCESS row {_first_id() + 7}: is gone"]

    def test_a_row_removed_and_written_back_elsewhere_is_found_before_any_seal(self, cast: Cast) -> None:
        look(cast.ingrid.actor, 1, 2)
        with unguarded():
            AccessEntry.objects.filter(pk=_row(0).pk).update(actor_name="Nils")

        assert "has been altered" in said()[0]

    def test_a_tail_that_was_cut_off_is_found_by_an_anchor_kept_elsewhere(self, sealed: Cast) -> None:
        last = sealing.newest()
        assert last is not None
        with unguarded():
            LogSeal.objects.filter(number__gte=4).delete()
            AuditEntry.objects.all().delete()
            RefusedEntry.objects.all().delete()

        assert said() == []  # nothing in the database tells: that is what the anchor is for
        assert "is gone" in said(f"{last.number}:{last.hash}")[0]

    def test_an_anchor_finds_a_chain_that_was_made_anew(self, sealed: Cast) -> None:
        first = LogSeal.objects.get(number=1)

        assert said(f"1:{first.hash}") == []
        assert "another than the one" in said(f"1:{'0' * 64}")[0]

    def test_an_unsigned_row_after_signed_ones_is_no_old_row(self, sealed: Cast) -> None:
        AccessEntry.objects.create(at=NOW, actor_name="x", roles="", unit_path="", citizen_id=1, door="x")
        assert "was not written by Tillit" in said()[0]
        sealing.seal(at=LATER)
        assert "was not written by Tillit" in said()[0]


def _first_id() -> int:
    return int(AccessEntry.objects.earliest("pk").pk)


class TestTriggers:
    def test_a_seal_and_a_refused_try_only_grow(self, sealed: Cast) -> None:
        for model in (LogSeal, RefusedEntry, AccessEntry, AuditEntry):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                model.objects.all().delete()
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                model.objects.update(key_id="x")


class TestReason:
    def test_is_asked_once_and_the_querys_own_goes_before(self, cast: Cast) -> None:
        with reading.watching() as watch:
            reading.note(cast.olga.pk)
            reading.note(cast.per.pk, why=grounds.Reason(grounds.Ground.EMERGENCY, "opening:7:FOUND"))
        reading.write(watch, actor=cast.ingrid.actor, door="citizens:page", at=NOW)

        found = dict(AccessEntry.objects.values_list("citizen_id", "ground"))
        subject = AccessEntry.objects.get(citizen_id=cast.olga.pk).ground_subject
        assert (found, subject) == (
            {cast.olga.pk: "FOLLOWS", cast.per.pk: "EMERGENCY"}, f"unit:{cast.bekkedal.pk}",
        )  # fmt: skip
