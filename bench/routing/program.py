"""`./run bench routing`: who plans the public instances at the least cost in the same time, on the same cores.

Rows are appended to OUT/runs.csv as they come; started again with the same choices, the program skips what is done and
prints the whole table. A changed engine is measured again. The full protocol runs overnight:

    ./run bench routing --seconds 10,60 --seeds 1,2,3,4,5
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from bench import machine
from bench.routing import participants, summary
from bench.routing.instances import FAMILIES, Instance, find
from bench.routing.judge import judge
from bench.routing.participants import OURS, PEERS, TITLES
from bench.routing.picture import draw
from bench.routing.results import Key, Row, Status, Store, engine_version, key_of, peers_version, per_cent

_DISTRIBUTIONS = {"routing": "ortools", "cpsat": "ortools", "pyvrp": "pyvrp", "vroom": "pyvroom"}


def main() -> int:
    """Run what is chosen and not yet done, print every result, the summary and the aims."""
    chosen = _arguments()
    instances = find(
        chosen.data, families=chosen.families, groups=chosen.groups, sizes=chosen.sizes, names=chosen.instances,
        per_group=chosen.per_group,
    )  # fmt: skip
    if not instances:
        print(f"no instances in {chosen.data} by these choices")
        return 2
    chosen.out.mkdir(parents=True, exist_ok=True)
    store = Store(chosen.out / "runs.csv")
    who = [OURS, *chosen.peers]
    versions = {each: _version(each) for each in who}
    cores = participants.cores_for(chosen.cores)
    _print_head(chosen, instances, versions, cores)
    keys: list[Key] = []
    for limit in chosen.seconds:
        for instance in instances:
            for seed in chosen.seeds:
                print(_where(instance, limit, seed), end="", flush=True)
                for each in who:
                    if each == OURS:
                        versions[each] = engine_version()  # it may change under a long run
                    key = (instance.family, instance.name, each, limit, seed, len(cores))
                    keys.append(key)
                    row = store.done(key, versions[each])
                    if row is None:
                        row = run(each, instance, limit=limit, seed=seed, cores=cores, version=versions[each])
                        assert key_of(row) == key
                        store.add(row)
                    print(f"{_told(row):>20}", end="", flush=True)
                print()
    rows = store.chosen(keys)
    _print_end(rows, chosen.out)
    ours = [row for row in rows if row.who == OURS]
    return 0 if all(row.status is Status.OK for row in ours) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench routing", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/benchmarks"), help="FAMILY/instances and bks.csv")
    parser.add_argument("--out", type=Path, default=Path("var/bench/routing"))
    parser.add_argument("--families", type=_words, default=list(FAMILIES))
    parser.add_argument("--groups", type=_words, default=[], help="A,B,…,G,K100,I,U,D,…")
    parser.add_argument("--sizes", type=_wholes, default=[], help="numbers of patients")
    parser.add_argument("--instances", type=_words, default=[], help="names or labels, as A1")
    parser.add_argument("--per-group", type=int, default=0, help="at most so many of each family and group")
    parser.add_argument("--seconds", type=_reals, default=[10.0, 60.0])
    parser.add_argument("--seeds", type=_wholes, default=[1, 2, 3, 4, 5])
    parser.add_argument("--peers", type=_words, default=list(PEERS), help="routing,cpsat,pyvrp,vroom or none")
    parser.add_argument("--cores", type=int, default=2)
    chosen = parser.parse_args()
    if (chosen.data / "routing").is_dir():
        chosen.data = chosen.data / "routing"
    chosen.peers = [] if chosen.peers == ["none"] else chosen.peers
    for given, known in ((chosen.families, FAMILIES), (chosen.peers, PEERS)):
        if unknown := sorted(set(given) - set(known)):
            parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
    if not (chosen.seconds and chosen.seeds and min(chosen.seconds) > 0 and chosen.cores > 0):
        parser.error("give at least one second, one seed and one core")
    return chosen


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _wholes(text: str) -> list[int]:
    return [int(word) for word in _words(text)]


def _reals(text: str) -> list[float]:
    return [float(word) for word in _words(text)]


def _version(who: str) -> str:
    if who == OURS:
        return engine_version()
    try:
        return f"{version(_DISTRIBUTIONS[who])} ({peers_version()})"
    except PackageNotFoundError:
        return "not installed"


def run(who: str, instance: Instance, *, limit: float, seed: int, cores: Sequence[int], version: str) -> Row:
    """Ask one participant, judge the answer from the files alone, return the row."""
    load = os.getloadavg()[0]
    found = participants.ask(who, instance.path, seconds=limit, seed=seed, cores=list(cores))
    status, cost, note = _judged(instance, found)
    return Row(
        date=datetime.now(UTC).isoformat(timespec="seconds"), family=instance.family, group=instance.group,
        label=instance.label, instance=instance.name, patients=instance.patients, who=who, version=version, limit=limit,
        seed=seed, cores=len(cores), status=status, cost=cost, best=instance.best,
        best_decimals=_decimals(instance.best), published_mean=instance.published_mean,
        seconds=_rounded(found, "seconds"), processor_seconds=_rounded(found, "processor_seconds"),
        megabytes=_rounded(found, "megabytes"), load=round(load, 2), note=note, trace=_trace(found),
    )  # fmt: skip


def _judged(instance: Instance, found: dict[str, Any]) -> tuple[Status, float | None, str]:
    if "fault" in found:
        return Status.FAULT, None, str(found["fault"])
    if "late" in found:
        return Status.NO_ANSWER, None, str(found["late"])
    if "cannot" in found:
        return Status.CANNOT, None, str(found["cannot"])
    lacks = f"objective lacks {found['lacks']}" if found["lacks"] else ""
    if found["solution"] is None:
        return Status.NO_ANSWER, None, lacks
    judged = judge(instance.load(), found["solution"])
    if not judged.holds:
        return Status.INFEASIBLE, judged.cost, f"{len(judged.faults)} rules broken, first: {judged.faults[0]}"
    return Status.OK, judged.cost, lacks


def _trace(found: dict[str, Any]) -> str:
    points = [(round(when, 3), round(cost, 4)) for when, cost in found.get("trace", ())]
    kept = points if len(points) <= 60 else [points[number * (len(points) - 1) // 59] for number in range(60)]
    return "[" + ", ".join(f"[{when:g}, {cost:.10g}]" for when, cost in kept) + "]"


def _rounded(found: dict[str, Any], name: str) -> float | None:
    return round(found[name], 2) if name in found else None


def _decimals(best: float | None) -> int:
    text = f"{best:.6f}".rstrip("0") if best is not None else ""
    return len(text.split(".")[1]) if "." in text else 0


def _where(instance: Instance, limit: float, seed: int) -> str:
    best = f"{instance.best:.3f}" if instance.best is not None else "–"
    return f"{instance.family:16}{instance.label:24}{instance.patients:>4}{limit:>5g}{seed:>4}{best:>12}"


def _told(row: Row) -> str:
    if row.status is not Status.OK or row.cost is None:
        return row.status.upper() if row.status is Status.INFEASIBLE else row.status
    gap = f" {per_cent(row.gap)}%" if row.gap is not None else ""
    return f"{row.cost:.2f}{gap}"


def _print_head(
    chosen: argparse.Namespace, instances: list[Instance], versions: dict[str, str], cores: Sequence[int]
) -> None:
    print(machine.line())
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; cores {', '.join(map(str, cores))}; one participant at a time")
    print("; ".join(f"{TITLES[each]} {version}" for each, version in versions.items()))
    print(
        f"{len(instances)} instances; limits {', '.join(f'{each:g} s' for each in chosen.seconds)}; "
        f"seeds {', '.join(map(str, chosen.seeds))}; cost and gap to the best published value"
    )
    print(
        f"{'family':16}{'day':24}{'n':>4}{'s':>5}{'seed':>4}{'published':>12}"
        + "".join(f"{TITLES[each]:>20}" for each in versions)
    )


def _print_end(rows: list[Row], out: Path) -> None:
    print()
    print("\n".join(summary.group_lines(rows)))
    print()
    print("\n".join(summary.aim_lines(rows)))
    if len(engines := list(dict.fromkeys(row.version for row in rows if row.who == OURS))) > 1:
        print(f"\nOur engine changed under way: {', '.join(engines)}")
    notes: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.note:
            notes[row.who, f"{row.status}: {row.note}"] = notes.get((row.who, f"{row.status}: {row.note}"), 0) + 1
    if notes:
        print("\nSaid of the answers:")
        for (who, note), times in sorted(notes.items()):
            print(f"  {TITLES[who]}, {times} run{'s' if times > 1 else ''}: {note}")
    print("\nProcessor seconds used per second and core given (1 = the machine was ours alone; load when they began):")
    for who in dict.fromkeys(row.who for row in rows):
        mine = [row for row in rows if row.who == who and row.processor_seconds and row.seconds]
        if mine:
            share = sum(row.processor_seconds or 0 for row in mine) / sum(
                (row.seconds or 0) * row.cores for row in mine
            )
            loads = [row.load for row in mine]
            most = max(row.megabytes or 0 for row in mine)
            over = max((row.seconds or 0) - row.limit for row in mine)
            print(
                f"  {TITLES[who]:18} {share:.2f}; load {min(loads):g}–{max(loads):g}; at most {most:.0f} MB; "
                f"latest answer {over:+.1f} s after the limit"
            )
    picture = out / "gap.svg"
    picture.write_text(draw(rows, "Gap to the best published value against time"), encoding="utf-8")
    print(f"\n{out / 'runs.csv'}; {picture}")
