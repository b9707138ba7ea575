"""A proposal for each demo team's day: seconds, what is uncovered, and how many strangers people meet.

The same day is planned twice with the same seed and time: as the team asks for it, where known faces count most, and
with continuity left out (weights 0). Every answer is verified by the engine's independent checker.
"""

import argparse
import os
import tempfile
import time
from datetime import timedelta

from bench import machine


def main() -> int:
    """Make a demo municipality in a temporary folder and plan its teams' days."""
    parser = argparse.ArgumentParser(prog="bench plan", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--town-seed", type=int, default=2026)
    parser.add_argument("--days", type=int, default=2, help="how many weekdays ahead")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(TILLIT_MODE="test", TILLIT_DATA_DIR=folder, DJANGO_SETTINGS_MODULE="tillit.config.settings")
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
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
    print(f"engine ready in {time.perf_counter() - started:.1f} s; {chosen.seconds:g} s a plan; seed {chosen.seed}")
    days = [day for number in range(1, 8) if (day := today + timedelta(days=number)).isoweekday() <= 5]
    print(
        f"{'team':20}{'day':>12} {'shift':9}{'visits':>7}{'helpers':>8}{'left':>6}"
        f"{'strangers':>11}{'without':>9}{'faces':>7}{'without':>9}{'travel':>8}{'without':>9}"
    )
    found = []
    for unit in Unit.objects.filter(kind=UnitKind.TEAM).order_by("name"):
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


if __name__ == "__main__":
    main()
