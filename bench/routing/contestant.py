"""One participant, one instance, one process of its own: ``python -m bench.routing.contestant WHO FILE …``.

The process is bound to the cores of the contest before anything is imported, and counts its own processor time and
memory. It is told all it needs by arguments and writes one JSON file.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
from pathlib import Path


def main() -> int:
    """Answer one task. The clock starts when libraries are loaded and the file is read."""
    parser = argparse.ArgumentParser(prog="bench.routing.contestant")
    parser.add_argument("who")
    parser.add_argument("file", type=Path)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--cores", required=True, help="numbers of the cores, with commas")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    cores = [int(each) for each in chosen.cores.split(",")]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, cores)
    chosen.out.write_text(json.dumps(_answer(chosen, len(cores))), encoding="utf-8")
    return 0


def _answer(chosen: argparse.Namespace, cores: int) -> dict[str, object]:
    from importlib import import_module

    from bench.routing.participants import MODULES
    from bench.routing.task import CannotExpress, Task

    module = import_module(MODULES[chosen.who])
    module.get_ready()
    data = json.loads(chosen.file.read_text(encoding="utf-8"))
    before = _processor_seconds()
    task = Task(data=data, name=chosen.file.stem, seconds=chosen.seconds, seed=chosen.seed, cores=cores)
    found: dict[str, object] = {"who": module.described()}
    try:
        answer = module.solve(task)
    except CannotExpress as reason:
        return {**found, "cannot": str(reason)}
    return {
        **found,
        "solution": answer.solution,
        "trace": answer.trace,
        "lacks": answer.lacks,
        "seconds": task.elapsed(),
        "processor_seconds": _processor_seconds() - before,
        "megabytes": max(resource.getrusage(who).ru_maxrss for who in _WHOSE) / 1024,
    }


_WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in _WHOSE]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    sys.exit(main())
