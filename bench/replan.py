"""From the press for the fewest changes to the list of them on the screen, part by part, in a real browser.

The real path: the web server and the workers as `tillit serve` starts them, on a copy of the demo that `bench pages`
keeps; Chromium signed in as the team's allocator. For each of the coming days lists are taken into use, somebody with
visits is reported ill, and «Se forslag til endringer» is pressed. `--occasion` chooses what happens instead: a citizen
who comes home late from hospital, or an urgent visit that is added.

Times are milliseconds on the clock, from the browser's own clock (press, answer, painted) and from the job's row
(asked, taken, ended) on the same machine. The parts follow one another, so they add up to the whole; «until the page
asks» is negative when the answer was stored before the job's row said that it had ended. The browser, the web server
and the workers share the machine: on a server of its own there is more to go round. The first press is told apart: it
comes first after the workers were started, and loads what they have not loaded by themselves.
"""

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from bench import machine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tillit.foundation.access.actor import Actor
    from tillit.foundation.organisation.models import Unit

PRESS = "Se forslag til endringer"
READY_SECONDS = 120
WATCH = """() => {
  document.addEventListener('submit', () => sessionStorage.setItem('bench-pressed', Date.now()), true);
  window.benchDrawn = 0;
  const look = new MutationObserver(() => {
    if (!document.querySelector('.ti-proposal')) return;
    look.disconnect();
    requestAnimationFrame(() => setTimeout(() => { window.benchDrawn = Date.now(); }, 0));
  });
  look.observe(document, { childList: true, subtree: true });
}"""
"""Put into every page: when something was sent, and when the first change had been painted."""
POLLS = """() => performance.getEntriesByType('resource').filter(each => each.name.includes('/forslag/')).map(
  each => [each.startTime, each.responseEnd].map(moment => performance.timeOrigin + moment))"""


@dataclass(slots=True)
class Walk:
    """One press: milliseconds by part, and what came of it."""

    on: date
    parts: dict[str, float] = field(default_factory=dict)
    visits: int = 0
    changes: int = 0
    left: int = 0
    polls: int = 0

    @property
    def whole(self) -> float:
        """From press to screen."""
        return sum(self.parts.values())


def main() -> int:
    """Copy the demo, serve it, press, print the table."""
    parser = argparse.ArgumentParser(prog="bench replan", description=__doc__)
    parser.add_argument("--team", default="Team Solvik")
    parser.add_argument("--rounds", type=int, default=4, help="coming days with lists, one press each")
    parser.add_argument("--occasion", default="absence", choices=["absence", "home", "urgent"])
    parser.add_argument("--at-once", action="store_true", help="press while the workers weigh what the days can take")
    parser.add_argument("--seed", type=int, default=2026, help="of the town")
    chosen = parser.parse_args()
    load = os.getloadavg()
    kept = Path("var/bench") / f"scale-1-years-0.5-seed-{chosen.seed}"
    folder = Path("var/bench") / f"replan-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        os.environ.update(
            TILLIT_MODE="demo", TILLIT_DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="tillit.config.settings"
        )
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from bench.town import copied
        from tillit.teamwork.planning.adapter.warm import warm_up

        copied(kept, folder, seed=chosen.seed)
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False)
        warm_up()  # compiled once on this machine; the workers load it
        with _served() as address:
            walks = _walks(chosen, address)
        return _print(chosen, walks, load)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _served() -> "Iterator[str]":
    """Serve as `tillit serve` does; stop everything afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "tillit", "serve", "--port", str(port), "--workers", "1"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/helse/", process)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(READY_SECONDS * 10):
        if process.poll() is not None:
            raise SystemExit("Tillit stopped while it was starting.")
        try:
            with urlopen(url, timeout=2):
                return
        except OSError:
            sleep(0.1)
    raise SystemExit("Tillit did not start.")


def _walks(chosen: argparse.Namespace, address: str) -> list[Walk]:
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import DESK, find_chromium
    from tillit.foundation.access import reading

    unit, user, days = _team(chosen.team, chosen.rounds)
    with reading.door("bench replan", actor=_actor(user)):
        for on in days:  # before the browser: Django's database calls and Playwright's loop do not go together
            _happens(chosen.occasion, unit, on, _actor(user))
    if not chosen.at_once:
        _quiet()
    cookie = _signed_in(user)
    found = []
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find_chromium(), args=["--disable-gpu"])
        context = started.new_context(viewport=DESK, locale="nb-NO", timezone_id="Europe/Oslo")
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        context.add_init_script(f"({WATCH})()")
        page = context.new_page()
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # our own thread alone; Playwright only runs a loop in it
        for on in days:
            found.append(_press(page, f"{address}/team/{unit.pk}/arbeidslister/{on.isoformat()}/DAY/", unit, on))
            _quiet()
        started.close()
    return found


def _press(page: "Page", address: str, unit: "Unit", on: date) -> Walk:
    """Open the lists, press, and wait until the changes are drawn."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name=PRESS).click(no_wait_after=True)
    page.wait_for_function("() => window.benchDrawn", timeout=60_000, polling=100)
    drawn = float(page.evaluate("window.benchDrawn"))
    polls = [(float(begun), float(ended)) for begun, ended in page.evaluate(POLLS)]
    pressed = float(page.evaluate("Number(sessionStorage.getItem('bench-pressed'))"))
    return _parts(unit, on, pressed=pressed, drawn=drawn, polls=polls)


