"""`--fresh` throws the demo's data away, whatever lies beside the database; keys stay."""

from pathlib import Path

from tillit.config.serving import throw_away


def test_fresh_removes_the_database_and_the_folder_of_jobs_beside_it(tmp_path: Path) -> None:
    for name in ("tillit.sqlite3", "tillit.sqlite3-wal", "data-keys"):
        (tmp_path / name).write_bytes(b"x")
    held = tmp_path / "tillit.sqlite3-jobs"
    held.mkdir()
    (held / "7").write_bytes(b"")

    throw_away(tmp_path)

    assert [left.name for left in tmp_path.iterdir()] == ["data-keys"]
