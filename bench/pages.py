"""Server time and queries of the main pages: p50, p95, count. Demo scale by default; `--scale 45 --years 5` is a city.

Server time is from the first middleware to the finished answer, in this process, signed in, warm; the network and the
web server's own share are not in it. The process is set up as the web server's (`tillit.config.wsgi`). Each page is
asked for in turn for many teams and citizens, so that no single row's luck decides. «cpu» is the processor time of the
same answers: what others do on the machine stretches the time on the clock, and this much less. The database is made
once for each scale and seed and kept under var/bench/.
"""

import argparse
import importlib
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench import machine


@dataclass(slots=True)
class Measured:
    """One page's numbers."""

    name: str
    milliseconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)


def main() -> int:
    """Make the database when it is not there, ask for the pages, print the table."""
    parser = argparse.ArgumentParser(prog="bench pages", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is about 450 citizens, 45 about 20,000")
    parser.add_argument("--years", type=float, default=0.5, help="history")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--rounds", type=int, default=40, help="times each page is asked for")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")
    chosen = parser.parse_args()
    folder = Path("var/bench") / f"scale-{chosen.scale:g}-years-{chosen.years:g}-seed-{chosen.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(TILLIT_MODE="test", TILLIT_DATA_DIR=str(folder), DJANGO_SETTINGS_MODULE="tillit.config.settings")
    os.environ.pop("DATABASE_URL", None)
    (folder / "static").mkdir(exist_ok=True)
    importlib.import_module("tillit.config.wsgi")  # set up as the web server does
    today = _prepare(folder, chosen)
    pages = _measure(chosen.rounds, chosen.seed, today)
    _print(pages, chosen)
    return 1 if any(page.statuses != {200} for page in pages) else 0


def _prepare(folder: Path, chosen: argparse.Namespace) -> date:
    from django.core.management import call_command

    from tillit.demo.generate import generate
    from tillit.kernel import clock, oslo

    database, anchor = folder / "tillit.sqlite3", folder / "anchor"
    if chosen.fresh:
        for file in folder.glob("tillit.sqlite3*"):
            file.unlink()
        anchor.unlink(missing_ok=True)
    is_made = anchor.exists()
    if not is_made:
        database.unlink(missing_ok=True)
    call_command("migrate", verbosity=0)  # also one kept from before the newest migrations
    if not is_made:
        today = oslo.day_of(clock.now())
        started = time.perf_counter()
        generate(seed=chosen.seed, anchor=today, scale=chosen.scale, history_days=round(365.25 * chosen.years))
        print(f"made in {time.perf_counter() - started:.0f} s")
        anchor.write_text(today.isoformat())
    return date.fromisoformat(anchor.read_text())


