from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import Scope
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.permissions import READ_AUDIT, holds, require
from tillit.kernel.errors import NotAllowed

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


class TestAuditTrail:
    def test_only_grows_on_every_database(self, cast: Cast) -> None:
        scope = Scope((cast.bekkedal.path,), cast.olga.pk)
        audit.record(cast.ingrid.actor, READ_AUDIT, "careplan:1", scope, at=NOW)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditEntry.objects.update(action="something.else")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditEntry.objects.all().delete()

        assert AuditEntry.objects.get().action == READ_AUDIT.code

    def test_says_who_where_and_what(self, cast: Cast) -> None:
        scope = Scope((cast.bekkedal.path,), cast.olga.pk)

        audit.record(cast.ingrid.actor, READ_AUDIT, "careplan:1", scope, at=NOW, change={"state": "IN_USE"})

        entry = AuditEntry.objects.get()
        assert (entry.user, entry.unit_path, entry.subject, entry.citizen_id, entry.change) == (
            cast.ingrid.user, cast.bekkedal.path, "careplan:1", cast.olga.pk, {"state": "IN_USE"},
        )  # fmt: skip


class TestAccessLog:
    def test_writes_each_citizen_once_and_remembers_a_change(self, cast: Cast) -> None:
        with reading.watching() as watch:
            reading.note_all([cast.olga.pk, cast.arne.pk, cast.olga.pk])
            reading.note(cast.olga.pk, changed=True)
            reading.note(cast.olga.pk)
        reading.write(watch, actor=cast.ingrid.actor, door="citizens:page", at=NOW)

        entries = AccessEntry.objects.order_by("citizen_id").values_list("citizen_id", "changed", "door")
        assert list(entries) == [
            (cast.olga.pk, True, "citizens:page"),
            (cast.arne.pk, False, "citizens:page"),
        ]

    def test_says_who_when_in_which_role_and_where_for_a_whole_list(self, cast: Cast) -> None:
        actor, ids = cast.ingrid.actor, range(1, 231)
        with reading.watching() as watch:
            reading.note_all(reversed(ids))
            reading.note(7, changed=True)
        reading.write(watch, actor=actor, door="citizens:list", at=NOW)

        entries = list(AccessEntry.objects.order_by("pk"))
        assert [entry.citizen_id for entry in entries] == list(ids)
        assert [entry.citizen_id for entry in entries if entry.changed] == [7]
        assert {
            (entry.at, entry.user_id, entry.actor_name, entry.roles, entry.unit_path, entry.door) for entry in entries
        } == {(NOW, actor.user_id, actor.name, "NURSE", actor.home_path, "citizens:list")}

    def test_only_grows(self, cast: Cast) -> None:
        with reading.watching() as watch:
            reading.note(cast.olga.pk)
        reading.write(watch, actor=cast.ingrid.actor, door="x", at=NOW)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AccessEntry.objects.all().delete()


class TestPermission:
    def test_reaches_the_unit_and_those_below_and_no_others(self, cast: Cast) -> None:
        assert holds(cast.marit.actor, READ_AUDIT, Scope((cast.bekkedal.path,)))
        assert holds(cast.marit.actor, READ_AUDIT, Scope((cast.solvik.path + "99.",)))
        assert not holds(cast.marit.actor, READ_AUDIT, Scope((cast.fjelldal.path,)))

    def test_a_unit_whose_id_begins_alike_is_another_unit(self, cast: Cast) -> None:
        longer = cast.bekkedal.path[:-1] + "0."

        assert not holds(cast.marit.actor, READ_AUDIT, Scope((longer,)))

    def test_refuses_with_the_act_in_words(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed, match="Se hvem som har gjort hva"):
            require(cast.amir.actor, READ_AUDIT, Scope((cast.bekkedal.path,)))
