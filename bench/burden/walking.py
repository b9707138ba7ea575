"""Each task done once, in a browser of its own, by the one who does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error

from bench.burden.hands import Count, Hands
from bench.burden.tasks import Task
from tests.browser.chromium import DESK, PHONE, browser


@dataclass(frozen=True, slots=True)
class Walk:
    """One task, and what it took; fault: why it could not be done."""

    task: Task
    count: Count
    fault: str = ""


def walk(address: str, tasks: Sequence[Task], *, shots: str | None) -> list[Walk]:
    """Do the tasks in order."""
    with browser() as chromium:
        return [_done(chromium, address, task, shots) for task in tasks]


def _done(chromium: Browser, address: str, task: Task, shots: str | None) -> Walk:
    context = chromium.new_context(
        viewport=PHONE if task.phone else DESK, has_touch=task.phone, locale="nb-NO", timezone_id="Europe/Oslo",
        service_workers="block",
    )  # fmt: skip
    hands = Hands(context, address)
    try:
        stands = task.stands.format(solvik=_solvik())
        _sign_in(hands, task.who, stands)
        hands.start(stands)
        before, fault = task.stored(), ""
        try:
            task.does(hands)
        except (Error, AssertionError) as stopped:
            fault = f"stopped at {hands.page.url.removeprefix(address)}: {str(stopped).splitlines()[0]}"
            fault += "".join(f" {line.strip()}" for line in str(stopped).splitlines() if "waiting for" in line)[:160]
        count = hands.done()
        if not fault and task.stored() == before:
            fault = "nothing was stored"
        if shots:
            Path(shots).mkdir(parents=True, exist_ok=True)
            hands.page.screenshot(path=Path(shots) / f"{task.name.replace(' ', '-')}.png", full_page=True)
        return Walk(task, count, fault)
    finally:
        context.close()


def _solvik() -> int:
    from tillit.foundation.organisation.models import Unit

    return Unit.objects.get(name="Team Solvik").pk


def _sign_in(hands: Hands, username: str, path: str) -> None:
    hands.page.goto(f"{hands.address}/logg-inn/?next={path}")
    hands.page.locator(f"button[name=username][value='{username}']").click()
    hands.page.wait_for_load_state()
