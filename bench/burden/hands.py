"""A person's hands in a real browser: what they do is counted by the page itself, from what the browser reports."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Frame, Locator, Page

#: Put into every page. A press is a finger or a mouse button that goes down, or Enter or Space on something pressed.
#: Only what a person could do is counted: what a script makes up is not trusted by the browser.
LISTEN = """(() => {
  if (window.top !== window) return;
  const told = (what, name) => window.burden(what, name || '');
  const field = (one) => one && one.name && /^(INPUT|TEXTAREA|SELECT)$/.test(one.tagName) && one.type !== 'hidden'
    && one.type !== 'submit' ? `${one.form ? one.form.action : ''}#${one.name}` : '';
  addEventListener('pointerdown', (event) => { if (event.isTrusted) told('press'); }, true);
  addEventListener('keydown', (event) => {
    if (!event.isTrusted) return;
    if (event.key.length === 1 && !event.ctrlKey) told('sign');
    if (event.key === 'Tab' || (event.key === 'Enter' && event.target.tagName !== 'TEXTAREA')) told('press');
  }, true);
  addEventListener('change', (event) => { if (event.isTrusted) told('field', field(event.target)); }, true);
  addEventListener('input', (event) => { if (event.isTrusted) told('field', field(event.target)); }, true);
})();"""


@dataclass(slots=True)
class Count:
    """What one task took."""

    presses: int = 0
    fields: int = 0
    signs: int = 0
    words: int = 0
    pages: int = 0
    hidden: int = 0


class Hands:
    """One person's browser. `start` a task where she stands; what is done from then on is counted."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address, self.count = address, Count()
        self._fields: set[str] = set()
        context.expose_binding("burden", self._told)
        context.add_init_script(LISTEN)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("framenavigated", self._moved)

    def start(self, path: str) -> None:
        """Stand on a page: what it took to come there is not counted."""
        self.page.goto(self.address + path)
        self.count, self._fields = Count(), set()

    def press(self, what: Locator) -> None:
        """Press something, when it can be seen and nothing lies over it."""
        what.wait_for()
        if not self._in_sight(what):
            self.count.hidden += 1
        what.click()

    def write(self, where: Locator, said: str) -> None:
        """Say something in one's own words: into the field, then the words, by the keyboard or its microphone."""
        before = self.count.signs
        self.press(where)
        self.page.keyboard.type(said)
        self.page.evaluate("1")  # what was typed has been told
        self.count.signs = before
        self.count.words += len(said.split())

    def fill(self, where: Locator, said: str) -> None:
        """Type what the page wants to have: a number, a name to search for."""
        self.press(where)
        self.page.keyboard.type(said)

    def next_field(self, said: str) -> None:
        """The keyboard's own key to the next field, and what is typed there."""
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(said)

    def choose(self, where: Locator, label: str) -> None:
        """Choose in a list that opens: the browser draws it itself, so its two presses are added here."""
        where.wait_for()
        if not self._in_sight(where):
            self.count.hidden += 1
        where.select_option(label=label)
        self.count.presses += 2
        self._fields.add(f"chosen#{where.get_attribute('name')}")

    def done(self) -> Count:
        """Return what it took."""
        self.page.evaluate("1")
        self.count.fields = len(self._fields)
        return self.count

    def _told(self, _source: Any, what: str, name: str) -> None:
        if what == "press":
            self.count.presses += 1
        elif what == "sign":
            self.count.signs += 1
        elif name:
            self._fields.add(name)

    def _moved(self, frame: Frame) -> None:
        if frame == self.page.main_frame:
            self.count.pages += 1

    def _in_sight(self, what: Locator) -> bool:
        """Whether a finger reaches it without the page being moved."""
        return bool(
            what.evaluate(
                """(one) => { const box = one.getBoundingClientRect();
                  const seen = one.labels && one.labels.length && box.width < 2 ? one.labels[0] : one;
                  const its = seen.getBoundingClientRect();
                  const y = its.top + its.height / 2, x = its.left + its.width / 2;
                  if (y < 0 || y > innerHeight || x < 0 || x > innerWidth) return false;
                  const top = document.elementFromPoint(x, y);
                  return !!top && (seen.contains(top) || top.contains(seen)
                    || top.closest('label')?.control === one); }"""
            )
        )