def _parts(unit: "Unit", on: date, *, pressed: float, drawn: float, polls: list[tuple[float, float]]) -> Walk:
    from tillit.teamwork.planning.models import Proposal

    proposal = Proposal.objects.filter(lists__unit=unit, lists__on=on, lists__shift_kind="DAY").latest("pk")
    job = proposal.job
    assert job is not None and job.started_at and job.ended_at
    phases = {name: pair[0] * 1000 for name, pair in job.outcome["phases"].items()}
    asked, taken, ended = (moment.timestamp() * 1000 for moment in (job.asked_at, job.started_at, job.ended_at))
    parts = {"press to question stored": asked - pressed, "until a worker takes it": taken - asked, **phases}
    parts["loading, and job rows"] = ended - taken - sum(phases.values())
    begun, answered = next((poll for poll in reversed(polls) if poll[1] <= drawn), (ended, ended))
    parts["until the page asks"] = begun - ended
    parts["the web server answers"] = answered - begun
    parts["put in and drawn"] = drawn - answered
    visits, changes, left = (int(job.outcome[name]) for name in ("visits", "changes", "uncovered"))
    return Walk(on, parts, visits, changes, left, len(polls))


def _team(name: str, rounds: int) -> tuple["Unit", Any, list[date]]:
    """Return the team, its leader's user, and the coming days with lists."""
    from tillit.foundation.access.roles import Role
    from tillit.foundation.organisation.models import Unit
    from tillit.foundation.workforce.models import RoleHolding
    from tillit.kernel import clock, oslo
    from tillit.teamwork.planning.models import DayLists

    unit = Unit.objects.get(name=name)
    leader = RoleHolding.objects.filter(
        role=Role.TEAM_LEADER, unit=unit, employee__user__isnull=False, valid_to__isnull=True
    ).select_related("employee__user")[0]
    days = DayLists.objects.filter(unit=unit, shift_kind="DAY", on__gt=oslo.day_of(clock.now())).order_by("on")
    found = [lists.on for lists in days if lists.assignments.exists()][:rounds]
    if not found:
        raise SystemExit(f"{name} has no lists for the coming days: ./run bench pages --fresh makes the demo anew.")
    return unit, leader.employee.user, found


