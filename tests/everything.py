"""`./run test`: all checks, in the order in which they fail fastest. Prints a line per part and stops at the first red.

Lint, types, contracts, migrations and catalogues, two at a time; the suite on SQLite; the suite on PostgreSQL; the
browser. The database that SQLite's workers begin with is migrated beside the first of them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from tests import migrated

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
#: Where the journeys in Chromium are: nothing else is loaded to find them.
IN_CHROMIUM = ("tests/browser", "tests/journeys", "src/tillit/care/letters/test_browser.py")


@dataclass(frozen=True, slots=True)
class Part:
    """One check: its name, its command, and the group it belongs to."""

    group: str
    name: str
    command: Sequence[str]


def parts() -> list[Part]:
    """Return all parts, the quick ones first; the types take longest of what is read and begin."""
    workers = str(max(1, min(4, os.cpu_count() or 1)))
    pytest = [PYTHON, "-m", "pytest", "-q", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    all_but_browser = [*pytest, "-m", "not browser"]
    once = [f"--ignore={path}" for path in WITHOUT_DATABASE]
    return [
        Part("lint", "mypy", [str(BIN / "mypy")]),
        Part("lint", "ruff", [str(BIN / "ruff"), "check", "src", "tests", "bench", "scan"]),
        Part("lint", "ruff format", [str(BIN / "ruff"), "format", "--check", "-q", "src", "tests", "bench", "scan"]),
        Part("lint", "import-linter", [str(BIN / "lint-imports"), "--no-cache"]),
        Part("lint", "djlint", [str(BIN / "djlint"), "--lint", "--quiet", "src"]),
        Part("lint", "migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0"]),
        Part("lint", "catalogues", [PYTHON, "-m", "tillit.config.catalogues", "--check"]),
        Part("lint", "known vulnerabilities", [PYTHON, "-m", "scan.advisories"]),
        Part("sqlite", "tests on SQLite", [*all_but_browser, "--db=sqlite"]),
        Part("postgres", "tests on PostgreSQL", [*all_but_browser, "--db=postgres", "--only-database", *once]),
        Part("browser", "journeys in Chromium", [*pytest, "-m", "browser", *IN_CHROMIUM, "--db=sqlite"]),
    ]


@contextmanager
def _migrated_beside(env: dict[str, str]) -> Iterator[None]:
    """Let the database that tests on SQLite begin with be made meanwhile, and tell them where."""
    with tempfile.TemporaryDirectory(prefix="tillit-migrated-") as folder:
        env[migrated.FOLDER] = folder
        maker = migrated.begin(Path(folder), env["DATABASE_URL"])
        try:
            yield
        finally:
            maker.kill()
            maker.wait()


def _run_lint(chosen: Sequence[Part], env: Mapping[str, str]) -> bool:
    """Run parts that only read, two at a time, each printed whole when it is done. Return whether all are green."""

    def run(part: Part) -> bool:
        start = time.monotonic()
        done = subprocess.run(
            part.command, cwd=ROOT, env=env, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        verdict = "✘ {} failed" if done.returncode else "✔ {} ({:.0f} s)"
        print(f"── {part.name}\n{done.stdout}{verdict.format(part.name, time.monotonic() - start)}", flush=True)
        return not done.returncode

    with ThreadPoolExecutor(max_workers=2) as side_by_side:
        return all(list(side_by_side.map(run, chosen)))


def _run_tests(part: Part, env: Mapping[str, str]) -> bool:
    """Run one part of the tests, which says itself how it goes. Return whether it is green."""
    start = time.monotonic()
    print(f"── {part.name}", flush=True)
    if part.group == "postgres":  # its workers begin with a database of their own kind
        env = {name: value for name, value in env.items() if name != migrated.FOLDER}
    failed = subprocess.run(part.command, cwd=ROOT, env=env, check=False).returncode
    print(f"✘ {part.name} failed" if failed else f"✔ {part.name} ({time.monotonic() - start:.0f} s)", flush=True)
    return not failed


def main() -> int:
    """Run the chosen groups and return 0 when all are green."""
    parser = argparse.ArgumentParser(description=__doc__)
    groups = ["lint", "sqlite", "postgres", "browser"]
    parser.add_argument("--only", action="append", choices=groups)
    wanted = parser.parse_args().only or groups
    env = {**os.environ, "PYTHONPATH": "src", "TILLIT_MODE": "test", "DATABASE_URL": "sqlite:///:memory:"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    began = time.monotonic()
    chosen = [part for part in parts() if part.group in wanted]
    with _migrated_beside(env) if {"sqlite", "browser"} & set(wanted) else nullcontext():
        if not _run_lint([part for part in chosen if part.group == "lint"], env):
            return 1
        if not all(_run_tests(part, env) for part in chosen if part.group != "lint"):
            return 1
    print(f"All green in {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
