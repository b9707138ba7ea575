"""A phone that carries the day, for the tests that cut its network: signed in, filled, asked what lies on its disk."""

from collections.abc import Callable
from datetime import date, time

import pytest
from playwright.sync_api import Error as PageMoved
from playwright.sync_api import Page, expect

from tests import builders, builders_planning, builders_visits
from tests.cast import Cast, Member
from tillit.care.citizens.models import Alert, AlertKind
from tillit.care.visits.models import Visit
from tillit.kernel import clock, oslo

ON = date(2026, 11, 24)
OpenPage = Callable[..., Page]

#: Everything that lies in IndexedDB, as text: what can be read there, anybody can read.
DUMP = """async () => {
  const request = indexedDB.open('tillit-pocket');
  const db = await new Promise((done) => { request.onsuccess = () => done(request.result); });
  const all = async (name) => new Promise((done) => {
    const asked = db.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const text = (value) => JSON.stringify(value, (key, one) => {
    if (one instanceof ArrayBuffer) return new TextDecoder('latin1').decode(one);
    if (ArrayBuffer.isView(one)) return new TextDecoder('latin1').decode(one);
    if (one instanceof CryptoKey) return `key, extractable ${one.extractable}`;
    return one;
  });
  const rows = await all('queue');
  const found = { things: text(await all('things')), queue: text(rows), waiting: rows.length };
  db.close();
  return found;
}"""
HAS_PACKET = (
    "async () => { "
    + DUMP.removeprefix("async () => {").split("const text")[0]
    + """
  const keys = await new Promise((done) => {
    const asked = db.transaction('things').objectStore('things').getAllKeys();
    asked.onsuccess = () => done(asked.result);
  });
  db.close();
  return keys.includes('packet');
}"""
)


KEPT = "Lagret på telefonen. Sendes når det er dekning."


def on_his_way(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Amir has a shift today, and is on his way to Olga, then to Arne. The clock is the browser's own day."""
    now = oslo.moment(ON, time(8, 45))
    monkeypatch.setattr(clock, "now", lambda: now)
    builders.shift(cast.amir.employee, cast.bekkedal, ON)
    for citizen in (cast.olga, cast.arne):  # they know him: the visit's page is the usual one
        builders_planning.been_there(cast.amir.employee, citizen, cast.bekkedal, 1, before=ON)
    Alert.objects.create(citizen=cast.olga, kind=AlertKind.ALLERGY, text="penicillin", valid_from=builders.LONG_AGO)
    builders_visits.matters(cast.olga, "Jeg vil gå ned til postkassa selv.", said_on=date(2026, 11, 1))
    builders_visits.visit(cast.arne, cast.bekkedal, ON, cast.amir.employee, at=time(9, 30))
    found = builders_visits.visit(cast.olga, cast.bekkedal, ON, cast.amir.employee, tasks=("Frokost",))
    builders_visits.task(found, "Gå til postkassa", goal_words="Hente posten selv", rank=1)
    return found


def sign_in(page: Page, house: str, member: Member) -> None:
    page.goto(f"{house}/logg-inn/?next=/min-dag/")
    page.get_by_label("Brukernavn").fill(member.user.username)
    page.get_by_label("Passord").fill(builders.PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    expect(page.get_by_role("heading", name="Min dag")).to_be_visible()


def until(page: Page, script: str, seconds: int = 30) -> None:
    """Wait until the page answers yes; a promise is waited for each time."""
    for _ in range(seconds * 5):
        try:
            if page.evaluate(script):
                return
        except PageMoved:  # it was drawn anew while it was asked
            pass
        page.wait_for_timeout(200)
    raise AssertionError(script)


def all_sent(page: Page) -> None:
    until(page, f"async () => (await ({DUMP})()).waiting === 0")
    page.wait_for_timeout(300)  # the server has written what it answered for
    page.wait_for_load_state("networkidle")  # what the page asks next is over


def wait_for_packet(page: Page) -> None:
    until(page, "() => navigator.serviceWorker.controller !== null")
    until(page, HAS_PACKET)


def with_the_day(open_page: OpenPage, house: str, member: Member) -> Page:
    """A phone that carries its owner's day."""
    page = open_page(phone=True, pocket=True)
    sign_in(page, house, member)
    wait_for_packet(page)
    return page
