"""A program run against each database, from empty: SQLite, and a PostgreSQL cluster of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

DATABASES = ("sqlite", "postgres")


def each_in_its_own(program: str, names: Sequence[str]) -> int:
    """Run a bench program again with `--here NAME` for each name, in a process of its own, for one has one database.

    names: of DATABASES; another (such as `pure`) has an empty file. Returns 0 when all went well.
    """
    done = 0
    for name in names:
        command = [sys.executable, "-m", "bench", program, *sys.argv[1:], "--here", name]
        with database(name) as url, tempfile.TemporaryDirectory(prefix=f"tillit-{program}-") as folder:
            env = {**os.environ, "DATABASE_URL": url.format(folder=folder), "TILLIT_MODE": "test"}
            env |= {"TILLIT_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tillit.config.settings"}
            (Path(folder) / "static").mkdir()
            done |= subprocess.run(command, env=env, check=False).returncode
    return done


@contextmanager
def database(name: str) -> Iterator[str]:
    """Yield the address of an empty database: a file in `{folder}`, or a cluster of its own."""
    if name != "postgres":
        yield "sqlite:///{folder}/bench.sqlite3"
        return
    from tests.postgres import Cluster

    cluster = Cluster()
    cluster.start()
    try:
        yield cluster.url
    finally:
        cluster.stop()
