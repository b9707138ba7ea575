"""`./run test`: all checks, in the order in which they fail fastest. Prints a line per part and stops at the first red.

Lint, types, contracts, migrations and catalogues; the suite on SQLite; the suite on PostgreSQL; the browser.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
#: Not even loaded where only what asks the database is run (`tests/asked_of_the_database.py`).
WITHOUT_DATABASE = (
    "tests/planengine",
    "tests/measures",
    "tests/bench",
    "tests/test_architecture.py",
    "tests/test_dependencies.py",
    "tests/test_no_secrets.py",
    "tests/test_outgoing_calls.py",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One check: its name, its command, and the group it belongs to."""

    group: str
    name: str
    command: Sequence[str]


def parts() -> list[Part]:
    """Return all parts, the quick ones first."""
    workers = str(max(1, min(4, os.cpu_count() or 1)))
    pytest = [PYTHON, "-m", "pytest", "-q", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    once = [f"--ignore={path}" for path in WITHOUT_DATABASE]
    return [
        Part("lint", "ruff", [str(BIN / "ruff"), "check", "src", "tests", "bench", "scan"]),
        Part("lint", "ruff format", [str(BIN / "ruff"), "format", "--check", "-q", "src", "tests", "bench", "scan"]),
        Part("lint", "import-linter", [str(BIN / "lint-imports"), "--no-cache"]),
        Part("lint", "djlint", [str(BIN / "djlint"), "--lint", "--quiet", "src"]),
        Part("lint", "mypy", [str(BIN / "mypy")]),
        Part("lint", "migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0"]),
        Part("lint", "catalogues", [PYTHON, "-m", "tillit.config.catalogues", "--check"]),
        Part("lint", "known vulnerabilities", [PYTHON, "-m", "scan.advisories"]),
        Part("sqlite", "tests on SQLite", [*pytest, "-m", "not browser", "--db=sqlite"]),
        Part(
            "postgres", "tests on PostgreSQL", [*pytest, "-m", "not browser", "--db=postgres", "--only-database", *once]
        ),
        Part("browser", "journeys in Chromium", [*pytest, "-m", "browser", "--db=sqlite"]),
    ]


def main() -> int:
    """Run the chosen groups and return 0 when all are green."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=["lint", "sqlite", "postgres", "browser"])
    chosen = parser.parse_args().only
    env = {**os.environ, "PYTHONPATH": "src", "TILLIT_MODE": "test", "DATABASE_URL": "sqlite:///:memory:"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    for part in parts():
        if chosen and part.group not in chosen:
            continue
        start = time.monotonic()
        print(f"── {part.name}", flush=True)
        if subprocess.run(part.command, cwd=ROOT, env=env, check=False).returncode:
            print(f"✘ {part.name} failed", flush=True)
            return 1
        print(f"✔ {part.name} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"All green in {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
