"""`./run test` runs every test there is: what it leaves out in one part is run in another."""

import re
from pathlib import Path

from tests.everything import IN_CHROMIUM, ROOT, WITHOUT_DATABASE

_MARKED = re.compile(r"^\s*(?:@|pytestmark = .*)pytest\.mark\.browser", re.MULTILINE)


def _tests() -> list[Path]:
    return sorted(file for folder in ("src", "tests") for file in (ROOT / folder).rglob("test_*.py"))


def test_what_is_marked_for_the_browser_is_where_the_browser_looks() -> None:
    marked = [str(file.relative_to(ROOT)) for file in _tests() if _MARKED.search(file.read_text())]

    assert len(marked) > 10
    assert [file for file in marked if not file.startswith(IN_CHROMIUM)] == []


def test_what_is_not_asked_on_postgres_asks_no_database() -> None:
    files = [file for file in _tests() if str(file.relative_to(ROOT)).startswith(WITHOUT_DATABASE)]

    assert len(files) > 10
    assert [
        file.name for file in files if re.search(r"django_db|\bcast: Cast|\bdb: None|Installation", file.read_text())
    ] == []


def test_every_place_that_is_named_is_there() -> None:
    assert [place for place in (*IN_CHROMIUM, *WITHOUT_DATABASE) if not (ROOT / place).exists()] == []
