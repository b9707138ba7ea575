"""A real Chromium for tests: where it is, how it is started, and what a page must be free of."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

AXE = Path(__file__).with_name("axe.min.js")
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Only what is wrong is told: the places where all is well are many, and take most of the time to describe.
_FIND = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)"
_QUIET = [
    "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-dev-shm-usage",
]  # fmt: skip


def find_chromium() -> str:
    """Return Chromium's path: $CHROMIUM, else PATH. Raises RuntimeError that says what to install."""
    candidates = [
        os.environ.get("CHROMIUM"),
        *(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")),
    ]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return candidate
    raise RuntimeError("Chromium was not found. Install it (Debian: apt-get install chromium), or set CHROMIUM.")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium, and stop it."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=_QUIET)
        try:
            yield started
        finally:
            started.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA, one line each: rule, what is wrong, where.

    The window is made as high as the page meanwhile, so that nothing lies under a bar by the accident of scrolling.
    """
    drawn(page)
    window = page.viewport_size
    assert window is not None
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": window["width"], "height": max(window["height"], height + 100)})
    page.evaluate(AXE.read_text())
    found = page.evaluate(_FIND, _WCAG)
    page.set_viewport_size(window)
    return [
        f"{rule['id']}: {rule['help']} – {', '.join(' '.join(map(str, node['target'])) for node in rule['nodes'][:4])}"
        for rule in found
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the window: 0 on every page, down to 320 px."""
    drawn(page)
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def drawn(page: Page) -> None:
    """Wait until the page is all there: after a press, its answer may have come and its document not yet be read.

    What counts or reads at once (`count`, `evaluate`) must ask this first; `expect` waits by itself.
    """
    page.wait_for_load_state("load")
    page.wait_for_function("document.readyState === 'complete'")