def _happens(occasion: str, unit: "Unit", on: date, actor: "Actor") -> None:
    """Take the lists into use, and let something happen to them."""
    from tillit.care.citizens import actions as citizens
    from tillit.care.citizens.models import Whereabouts
    from tillit.care.visits import actions as visits
    from tillit.foundation.workforce import actions as workforce
    from tillit.kernel import clock, oslo
    from tillit.teamwork.planning import actions, queries

    head = queries.head_of(unit_id=unit.pk, on=on, shift_kind="DAY")
    if not head.in_use:
        actions.publish_lists(
            actor=actor, unit_id=unit.pk, on=on, shift_kind="DAY", edition=head.edition, at=clock.now()
        )
    day = queries.team_day(unit=unit, on=on, shift_kind="DAY").day
    if occasion == "absence":
        ill = max(sorted(day.rows_of_worker), key=lambda worker: len(day.rows_of_worker[worker]))
        workforce.report_absence(
            actor=actor, employee_id=ill, kind="SELF_CERTIFIED", valid_from=on, valid_to=on + timedelta(days=1),
            at=clock.now(),
        )  # fmt: skip
        return
    if occasion == "home":
        gone_before = set(Whereabouts.objects.values_list("citizen_id", flat=True))  # one citizen for each day
        often = Counter(call.citizen_id for call in day.calls if call.citizen_id not in gone_before)
        citizen_id, at = max(often, key=lambda each: (often[each], each)), clock.now()
        gone, back = oslo.moment(on, time(0)), oslo.moment(on, time(7))
        citizens.set_away(actor=actor, citizen_id=citizen_id, kind="HOSPITAL", from_at=gone, at=at)
        citizens.set_home(actor=actor, citizen_id=citizen_id, to_at=back, at=at)
        return
    visits.add_visit(
        actor=actor, citizen_id=day.calls[0].citizen_id, on=on, title="Sårstell", part_of_day="MORNING",
        earliest=time(9), latest=time(10), minutes=30, level=2, priority=1, at=clock.now(),
    )  # fmt: skip


def _actor(user: Any) -> "Actor":
    from tillit.foundation.access.sources import actor_for
    from tillit.kernel import clock

    return actor_for(user_id=user.pk, name=str(user), at=clock.now())


def _signed_in(user: Any) -> str:
    from django.test import Client

    from tillit.foundation.login.actions.sessions import Place, begin
    from tillit.foundation.login.middleware import KEY
    from tillit.kernel import clock

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    place = Place(address="", device_token="", browser="bench", is_phone=False)
    session = client.session
    session[KEY] = begin(user=user, actor=_actor(user), door="demo", place=place, at=clock.now()).session.pk
    session.save()
    return str(client.cookies["sessionid"].value)


def _quiet() -> None:
    """Wait until the workers have nothing to do."""
    from django_tasks_db.models import DBTaskResult

    started = monotonic()
    while DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists():
        if monotonic() - started > READY_SECONDS:
            raise SystemExit("The workers did not get through what they had.")
        sleep(0.2)


def _print(chosen: argparse.Namespace, walks: list[Walk], load: tuple[float, float, float]) -> int:
    print(machine.line())
    print(f"load before: {', '.join(f'{value:.1f}' for value in load)}")
    print(f"{chosen.team}, {chosen.occasion}, town seed {chosen.seed}; the browser is on the same machine; SQLite")
    names = list(dict.fromkeys(name for walk in walks for name in walk.parts))
    print(f"{'milliseconds':28}{'first':>8}{'median of the rest':>21}{'each of the rest':>24}")
    for name in [*names, ""]:
        values = [walk.parts.get(name, 0.0) if name else walk.whole for walk in walks]
        rest = values[1:] or values
        each = "  ".join(f"{value:.0f}" for value in rest)
        print(f"{name or 'press to screen':28}{values[0]:8.0f}{statistics.median(rest):21.0f}    {each}")
    for walk in walks:
        print(f"{walk.on}: {walk.visits} visits, {walk.changes} changes, {walk.left} left out, {walk.polls} requests")
    return 0


if __name__ == "__main__":
    main()
