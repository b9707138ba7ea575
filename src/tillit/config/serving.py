"""Serve the product: web server and worker, started and stopped together."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import click

from tillit.config import environment


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1")
@click.option("--fresh", is_flag=True, help="Throw the demo's data away and make it anew")
@click.option("--seed", default=2026, show_default=True, help="Another seed, another municipality")
@click.option("--scale", default=1.0, show_default=True, help="1 is about 450 citizens")
def demo(port: int, fresh: bool, seed: int, scale: float) -> None:
    """Prepare and serve the demo municipality. Run again, it keeps the data. Ctrl-C stops everything."""
    os.environ["TILLIT_MODE"] = "demo"
    data = Path(os.environ.setdefault("TILLIT_DATA_DIR", str(environment.PROJECT_ROOT / "var" / "demo")))
    data.mkdir(parents=True, exist_ok=True)
    _free_port_or_exit(port)
    import django

    django.setup()
    from django.core.management import call_command

    if fresh:
        throw_away(data)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    keys_or_exit()
    from tillit.config import nightly
    from tillit.demo.prepare import prepare
    from tillit.teamwork.planning.adapter.warm import warm_up

    if not prepare(seed=seed, scale=scale, say=click.echo):
        nightly.run()  # another day, perhaps: the coming visits follow along
    click.echo("Getting the planner ready. The first time takes half a minute …")
    warm_up()
    _serve(port=port, workers=1, announce="Tillit is ready")


def throw_away(data: Path) -> None:
    """Remove the embedded database below `data` with what lies beside it: its log, and the folder of held jobs."""
    for found in data.glob("tillit.sqlite3*"):
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink()


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Web processes")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the product. Settings come from the environment; migrations must have been run."""
    from tillit.config import shipped
    from tillit.kernel import clock

    keys_or_exit()
    shipped.ship(at=clock.now())
    _serve(host=host, port=port, workers=workers, announce="Tillit is ready")


@click.command()
def check() -> None:
    """Say whether settings, database and migrations are fit for use."""
    from django.core.management import call_command

    call_command("check", deploy=environment.read().mode == "production")
    call_command("migrate", check_unapplied=True, verbosity=0)
    keys_or_exit()
    click.echo("Settings, database and migrations are fit for use.")


def keys_or_exit() -> None:
    """Refuse to start with other keys than the database was written with, or without those that sign the logs."""
    from django.core.exceptions import ImproperlyConfigured

    from tillit.foundation.access.keys import log_keys
    from tillit.foundation.keeping import marks
    from tillit.kernel import clock

    try:
        log_keys()
        marks.check_keys(at=clock.now())
    except ImproperlyConfigured as wrong:
        raise click.ClickException(str(wrong)) from None


def _free_port_or_exit(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.ClickException(
                f"Port {port} is in use. Stop what uses it, or choose another: ./run demo --port {port + 1}"
            ) from None


def _serve(*, port: int, workers: int, announce: str, host: str = "127.0.0.1") -> None:
    """Start web server, workers and keeper; stop all on Ctrl-C or when one ends."""
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--backpressure", "64", "--blocking-threads", str(max(2, os.cpu_count() or 2)),
        "--no-ws", "--log-level", "warning", "tillit.config.wsgi:application",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "tillit", "worker"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tillit.config.settings"}
    # Two workers: a re-plan that somebody waits for never stands behind ten seconds of something else.
    keeper = [sys.executable, "-m", "tillit", "keeper"]
    started = [_start(web, env), _start(worker, env), _start([*worker, "--only-awaited"], env), _start(keeper, env)]
    for asked in (signal.SIGTERM, signal.SIGINT):  # SIGINT too: a shell's background job would ignore it
        signal.signal(asked, _interrupt)
    try:
        address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
        if _answers(f"http://{host}:{port}/helse/", started[0]):
            click.echo(f"{announce}: {address}\nCtrl-C stops everything.")
        while all(process.poll() is None for process in started):
            time.sleep(0.3)
        raise click.ClickException("A part of Tillit stopped by itself; see the lines above.")
    except KeyboardInterrupt:
        click.echo("\nStopping.")
    finally:
        for process in started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in started:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _start(command: Sequence[str], env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(list(command), env=env, stdin=subprocess.DEVNULL, start_new_session=True)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _answers(url: str, process: "subprocess.Popen[bytes]") -> bool:
    for _ in range(300):
        if process.poll() is not None:
            return False
        try:
            with urlopen(url, timeout=2):  # noqa: S310 – our own address
                return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False
