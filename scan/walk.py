"""One person walks: everything that is led to, every address with her own numbers, others' and nobody's."""

import random
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve, reverse

from scan import page as pages
from scan.answers import Ear
from scan.browser import Answer, Browser, Sent
from scan.finding import Severity
from scan.known import NOBODYS, Filled, Knowledge, Writes, as_nobodys, private_people
from scan.town import NotLetInError
from tillit.foundation.access.addresses import Address, every_address

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

NEVER_ASKED = frozenset({
    "login:log-out", "login:lock", "login:end-session", "login:end-others", "login:demo", "access:language",
})  # fmt: skip
"""They end the session the rest is asked in, or change the language of what is looked for."""

SHARED = frozenset({
    "handover:list", "questions:list", "decisions:queue", "decisions:appeals", "emergency:list", "teamboard:board",
    "teamboard:everything", "home:front_door", "therapy:waiting",
})  # fmt: skip
"""Lists of what lies between two units by agreement, of a unit's cases, or of what a leader goes through."""

NOTES = {"delivery:phone": ["UPDATE delivery_phone"]}
"""What asking may note, and nothing else: that a phone has been in touch, so that one sees which are out of use."""

OFFERS_ACCOUNTS = frozenset({"login:log-in"})
"""In the demo one chooses whom to be: its accounts stand there by name, also those who are citizens."""

#: Where one is led whose session is over, or is locked since nobody used it.
ENDED = ("/logg-inn/?", "/laast/")
#: A press that most forms take, so that reach is what stops it.
PRESS = {
    "edition": "1", "words": "Noe er nytt.", "reason": "OTHER", "why": "Skal skje.", "kind": "BETTER", "text": "Noe",
    "answer": "Svar", "outcome": "AS_PLANNED", "press_key": "en-press",
}  # fmt: skip
VARIES = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|\d{1,2}[:.]\d\d|[0-9a-f]{8,}|name="next" value="[^"]*"|[?&]next=[^"&]*'
)


