"""Fixtures everybody uses, also the tests beside the code: the root conftest.py loads this file as a plugin."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection
from django.test import Client, override_settings

from tests import cast as cast_module
from tests import cast_stored, log_guard, migrated
from tests.cast import Cast, Member
from tests.cast_stored import StoredCast
from tillit.demo.emptiness import guarded_tables
from tillit.foundation.access import append_only, reading
from tillit.kernel import clock

QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

#: Django's server sends an answer's head and body apart: the body would wait 40 ms for the head to be acknowledged.
WSGIRequestHandler.disable_nagle_algorithm = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, request: pytest.FixtureRequest, django_db_use_migrations: bool
) -> Iterator[None]:
    """Let a worker's database begin as a copy of the migrated one, where there is one."""
    if migrated.FOLDER not in os.environ or not django_db_use_migrations or not hasattr(request.config, "workerinput"):
        yield
        return
    with migrated.copied(connection, Path(os.environ[migrated.FOLDER])):
        yield


@pytest.fixture(scope="session")
def stored_cast(django_db_setup: None, django_db_blocker: Any) -> StoredCast:
    """The people of the tests, made once: outside any test's transaction."""
    quick = override_settings(PASSWORD_HASHERS=QUICK_HASHERS)
    with quick, django_db_blocker.unblock(), reading.watching():
        return cast_stored.assembled()


@pytest.fixture
def cast(stored_cast: StoredCast, db: None) -> Cast:
    """The people of the tests, stored."""
    return stored_cast.store()


@pytest.fixture
def _guarded_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Put the triggers back when the database is emptied: the tests that follow need them."""
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for table in guarded_tables():
            append_only.guard_again(editor, table)


@pytest.fixture
def emptied_afterwards(_guarded_again: None, transactional_db: None) -> Iterator[None]:
    """A database without a transaction around the test, that several connections see; its logs are guarded too."""
    yield
    with connection.schema_editor() as editor:
        for table in guarded_tables():
            append_only.release(editor, table)


@pytest.fixture
def client_of() -> Callable[[Member], Client]:
    """Return a function that signs a member of the cast in."""

    def sign_in(member: Member) -> Client:
        client = Client()
        client.force_login(member.user)
        return client

    return sign_in


@pytest.fixture
def on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the cast's Monday wherever the clock is read."""
    monkeypatch.setattr(clock, "now", lambda: cast_module.MONDAY)


@pytest.fixture
def on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the cast's Tuesday wherever the clock is read."""
    monkeypatch.setattr(clock, "now", lambda: cast_module.TUESDAY)


@pytest.fixture(autouse=True)
def _a_test_may_read() -> Iterator[None]:
    """What a test itself reads is noted nowhere. Requests, commands and jobs open doors of their own inside."""
    with reading.watching():
        yield


@pytest.fixture(autouse=True)
def _no_person_in_the_log() -> Iterator[None]:
    """Whatever a test makes the product log holds nobody's name, number or address."""
    log_guard.begin()
    log_guard.guard.records.clear()
    yield
    assert log_guard.guard.found() == []


@pytest.fixture(autouse=True)
def _plain_settings(settings: Any) -> None:
    """Quick hashing, short searches, and background work done at once."""
    settings.PLAN_SECONDS = 1.0
    settings.REPLAN_SECONDS = 0.5
    settings.STRENGTH_FOLLOWS = False
    settings.PASSWORD_HASHERS = QUICK_HASHERS
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "awaited"]}
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
