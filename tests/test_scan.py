"""The scan: it sees what is wrong, and finds nothing on the product. A part of the addresses; `./run scan` asks them all."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import DEFAULT_DB_ALIAS, connections
from django.test.testcases import LiveServerThread

from scan import walk
from scan.answers import HEADERS, POLICY, Ear
from scan.browser import Answer, Browser, Sent
from scan.costs import differs
from scan.finding import Report
from scan.page import read
from scan.run import Scan
from scan.walk import Bounds
from tests.policy.conftest import db, stored, world
from tests.policy.world import World
from tillit.config import headers

__all__ = ["db", "stored", "world"]
BASE = "http://127.0.0.1:1"
GOOD = [
    *HEADERS.items(),
    ("Permissions-Policy", headers.PERMISSIONS),
    ("Cache-Control", headers.NEVER_KEPT),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Security-Policy", "; ".join(f"{name} {' '.join(value)}" for name, value in POLICY.items())),
]
ASKED = Sent("Ingrid", "GET", "/brukere/")


def kinds(
    status: int = 200, body: str = "<p>Hei</p>", *, more: tuple[tuple[str, str], ...] = (), **ear: Any
) -> list[str]:
    """What is said of an answer that is good but for what is given."""
    said = [(name, value) for name, value in GOOD if name not in dict(more)] + [one for one in more if one[1]]
    cookies = [value for name, value in said if name == "Set-Cookie"]
    found = Ear(Report(), BASE, **ear)
    found.look(ASKED, Answer(status, said, body.encode(), cookies), "citizens:list")
    return [kind for kind, _door in found.report.findings]


def test_a_good_answer_is_said_nothing_of() -> None:
    assert kinds() == []


@pytest.mark.parametrize("name", [*HEADERS, "Permissions-Policy"])
def test_it_sees_a_header_that_lacks(name: str) -> None:
    assert kinds(more=((name, ""),)) == [f"header {name}"]


@pytest.mark.parametrize(
    ("status", "body", "more", "kind"),
    [
        (500, "", (), "broken page"),
        (200, "<p>zq1'\"><zq2 zq=\"</p>", (), "unescaped"),
        (200, "<input value=\"a\" zq1'=\"\">", (), "unescaped"),
        (200, '<a href="javascript:zq()">x</a>', (), "unescaped"),
        (200, "<p onclick=zq1>x</p>", (), "unescaped"),
        (200, "<p>zq3-1337-</p>", (), "template injection"),
        (302, "", (("Location", "//ond.example/"),), "open redirect"),
        (302, "", (("Location", "/\\ond.example/"),), "open redirect"),
        (302, "", (("Location", "javascript:alert(1)"),), "open redirect"),
        (200, "", (("X-Zq", "1"),), "header injection"),
        (200, "", (("Cache-Control", "max-age=60"),), "may be kept"),
        (200, "", (("Content-Security-Policy", "default-src *"),), "content security policy"),
        (200, "", (("Set-Cookie", "sessionid=abc; Path=/; SameSite=Lax"),), "cookie sessionid"),
        (200, "", (("Set-Cookie", "a=b; Path=/; HttpOnly"),), "cookie a"),
        (404, "Traceback (most recent call last)", (), "tells of its inside"),
        (200, "x", (("Content-Type", "application/octet-stream"),), "content type"),
        (200, "x", (("Content-Type", "text/html"),), "character set"),
        (200, "alert(1)", (("Content-Type", "text/javascript; charset=utf-8"),), "writes scripts"),
        (200, "", (("Content-Disposition", 'attachment; filename="zq1"><x"'),), "file name"),
    ],
)  # fmt: skip
def test_it_sees(status: int, body: str, more: tuple[tuple[str, str], ...], kind: str) -> None:
    assert kind in kinds(status, body or "<p>zq</p>", more=more)


def test_what_was_typed_and_is_written_as_text_is_good() -> None:
    assert kinds(body='<p>zq1&#x27;&quot;&gt;&lt;zq2 zq=&quot;</p><input value="zq3&quot; zq=">') == []


def test_it_sees_a_name_out_of_reach_but_not_another_that_begins_so() -> None:
    hidden = {"Ingrid": {"Olga Lie": 7}}

    assert kinds(body="<p>Olga Lie</p>", hidden=hidden) == ["names somebody out of reach"]
    assert kinds(body="<p>Olga Lien</p>", hidden=hidden) == []
    assert kinds(body="<p>Olga Lie</p>", hidden=hidden, may=lambda _sent, _door: {7}) == []


def test_a_page_is_read_with_forms_that_htmx_sends() -> None:
    page = read(
        '<form id="a" hx-post="/x/"><input name="b" value="1"><input type="checkbox" name="c" value="2">'
        '<select name="d"><option value="">–</option><option value="3" selected>3</option></select></form>'
        '<button form="a" name="e" value="4">Lagre</button><a href="/y/">y</a><button hx-get="/z/">z</button>',
        "/her/",
    )

    (form,) = page.forms
    assert (form.action, form.method) == ("/x/", "post")
    assert form.fields == {"b": ["1"], "c": [], "d": ["3"], "e": ["4"]}
    assert ("get", "/y/") in page.leads
    assert ("get", "/z/") in page.leads


@pytest.mark.parametrize(
    ("status", "location", "is_out"),
    [
        (302, "/laast/?next=/min-dag/", True),
        (302, "/logg-inn/?next=/", True),
        (423, "", True),
        (302, "/min-dag/", False),
    ],
)
def test_it_signs_in_again_when_the_session_is_over_or_locked(status: int, location: str, is_out: bool) -> None:
    assert walk.is_out(Answer(status, [("location", location)], b"")) is is_out


def test_a_question_more_now_and_then_is_no_difference() -> None:
    asked = iter([["a"], ["a", "noted"], ["a"], ["a"]])
    assert not differs(lambda: next(asked), lambda: next(asked))
    assert differs(lambda: ["a"], lambda: ["a", "b"])


class _Server(ThreadedWSGIServer):
    def _close_connections(self) -> None:
        """Leave the connection open: it is the test's own, inside the transaction that undoes everything."""


class _Plain(WSGIHandler):
    """The product alone: what serves its files in tests has none of its headers."""

    def __init__(self, _handler: object = None) -> None:
        super().__init__()


class _Thread(LiveServerThread):
    server_class = _Server


@pytest.fixture
def base(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The product served over HTTP, on the world's own connection, which no request's end may close."""
    connection = connections[DEFAULT_DB_ALIAS]
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    connection.inc_thread_sharing()
    thread = _Thread("127.0.0.1", _Plain, connections_override={DEFAULT_DB_ALIAS: connection})
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    try:
        assert thread.error is None
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
        connection.dec_thread_sharing()


def test_the_scan_finds_nothing_R18(world: World, base: str) -> None:
    people = {}
    for who in ("NURSE", "ADMINISTRATOR"):
        person = world.people[who]
        session = person.client().cookies["sessionid"].value
        people[person.user.username] = Browser(who, base, {"sessionid": session})

    try:
        report = Scan(base, people, Bounds(rows=1, pages=1, in_all=12, one_in=20), quiet=True).run()
    finally:
        for browser in people.values():
            browser.close()

    assert not report.findings, "\n".join(report.lines())
    assert sum(report.answers.values()) > 150
    assert report.counts["fields typed in"] > 5
    assert report.answers[200] > 40
    assert re.match(r"covered: \d+ of \d+ addresses × 3 people", report.summary(addresses=300, people=3)[0])
