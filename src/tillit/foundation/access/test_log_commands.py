"""`tillit log …`, as an operator meets it; keys and anchors in files; rows that leave after their time."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tillit.foundation.access import keeping, keys, log_cli, reading, sealing
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.models import AccessEntry, AuditEntry, LogKeeping, LogSeal
from tillit.foundation.access.test_sealing import unguarded
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed

LONG_AGO = datetime(2015, 3, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(log_cli.log, arguments)


def look(actor: Actor, *citizen_ids: int, at: datetime = NOW) -> None:
    reading.write(reading.Watch(dict.fromkeys(citizen_ids, False)), actor=actor, door="citizens:page", at=at)


class TestVerify:
    def test_says_that_all_is_well_and_gives_an_anchor_that_holds_R18(self, cast: Cast) -> None:
        look(cast.ingrid.actor, 1, 2)
        first = run("verify")
        assert first.exit_code == 0, first.output
        anchor = first.output.split("elsewhere: ")[1].split()[0]
        look(cast.ingrid.actor, 3)

        again = run("verify", "--anchor", anchor)
        assert (again.exit_code, "3 rows under them" in again.output) == (0, True)

    def test_names_what_is_wrong_and_ends_with_one(self, cast: Cast) -> None:
        look(cast.ingrid.actor, 1, 2)
        run("seal")
        with unguarded():
            AccessEntry.objects.filter(citizen_id=2).update(citizen_id=3)

        answer = run("verify")

        wrong = AccessEntry.objects.get(citizen_id=3).pk
        assert answer.exit_code == 1
        assert f"seal 1, ACCESS row {wrong}: has been altered" in answer.output
        assert cast.ingrid.actor.name not in answer.output

    def test_an_anchor_of_another_chain_or_of_none_is_refused(self, cast: Cast) -> None:
        look(cast.ingrid.actor, 1)

        assert run("verify", "--anchor", f"1:{'0' * 64}").exit_code == 1
        assert run("verify", "--anchor", "hello").exit_code == 2

    def test_since_leaves_older_rows_alone_but_walks_the_chain(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        look(cast.ingrid.actor, 1, at=LONG_AGO)
        sealing.seal(at=LONG_AGO)
        with unguarded():
            AccessEntry.objects.update(door="x")

        assert run("verify", "--since", "2026-01-01").exit_code == 0
        assert run("verify").exit_code == 1

    def test_the_hash_kept_in_a_file_finds_a_tail_that_was_cut_off(
        self, cast: Cast, settings: Any, tmp_path: Path
    ) -> None:
        settings.LOG_ANCHOR_FILE = str(tmp_path / "log-anchor")
        look(cast.ingrid.actor, 1)
        sealing.seal(at=NOW)
        look(cast.ingrid.actor, 2)
        sealing.seal(at=NOW)
        with unguarded():
            LogSeal.objects.filter(number=2).delete()
            AccessEntry.objects.filter(citizen_id=2).delete()

        answer = run("verify")
        assert answer.exit_code == 1
        assert "seal 2: is gone" in answer.output


class TestKeys:
    def test_the_embedded_installation_makes_its_own_file_for_the_owner_alone(
        self, settings: Any, tmp_path: Path
    ) -> None:
        settings.LOG_KEYS_FILE, settings.LOG_KEYS_MADE_HERE = str(tmp_path / "keys"), True

        made = keys.log_keys()

        assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
        assert len(made.signing_key) == 32
        assert keys.log_keys() == made

    def test_elsewhere_a_missing_or_broken_file_stops_the_work(self, settings: Any, tmp_path: Path) -> None:
        settings.LOG_KEYS_FILE, settings.LOG_KEYS_MADE_HERE = str(tmp_path / "keys"), False
        with pytest.raises(ImproperlyConfigured, match="There is no file"):
            keys.log_keys()
        (tmp_path / "keys").write_text("one:abcd\n")
        with pytest.raises(ImproperlyConfigured, match="cannot be read"):
            keys.log_keys()

    def test_a_new_key_signs_and_the_old_one_still_verifies(self, cast: Cast, settings: Any, tmp_path: Path) -> None:
        settings.LOG_KEYS_FILE, settings.LOG_KEYS_MADE_HERE = str(tmp_path / "keys"), True
        look(cast.ingrid.actor, 1)
        assert run("new-key").exit_code == 0
        look(cast.ingrid.actor, 2)

        used = AccessEntry.objects.order_by("pk").values_list("key_id", flat=True)
        assert len(set(used)) == 2
        assert run("verify").exit_code == 0


class TestKeeping:
    @pytest.fixture
    def old_and_new(self, cast: Cast) -> Cast:
        """Three looks long ago under a seal, two now under another."""
        look(cast.ingrid.actor, 1, 2, 3, at=LONG_AGO)
        sealing.seal(at=LONG_AGO)
        look(cast.ingrid.actor, 4, 5)
        sealing.seal(at=NOW)
        return cast

    def test_is_ten_years_until_a_municipality_decides(self, cast: Cast) -> None:
        assert keeping.keeping_on(NOW.date()).years == 10
        done = run("keep-years", "15", "--from", "2026-06-01", "--basis", "Arkivplanen")

        assert done.exit_code == 0, done.output
        assert (keeping.keeping_on(NOW.date()).years, keeping.keeping_on(LONG_AGO.date()).years) == (15, 10)
        assert AuditEntry.objects.get(action="access.keep_logs").change["years"] == 15
        assert run("keep-years", "3", "--from", "2026-06-01", "--basis", "x").exit_code == 1

    def test_what_has_been_kept_long_enough_leaves_and_the_chain_still_holds(self, old_and_new: Cast) -> None:
        assert "3 rows would leave" in run("remove-expired").output
        assert AccessEntry.objects.count() == 5

        done = run("remove-expired", "--do-it")

        assert "3 rows have left" in done.output
        assert sorted(AccessEntry.objects.values_list("citizen_id", flat=True)) == [4, 5]
        told = LogSeal.objects.get(kind="REMOVED")
        assert (told.of, told.count) == (1, 3)
        assert AuditEntry.objects.get(subject="seal:1").change == {"log": "ACCESS", "removed": 3}
        verified = run("verify")
        assert (verified.exit_code, "3 have left" in verified.output) == (0, True)
        assert "0 rows have left" in run("remove-expired", "--do-it").output

    def test_the_triggers_let_nothing_else_go(self, old_and_new: Cast) -> None:
        run("remove-expired", "--do-it")

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AccessEntry.objects.filter(citizen_id=4).delete()

    def test_a_seal_of_removal_made_by_hand_opens_the_triggers_but_is_found(self, old_and_new: Cast) -> None:
        forged = LogSeal.objects.get(number=2)
        forged.pk, forged.number, forged.kind, forged.of = None, 3, "REMOVED", 2
        forged.save(force_insert=True)
        AccessEntry.objects.filter(citizen_id=4).delete()

        answer = run("verify")
        assert answer.exit_code == 1
        assert "seal 3: has been altered" in answer.output

    def test_rows_that_are_not_as_they_were_sealed_are_evidence_and_stay(self, old_and_new: Cast) -> None:
        with unguarded():
            AccessEntry.objects.filter(citizen_id=2).update(actor_name="Nils")

        answer = run("remove-expired", "--do-it")

        assert answer.exit_code == 1
        assert "has been altered" in answer.output
        assert AccessEntry.objects.count() == 5

    def test_rows_put_back_after_they_left_are_found(self, old_and_new: Cast) -> None:
        kept = AccessEntry.objects.get(citizen_id=2)
        run("remove-expired", "--do-it")
        kept.save(force_insert=True)

        assert "1 rows are there that were said to have left" in run("verify").output

    def test_is_for_the_system_and_never_too_early(self, old_and_new: Cast) -> None:
        with pytest.raises(NotAllowed):
            keeping.remove_stretch(actor=old_and_new.marit.actor, number=1, at=NOW)
        with pytest.raises(ActionRefused):
            keeping.remove_stretch(actor=system("Drift"), number=2, at=NOW + timedelta(days=3000))
        with pytest.raises(ActionRefused):
            keeping.remove_stretch(actor=system("Drift"), number=2, at=NOW)

    def test_a_rule_lies_between_five_and_a_hundred_years(self, cast: Cast) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            LogKeeping.objects.create(valid_from=NOW.date(), years=4, basis="x", decided_at=NOW)
