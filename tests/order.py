"""Which files begin: the longest, so that no worker is left alone with one of them when the rest is done."""

import pytest

#: Files of a minute or more, the longest first. With `--no-loadscope-reorder`, workers take files in this order.
LONG = (
    "tests/test_sealed_at_rest.py",
    "tests/policy/test_matrix_nurse.py",
    "tests/policy/test_matrix_team.py",
    "src/tillit/care/decisions/test_appeal_histories.py",
    "tests/fuzz/test_typed_comes_back.py",
    "tests/policy/test_matrix_around.py",
    "tests/test_killed.py",
    "tests/fuzz/test_every_address.py",
    "src/tillit/care/decisions/test_case_histories.py",
    "tests/policy/test_matrix_leader.py",
    "tests/test_backups.py",
    "src/tillit/demo/test_town.py",
    "src/tillit/demo/test_casework.py",
    "src/tillit/demo/test_generate.py",
)
_PLACE = {name: place for place, name in enumerate(LONG)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; all others keep their order."""
    items.sort(key=lambda item: _PLACE.get(item.nodeid.partition("::")[0], len(LONG)))
