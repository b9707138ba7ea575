"""Plan a file: any problem we can read, the answer in its own format."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planengine.errors import UnreadableFile
from planengine.families import hhcrsp, uhhc
from planengine.jsonio import PROBLEM_FORMAT, day_from_json, result_to_json
from planengine.parameters import Stop
from planengine.problem import Problem
from planengine.result import Result
from planengine.solve import solve_day, warm_up
from planengine.travel.source import TravelSource


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSummary:
    """What came of planning a file. family: tillit, hhcrsp or uhhc. cost: in the family's own terms."""

    family: str
    visits: int
    helpers: int
    covered: int
    uncovered_importance: int
    cost: float
    iterations: int
    seconds: float
    out: str


def plan_file(
    path: str | Path,
    *,
    seconds: float,
    seed: int,
    out: str | Path,
    iterations: int | None = None,
    travel: TravelSource | None = None,
) -> FileSummary:
    """Read a problem, plan it for so many seconds (or iterations), and write the answer to out.

    Families: Tillit's own JSON (docs/planengine-format.md) and the benchmark families in families/. Compiling, at
    the first use on a machine, is not counted in the seconds. out is written whole or not at all.
    Raises UnreadableFile, UnsupportedFile or InvalidProblem, each saying what to do.
    """
    data = _load(Path(path))
    stop = Stop(seconds=seconds, iterations=iterations)
    if isinstance(data, dict) and data.get("format") == PROBLEM_FORMAT:
        family = "tillit"
        problem, params = day_from_json(data, travel)
    elif hhcrsp.looks_like(data):
        family = "hhcrsp"
        problem, params = hhcrsp.read(data, Path(path).stem)
    elif uhhc.looks_like(data):
        family = "uhhc"
        problem, params = uhhc.read(data, Path(path).stem)
    else:
        raise UnreadableFile(
            f'{path}: neither Tillit\'s own format ("format": "{PROBLEM_FORMAT}") nor a benchmark family that we know.'
        )
    # Compile first, so that the seconds are spent searching.
    warm_up()
    result = solve_day(problem, stop=stop, seed=seed, params=params)
    _write(Path(out), _answer(family, problem, result))
    return FileSummary(
        family=family,
        visits=len(problem.visits),
        helpers=len(problem.helpers),
        covered=len(result.assignments),
        uncovered_importance=result.evaluation.uncovered_importance,
        cost=result.evaluation.cost,
        iterations=result.iterations,
        seconds=result.seconds,
        out=str(out),
    )


def _answer(family: str, problem: Problem, result: Result) -> dict[str, Any]:
    if family == "tillit":
        return result_to_json(result)
    return hhcrsp.write(problem, result.plan) if family == "hhcrsp" else uhhc.write(problem, result.plan)


def _load(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: there is no such file.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableFile(f"{path}: cannot be read: {fault}.") from fault
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFile(f"{path}: is not JSON: {fault}.") from fault


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")


def _write(path: Path, data: Any) -> None:
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as half:
            json.dump(data, half, ensure_ascii=False)
            half.write("\n")
        Path(half.name).chmod(0o666 & ~_umask())
        Path(half.name).replace(path)
    except OSError as fault:
        raise UnreadableFile(f"{path}: cannot be written: {fault}.") from fault


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
