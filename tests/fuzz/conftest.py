"""The policy's filled world, once for all of it."""

from tests.policy.conftest import db, stored, world

__all__ = ["db", "stored", "world"]