def _measure(rounds: int, seed: int, today: date) -> list[Measured]:
    from django.db import connection
    from django.test import Client

    from tillit.care.citizens.models import Following
    from tillit.care.decisions.models import Case
    from tillit.care.decisions.rules.states import State
    from tillit.foundation.access.models import User
    from tillit.foundation.access.roles import Role
    from tillit.foundation.organisation.models import UnitKind
    from tillit.foundation.workforce.models import RoleHolding

    chance = random.Random(seed)
    leaders = {
        holding.unit_id: holding.employee.user
        for holding in RoleHolding.objects.filter(
            role=Role.TEAM_LEADER, employee__user__isnull=False, valid_to__isnull=True, unit__kind=UnitKind.TEAM
        ).select_related("employee__user")
    }
    followed: dict[int, list[int]] = {}
    for unit_id, citizen_id in Following.objects.filter(unit_id__in=leaders, valid_to__isnull=True).values_list(
        "unit_id", "citizen_id"
    ):
        followed.setdefault(unit_id, []).append(citizen_id)
    units = [unit_id for unit_id in leaders if followed.get(unit_id)]
    helpers = {
        holding.unit_id: holding.employee.user
        for holding in RoleHolding.objects.filter(
            role=Role.CARE_WORKER, employee__user__isnull=False, valid_to__isnull=True, unit_id__in=units
        ).select_related("employee__user")
    }
    cases = {
        unit: list(Case.objects.filter(unit_id=unit).order_by("pk").values_list("pk", "citizen_id")) for unit in units
    }
    waiting = {
        unit: list(Case.objects.filter(unit_id=unit, state=State.PROPOSED).order_by("pk").values_list("pk", flat=True))
        for unit in units
    }
    with_cases = {unit: leaders[unit] for unit in units if cases[unit]}
    deciding = {unit: leaders[unit] for unit in units if waiting[unit]}
    day = today.isoformat()
    pages: list[tuple[str, Callable[[int], str], dict[int, User | None]]] = [
        ("Teamtavla", lambda unit: f"/team/{unit}/tavle/", leaders),
        ("Arbeidslister", lambda unit: f"/team/{unit}/arbeidslister/{day}/DAY/", leaders),
        ("Brukere", lambda unit: "/brukere/", leaders),
        ("Bruker", lambda unit: f"/brukere/{chance.choice(followed[unit])}/", leaders),
        ("Plan", lambda unit: f"/brukere/{chance.choice(followed[unit])}/plan/", leaders),
        ("Min dag", lambda unit: "/min-dag/", helpers),
        ("Vakter", lambda unit: f"/team/{unit}/vakter/", leaders),
        ("Organisasjon", lambda unit: "/organisasjon/", leaders),
        ("Modeller", lambda unit: "/modeller/", leaders),
        ("Saker", lambda unit: "/saker/", with_cases),
        ("Sak", lambda unit: f"/saker/{chance.choice(cases[unit])[0]}/", with_cases),
        ("Vedtak", lambda unit: f"/saker/{chance.choice(waiting[unit])}/vedtak/", deciding),
        ("Bruker med sak", lambda unit: f"/brukere/{chance.choice(cases[unit])[1]}/", with_cases),
    ]  # fmt: skip
    found = []
    for name, address, users in pages:
        if not users:
            print(f"{name}: nothing to show in this database (made before it had cases?)")
            continue
        page = Measured(name)
        clients: dict[int, Client] = {}
        for number in range(rounds + 3):
            unit = chance.choice([unit for unit in units if unit in users])
            if unit not in clients:
                clients[unit] = Client(SERVER_NAME="localhost")
                clients[unit].force_login(users[unit])  # type: ignore[arg-type]
            url = address(unit)
            count = [0]
            with _counting(connection, count):
                start, worked = time.perf_counter(), time.process_time()
                answer = clients[unit].get(url)
                took, work = time.perf_counter() - start, time.process_time() - worked
            page.statuses.add(answer.status_code)
            if number >= 3:  # the first ones fill caches
                page.milliseconds.append(took * 1000)
                page.cpu.append(work * 1000)
                page.queries.append(count[0])
        found.append(page)
    return found


@contextmanager
def _counting(connection: object, count: list[int]) -> Iterator[None]:
    def wrapper(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        count[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):  # type: ignore[attr-defined]
        yield


def _print(pages: list[Measured], chosen: argparse.Namespace) -> None:
    from tillit.care.citizens.models import Citizen
    from tillit.care.visits.models import Visit
    from tillit.foundation.workforce.models import Employee

    print(machine.line())
    print(
        f"scale {chosen.scale:g}, {chosen.years:g} years, seed {chosen.seed}: {Citizen.objects.count()} citizens, "
        f"{Employee.objects.count()} employees, {Visit.objects.count()} visits; {chosen.rounds} rounds a page; SQLite"
    )
    print(f"{'page':16}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'cpu p50':>9}{'cpu p95':>9}{'queries':>10}")
    for page in pages:
        clock = (
            f"{statistics.median(page.milliseconds):9.1f}{_p95(page.milliseconds):9.1f}{max(page.milliseconds):9.1f}"
        )
        cpu = f"{statistics.median(page.cpu):9.1f}{_p95(page.cpu):9.1f}"
        low, high = min(page.queries), max(page.queries)
        queries = str(low) if low == high else f"{low}–{high}"
        wrong = "" if page.statuses == {200} else f"  answers {sorted(page.statuses)}"
        print(f"{page.name:16}{clock}{cpu}{queries:>10}{wrong}")


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]


if __name__ == "__main__":
    main()
