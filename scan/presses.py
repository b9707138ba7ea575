"""What is typed and how it is sent: marks, other methods, no token, other hosts, strange paths."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse

from scan.browser import Answer, Sent
from scan.finding import Severity
from scan.names import names_asked_for
from scan.walk import NEVER_ASKED, PRESS, Walk, door_of, where

if TYPE_CHECKING:
    from scan.known import Filled

ELSEWHERE = "ond.example"
_number = count(1)

#: Names under which somewhere to go on to is often sent; the product's own are found in its code besides.
ONWARDS = ("next", "tilbake", "to", "url", "return", "return_to", "redirect", "back", "fra", "from", "til", "path")
PLACES = (
    f"//{ELSEWHERE}/", f"https://{ELSEWHERE}/", f"/\\{ELSEWHERE}/", f"\\\\{ELSEWHERE}/", f"/%2f{ELSEWHERE}/",
    f"https:{ELSEWHERE}", f"\t//{ELSEWHERE}/", f"javascript://{ELSEWHERE}/%0aalert(1)", f"/@{ELSEWHERE}//{ELSEWHERE}/",
)  # fmt: skip
PATHS = (
    "/static/", "/static/ui/", "/static/../tillit.sqlite3", "/static/..%2f..%2ftillit.sqlite3",
    "/static/%2e%2e/data-keys",
    "/static/....//....//etc/passwd", "/static//etc/passwd", "/static/ui/..%5c..%5csettings.py", "/.git/config",
    "/.env",
    "/tillit.sqlite3", "/data-keys", "/log-keys", "/media/", "/files/", "/admin/", "/debug/", "/__debug__/",
    "/server-status", "/manage.py", "/%00", "/brukere/%00/", "/brukere/../helse/", "/brukere/-1/", "/brukere/1e9/",
    "/brukere/99999999999999999999999999/", "/brukere/1;a=b/", "/brevmaler/..%2f..%2fetc/nb/", "//" + ELSEWHERE + "/",
    "/brukere/1%0d%0aX-Zq:%201/", "/?" + "a=" * 2000, "/" + "a" * 5000, "/robots.txt", "/.well-known/security.txt",
)  # fmt: skip


def mark() -> str:
    """Return what becomes markup, a script, a header or arithmetic wherever it is not written as text."""
    return f'zq{next(_number)}\'"><zq{next(_number)} zq="\r\nX-Zq: 1 zq{next(_number)}-{{{{7*191}}}}-</script><!--'


@dataclass(slots=True)
class Presses:
    """Everything one person types and sends, besides walking. done: what somebody has tried before her, by kind."""

    walk: Walk
    done: set[tuple[str, str]] = field(default_factory=set)

    def queries(self) -> None:
        """Send marks under every name the code asks for, and places to go on to, in the query of every page."""
        for one, path in self._in_reach("queries", "GET"):
            names = sorted({*names_asked_for(where(path)), "q", "page", "next"})
            self.walk.ask("GET", f"{path}?{urlencode({name: mark() for name in names})}", note="marks")
            self.walk.ask("GET", f"{path}?{urlencode(dict.fromkeys(names, 'javascript:zq()'))}", note="marks")
            for place in PLACES[:2]:
                query = urlencode(dict.fromkeys({*names, *ONWARDS}, place))
                self.walk.ask("GET", f"{path}?{query}", note="leads elsewhere")
            self.walk.ear.report.counts["query names tried"] += len(names)
            del one

    def onwards(self) -> None:
        """Ask every press to lead somewhere else afterwards, in the form and in the query."""
        for one, path in self._in_reach("onwards", "POST"):
            chance = random.Random(path)
            place = chance.choice(PLACES)
            form = PRESS | dict.fromkeys(ONWARDS, place)
            self.walk.ask("POST", f"{path}?{urlencode({'next': place})}", form, note="leads elsewhere")
            del one

    def fields(self) -> None:
        """Type a mark in every field of every form met: all at once, then one by one with the rest untouched."""
        for at, form in list(self.walk.forms.values()):
            to = self.walk.inside(form.action, at)
            if not to or door_of(to) in NEVER_ASKED or form.has_file:
                continue
            typed = [name for name, kind in form.kinds.items() if kind not in ("submit", "button") and name]
            self.walk.ear.report.counts["forms typed in"] += 1
            self._send(to, {**form.fields, **{name: mark() for name in typed}})
            for name in typed:
                if name != "csrfmiddlewaretoken":
                    self.walk.ear.report.counts["fields typed in"] += 1
                    self._send(to, {**form.fields, name: mark()})

    def _send(self, to: str, fields: "dict[str, Any]") -> None:
        fields.pop("csrfmiddlewaretoken", None)
        _sent, answer = self.walk.ask("POST", to, fields, note="marks")
        if answer.status in (302, 303):  # what was kept is shown there
            place = self.walk.inside(answer.header("Location"), to)
            if place and door_of(place) not in NEVER_ASKED:
                self.walk.ask("GET", place, note="after the marks")

    def without_token(self) -> None:
        """Press every address as another site's page would: without our token, or from there."""
        for one, path in self._in_reach("token", "POST"):
            for note, headers in (
                ("no token", {}),
                ("from another site", {"Origin": f"https://{ELSEWHERE}", "X-CSRFToken": "zq"}),
            ):
                sent, answer = self.walk.ask("POST", path, PRESS, note=note, headers=headers, token=False)
                if answer.status not in (403, 404, 405, 413, 429):
                    self.walk.ear.report.add(
                        Severity.HIGH, "takes a press without its token", one.address.door, f"answered {answer.status}",
                        sent, where(path),
                    )  # fmt: skip
            self.walk.ear.report.counts["addresses pressed without token"] += 1

    def methods(self) -> None:
        """Ask every address in the ways it does not take: refused, and nothing written."""
        for one, path in self._in_reach("methods", "GET", "POST"):
            others = [name for name in ("GET", "POST") if name not in one.address.methods]
            tries = [*others, "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "ZQ"]
            writes = self.walk.writes
            begin = writes.mark() if writes else 0
            for method in tries:
                headers = {"X-Zq-Trace": "zq999"} if method == "TRACE" else None
                sent, answer = self.walk.ask(method, path, note="method", headers=headers)
                self._refused(one, sent, answer)
            over = {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "POST"}
            if not others:
                self.walk.ask("GET", path, note="method override", headers=over)
            if writes and (wrote := writes.since(begin)):
                shown = Sent(self.walk.who, "/".join(tries), path, None, "method")
                self.walk.ear.report.add(
                    Severity.HIGH, "a method that should do nothing writes", one.address.door, ", ".join(wrote), shown,
                    where(path),
                )  # fmt: skip
            self.walk.ear.report.counts["addresses asked in other methods"] += 1

    def _refused(self, one: "Filled", sent: Sent, answer: Answer) -> None:
        taken = {*one.address.methods, "HEAD", "OPTIONS"}
        if sent.method not in taken and answer.status == 200:
            self.walk.ear.report.add(
                Severity.MEDIUM, "takes another method", one.address.door, f"{sent.method} answered 200", sent,
                where(sent.path),
            )  # fmt: skip
        if sent.method == "TRACE" and b"zq999" in answer.body:
            self.walk.ear.report.add(
                Severity.MEDIUM, "TRACE", one.address.door, "sends it back", sent, "the web server"
            )
        if sent.method == "HEAD" and answer.body:
            self.walk.ear.report.add(Severity.LOW, "HEAD with a body", one.address.door, "", sent, where(sent.path))

    def _in_reach(self, kind: str, *methods: str) -> "Iterator[tuple[Filled, str]]":
        """Every address she holds that takes one of the methods, with something of hers, that nobody has tried."""
        for one in self.walk.filled():
            door = one.address.door
            if (kind, door) in self.done or one.in_reach is False or not set(methods) & set(one.address.methods):
                continue
            if door in NEVER_ASKED or door.startswith("ui:") or not self.walk.knows.holds(one.address):
                continue
            self.done.add((kind, door))
            yield one, reverse(door, kwargs=one.kwargs)


def outside(walk: Walk) -> None:
    """Strange paths and other hosts: nothing is listed, nothing is told, nothing leads away."""
    for path in PATHS:
        sent, answer = walk.ask("GET", path, note="strange path")
        if answer.status == 200 and not path.startswith(("/brukere/../", "/?")):
            walk.ear.report.add(Severity.HIGH, "strange path", path[:40], "answered 200", sent, "config/urls.py")
    for name in (ELSEWHERE, f"{ELSEWHERE}:80", f"localhost.{ELSEWHERE}", f"localhost@{ELSEWHERE}", "", "localhost/zq"):
        sent, answer = walk.ask("GET", "/logg-inn/", note=f"Host: {name}", headers={"Host": name})
        if answer.status < 400:
            walk.ear.report.add(Severity.MEDIUM, "other host", "", f"answered {answer.status}", sent, "TILLIT_HOSTS")
    for name in ("X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-URL", "X-Rewrite-URL"):
        value = f"host={ELSEWHERE}" if name == "Forwarded" else ELSEWHERE if "URL" not in name else "/brukere/"
        for path in ("/logg-inn/", "/brukere/", "/static/zq.css"):
            sent, answer = walk.ask("GET", path, note=f"{name}: {value}", headers={name: value})
            if ELSEWHERE in answer.text or ELSEWHERE in answer.header("Location"):
                walk.ear.report.add(
                    Severity.MEDIUM, "believes a header", door_of(path), name, sent, "config/settings.py"
                )
    walk.ear.report.counts["strange paths"] += len(PATHS)
