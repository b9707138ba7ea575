"""Fixtures for tests in a real browser. The session's browser is made here and nowhere else."""

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.chromium import DESK, PHONE, browser
from tillit.demo.emptiness import guarded_tables
from tillit.foundation.access import append_only

#: How long a page may take to show what is expected, in milliseconds: a busy machine is no fault of the page's.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with browser() as started:
        yield started


@pytest.fixture
def _tables_that_can_be_emptied(transactional_db: None) -> Iterator[None]:
    """Browser tests empty the database afterwards: let the logs go for that moment only."""
    yield
    with connection.schema_editor() as editor:
        for table in guarded_tables():
            append_only.release(editor, table)


@pytest.fixture
def _one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page asks for more than one thing at once; a database in memory has one connection for all of them."""
    turn, answer = threading.Lock(), WSGIHandler.__call__

    def in_turn(self: WSGIHandler, *args: Any) -> Any:
        with turn:
            return answer(self, *args)

    monkeypatch.setattr(WSGIHandler, "__call__", in_turn)


@pytest.fixture
def house(live_server: Any, _one_at_a_time: None, _tables_that_can_be_emptied: None) -> Iterator[str]:
    """The address of the running product, with its logs guarded as in production."""
    with connection.schema_editor() as editor:
        for table in guarded_tables():
            append_only.guard_again(editor, table)
    yield live_server.url


#: A page whose scripts are held back on purpose is pressed all the same (milliseconds).
HELD_BACK = 3000


@pytest.fixture
def _pressed_when_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press waits for the page it is on to be loaded, as an eye does, and not only for what it presses.

    After a log-in the next page is there before its scripts, and a press would be answered as without them: that is
    right, and has tests of its own, but not what is asked here.
    """
    for name in ("click", "check", "press"):
        monkeypatch.setattr(Locator, name, _when_drawn(getattr(Locator, name)))


def _when_drawn(press: Callable[..., None]) -> Callable[..., None]:
    @wraps(press)
    def pressed(self: Locator, *args: Any, **rest: Any) -> None:
        with suppress(TooLate):
            self.page.wait_for_load_state("load", timeout=HELD_BACK)
        press(self, *args, **rest)

    return pressed


@pytest.fixture
def open_page(chromium: Browser, _pressed_when_drawn: None) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window: `open_page(phone=True)`. Errors in the console fail the test.

    pocket: the phone keeps the day (a service worker, and requests of its own beside the page's).
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(*, phone: bool = False, scripts: bool = True, pocket: bool = False) -> Page:
        context = chromium.new_context(
            viewport=PHONE if phone else DESK,
            has_touch=phone,
            locale="nb-NO",
            timezone_id="Europe/Oslo",
            java_script_enabled=scripts,
            service_workers="allow" if pocket else "block",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    expected = (
        "status of 409", "status of 422", "status of 404", "status of 403", "status of 423", "net::ERR_INTERNET",
        "net::ERR_CONNECTION_FAILED", "net::ERR_FAILED",
    )  # fmt: skip
    assert [said for said in complaints if not any(known in said for known in expected)] == []
