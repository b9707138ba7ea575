"""A whole city's teams planned by the task queue's workers: teams per minute per core, and where the time goes.

The real path: `ask_for_teams`, which `tillit plan teams` calls, stores proposals and queues jobs; workers, started as
`tillit serve` starts them, take them, read the day, let the engine search and store what it proposes. Every plan is
verified by the engine's independent checker before it is stored (a plan that breaks a rule fails its job). The database
is a copy of the one `./run bench pages --scale 45` keeps, or is made when there is none; the original is left alone.

«Outside the search» is all worker time that is not search: from the first job taken to the last one ended, times the
workers. The table tells where it goes, on the clock and of the processor (what others do on the machine stretches the
first). A worker's own start is not in it: workers run all the time.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench import machine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tillit.foundation.jobs.models import Job

READY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Asked:
    """What was put in the queue, and what asking took."""

    job_ids: tuple[int, ...]
    seconds: float
    processor: float


def main() -> int:
    """Copy the city, ask for proposals, let the workers plan, print the table."""
    parser = argparse.ArgumentParser(prog="bench city", description=__doc__)
    parser.add_argument("--teams", type=int, default=150)
    parser.add_argument("--seconds", type=float, default=8.0, help="of search for each team")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2026, help="of the city, and of which teams are chosen")
    parser.add_argument("--scale", type=float, default=45.0)
    parser.add_argument("--years", type=float, default=0.5, help="history")
    parser.add_argument("--part", default="DAY", choices=["DAY", "EVENING", "NIGHT"])
    chosen = parser.parse_args()
    load = os.getloadavg()
    kept = Path("var/bench") / f"scale-{chosen.scale:g}-years-{chosen.years:g}-seed-{chosen.seed}"
    folder = Path("var/bench") / f"city-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        os.environ.update(
            TILLIT_MODE="test",
            TILLIT_DATA_DIR=str(folder),
            TILLIT_PLAN_CORES="1",
            DJANGO_SETTINGS_MODULE="tillit.config.settings",
        )
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from bench.town import copied

        history = round(365.25 * chosen.years)
        today = copied(kept, folder, seed=chosen.seed, scale=chosen.scale, history_days=history)
        return _run(chosen, today, load)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(chosen: argparse.Namespace, today: date, load: tuple[float, float, float]) -> int:
    from tillit.teamwork.planning.adapter.warm import warm_up

    on = today + timedelta(days=1)
    while on.isoweekday() > 5:
        on += timedelta(days=1)
    warm_up()  # compiled once on this machine; each worker loads it
    workers = [_worker() for _ in range(chosen.workers)]
    try:
        began_by = _wake(workers)
        asked = _ask(chosen, on)
        _wait(asked.job_ids, workers)
    finally:
        for process in workers:
            process.send_signal(signal.SIGTERM)
        for process in workers:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
    return _print(chosen, on, asked, began_by, load)


def _worker() -> "subprocess.Popen[bytes]":
    """Start a worker as `tillit serve` does."""
    command = [sys.executable, "-m", "tillit", "worker"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)


def _wake(workers: "list[subprocess.Popen[bytes]]") -> float:
    """Let each worker load what it needs before the clock starts. Returns the seconds until all had."""
    from django_tasks_db.models import DBTaskResult

    started = time.perf_counter()
    from bench.city_wake import wake

    for _ in range(len(workers) * 4):  # each takes about a second, so every worker gets some
        wake.enqueue()
    while DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists():
        if time.perf_counter() - started > READY_SECONDS or any(each.poll() is not None for each in workers):
            raise SystemExit("The workers did not get ready.")
        time.sleep(0.2)
    return time.perf_counter() - started


def _ask(chosen: argparse.Namespace, on: date) -> Asked:
    """Ask for the chosen teams, each by the action that `tillit plan teams` uses."""
    from tillit.foundation.access import reading
    from tillit.foundation.access.actor import system
    from tillit.kernel import clock
    from tillit.teamwork.planning import actions, queries

    actor = system("bench city")
    parts = [
        part
        for part in queries.parts_to_plan(actor=actor, on=on, kinds=[chosen.part])
        if not part.in_use and not part.has_proposal
    ]
    ids = sorted(part.unit_id for part in parts)
    picked = set(random.Random(chosen.seed).sample(ids, min(chosen.teams, len(ids))))
    started, worked = time.perf_counter(), time.process_time()
    at = clock.now()
    with reading.watching() as watch:
        asked = actions.ask_for_teams(
            actor=actor, on=on, at=at, kinds=[chosen.part], unit_ids=picked, seconds=chosen.seconds
        )
    reading.write(watch, actor=actor, door="bench city", at=at)
    return Asked(asked.job_ids, time.perf_counter() - started, time.process_time() - worked)


def _wait(job_ids: tuple[int, ...], workers: "list[subprocess.Popen[bytes]]") -> None:
    from tillit.teamwork.planning import queries

    while (far := queries.how_far(job_ids)).left:
        if any(process.poll() is not None for process in workers):
            raise SystemExit("A worker stopped.")
        print(f"\r{len(job_ids) - far.left} of {len(job_ids)}", end="", file=sys.stderr, flush=True)
        time.sleep(1)
    print(file=sys.stderr)


def _print(chosen: argparse.Namespace, on: date, asked: Asked, ready: float, load: tuple[float, float, float]) -> int:
    from tillit.foundation.jobs.models import Job, JobState
    from tillit.kernel import clock, oslo
    from tillit.teamwork.planning import queries

    jobs = list(Job.objects.filter(pk__in=asked.job_ids))
    done = [job for job in jobs if job.state == JobState.DONE and "phases" in job.outcome]
    began = min(job.started_at for job in jobs if job.started_at)
    ended = max(job.ended_at for job in jobs if job.ended_at)
    wall = (ended - began).total_seconds()
    busy = sum((job.ended_at - job.started_at).total_seconds() for job in jobs if job.ended_at and job.started_at)
    search = sum(float(job.outcome["search_seconds"]) for job in done)
    far, found = queries.how_far(asked.job_ids), queries.outcome_of(asked.job_ids)
    rows = _phases(done)
    worker_time = wall * chosen.workers
    print(machine.line())
    print(f"load before: {', '.join(f'{value:.1f}' for value in load)}; {oslo.day_of(clock.now()).isoformat()}")
    print(
        f"{len(jobs)} teams, {found['visits']} visits on {on.isoformat()} {chosen.part}; "
        f"{chosen.seconds:g} s of search each, one core each; {chosen.workers} workers; "
        f"scale {chosen.scale:g}, seed {chosen.seed}; SQLite"
    )
    print(
        f"{far.done} done, {far.failed} failed; {found['changes']} changes proposed, "
        f"{found['uncovered']} visits left uncovered; workers ready in {ready:.1f} s"
    )
    print(f"{'phase':28}{'clock s':>10}{'ms a team':>11}{'processor s':>13}{'ms a team':>11}")
    for name, clock_, processor in rows:
        print(
            f"{name:28}{clock_:10.2f}{clock_ / len(done) * 1000:11.1f}"
            f"{processor:13.2f}{processor / len(done) * 1000:11.1f}"
        )
    between = worker_time - busy
    print(f"{'between jobs, and job rows':28}{worker_time - sum(row[1] for row in rows):10.2f}", end="")
    print(f"{(worker_time - sum(row[1] for row in rows)) / len(done) * 1000:11.1f}   (between jobs {between:.2f} s)")
    print(
        f"{'asking (another process)':28}{asked.seconds:10.2f}{asked.seconds / len(jobs) * 1000:11.1f}"
        f"{asked.processor:13.2f}{asked.processor / len(jobs) * 1000:11.1f}"
    )
    outside = sum(row[2] for row in rows if row[0] != "search")
    print(
        f"{wall:.1f} s in all: {len(done) / wall * 60:.1f} teams per minute, "
        f"{len(done) / wall * 60 / chosen.workers:.2f} per minute per core"
    )
    print(
        f"outside the search: {100 * (1 - search / worker_time):.1f} % of the workers' time; of the processor's, "
        f"reckoned against the search time asked for: {100 * outside / (outside + search):.1f} %"
    )
    return 1 if far.failed or len(done) < len(jobs) else 0


def _phases(done: "Sequence[Job]") -> list[tuple[str, float, float]]:
    """Return (name, seconds on the clock, seconds of the processor) for all jobs together."""
    from tillit.teamwork.planning.adapter.phases import Phase

    rows = []
    for phase in Phase:
        pairs = [job.outcome["phases"].get(phase.value, [0.0, 0.0]) for job in done]
        rows.append((phase.value, sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)))
    return rows


if __name__ == "__main__":
    main()