def is_out(answer: Answer) -> bool:
    """Whether something that was pressed, or the time, has ended her session, or locked it."""
    return answer.status == 423 or answer.header("Location").startswith(ENDED)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is asked.

    rows: of each way of standing to her. pages: met of each address by links, and in_all. seed: of chance.
    one_in: of so many addresses, one is asked (by its name); the test that runs with all others asks a part.
    """

    rows: int = 2
    pages: int = 2
    in_all: int = 400
    seed: int = 2026
    one_in: int = 1

    def leaves_out(self, door: str) -> bool:
        """Whether an address is not asked this time."""
        return zlib.crc32(door.encode()) % self.one_in != self.seed % self.one_in


@dataclass
class Walk:
    """One person's. forms: those met, by door and fields, for the phase that types in them."""

    browser: Browser
    ear: Ear
    knows: Knowledge
    bounds: Bounds = field(default_factory=Bounds)
    writes: Writes | None = None
    signs_in: "Callable[[], Browser] | None" = None
    forms: dict[tuple[str, ...], tuple[str, pages.Form]] = field(default_factory=dict)
    _retried: bool = False
    _signed_in_meanwhile: bool = False

    @property
    def who(self) -> str:
        """Her name to the one who reads the findings."""
        return self.browser.who

    def ask(
        self,
        method: str,
        path: str,
        form: "Mapping[str, Any] | None" = None,
        *,
        note: str = "",
        headers: "dict[str, str] | None" = None,
        token: bool = True,
    ) -> tuple[Sent, Answer]:
        """Send, let the ear look at what came, and return both."""
        sent = Sent(self.who, method, path, form, note)
        answer = self.browser.send(method, path, form, headers=headers, token=token)
        self.ear.look(sent, answer, door_of(path))
        if self.signs_in and is_out(answer) and self.signs_in_again() and not self._retried:
            self._retried = True
            return self.ask(method, path, form, note=note, headers=headers, token=token)
        self._retried = False
        return sent, answer

    def signs_in_again(self) -> bool:
        """Sign in anew, as one whose session is over does. False when nobody lets her in any more."""
        assert self.signs_in is not None
        try:
            self.browser = self.signs_in()
        except NotLetInError:  # such as a relative whose consent was ended by what the citizen's browser pressed
            self.signs_in = None
            self.ear.report.left_out.append(f"what {self.who} would meet again: nobody lets her in any more")
            return False
        self._signed_in_meanwhile = True
        self.ear.report.counts["signed in again"] += 1
        return True

    def crawl(self, *starts: str) -> None:
        """Follow what pages lead to, some of each address, as far as it goes."""
        met: Counter[str] = Counter()
        waiting = list(starts)
        seen = set(waiting)
        while waiting and sum(met.values()) < self.bounds.in_all:
            path = waiting.pop(0)
            door = door_of(path)
            if met[door] >= (self.bounds.pages if door else 40):
                continue
            met[door] += 1
            sent, answer = self.get(path)
            leads = [answer.header("Location")] if answer.header("Location") else []
            if answer.kind == "text/html":
                leads += self._take(answer, path)
            for lead in leads:
                to = self.inside(lead, path)
                if to and to not in seen and door_of(to) not in NEVER_ASKED:
                    seen.add(to)
                    waiting.append(to)
            del sent
        self.ear.report.counts["pages met by links"] += sum(met.values())

    def get(self, path: str) -> tuple[Sent, Answer]:
        """Ask for a page; report what asking wrote."""
        sent, answer, wrote = self._get(path)
        if self._signed_in_meanwhile:  # what was written may be that: once more
            sent, answer, wrote = self._get(path)
        if wrote and wrote != NOTES.get(door_of(path)):
            self.ear.report.add(
                Severity.MEDIUM, "asking writes", door_of(path), f"GET wrote: {', '.join(wrote)}", sent, where(path)
            )
        return sent, answer

    def _get(self, path: str) -> tuple[Sent, Answer, list[str]]:
        self._signed_in_meanwhile = False
        mark = self.writes.mark() if self.writes else 0
        sent, answer = self.ask("GET", path)
        return sent, answer, self.writes.since(mark) if self.writes else []

    def _take(self, answer: Answer, path: str) -> list[str]:
        read = pages.read(answer.text, path)
        for form in read.forms:
            to = self.inside(form.action, path)
            if to and form.method == "post":
                key = (door_of(to), *sorted(form.fields))
                self.forms.setdefault(key, (path, form))
        return [value for method, value in read.leads if method == "get"]

    def inside(self, lead: str, at: str) -> str:
        """Return where a link leads when it is within the product, without its fragment."""
        parts = urlsplit(urljoin(self.browser.base + at, lead))
        if parts.netloc != urlsplit(self.browser.base).netloc or parts.scheme not in ("http", "https"):
            return ""
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def filled(self, only: "Collection[str] | None" = None) -> Iterator[Filled]:
        """Every address there is, filled with what is hers, what is not, and what is nobody's."""
        for address in every_address():
            if address.door in NEVER_ASKED or (only is not None and address.door not in only):
                continue
            if self.bounds.leaves_out(address.door):
                continue
            chance = random.Random(f"{self.bounds.seed} {address.door}")
            met = False
            for one in self.knows.fill(address, most=self.bounds.rows, chance=chance):
                met = True
                yield one
                if not self.knows.holds(address):
                    break  # refused before anything is looked up: once is enough
            if not met:
                self.ear.report.no_rows.setdefault(self.who, set()).add(address.door)

    def everything(self, only: "Collection[str] | None" = None) -> None:
        """Ask for every address, or some, in every way, and press what is out of reach."""
        for one in self.filled(only):
            path = reverse(one.address.door, kwargs=one.kwargs)
            if "GET" in one.address.methods:
                sent, answer = self.get(path)
                self._held_to(one, sent, answer)
                if answer.status == 200 and answer.kind == "text/html":
                    self._take(answer, path)
            if "POST" in one.address.methods and (one.in_reach is False or not self.knows.holds(one.address)):
                self.press(one, path)

    def press(self, one: Filled, path: str) -> None:
        """Press where she has nothing to do: refused, and nothing written."""
        mark = self.writes.mark() if self.writes else 0
        sent, answer = self.ask("POST", path, PRESS)
        self._held_to(one, sent, answer)
        wrote = self.writes.since(mark) if self.writes else []
        if wrote:
            self.ear.report.add(
                Severity.HIGH, "a press out of reach writes", one.address.door, ", ".join(wrote), sent, where(path)
            )
        self.ear.report.counts["presses out of reach"] += 1

    def _held_to(self, one: Filled, sent: Sent, answer: Answer) -> None:
        """Hold the answer against the declarations."""
        holds = self.knows.holds(one.address)
        refused = answer.status in (401, 403, 404, 405) or "/logg-inn/" in answer.header("Location")
        if answer.status == 429 or one.address.door.startswith(("login:", "health", "ui:")):
            return
        if not holds and not refused and answer.status != 423:
            self._idor(one, sent, f"answered {answer.status} to one without the role")
        elif holds and one.in_reach is False and not one.is_nobodys:
            if answer.status == 403 and self.knows.sees_unit(one.address, one.kwargs):
                return  # she is told what is not hers to do in a unit that is no secret to her
            if answer.status == 403 and self._told_of_unit(one, sent, answer):
                return
            same = self._same_for_nobody(one, sent, answer)
            if answer.status != 404 and not same:
                self._idor(one, sent, f"answered {answer.status} to what is out of reach")
            elif not same:
                self.ear.report.add(
                    Severity.MEDIUM, "tells that it exists", one.address.door, f"{answer.status}, in other words", sent,
                    where(sent.path),
                )  # fmt: skip

    def _idor(self, one: Filled, sent: Sent, what: str) -> None:
        self.ear.report.add(Severity.HIGH, "out of reach", one.address.door, what, sent, where(sent.path))

    def _told_of_unit(self, one: Filled, sent: Sent, answer: Answer) -> bool:
        """Whether she is told what is not hers to do in a unit, in the same words whatever else is named there."""
        others = as_nobodys(one.kwargs, keep="unit_id")
        if "unit_id" not in one.kwargs or not others:
            return False
        path = reverse(one.address.door, kwargs=one.kwargs | others)
        other = self.browser.send(sent.method, path, sent.form)
        return other.status == answer.status and plain(other, path) == plain(answer, sent.path)

    def _same_for_nobody(self, one: Filled, sent: Sent, answer: Answer) -> bool:
        """Whether what is out of reach looks as what does not exist, to the byte."""
        path = reverse(one.address.door, kwargs=one.kwargs | as_nobodys(one.kwargs))
        other = self.browser.send(sent.method, path, sent.form)
        self.ear.report.counts["compared with what does not exist"] += 1
        if answer.header("Location"):
            mine = [answer.header("Location").replace(f"/{value}/", "/N/") for value in one.kwargs.values()]
            return other.status == answer.status and other.header("Location").replace(f"/{NOBODYS}/", "/N/") in mine
        return other.status == answer.status and plain(other, path) == plain(answer, sent.path)

    def may_name(self, door: str, path: str) -> frozenset[int]:
        """Return whom a page may name beside those she reaches: what lies between two units, or in a shared case."""
        if door in SHARED:
            return self.knows.shared
        if door in OFFERS_ACCOUNTS:
            return private_people()
        try:
            match = resolve(urlsplit(path).path)
        except Resolver404:
            return frozenset()
        address = next((one for one in every_address() if one.door == door), None)
        return self.knows.named(address, match.kwargs) if address else frozenset()


def plain(answer: Answer, path: str) -> str:
    """The page without what differs from one request to the next."""
    return VARIES.sub("", answer.text.replace(path, ""))


def door_of(path: str) -> str:
    """Return the name of the address a path leads to, or nothing."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def where(path: str) -> str:
    """Return the view behind a path, as one finds it in the code."""
    try:
        view = resolve(urlsplit(path).path).func
    except Resolver404:
        return "config/urls.py"
    return f"{view.__module__}.{getattr(view, '__name__', '')}"


def addresses() -> list[Address]:
    """Every address there is."""
    return list(every_address())
