"""National ids are nowhere to be read in the database's own files, whatever way they came in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Installation, copied_installation, empty_installation

ROWS = 2_300  # more than two rounds of the migration
FILL = """
from django.db import connection
from tillit.kernel import national_id
rows = []
day = 1
for serial in range(1000):
    for day in (1, 2, 3, 4):
        value = national_id.synthetic(day=day, month=5, year=1942, serial=serial)
        if value and len(rows) < {rows}:
            rows.append(value)
with connection.cursor() as cursor:
    cursor.executemany(
        "INSERT INTO citizens_citizen (id, given_name, family_name, call_name, search_name, sort_name, phone, language,"
        " needs_interpreter, is_secret_address, edition) VALUES (%s, 'A', 'B', '', 'a b', 'b a', '', '', false, false, 1)",
        [(pk,) for pk in range(1, len(rows) + 3)],
    )
    cursor.executemany(
        "INSERT INTO citizens_identifier (citizen_id, kind, value, valid_from) VALUES (%s, 'FNR', %s, '1942-05-01')",
        [(pk, value) for pk, value in enumerate(rows, 1)],
    )
    cursor.execute(
        "INSERT INTO citizens_identifier (citizen_id, kind, value, valid_from) VALUES (%s, 'UNKNOWN', '', '1942-05-01')",
        [len(rows) + 1],
    )
print(",".join(rows))
"""


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, list[str]]]:
    """An installation from before numbers were sealed, with many, migrated until they are."""
    with empty_installation(tmp_path_factory.mktemp("sealed")) as home:
        home.migrate("citizens", "0008")
        numbers = home.python(FILL.format(rows=ROWS)).strip().split(",")
        assert len(numbers) == ROWS
        assert plain_in(home, numbers) == set(numbers), "the test must see what is plain"
        home.migrate("citizens", "0011")
        yield home, numbers


@pytest.fixture(scope="module")
def before(
    sealed: tuple[Installation, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, list[str]]]:
    """The same installation, migrated to now."""
    home, numbers = sealed
    with copied_installation(home, tmp_path_factory.mktemp("now") / "home") as now:
        now.migrate()
        yield now, numbers


def plain_in(home: Installation, numbers: list[str]) -> set[str]:
    """Return the numbers that can be read in the database's files: SQLite's with its log, PostgreSQL's table itself."""
    if home.is_postgres:
        home.execute("CHECKPOINT")
        path = home.execute("SELECT pg_relation_filepath('citizens_identifier')")[0][0]
        folder = home.execute("SHOW data_directory")[0][0]
        kept = Path(f"{folder}/{path}").read_bytes()
    else:
        kept = b"".join(file.read_bytes() for file in home.folder.glob("tillit.sqlite3*"))
    return {number for number in numbers if number.encode() in kept}


def test_rows_from_before_are_sealed_and_nothing_plain_is_left_in_the_files(
    before: tuple[Installation, list[str]],
) -> None:
    home, numbers = before

    assert plain_in(home, numbers) == set()
    stored = home.execute("SELECT value, value_index FROM citizens_identifier ORDER BY id")
    assert len(stored) == ROWS + 1 and all(value and index for value, index in stored[:-1])
    assert stored[-1] == ("", "")


def test_they_are_found_again_and_held_once(before: tuple[Installation, list[str]]) -> None:
    home, numbers = before

    said = home.python(f"""
from django.db import IntegrityError
from tillit.care.citizens.models import Identifier
one = Identifier.objects.get(value="{numbers[7]}")
assert one.value == "{numbers[7]}" and one.citizen_id == 8, one.citizen_id
assert Identifier.objects.filter(value__in={numbers[:5]!r}).count() == 5
assert not Identifier.objects.filter(value="00000000000").exists()
assert Identifier.objects.exclude(value="").count() == {ROWS}
try:
    Identifier.objects.create(citizen_id={ROWS + 2}, kind="FNR", value="{numbers[7]}", valid_from="2020-01-01")
except IntegrityError:
    print("held once")
""")
    assert "held once" in said


def test_another_key_takes_over_and_the_old_one_can_go(before: tuple[Installation, list[str]]) -> None:
    home, numbers = before
    keys = home.folder / "data-keys"
    assert oct(keys.stat().st_mode & 0o777) == "0o600"
    old = [line.split(":")[:2] for line in keys.read_text().split()]

    home.tillit("keys", "new")
    home.tillit("keys", "new", "--kind", "index")
    found = f"""
from tillit.care.citizens.models import Identifier
assert Identifier.objects.get(value="{numbers[9]}").citizen_id == 10
"""
    home.python(found)  # while both are in use
    assert "is in use, something is written with it" in home.tillit("keys", "drop", old[0][1], fails=True)
    assert f"{2 * ROWS} values" in home.tillit("keys", "rotate", "--here")
    assert "0 values are not written with the newest keys" in home.tillit("keys", "status")
    for kind, key_id in old:
        home.tillit("keys", "drop", "--kind", kind, key_id)
        assert key_id not in keys.read_text()
    home.python(found)
    assert oct(keys.stat().st_mode & 0o777) == "0o600"


def test_a_missing_or_another_key_stops_the_start_and_nothing_is_made_anew(
    before: tuple[Installation, list[str]],
) -> None:
    home, _numbers = before
    keys = home.folder / "data-keys"
    kept, aside = keys.read_text(), keys.with_name("kept-aside")
    keys.rename(aside)
    try:
        assert "no file with data keys" in home.tillit("check", fails=True)
        assert not keys.exists(), "a new file would hide that the old one is lost"
        keys.write_text("".join(f"{line[:-4]}0000\n" for line in kept.split()))
        assert "another one than this database was written with" in home.tillit("check", fails=True)
        keys.write_text("\n".join(f"{kind}:99999999:{'ab' * 32}" for kind in ("seal", "index")))
        assert "is not among the data keys" in home.tillit("check", fails=True)
    finally:
        aside.replace(keys)
    home.tillit("check")


def test_reversing_brings_the_numbers_back(sealed: tuple[Installation, list[str]], tmp_path: Path) -> None:
    home, numbers = sealed
    assert plain_in(home, numbers) == set()

    with copied_installation(home, tmp_path / "reversed") as back:
        back.migrate("citizens", "0008")
        found = [row[0] for row in back.execute("SELECT value FROM citizens_identifier ORDER BY id")]
        assert found == [*numbers, ""]
    assert plain_in(home, numbers) == set(), "the copy was reversed, not what it was copied from"
