"""Server and worker are killed in the middle of writes: what was acknowledged is there, nothing is half, work goes on."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from threading import Event, Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from django.urls import reverse

from tests.installation import Installation, migrated_installation
from tillit.foundation.keeping import keys

PATIENCE = 120  # seconds until something that must happen has not happened; no test measures how long it takes
ENOUGH = 12  # acknowledged writes before the kill
CAST = """
from tests.cast import MONDAY, assemble
from tillit.foundation.access import reading
from tillit.foundation.keeping import marks
marks.check_keys(at=MONDAY)
with reading.watching():
    cast = assemble()
print(cast.kari.user.pk, cast.olga.pk)
"""
SESSION = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from tillit.foundation.access.models import User
user = User.objects.get(pk={user})
session = SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
print(session.session_key)
"""
MANY = """
from datetime import date
from tillit.care.citizens.models import Citizen, Identifier
made = Citizen.objects.bulk_create(
    [Citizen(given_name="A", family_name="B", search_name="a b", sort_name="b a") for _ in range(6_000)], batch_size=500)
Identifier.objects.bulk_create(
    [Identifier(citizen=one, kind="DUF", value=f"2{one.pk:011d}", valid_from=date(2026, 1, 1)) for one in made],
    batch_size=500)
"""


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[Installation, int, int]]:
    """An installation of its own with the cast in it, the number of Kari's user and of Olga."""
    with migrated_installation(tmp_path / "home", mode="test") as found:
        known = keys.data_keys().by_kind
        (found.folder / "data-keys").write_text(
            "".join(f"{kind}:{key_id}:{key.hex()}\n" for kind in known for key_id, key in known[kind].items())
        )
        user, citizen = found.python(CAST).split()[-2:]
        yield found, int(user), int(citizen)


def kill(process: Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # it ended by itself: the test says so elsewhere
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_every_acknowledged_write_is_there_and_nothing_is_half_after_the_server_was_killed(
    home: tuple[Installation, int, int],
) -> None:
    found, user, citizen = home
    session = found.python(SESSION.format(user=user)).strip().splitlines()[-1]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}{reverse('citizens:alerts', args=[citizen])}"
    server = found.start(
        "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1", "--blocking-threads", "4",
        "--no-ws", "--log-level", "warning", "tillit.config.wsgi:application",
    )  # fmt: skip
    acknowledged: list[str] = []
    stop = Event()

    def write(thread: int) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            text = f"Varsel {thread}-{number}"
            if post(address, session, text):
                acknowledged.append(text)

    try:
        until(lambda: answers(address, session), server)
        threads = [Thread(target=write, args=(number,), daemon=True) for number in range(3)]
        for thread in threads:
            thread.start()
        until(lambda: len(acknowledged) >= ENOUGH, server)
    finally:
        kill(server)
        stop.set()
    for thread in threads:
        thread.join(PATIENCE)

    stored = [str(row[0]) for row in found.execute("SELECT text FROM citizens_alert WHERE text LIKE 'Varsel %'")]
    written = found.execute("SELECT count(*) FROM access_auditentry WHERE action = 'citizens.change_alerts'")[0][0]
    assert set(acknowledged) <= set(stored) and len(acknowledged) >= ENOUGH
    assert len(stored) == len(set(stored)) == written, "a change and its entry in the audit trail are one"
    found.tillit("log", "verify")


def test_work_that_was_under_way_is_taken_up_again_and_done_once_after_the_worker_was_killed(
    home: tuple[Installation, int, int],
) -> None:
    found, _user, _citizen = home
    held = Installation(found.folder, found.url, "test", {"TILLIT_DATA_KEYS": str(found.folder / "data-keys")})
    held.python(MANY)
    held.tillit("keys", "new")
    new = held.tillit("keys", "status").split("in use")[0].split()[-3]
    held.tillit("keys", "rotate")

    def sealed_anew() -> int:
        return int(str(held.execute(f"SELECT count(*) FROM citizens_identifier WHERE value LIKE '1.{new}.%'")[0][0]))

    worker = held.start("manage.py", "db_worker", "--queue-name", "*", "--no-reload")
    try:
        until(lambda: sealed_anew() > 0, worker)
    finally:
        kill(worker)
    half = sealed_anew()
    assert 0 < half < 6_003 and half % 500 == 0, "whole pieces, and not all of them"
    assert held.execute("SELECT state FROM jobs_job") == [("RUNNING",)]

    held.python(
        "from tillit.foundation.jobs import waking; from tillit.kernel import clock; "
        "assert waking.wake_lost(at=clock.now()) == 1 and waking.wake_lost(at=clock.now()) == 0"
    )
    held.run("manage.py", "db_worker", "--queue-name", "*", "--no-reload", "--batch")

    assert sealed_anew() == 6_003
    assert held.execute("SELECT state FROM jobs_job") == [("DONE",)]
    held.python(
        "from tillit.care.citizens.models import Identifier; "
        "assert all(one.value for one in Identifier.objects.all()) and Identifier.objects.count() == 6_003"
    )


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        """Leave 302 as the answer: it is the acknowledgement."""


def post(address: str, session: str, text: str) -> bool:
    """Whether the server said that it is written."""
    token = "a" * 32
    request = Request(
        address,
        data=urlencode({"kind": "OTHER", "text": text, "csrfmiddlewaretoken": token}).encode(),
        headers={"Cookie": f"sessionid={session}; csrftoken={token}"},
    )
    try:
        build_opener(_NoRedirect).open(request, timeout=PATIENCE)
    except HTTPError as answer:
        return answer.code == 302
    except (URLError, OSError):
        return False
    return False


def answers(address: str, session: str) -> bool:
    request = Request(address, headers={"Cookie": f"sessionid={session}"})
    try:
        return bool(build_opener(_NoRedirect).open(request, timeout=PATIENCE).status == 200)
    except HTTPError as refused:
        raise AssertionError(f"{refused.code} {refused.headers}") from None
    except (URLError, OSError):
        return False


def until(happened: Callable[[], bool], process: Popen[bytes]) -> None:
    """Wait until something has happened while the process lives, or fail."""
    last = time.monotonic() + PATIENCE
    while not happened():
        assert process.poll() is None, "it ended by itself: see the file «said»"
        assert time.monotonic() < last
        time.sleep(0.02)
