"""The policy's filled world, once for all of it; searches end at once, for it is the forms that are asked."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.policy.conftest import db, stored, world
from tests.policy.one_actor import actors_kept

__all__ = ["db", "stored", "world"]


@pytest.fixture(autouse=True)
def _short_searches(_plain_settings: None, settings: Any) -> None:
    """A form of the planner is sent hundreds of times."""
    for name in ("PLAN_SECONDS", "REPLAN_SECONDS", "PLAN_WEEKS_SECONDS", "STRENGTH_SECONDS", "WHAT_IF_SECONDS"):
        setattr(settings, name, 0.05)


@pytest.fixture(autouse=True)
def _one_actor() -> Iterator[None]:
    """Whatever a form did is undone before the next: whoever asks is the same all the way."""
    with actors_kept():
        yield
