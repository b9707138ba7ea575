"""Honest histories verify, whatever happens in them: rolled back work, several writers at once, seals in between."""

import random
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tillit.foundation.access import append_only, audit, keeping, reading, sealing, verifying
from tillit.foundation.access.actor import Actor, Scope, system
from tillit.foundation.access.models import AccessEntry, AuditEntry, LogSeal, RefusedEntry
from tillit.foundation.access.permissions import READ_AUDIT

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
SOMEBODY = Actor(user_id=None, name="nattjobben")
TABLES = (*append_only.SEALED, "access_logseal", "letters_sentletter", "keeping_removal")


def look(*citizen_ids: int, at: datetime = NOW) -> None:
    reading.write(reading.Watch(dict.fromkeys(citizen_ids, False)), actor=SOMEBODY, door="x", at=at)


def change(count: int, *, at: datetime = NOW) -> None:
    one = audit.Entry(READ_AUDIT, "careplan:1", Scope(("1.",), 7), {"n": count})
    audit.record_all(SOMEBODY, [one] * count, at=at)


def faults(at: datetime = NOW, anchor: str = "") -> list[str]:
    anchors = [verifying.read_anchor(anchor)] if anchor else []
    return [str(fault) for fault in verifying.verify(verifying.Walk(), at=at, anchors=anchors)]


def newest() -> str:
    last = sealing.newest()
    return f"{last.number}:{last.hash}" if last else ""


class Undone(Exception):
    """Rolls a step back."""


steps = some.lists(
    some.tuples(
        some.sampled_from(["look", "change", "try", "roll back", "seal", "year passes"]), some.integers(1, 9)
    ),
    min_size=1, max_size=14,
)  # fmt: skip


class TestAnyHistory:
    @given(steps, some.integers(1, 4))
    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_verifies_with_every_anchor_that_was_ever_given_R18(
        self, db: None, history: list[tuple[str, int]], most_rows: int
    ) -> None:
        at, anchors, written, left = NOW, [""], 0, 0
        with transaction.atomic():
            for what, count in history:
                at += timedelta(hours=1)
                if what == "look":
                    look(*range(1, count + 1), at=at)
                    written += count
                elif what == "change":
                    change(count, at=at)
                    written += count
                elif what == "try":
                    reading.write_refused(actor=SOMEBODY, door="x", asked_for="citizen_id:1", status=404, at=at)
                    written += 1
                elif what == "roll back":
                    with pytest.raises(Undone), transaction.atomic():
                        look(*range(1, count + 1), at=at)
                        raise Undone
                elif what == "seal":
                    sealing.seal(at=at, most_rows=most_rows)
                    anchors.append(newest())
                else:
                    at += timedelta(days=366 * count)
                    for stretch in list(keeping.expired(at=at)):
                        left += keeping.remove_stretch(actor=system("Drift"), number=stretch.number, at=at)
                        written += 1  # the removal itself is written down
            sealing.seal(at=at, most_rows=most_rows)

            there = sum(model.objects.count() for model in (AccessEntry, AuditEntry, RefusedEntry))
            assert there == written - left
            for anchor in anchors:
                assert faults(at, anchor) == []
            transaction.set_rollback(True)


@pytest.fixture
def open_house(emptied_afterwards: None) -> None:
    """A database that several connections see, with the logs guarded; emptied afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: what is read is settled")


class TestSeveralWriters:
    def test_a_low_number_that_is_committed_late_is_waited_for(self, open_house: None) -> None:
        written, may_commit = Event(), Event()

        def slow() -> None:
            with transaction.atomic():
                look(1)
                written.set()
                may_commit.wait(20)
            connection.close()

        writer = Thread(target=slow)
        writer.start()
        assert written.wait(20)
        look(2)
        assert sealing.seal(at=NOW, wait=0.0).waiting
        assert not LogSeal.objects.exists()
        may_commit.set()
        writer.join(20)

        assert sealing.seal(at=NOW).rows == 2
        assert faults() == []

    def test_many_writers_and_two_who_seal_leave_a_whole_chain(self, open_house: None) -> None:
        done = Event()

        def write(seed: int) -> None:
            chance = random.Random(seed)
            for _turn in range(25):
                try:
                    with reading.watching(), transaction.atomic():
                        look(*range(1, chance.randint(2, 9)))
                        change(chance.randint(1, 4))
                        if chance.random() < 0.3:
                            raise Undone
                except Undone:
                    pass
            connection.close()

        def seal() -> None:
            while not done.is_set():
                close_old_connections()
                sealing.seal(at=NOW, most_rows=7)
            connection.close()

        writers = [Thread(target=write, args=(seed,)) for seed in range(4)]
        sealers = [Thread(target=seal) for _one in range(2)]
        for thread in (*writers, *sealers):
            thread.start()
        for thread in writers:
            thread.join(60)
        done.set()
        for thread in sealers:
            thread.join(60)
        sealing.seal(at=NOW, most_rows=7)

        walk = verifying.Walk()
        assert [str(one) for one in verifying.verify(walk, at=NOW)] == []
        assert walk.rows == AccessEntry.objects.count() + AuditEntry.objects.count() > 100
        assert walk.unsealed == 0
