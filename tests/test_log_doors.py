"""No door without a log, and no door whose kind of data is not said: every address, command and job (R18)."""

from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import MONDAY, Cast
from tillit.care.citizens.queries import get_citizen
from tillit.config import cli
from tillit.foundation.access import doors, reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.jobs import progress
from tillit.foundation.jobs.failing import JobFailed
from tillit.foundation.jobs.models import Job
from tillit.kernel import clock

#: Doors that open nothing about a citizen: the kit's gallery, the health check.
OPEN_NOTHING = ("health", "ui:")


def _addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for found in patterns:
        if isinstance(found, URLResolver):
            yield from _addresses(found.url_patterns, f"{found.namespace}:" if found.namespace else space)
        elif found.name:
            yield space + found.name


class TestKindsOfData:
    def test_are_said_for_every_address_and_every_kind_of_job_R18(self) -> None:
        every = [*_addresses(get_resolver().url_patterns), *progress._kinds]
        known = tuple(doors._BY_BEGINNING)

        assert len(every) > 250
        assert [one for one in every if not one.startswith((*known, *OPEN_NOTHING))] == []

    def test_the_longest_beginning_counts(self) -> None:
        assert doors.kind_of("citizens:list") is doors.LISTS
        assert doors.kind_of("citizens:facts") is doors.FACTS
        assert doors.kind_of("citizens:page") is doors.OVERVIEW
        assert doors.kind_of("something:new") is doors.OTHER


class TestOutsideEveryDoor:
    def test_reading_fails_in_tests_so_that_a_new_door_is_not_forgotten(self, cast: Cast) -> None:
        reading._watch.set(None)

        with pytest.raises(reading.ReadOutsideWatch):
            get_citizen(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)

    @override_settings(READING_OUTSIDE_FAILS=False)
    def test_reading_is_written_at_once_in_production_and_said_without_names(
        self, cast: Cast, caplog: pytest.LogCaptureFixture
    ) -> None:
        reading._watch.set(None)

        get_citizen(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)

        entry = AccessEntry.objects.get()
        assert (entry.citizen_id, entry.door, entry.user_id) == (cast.olga.pk, reading.OUTSIDE, None)
        assert "outside every door" in caplog.text
        assert "Olga" not in caplog.text


class TestNewDoorsHaveALogWithoutDoingAnything:
    def test_a_job(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def work(_progress: progress.Progress) -> dict[str, object]:
            get_citizen(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)
            return {}

        monkeypatch.setitem(progress._kinds, "tests.new", work)
        progress.ask(actor=cast.ingrid.actor, name="tests.new", unit_path="", order={}, at=MONDAY)

        entry = AccessEntry.objects.get()
        assert (entry.door, entry.user_id, entry.ground) == ("tests.new", cast.ingrid.user.pk, "FOLLOWS")

    def test_a_job_that_fails(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def work(_progress: progress.Progress) -> dict[str, object]:
            get_citizen(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)
            raise ZeroDivisionError

        monkeypatch.setitem(progress._kinds, "tests.new", work)
        job = Job.objects.create(kind="tests.new", asked_at=clock.now(), order={}, total=1)
        with pytest.raises(JobFailed):
            progress.perform(job.pk)

        assert AccessEntry.objects.get().ground == "SYSTEM"

    def test_a_command(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        @click.command()
        def new() -> None:
            get_citizen(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)

        monkeypatch.setattr("tillit.config.health.new", new, raising=False)
        monkeypatch.setitem(cli.COMMANDS, "new", ("tillit.config.health", "new", "New"))

        answer = CliRunner().invoke(cli.main, ["new"])

        assert answer.exit_code == 0, answer.output
        entry = AccessEntry.objects.get()
        assert (entry.door, entry.actor_name, entry.ground) == ("tillit new", cli.OPERATOR, "SYSTEM")

    def test_every_command_that_opens_its_own_door_is_known(self) -> None:
        assert set(cli.COMMANDS) >= cli.WITHOUT_DOOR


def test_the_reason_is_asked_for_with_few_queries(cast: Cast, django_assert_max_num_queries: "object") -> None:
    actor: Actor = cast.ingrid.actor
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        reading.write(
            reading.Watch(dict.fromkeys([cast.olga.pk, cast.per.pk, *range(10**6, 10**6 + 150)], False)),
            actor=actor,
            door="teamboard:board",
            at=MONDAY,
        )

    assert dict(AccessEntry.objects.values_list("citizen_id", "ground"))[cast.per.pk] == "UNKNOWN"
