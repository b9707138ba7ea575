"""The demo, on a copy of its data and a port of its own: started, scanned, stopped, thrown away."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from scan.browser import Browser

ROOT = Path(__file__).resolve().parents[1]
DEMO = ROOT / "var" / "demo"
READY_SECONDS = 60
LIMITS = " ".join(
    f"{door}=99999/1" for door in ("SEARCH", "EMERGENCY", "EXPORT", "IMPORT", "PLAN", "LONG_PLAN", "LETTER")
)
"""How often one may ask is tested elsewhere; here it would hide what lies behind."""
FILES = ("data-keys", "log-keys", "log-anchor")


def copied(source: Path, to: Path) -> None:
    """Copy a demo's database, with what is still in its log, and its keys. The demo itself may be running."""
    to.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(f"file:{source / 'tillit.sqlite3'}?mode=ro", uri=True)) as one,
        closing(sqlite3.connect(to / "tillit.sqlite3")) as other,
    ):
        one.backup(other)
    for name in FILES:
        if (source / name).exists():
            shutil.copy(source / name, to / name)


def prepare(folder: Path) -> None:
    """Set this process up beside the product in `folder`, with its database and keys, and bring them up to date."""
    os.environ.update(TILLIT_MODE="demo", TILLIT_DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="tillit.config.settings")
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from tillit.demo.prepare import prepare as make

    make(seed=2026, scale=1.0, say=lambda said: print(said, file=sys.stderr))


def free_port() -> int:
    """Return a port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve what is in `folder`, without workers, so that nobody else writes. Yields the address."""
    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning",
        "tillit.config.wsgi:application",
    ]  # fmt: skip
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(os.environ), start_new_session=True, stdin=subprocess.DEVNULL, stdout=said,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(f"{base}/helse/", process, folder / "said")
        yield base
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(address: str, process: "subprocess.Popen[bytes]", said: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"The product did not start:\n{said.read_text(errors='replace')[-2000:]}")


class NotLetInError(SystemExit):
    """Somebody cannot sign in: no such account, or nobody lets her in any more."""


def signed_in(base: str, username: str, *, name: str) -> Browser:
    """Choose a person on the demo's login page. Raises NotLetInError."""
    browser = Browser(name, base)
    browser.send("GET", "/logg-inn/")
    answer = browser.send("POST", "/logg-inn/demo/", {"username": username})
    if answer.status != 302 or not any("sessionid" in one for one in browser.cookies):
        raise NotLetInError(f"Could not sign in as {username}: {answer.status}")
    return browser
