"""The demo on a copy of its data, served from this process with a clock that stands at ten on a Tuesday.

So the numbers are the same whatever day and hour the program is run: the next visit has begun, tomorrow's lists wait.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic

ON = date(2026, 11, 24)
AT = time(10)
FOLDER = Path("var/bench")


@contextmanager
def opened(seed: int, *, fresh: bool) -> Iterator[str]:
    """Yield the address of a demo that is thrown away afterwards. The town is made once for each seed, and kept."""
    kept = FOLDER / f"burden-seed-{seed}"
    if fresh:
        shutil.rmtree(kept, ignore_errors=True)
    if not (kept / "made").exists():
        _made(kept, seed)
    with tempfile.TemporaryDirectory(prefix="tillit-burden-") as name:
        folder = Path(name)
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        _set_up(folder)
        with _served() as address:
            yield address


def do_what_was_asked() -> None:
    """Let a worker do what waits for one, on our clock."""
    from django.core.management import call_command
    from django_tasks import DEFAULT_TASK_BACKEND_ALIAS

    call_command("db_worker", batch=True, interval=0, backend_name=DEFAULT_TASK_BACKEND_ALIAS, queue_name="*")


def _made(kept: Path, seed: int) -> None:
    kept.mkdir(parents=True, exist_ok=True)
    env = {**os.environ, "TILLIT_MODE": "demo", "TILLIT_DATA_DIR": str(kept)}
    env.pop("DATABASE_URL", None)
    filled = ["-m", "tillit", "demo-data", "--seed", str(seed), "--anchor-date", ON.isoformat()]
    for words in (["manage.py", "migrate", "-v0"], filled):
        subprocess.run([sys.executable, *words], env=env, check=True)
    (kept / "made").touch()


def _set_up(folder: Path) -> None:
    os.environ.update(
        TILLIT_MODE="demo", TILLIT_DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="tillit.config.settings",
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )  # fmt: skip
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    _stop_the_clock()


def _stop_the_clock() -> None:
    from tillit.kernel import clock, oslo

    began, standing = monotonic(), oslo.moment(ON, AT)

    def now() -> datetime:
        return standing + timedelta(seconds=monotonic() - began)

    clock.now = now


@contextmanager
def _served() -> Iterator[str]:
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    from tillit.config.wsgi import application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: what matters is what the page shows."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
