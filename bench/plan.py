"""A proposal for each demo team's day: seconds, what is uncovered, and how many strangers people meet.

The same day is planned twice with the same seed and time: as the team asks for it, where known faces count most, and
with continuity left out (weights 0). Every answer is verified by the engine's independent checker.

With seven days or more they are planned together instead, and held against each day alone, days as they come, and the
fewest helpers that the shifts allow: bench/plan_weeks.py.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench import machine

if TYPE_CHECKING:
    from tillit.foundation.organisation.models import Unit

TOGETHER = 7
"""From so many days they are planned together."""


def main() -> int:
    """Make a demo municipality in a temporary folder and plan its teams' days."""
    parser = argparse.ArgumentParser(prog="bench plan", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--town-seed", type=int, default=2026)
    parser.add_argument("--days", type=int, default=2, help="weekdays ahead; from 7: all days, planned together")
    parser.add_argument("--steps", type=int, default=6_000_000, help="steps of search for all days, with 7 or more")
    parser.add_argument("--team", default="", help="this team only, by name")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(TILLIT_MODE="test", TILLIT_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="tillit.config.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from tillit.foundation.access import reading
        from tillit.foundation.access.actor import system

        with reading.door("bench plan", actor=system("bench plan")):
            return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    from django.core.management import call_command

    from bench.plan_days import compare
    from tillit.demo.generate import generate
    from tillit.foundation.organisation.models import Unit, UnitKind
    from tillit.kernel import clock, oslo
    from tillit.teamwork.planning.adapter.warm import warm_up

    call_command("migrate", verbosity=0)
    today = oslo.day_of(clock.now())
    generate(seed=chosen.town_seed, anchor=today, history_days=60)
    started = time.perf_counter()
    warm_up()
    print(machine.line())
    limit = f"{chosen.steps:,} steps a way" if chosen.days >= TOGETHER else f"{chosen.seconds:g} s a plan"
    print(f"engine ready in {time.perf_counter() - started:.1f} s; {limit}; seed {chosen.seed}")
    teams = Unit.objects.filter(kind=UnitKind.TEAM, name__contains=chosen.team).order_by("name")
    if chosen.days >= TOGETHER:
        return _together(chosen, teams, today + timedelta(days=1))
    days = [day for number in range(1, 8) if (day := today + timedelta(days=number)).isoweekday() <= 5]
    print(
        f"{'team':20}{'day':>12} {'shift':9}{'visits':>7}{'helpers':>8}{'left':>6}"
        f"{'strangers':>11}{'without':>9}{'faces':>7}{'without':>9}{'travel':>8}{'without':>9}"
    )
    found = []
    for unit in teams:
        for day in days[: chosen.days]:
            for kind in ("DAY", "EVENING"):
                row = compare(unit_id=unit.pk, on=day, kind=kind, seconds=chosen.seconds, seed=chosen.seed)
                if row is None:
                    continue
                found.append(row)
                print(
                    f"{unit.name:20}{day.isoformat():>12} {kind:9}{row.visits:>7}{row.helpers:>8}{row.uncovered:>6}"
                    f"{row.strangers:>11}{row.strangers_without:>9}{row.faces:>7.2f}{row.faces_without:>9.2f}"
                    f"{row.travel:>8}{row.travel_without:>9}",
                    flush=True,
                )
    strangers, without = sum(row.strangers for row in found), sum(row.strangers_without for row in found)
    print(f"strangers in all: {strangers} with continuity, {without} without")
    wrong = sum(row.violations for row in found)
    print("every plan passed the checker" if not wrong else f"{wrong} violations")
    return 1 if wrong else 0


def _together(chosen: argparse.Namespace, teams: Iterable["Unit"], first: date) -> int:
    from bench.plan_weeks import least_in_all, load, ways

    wrong = 0
    for unit in teams:
        horizon = load(unit.pk, first=first, days=chosen.days)
        if not horizon.parts:
            continue
        print(
            f"\n{unit.name}: {chosen.days} days from {first.isoformat()}, {len(horizon.parts)} lists, "
            f"{horizon.visits} visits; at the least {least_in_all(horizon):.2f} helpers each in {chosen.days} days"
        )
        print(
            f"{'':32}{'strangers':>9}{'14 days:':>10}{'before':>7}{'plan':>6}{'least':>7}"
            f"{'28 days:':>10}{'before':>7}{'plan':>6}{'least':>7}{'left':>6}{'travel':>8}{'late':>6}{'cpu s':>7}"
        )
        for way in ways(horizon, days=chosen.days, steps=chosen.steps, seed=chosen.seed):
            (before, planned, least), (long_before, long_planned, long_least) = way.faces[14], way.faces[28]
            print(
                f"{way.name:32}{way.strangers:>9}{'':10}{before:>7.2f}{planned:>6.2f}{least:>7.2f}"
                f"{'':10}{long_before:>7.2f}{long_planned:>6.2f}{long_least:>7.2f}"
                f"{way.uncovered:>6}{way.travel:>8.0f}{way.late:>6.0f}{way.seconds:>7.1f}"
            )
            print(
                f"{'':4}helpers: citizens {', '.join(f'{count}: {who}' for count, who in way.spread.items())}",
                flush=True,
            )
            wrong += way.violations
    print("\nevery plan passed the checker" if not wrong else f"\n{wrong} violations")
    return 1 if wrong else 0


if __name__ == "__main__":
    main()
