"""A throw-away PostgreSQL for the tests, and the choice between it and SQLite.

`pytest --db=postgres` starts a cluster of its own in a temporary folder and removes it afterwards; `--db=sqlite`
(the default) keeps the embedded database in memory. Loaded with `-p tests.postgres` (pyproject.toml). With workers
(`-n`), the migrated database they begin with is begun here, while they gather the tests (`tests/migrated.py`).
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import migrated

_DATABASE_CHOICES = ("sqlite", "postgres")
_cluster: "Cluster | None" = None
_maker: "subprocess.Popen[bytes] | None" = None


class NoPostgres(RuntimeError):
    """No PostgreSQL server on this machine, and none could be installed."""


class Cluster:
    """One PostgreSQL server in a temporary folder, reached over a socket only."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="tillit-pg-")
        self.binaries = find_binaries()
        self.identity: dict[str, object] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            owner = _unprivileged()
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgresql:///postgres?host={self.folder}&user=postgres"

    def start(self) -> None:
        """Make and start the cluster; durability is off, for it is thrown away.

        So is autovacuum: it would call a table empty whose rows a test has not committed, and the planner would
        believe it: a query of the demo's then takes minutes.
        """
        self._run(
            "initdb", "-D", f"{self.folder}/data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = (
            f"-c listen_addresses='' -k {self.folder} -c fsync=off -c synchronous_commit=off "
            "-c full_page_writes=off -c max_connections=60 -c autovacuum=off"
        )
        self._run("pg_ctl", "-w", "-D", f"{self.folder}/data", "-l", f"{self.folder}/log", "-o", options, "start")

    def stop(self) -> None:
        """Stop at once and remove the folder."""
        self._run("pg_ctl", "-m", "immediate", "-D", f"{self.folder}/data", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, binary: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self.binaries / binary), *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False, **self.identity,  # type: ignore[call-overload]
        )  # fmt: skip
        if done.returncode:
            raise NoPostgres(f"{binary} failed: {done.stderr.decode()[-2000:]}")


def find_binaries() -> Path:
    """Return the folder with initdb: $PG_BIN, Debian's folders, PATH; else install Debian's package.

    Raises NoPostgres with what to do.
    """
    candidates = [Path(os.environ["PG_BIN"])] if os.environ.get("PG_BIN") else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    for folder in candidates:
        if (folder / "initdb").exists():
            return folder
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"], check=False)
        for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
            return folder
    raise NoPostgres("PostgreSQL was not found. Install it (Debian: apt-get install postgresql), or set PG_BIN.")


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("No unprivileged user to run PostgreSQL as.")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer --db and --only-database."""
    parser.addoption("--db", choices=_DATABASE_CHOICES, default="sqlite", help="which database the tests run on")
    parser.addoption("--only-database", action="store_true", help="leave out the tests that ask for no database")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser, args: list[str]) -> None:
    """Choose the database before Django reads its settings. Workers of pytest-xdist inherit the choice."""
    global _cluster, _maker
    os.environ["TILLIT_MODE"] = "test"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop running in the thread
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    if early_config.known_args_namespace.db == "postgres":
        _cluster = Cluster()
        _cluster.start()
        os.environ["DATABASE_URL"] = _cluster.url
    else:
        os.environ["DATABASE_URL"] = "sqlite:///:memory:"
    told = early_config.known_args_namespace
    if getattr(told, "numprocesses", None) and not (
        told.nomigrations or told.collectonly or migrated.FOLDER in os.environ
    ):
        os.environ[migrated.FOLDER] = tempfile.mkdtemp(prefix="tillit-migrated-")
        _maker = migrated.begin(Path(os.environ[migrated.FOLDER]), os.environ["DATABASE_URL"])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the cluster down, and what was made for this run alone."""
    global _cluster, _maker
    if _maker is not None:
        _maker.kill()
        _maker.wait()
        _maker = None
        shutil.rmtree(os.environ.pop(migrated.FOLDER), ignore_errors=True)
    if _cluster is not None:
        _cluster.stop()
        _cluster = None


if __name__ == "__main__":
    sys.exit("Loaded by pytest; see the docstring.")
