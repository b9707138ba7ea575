"""`./run audit`: known vulnerabilities in what the product runs on, by the versions its lock names.

pip-audit asks the package index for advisories. Where the index has none to give (an offline machine, a mirror),
nothing can be said: that is told in one line with the reason, and is never called green.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOL = "pip-audit==2.10.1"
SECONDS = 180
#: Advisories we have looked into and live with: identifier → why it does not touch us, and until when we look again.
ACCEPTED: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Audited:
    """What came of it. wrong: package, version, advisory, where it is mended."""

    asked: int
    skipped: tuple[str, ...]
    wrong: tuple[str, ...]
    reason: str = ""

    @property
    def says_something(self) -> bool:
        """Whether any package was looked up at all."""
        return self.asked > 0


def read(text: str) -> Audited:
    """Return what pip-audit's JSON says. Raises ValueError for what is not that."""
    found: dict[str, Any] = json.loads(text)
    looked_up = [one for one in found["dependencies"] if "skip_reason" not in one]
    skipped = [one for one in found["dependencies"] if "skip_reason" in one]
    wrong = [
        f"{one['name']} {one['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for one in looked_up
        for each in one["vulns"]
        if not {each["id"], *each.get("aliases", ())} & ACCEPTED.keys()
    ]
    reason = str(skipped[0]["skip_reason"]) if skipped else ""
    return Audited(len(looked_up), tuple(one["name"] for one in skipped), tuple(wrong), reason)


def ask(lock: Path) -> Audited:
    """Run pip-audit on a lock, in a place of its own: it is no dependency of ours."""
    tool = ROOT / ".venv" / "bin" / "uv"
    if not tool.exists():
        return Audited(0, (), (), "uv is not installed here")
    command = [
        str(tool), "tool", "run", "-q", "--from", TOOL, "pip-audit", "-r", str(lock), "--no-deps", "--disable-pip",
        "--progress-spinner", "off", "-f", "json",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "UV_SYSTEM_CERTS": "1"}, capture_output=True, text=True, check=False,
            timeout=SECONDS, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        return read(done.stdout)
    except subprocess.TimeoutExpired:
        return Audited(0, (), (), f"no answer within {SECONDS} seconds")
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        return Audited(0, (), (), last[:200])


def main() -> int:
    """Audit the locks of what runs and what we develop with. 1 for a known vulnerability; 0, and why, for silence."""
    status = 0
    for name in ("app", "dev"):
        found = ask(ROOT / "requirements" / f"{name}.txt")
        if not found.says_something:
            print(f"{name}: SKIPPED, nothing was audited. {found.reason}")
            continue
        print(f"{name}: {found.asked} packages audited, {len(found.skipped)} could not be: {', '.join(found.skipped)}")
        for line in found.wrong:
            print(f"  {line}")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
