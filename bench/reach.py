"""Who reaches whom, on a big municipality: query plans and times of the lists, the search and the citizen's door.

Fills an empty database with what reach rests on (units, roles, citizens, followings, barriers, people asked in), on
SQLite and on a throw-away PostgreSQL, and asks what pages ask: a team's list, a search, a count, one citizen in and out
of reach, those whose help has ended. Prints each query's plan with `--plans`; always says which big tables are read
from one end to the other. Times are of the questions alone, in this process, warm: no page around them.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as clock_time
from typing import Any

from bench import machine

TODAY = date(2026, 11, 24)
DATABASES = ("sqlite", "postgres")
#: Tables that grow with the municipality; the rest (units, terms) is small however big it is.
BIG = ("citizens_following", "citizens_citizen", "citizens_home", "citizens_barrier", "citizens_askedin")


@dataclass(slots=True)
class Asked:
    """One question: its times, and the SQL it came to."""

    name: str
    found: int = 0
    milliseconds: list[float] = field(default_factory=list)
    statements: dict[str, Any] = field(default_factory=dict)


def main() -> int:
    """Run each database in a process of its own, for a process has one."""
    parser = argparse.ArgumentParser(prog="bench reach", description=__doc__)
    parser.add_argument("--citizens", type=int, default=20_000)
    parser.add_argument("--teams", type=int, default=150)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--db", choices=DATABASES, action="append", help="both when left out")
    parser.add_argument("--plans", action="store_true", help="print every query with its plan")
    parser.add_argument("--here", choices=DATABASES, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        return _measure_all(chosen)
    print(machine.line())
    done = 0
    for name in chosen.db or DATABASES:
        command = [sys.executable, "-m", "bench", "reach", *sys.argv[1:], "--here", name]
        with _database(name) as url, tempfile.TemporaryDirectory(prefix="tillit-reach-") as folder:
            env = {**os.environ, "DATABASE_URL": url.format(folder=folder), "TILLIT_MODE": "test"}
            env |= {"TILLIT_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "tillit.config.settings"}
            done |= subprocess.run(command, env=env, check=False).returncode
    return done


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield "sqlite:///{folder}/reach.sqlite3"
        return
    from tests.postgres import Cluster

    cluster = Cluster()
    cluster.start()
    try:
        yield cluster.url
    finally:
        cluster.stop()


def _measure_all(chosen: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    began = time.perf_counter()
    people = fill(citizens=chosen.citizens, teams=chosen.teams, seed=chosen.seed)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"\n{chosen.here}: {connection.vendor}, made in {time.perf_counter() - began:.0f} s, seed {chosen.seed}")
    _say_counts()
    questions = list(_questions(people, chosen.seed))
    found = [_ask(name, question, chosen.rounds) for name, question in questions]
    print(f"{'question':40}{'found':>7}{'p50 ms':>9}{'p95 ms':>9}{'queries':>9}  read from end to end")
    for one in found:
        whole = sorted({table for sql, params in one.statements.items() for table in read_whole(sql, params)})
        print(
            f"{one.name:40}{one.found:7}{statistics.median(one.milliseconds):9.2f}{_p95(one.milliseconds):9.2f}"
            f"{len(one.statements):9}  {', '.join(whole) or '–'}"
        )
    if chosen.plans:
        for one in found:
            for sql, params in one.statements.items():
                print(f"\n── {one.name}\n{sql}\n{plan_of(sql, params)}")
    return 0


@dataclass(frozen=True, slots=True)
class People:
    """Who asks, and whom they ask about."""

    actors: dict[str, Any]
    teams: tuple[int, ...]
    inside: tuple[int, ...]
    outside: tuple[int, ...]


def fill(*, citizens: int, teams: int, seed: int) -> People:
    """Store a municipality: ten districts, a work group in every third team, three followings for each citizen."""
    from tillit.foundation.access.actor import Actor, Grant
    from tillit.foundation.access.roles import Role
    from tillit.foundation.organisation.models import Unit, UnitKind

    draw = random.Random(seed)
    top = _unit(Unit, UnitKind.MUNICIPALITY, "Kommunen", None)
    districts = [_unit(Unit, UnitKind.DISTRICT, f"Distrikt {number}", top) for number in range(10)]
    made = [_unit(Unit, UnitKind.TEAM, f"Team {number}", districts[number % 10]) for number in range(teams)]
    groups = [_unit(Unit, UnitKind.WORK_GROUP, f"Gruppe {number}", made[number]) for number in range(0, teams, 3)]
    employee_id = _employee()
    ids = _citizens(citizens, [*made, *groups], draw)
    inside = tuple(ids[made[0].pk][:50])
    outside = tuple(ids[made[1].pk][:50])
    barred = frozenset(outside[:3]) | frozenset(inside[:2])
    _around(employee_id, barred)
    two = (Grant(Role.TEAM_LEADER, made[0].path), Grant(Role.TEAM_LEADER, made[10].path))
    actors = {
        "helper, 1 team": Actor(1, "A", employee_id, (Grant(Role.CARE_WORKER, made[0].path),), barred=barred),
        "nurse, 1 team": Actor(1, "A", employee_id, (Grant(Role.NURSE, made[0].path),), barred=barred),
        "leader, 2 teams": Actor(1, "A", employee_id, two),
        "leader, 1 district": Actor(1, "A", employee_id, (Grant(Role.DISTRICT_LEADER, districts[0].path),)),
    }
    return People(actors, tuple(team.pk for team in made), inside, outside)


def _unit(model: Any, kind: str, name: str, parent: Any) -> Any:
    found = model.objects.create(
        kind=kind, name=name, code=name.lower().replace(" ", "-"), parent=parent, path="", valid_from=date(2015, 1, 1)
    )
    found.path = f"{parent.path if parent else ''}{found.pk}."
    found.save(update_fields=["path"])
    return found


def _employee() -> int:
    from tillit.foundation.workforce.models import Employee

    return Employee.objects.create(
        given_name="Ansatt", family_name="En", profession="NURSE", employed_from=date(2015, 1, 1)
    ).pk


def _citizens(number: int, units: list[Any], draw: random.Random) -> dict[int, list[int]]:
    """Store citizens, each followed by one unit after another; every tenth one's help has ended, a few lately."""
    from tillit.care.citizens.models import Citizen, Following, Home
    from tillit.kernel import names

    syllables = ("ber", "dal", "eng", "fos", "gra", "hau", "kri", "lun", "mo", "nes", "rud", "sund", "tveit", "vik")
    rows = []
    for _number in range(number):
        given, family = ("".join(draw.choices(syllables, k=2)).title() for _part in range(2))
        rows.append(
            Citizen(
                given_name=given, family_name=family, search_name=names.search_key(given, family),
                sort_name=names.sort_key(family, given), born_on=date(1935, 1, 1), phone="",
            )
        )  # fmt: skip
    Citizen.objects.bulk_create(rows, batch_size=2_000)
    Home.objects.bulk_create(
        [
            Home(citizen=one, street="Veien 1", postal_code="6770", place="Vik", valid_from=date(2015, 1, 1))
            for one in rows
        ],
        batch_size=2_000,
    )
    followings, ids = [], dict[int, list[int]]()
    for place, one in enumerate(rows):
        day = TODAY - timedelta(days=draw.randrange(1_500, 3_000))
        chain = draw.sample(units, k=3)
        for step, unit in enumerate(chain):
            after = day + timedelta(days=400)
            last = step == 2
            ended = TODAY - timedelta(days=draw.randrange(1, 900)) if place % 10 == 0 else None
            followings.append(Following(citizen=one, unit=unit, valid_from=day, valid_to=ended if last else after))
            day = after
        if place % 10:
            ids.setdefault(chain[2].pk, []).append(one.pk)
    Following.objects.bulk_create(followings, batch_size=2_000)
    return ids


