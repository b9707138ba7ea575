"""Which tests the database can answer differently: with `--only-database` the others are left out.

pytest-django lets a test at a database only when it asks for one, so that a test which asks for none passes and fails
alike on both. A test that makes a database of its own (`tests/installation.py`) asks too.
"""

from typing import Any

import pytest

from tests import installation

#: The fixtures through which a database is reached; all other such fixtures ask for one of these.
DOORS = frozenset({"db", "transactional_db", "live_server", "django_db_setup"})


def asks(item: Any) -> bool:
    """Whether a test can reach a database."""
    return (
        item.get_closest_marker("django_db") is not None
        or not DOORS.isdisjoint(item.fixturenames)
        or any(getattr(value, "__module__", "") == installation.__name__ for value in vars(item.module).values())
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what asks for no database, when that is wanted."""
    if config.getoption("only_database"):
        left_out = [item for item in items if not asks(item)]
        items[:] = [item for item in items if asks(item)]
        config.hook.pytest_deselected(items=left_out)
