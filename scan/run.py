"""The phases in order: reading first, while everybody reaches whom they did; what may change things last."""

import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from scan import costs
from scan.answers import Ear
from scan.browser import Browser
from scan.finding import Report
from scan.known import Writes, forget, know, names_of, private_people
from scan.presses import Presses, outside
from scan.walk import OFFERS_ACCOUNTS, Bounds, Walk
from tillit.care.citizens.models import Citizen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STARTS = (
    "/",
    "/min-dag/",
    "/brukere/",
    "/saker/",
    "/organisasjon/",
    "/modeller/",
    "/import/",
    "/meg/innlogging/",
    "/min-side/",
)
NOBODY = "nobody"


@dataclass
class Scan:
    """A scan of one running product, whose database this process can read.

    people: username → her browser, signed in.
    """

    base: str
    people: "Mapping[str, Browser]"
    bounds: Bounds = field(default_factory=Bounds)
    report: Report = field(default_factory=Report)
    signs_in: "Callable[[str], Browser] | None" = None
    quiet: bool = False

    def run(self) -> Report:
        """Do it all."""
        self.report.tell = self._tell
        ear = Ear(self.report, self.base)
        writes = Writes()
        try:
            walks = [self._reads(name, browser, ear, writes) for name, browser in self.people.items()]
            self._outside(ear)
            for walk in walks:
                costs.compared(walk)
            ear.hidden.clear()  # from here on presses may move what is reached
            done: set[tuple[str, str]] = set()
            typed: set[tuple[str, ...]] = set()
            for walk in walks:
                self._tell(f"{walk.who}: methods, tokens")
                presses = Presses(walk, done)
                presses.methods()
                presses.without_token()
            for walk in walks:
                walk.forms = {key: form for key, form in walk.forms.items() if key not in typed}
                typed |= walk.forms.keys()
                self._tell(f"{walk.who}: types in {len(walk.forms)} forms and in queries")
                presses = Presses(walk, done)
                presses.queries()
                presses.fields()
                presses.onwards()
            for walk in walks:
                self._again(walk)
        finally:
            writes.end()
        if not writes.is_exact:
            self.report.left_out.append("what was written outside the audit trail: only SQLite tells")
        return self.report

    def _reads(self, name: str, browser: Browser, ear: Ear, writes: Writes) -> Walk:
        knows = know(name)
        everyone = set(Citizen.objects.values_list("pk", flat=True))
        ear.hidden[browser.who] = names_of(everyone - knows.reached)
        walk = Walk(browser, ear, knows, self.bounds, writes, partial(self.signs_in, name) if self.signs_in else None)
        ear.may = lambda sent, door: walk.may_name(door, sent.path)
        self._tell(f"{browser.who}: reaches {len(knows.reached)} of {len(everyone)} citizens; walks")
        walk.crawl(*STARTS)
        walk.everything()
        return walk

    def _again(self, walk: Walk) -> None:
        """Meet what was typed, and what the presses made: there was nothing of it to ask for before."""
        self._tell(f"{walk.who}: what was typed, met again")
        walk.knows = know(walk.knows.user.username)
        forget()
        walk.writes = None
        walk.crawl(*STARTS)
        walk.everything(only=self.report.no_rows.get(walk.who, set()))

    def _outside(self, ear: Ear) -> None:
        """As one who is not signed in: every address, and what is no address."""
        from scan.known import Knowledge
        from tillit.foundation.access.actor import Actor
        from tillit.foundation.access.models import User

        browser = Browser(NOBODY, self.base)
        ear.may = lambda _sent, door: private_people() if door in OFFERS_ACCOUNTS else ()
        ear.hidden[NOBODY] = names_of(Citizen.objects.values_list("pk", flat=True))
        nobody = Knowledge(User(), Actor(user_id=None, name=NOBODY), frozenset())
        walk = Walk(browser, ear, nobody, Bounds(rows=1), Writes())
        self._tell("nobody: every address, strange paths, other hosts")
        walk.crawl("/", "/logg-inn/")
        walk.everything()
        outside(walk)
        browser.close()

    def _tell(self, line: str) -> None:
        if not self.quiet:
            print(f"· {line} ({sum(self.report.answers.values())} requests)", file=sys.stderr, flush=True)