def _around(employee_id: int, barred: frozenset[int]) -> None:
    from tillit.care.citizens.models import Barrier
    from tillit.kernel import clock

    Barrier.objects.bulk_create(
        Barrier(citizen_id=one, employee_id=employee_id, kind="OBJECTION", valid_from=TODAY, made_at=clock.now())
        for one in sorted(barred)
    )


def _say_counts() -> None:
    from tillit.care.citizens.models import Citizen, Following
    from tillit.foundation.organisation.models import Unit

    print(f"{Citizen.objects.count()} citizens, {Following.objects.count()} followings, {Unit.objects.count()} units")


def _questions(people: People, seed: int) -> Iterator[tuple[str, Callable[[], int]]]:
    """What the pages ask: each returns how many it found."""
    from tillit.care.citizens import queries
    from tillit.kernel import oslo
    from tillit.kernel.errors import NotFound

    draw = random.Random(seed)
    noon = oslo.moment(TODAY, clock_time(12))

    def listed(actor: Any) -> int:
        return len(queries.list_ids(actor=actor, unit_id=people.teams[0], on=TODAY))

    def reached(actor: Any) -> int:
        return int(queries.reachable(actor, on=TODAY).count())

    def searched(actor: Any) -> int:
        text = draw.choice(("berdal", "vikmo", "lun rud"))
        return len(queries.search_citizens(actor=actor, text=text, on=TODAY).citizen_ids)

    def opened(actor: Any, among: tuple[int, ...]) -> int:
        try:
            queries.get_citizen(actor=actor, citizen_id=draw.choice(among), at=noon)
        except NotFound:
            return 0
        return 1

    for name, actor in people.actors.items():
        yield f"list of a team: {name}", lambda actor=actor: listed(actor)  # type: ignore[misc]
        yield f"all in reach, counted: {name}", lambda actor=actor: reached(actor)  # type: ignore[misc]
        yield f"search: {name}", lambda actor=actor: searched(actor)  # type: ignore[misc]
        yield f"citizen in reach: {name}", lambda actor=actor: opened(actor, people.inside[5:])  # type: ignore[misc]
        yield f"citizen out of reach: {name}", lambda actor=actor: opened(actor, people.outside[5:])  # type: ignore[misc]
    nurse = people.actors["nurse, 1 team"]
    team = people.teams[0]
    yield "former of a team: nurse, 1 team", lambda: len(queries.former_ids(actor=nurse, unit_id=team, on=TODAY))
    yield "scopes of 50 citizens", lambda: len(queries.scopes_of(people.inside, on=TODAY))
    yield "numbers of a unit's citizens", lambda: len(queries.citizen_ids_of_unit(team, TODAY))


