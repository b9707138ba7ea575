"""The policy's filled world, once for all of it; searches end at once, for it is the forms that are asked."""

from typing import Any

import pytest

from tests.policy.conftest import db, stored, world

__all__ = ["db", "stored", "world"]


@pytest.fixture(autouse=True)
def _short_searches(_plain_settings: None, settings: Any) -> None:
    """A form of the planner is sent hundreds of times."""
    for name in ("PLAN_SECONDS", "REPLAN_SECONDS", "PLAN_WEEKS_SECONDS", "STRENGTH_SECONDS", "WHAT_IF_SECONDS"):
        setattr(settings, name, 0.05)
