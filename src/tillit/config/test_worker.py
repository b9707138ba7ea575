"""The background worker: ready before its first job, and one kept free for what somebody waits for."""

from typing import Any

import pytest
from click.testing import CliRunner
from django.db import OperationalError

from tillit.config import worker
from tillit.teamwork.planning.adapter import warm


class TestWorker:
    @pytest.mark.django_db
    @pytest.mark.parametrize(("arguments", "queues"), [([], "*"), (["--only-awaited"], "awaited")])
    def test_is_ready_before_it_takes_a_job(
        self, monkeypatch: pytest.MonkeyPatch, arguments: list[str], queues: str
    ) -> None:
        done: list[Any] = []
        monkeypatch.setattr(warm, "warm_up", lambda: done.append("ready"))
        monkeypatch.setattr("gc.freeze", lambda: None)
        monkeypatch.setattr("django.core.management.call_command", lambda name, **options: done.append((name, options)))

        answer = CliRunner().invoke(worker.worker, arguments)

        assert answer.exit_code == 0
        ready, (name, options) = done
        assert (ready, name, options["queue_name"]) == ("ready", "db_worker", queues)
        assert options["interval"] <= 0.1

    @pytest.mark.django_db
    def test_goes_on_when_the_database_was_locked_too_long(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tries: list[str] = []

        def work(name: str, **_options: object) -> None:
            tries.append(name)
            if len(tries) == 1:
                raise OperationalError("database is locked")

        monkeypatch.setattr(warm, "warm_up", lambda: None)
        monkeypatch.setattr("gc.freeze", lambda: None)
        monkeypatch.setattr(worker, "PAUSE", 0.0)
        monkeypatch.setattr("django.core.management.call_command", work)

        answer = CliRunner().invoke(worker.worker, [])

        assert answer.exit_code == 0
        assert tries == ["db_worker", "db_worker"]