def _ask(name: str, question: Callable[[], int], rounds: int) -> Asked:
    from django.db import connection

    from tillit.foundation.access import reading

    asked = Asked(name)

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.statements.setdefault(sql, params)
        return execute(sql, params, many, context)

    with reading.watching():
        with connection.execute_wrapper(keep):
            asked.found = question()
        for _round in range(rounds):
            start = time.perf_counter()
            question()
            asked.milliseconds.append((time.perf_counter() - start) * 1000)
    return asked


def plan_of(sql: str, params: Any) -> str:
    """Return the database's plan of a query, as it says it."""
    from django.db import connection

    words = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN (COSTS OFF) "
    with connection.cursor() as cursor:
        cursor.execute(words + sql, params)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def read_whole(sql: str, params: Any) -> set[str]:
    """Return the big tables that a query reads from end to end."""
    from django.db import connection

    plan = plan_of(sql, params)
    if connection.vendor == "sqlite":
        # "SCAN" reads a table or an index from end to end, "ANY(unit_id)" every unit's part of an index.
        lines = [line for line in plan.splitlines() if line.startswith("SCAN ") or "ANY(" in line]
        return {table for table in BIG if any(_is_of(line, sql, table) for line in lines)}
    return {table for table in BIG for line in plan.splitlines() if f"Seq Scan on {table}" in line}


def _is_of(line: str, sql: str, table: str) -> bool:
    """Whether a line of a plan is about a table. It names the index or, without one, the table's alias in the query."""
    if " INDEX " in line and "INTEGER PRIMARY KEY" not in line:
        return line.partition(" INDEX ")[2].startswith(table)
    return line.split()[1] in {table, *_alias_of(sql, table)}


def _alias_of(sql: str, table: str) -> set[str]:
    words = sql.replace('"', "").replace("(", " ").replace(")", " ").split()
    return {words[place + 1] for place, word in enumerate(words[:-1]) if word == table}


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[18] if len(values) > 1 else values[0]


if __name__ == "__main__":
    raise SystemExit(main())
