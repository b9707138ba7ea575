"""The unified model (uhhc): recognised, and refused.

What this version cannot express: a choice between several time windows, windows that bind the end of a service
together with overlapping or ordered services, lunch breaks that may be missed at a price, waiting before the first
visit, and workload balance as that model counts it. Solving something else instead would give an answer to another
question, so such a file is refused.
"""

from __future__ import annotations

from typing import Any


def looks_like(data: Any) -> bool:
    """Whether a file's content is of the unified family."""
    return isinstance(data, dict) and {"patients", "caregivers", "terminal_points", "metadata"} <= data.keys()


def what_is_missing(data: Any) -> list[str]:
    """Return what the file asks for that this version does not do, in words for whoever reads the refusal."""
    missing = []
    components = data["metadata"].get("cost_components", {}) if isinstance(data["metadata"], dict) else {}
    if components:
        missing.append("the cost components " + ", ".join(sorted(map(str, components))))
    patients = data["patients"] if isinstance(data["patients"], list) else []
    if any(isinstance(p, dict) and len(p.get("time_windows", ())) > 1 for p in patients):
        missing.append("a choice between several time windows")
    if "lunch_breaks" in data:
        missing.append("lunch breaks that may be missed at a price")
    return missing or ["the unified format"]
