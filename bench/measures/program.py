"""`./run bench measures`: machine, seed, size, seconds, peak memory, and how many times slower than ours each is.

Three questions: every citizen's months; the last 28 days of every citizen on every day; a day put in, and everybody's
last 14 and 28 days told again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import machine
from bench.measures import day, engines, rolling

QUESTIONS: dict[str, Any] = {"months": engines, "days": rolling, "new-day": day}
SLACK = 1e-8
"""How far sums may lie from each other, as a share: they are of floats in another order."""


def main() -> int:
    """Make the city, ask each engine in a process of its own, and print. 1 when one answers otherwise than ours."""
    parser = argparse.ArgumentParser(prog="bench measures", description=__doc__)
    parser.add_argument("--citizens", type=int, default=20_000, help="at a time; 200000 is the country")
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--per-day", type=float, default=1.6, help="visits for each citizen and day, about")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3, help="each engine's; the middle one is told")
    parser.add_argument("--question", choices=list(QUESTIONS), default="months")
    parser.add_argument(
        "--engine", choices=list(engines.ENGINES), action="append", help="all when left out; ours always"
    )
    parser.add_argument("--folder", type=Path, help="where the data is made; taken away afterwards when left out")
    parser.add_argument("--here", nargs=2, metavar=("ENGINE", "FOLDER"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.here:
        print(json.dumps(_asked(chosen.question, chosen.here[0], Path(chosen.here[1]), chosen.rounds)))
        return 0
    with tempfile.TemporaryDirectory(prefix="tillit-measures-") as made:
        return _run(chosen, chosen.folder or Path(made))


def _run(chosen: argparse.Namespace, folder: Path) -> int:
    from bench.measures.city import make

    question = QUESTIONS[chosen.question]
    others = [name for name in question.ENGINES if name != "tillit" and name in (chosen.engine or question.ENGINES)]
    print(machine.line())
    folder.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    visits = make(
        folder, citizens=chosen.citizens, years=chosen.years, per_day=chosen.per_day, seed=chosen.seed,
        parquet=bool(others),
    )  # fmt: skip
    took = time.perf_counter() - began
    print(f"seed {chosen.seed}: {chosen.citizens:,} citizens at a time, {chosen.years} years, {visits:,} visits "
          f"(made and written in {took:.0f} s)")  # fmt: skip
    ours = _in_a_process(chosen.question, "tillit", folder, chosen.rounds)
    sums = ours["sums"]
    print(f"{chosen.question}: " + ", ".join(f"{name} {value:,.6g}" for name, value in sums.items()) + "\n")
    print(f"{'engine':8} {'seconds':>9} {'(each)':24} {'peak MB':>8} {'times':>7}  same answer")
    _print("tillit", ours, ours, same=True)
    wrong = 0
    for name in others:
        wanted, free = question.BYTES_PER_VISIT[name] * visits, _free_memory()
        if wanted > free:
            print(f"{name:8} left out: wants about {wanted / 2**30:.0f} GiB, {free / 2**30:.0f} free")
            continue
        found = _in_a_process(chosen.question, name, folder, chosen.rounds)
        same = all(abs(found["sums"][key] - sums[key]) <= SLACK * max(1.0, abs(sums[key])) for key in sums)
        wrong += not same
        _print(name, found, ours, same=same)
    print(f"\n{question.UNLIKE}")
    return 1 if wrong else 0


def _asked(question: str, name: str, folder: Path, rounds: int) -> dict[str, Any]:
    """Return the times, in this process, after a first question that is not counted where code is compiled."""
    ask = QUESTIONS[question].ENGINES[name](folder)
    if name == "tillit":
        _compile()
    seconds = []
    sums = {}
    for _ in range(rounds):
        began = time.perf_counter()
        sums = ask()
        seconds.append(time.perf_counter() - began)
    return {"seconds": seconds, "sums": sums, "peak_mb": _peak_mb()}


def _compile() -> None:
    """Have the kernels compiled or read from their cache, on two visits."""
    import polars as pl

    from measures.scale.columns import write_columns
    from measures.scale.monthly import monthly_continuity
    from measures.scale.rolling import rolling_continuity

    with tempfile.TemporaryDirectory() as folder:
        table = pl.DataFrame({"user": [1, 1], "carer": [1, 2], "start": ["2026-03-02T08:00", "2026-03-02T09:00"]})
        columns = write_columns(Path(folder), table)
        monthly_continuity(columns)
        list(rolling_continuity(columns))


def _in_a_process(question: str, name: str, folder: Path, rounds: int) -> dict[str, Any]:
    asked = ["--question", question, "--rounds", str(rounds), "--here", name, str(folder)]
    command = [sys.executable, "-m", "bench", "measures", *asked]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _middle(seconds: list[float]) -> float:
    return sorted(seconds)[len(seconds) // 2]


def _print(name: str, found: dict[str, Any], ours: dict[str, Any], *, same: bool) -> None:
    each = " ".join(f"{one:.3f}" for one in found["seconds"])
    times = _middle(found["seconds"]) / _middle(ours["seconds"])
    print(f"{name:8} {_middle(found['seconds']):9.2f} {each:24} {found['peak_mb']:8.0f} {times:6.1f}×  "
          f"{'yes' if same else 'NO'}", flush=True)  # fmt: skip


def _peak_mb() -> float:
    """Return the most memory this process has had. Not ru_maxrss: that is inherited from the one that started it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return float(line.split()[1]) / 1024
    return float("nan")


def _free_memory() -> float:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable"):
            return float(line.split()[1]) * 1024
    return float("inf")
