"""The world is stored once for all tests of a file; each test undoes what it did."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.cast import MONDAY
from tests.policy.world import World, fill
from tillit.foundation.access import reading
from tillit.kernel import clock


@pytest.fixture(scope="module")
def stored(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The filled world, inside one transaction that is never written."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
        reading.watching(),
        transaction.atomic(),
    ):
        patch.setattr(clock, "now", lambda: MONDAY)
        yield fill()
        transaction.set_rollback(True)


@pytest.fixture
def db(stored: World) -> Iterator[None]:
    """Instead of pytest-django's, which closes the connection after each test: a savepoint in the stored world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(db: None, stored: World) -> World:
    """The world as it was filled."""
    return stored
