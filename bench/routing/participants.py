"""Who takes part, by the name on the command line, and how each is driven in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OURS = "ours"
MODULES = {
    OURS: "bench.routing.peers.ours",
    "routing": "bench.routing.peers.ortools_routing",
    "cpsat": "bench.routing.peers.ortools_cpsat",
    "pyvrp": "bench.routing.peers.by_pyvrp",
    "vroom": "bench.routing.peers.by_vroom",
}
TITLES = {
    OURS: "Tillit",
    "routing": "OR-Tools routing",
    "cpsat": "OR-Tools CP-SAT",
    "pyvrp": "PyVRP",
    "vroom": "VROOM",
}
PEERS = tuple(name for name in MODULES if name != OURS)
_PACKAGES = {OURS: "numba", "routing": "ortools", "cpsat": "ortools", "pyvrp": "pyvrp", "vroom": "vroom"}
_ROOT = Path(__file__).resolve().parents[2]
GRACE = 60.0
"""Seconds a participant may be late (reading, building, writing) before its process is ended: no answer."""


def is_installed(who: str) -> bool:
    """Whether the participant's package is in this environment."""
    return find_spec(_PACKAGES[who]) is not None


def cores_for(count: int) -> list[int]:
    """Return the first so many of the cores this process may use."""
    allowed = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count() or 1))
    return allowed[:count]


def ask(who: str, file: Path, *, seconds: float, seed: int, cores: list[int]) -> dict[str, Any]:
    """Run the participant; return what it wrote, {"late": …}, or {"fault": …} when it died or is not installed."""
    if not is_installed(who):
        return {"fault": f"{_PACKAGES[who]} is not installed"}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "answer.json"
        command = [
            sys.executable, "-m", "bench.routing.contestant", who, str(file.resolve()), "--seconds", f"{seconds:g}",
            "--seed", str(seed), "--cores", ",".join(map(str, cores)), "--out", str(out),
        ]  # fmt: skip
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join((str(_ROOT / "src"), str(_ROOT)))},
        )  # fmt: skip
        try:
            _, said = process.communicate(timeout=2 * seconds + GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return {"late": f"ended after {2 * seconds + GRACE:g} s without an answer"}
        if process.returncode != 0 or not out.exists():
            last = said.strip().splitlines()[-1:] or [f"ended with {process.returncode}"]
            return {"fault": last[0]}
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
        return found
