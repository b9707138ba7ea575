"""Fixtures everybody uses, also the tests beside the code: the root conftest.py loads this file as a plugin."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests import cast as cast_module
from tests.cast import Cast, Member


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of the tests, stored."""
    return cast_module.assemble()


@pytest.fixture
def client_of() -> Callable[[Member], Client]:
    """Return a function that signs a member of the cast in."""

    def sign_in(member: Member) -> Client:
        client = Client()
        client.force_login(member.user)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _plain_settings(settings: Any) -> None:
    """Quick hashing, short searches, and background work done at once."""
    settings.PLAN_SECONDS = 1.0
    settings.REPLAN_SECONDS = 0.5
    settings.STRENGTH_FOLLOWS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "awaited"]}
    }
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
