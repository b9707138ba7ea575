"""Nothing is served and no data is touched where nobody has said what this is (TILLIT_MODE)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tillit.config.environment import ModeNotSaid, require_mode

ROOT = Path(__file__).resolve().parents[1]


def _run(folder: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TILLIT_", "DATABASE_"))}
    env = {
        **kept,
        "PYTHONPATH": f"{ROOT / 'src'}",
        "TILLIT_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tillit.config.settings",
    }
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "tillit", "serve"),
        ("-m", "tillit", "worker"),
        ("-m", "tillit", "import", "x"),
        ("-m", "tillit", "nightly"),
        ("-c", "import tillit.config.wsgi"),
        ("manage.py", "migrate"),
        ("manage.py", "runserver"),
    ],
    ids=" ".join,
)
def test_it_says_what_is_missing_and_touches_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = _run(tmp_path, *command)

    assert done.returncode == 1
    assert "TILLIT_MODE is not set" in done.stderr and "production, demo or test" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_only_reads_the_code_needs_no_mode(tmp_path: Path) -> None:
    assert _run(tmp_path, "-m", "tillit", "--help").returncode == 0
    assert _run(tmp_path, "manage.py", "help").returncode == 0


@pytest.mark.parametrize("mode", ["production", "demo", "test"])
def test_any_mode_that_is_said_will_do(mode: str) -> None:
    require_mode({"TILLIT_MODE": mode})
    with pytest.raises(ModeNotSaid):
        require_mode({"TILLIT_MODE": ""})
