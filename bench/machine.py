"""What machine the numbers come from."""

import os
import platform
from pathlib import Path


def line() -> str:
    """Return processor, cores, memory, Python and the load when the program began, in one line."""
    model = "unknown processor"
    info = Path("/proc/cpuinfo")
    if info.exists():
        model = next(
            (row.split(":", 1)[1].strip() for row in info.read_text().splitlines() if row.startswith("model name")),
            model,
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{model}; {os.cpu_count()} cores; {memory:.0f} GiB; Python {platform.python_version()}; load {load}"
