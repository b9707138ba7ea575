"""A team's dashboard: fifteen indicators over a year, read with their verdicts, among all of a city's figures.

Five years of figures for every team lie in the database, weeks and months, with a revision here and there. One team is
read at a time, drawn by a seed, as its leader would: reach, what is held back, marks and baselines with it. p50, p95
and queries. `--page` asks for the whole page, drawn. The goal is 50 ms for the figures at p95.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench import machine
from bench.databases import DATABASES, each_in_its_own

INDICATORS = 15
YEAR = 365


def main() -> int:
    """Run each database in a process of its own, for a process has one."""
    parser = argparse.ArgumentParser(prog="bench dashboard", description=__doc__)
    parser.add_argument("--teams", type=int, default=280, help="280 is a city of 20,000 citizens")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", choices=DATABASES, action="append", help="both when left out")
    parser.add_argument("--page", action="store_true", help="the whole page, not the figures alone")
    parser.add_argument("--here", choices=DATABASES, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        return _measure(chosen)
    print(machine.line())
    return each_in_its_own("dashboard", chosen.db or DATABASES)


def _measure(chosen: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call_command("migrate", verbosity=0)
    rng = random.Random(chosen.seed)
    cast, teams, stored = _fill(chosen, rng)
    ask = _page(cast) if chosen.page else _figures(cast)
    for unit in rng.sample(teams, 5):
        ask(unit)
    took, queries = [], set()
    for round_ in range(chosen.rounds):
        unit = rng.choice(teams)
        began = time.perf_counter()
        ask(unit)
        took.append((time.perf_counter() - began) * 1000)
        if round_ < 5:
            with CaptureQueriesContext(connection) as found:
                ask(unit)
            queries.add(len(found))
    took.sort()
    what = "the page" if chosen.page else f"{INDICATORS} indicators, one year"
    p95 = took[int(0.95 * len(took))]
    print(
        f"{chosen.here:9} {len(teams)} teams, {stored:,} figures · {what}: p50 {statistics.median(took):.0f} ms, "
        f"p95 {p95:.0f} ms, queries {sorted(queries)} (seed {chosen.seed}, {chosen.rounds} rounds)"
    )
    return 0


def _fill(chosen: argparse.Namespace, rng: random.Random) -> tuple[Any, list[Any], int]:
    """Store units and their figures; return the people, the teams and how many figures there are."""
    from tests import builders
    from tests.cast import MONDAY, MONDAY_DATE, assemble
    from tillit.foundation.access import reading
    from tillit.foundation.access.roles import Role
    from tillit.learning.insight.catalogue import shipped
    from tillit.learning.insight.models import Figure
    from tillit.learning.insight.rules import periods

    with reading.watching():
        cast = assemble()
    builders.role(cast.marit.employee, Role.TEAM_LEADER, cast.south)
    teams = [builders.unit(f"Team {number}", parent=cast.south) for number in range(chosen.teams)]
    first = MONDAY_DATE - timedelta(days=YEAR * chosen.years)
    rows, stored = [], 0
    for unit in teams:
        for one in shipped()[:INDICATORS]:
            day: date = periods.begin(one.step, first)
            while day < MONDAY_DATE:
                after = periods.end(one.step, day)
                n = rng.randrange(3, 90)
                again = rng.random() < 0.03
                for revision in range(1, 3 if again else 2):
                    value = rng.random()
                    rows.append(
                        Figure(
                            unit=unit, indicator=one.code, version=one.version, step=one.step, starts_on=day, n=n,
                            value=value, numerator=value * n, denominator=n, counted_at=MONDAY, revision=revision,
                            replaced_at=MONDAY if again and revision == 1 else None,
                        )
                    )  # fmt: skip
                day = after
        stored += len(rows)
        Figure.objects.bulk_create(rows, batch_size=2_000)
        rows = []
    return cast, teams, stored


def _figures(cast: Any) -> Callable[[Any], object]:
    from tests.cast import MONDAY, MONDAY_DATE
    from tillit.foundation.workforce.actors import actor_of
    from tillit.kernel.periods import Days
    from tillit.learning.insight.catalogue import shipped
    from tillit.learning.insight.queries.series import series_of
    from tillit.learning.insight.rules.verdict import verdict

    codes = [one.code for one in shipped()[:INDICATORS]]
    within = Days(MONDAY_DATE - timedelta(days=YEAR), MONDAY_DATE)
    actor = actor_of(user_id=cast.marit.user.pk, name=cast.marit.user.name, at=MONDAY)

    def ask(unit: Any) -> object:
        found = series_of(actor=actor, unit_id=unit.pk, codes=codes, within=within, today=MONDAY_DATE)
        assert len(found) == INDICATORS and len(found[0].points) >= 51
        return [verdict(one) for one in found]

    return ask


def _page(cast: Any) -> Callable[[Any], object]:
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(cast.marit.user)

    def ask(unit: Any) -> object:
        answer = client.get(reverse("insight:unit", args=[unit.pk]))
        assert answer.status_code == 200
        return answer

    return ask
