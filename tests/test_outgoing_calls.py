"""Calls out of the house go through two doors: to login services and to road services, both named by the operator.

What each door refuses is tested beside it: foundation/login/test_oidc.py (hosts not named, plain http, redirects, size,
time) and tests/planengine/test_travel.py (redirects, proxies, other schemes, size, time).
"""

import ast
from pathlib import Path

SRC = Path(__file__).resolve().parents[1] / "src"
REACHES_OUT = (
    "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "socket", "ssl", "ftplib", "smtplib",
    "telnetlib", "xmlrpc", "asyncio",
)  # fmt: skip
DOORS = {
    "tillit/foundation/login/oidc/transport.py": "Login services, by name, https only",
    "planengine/travel/osrm.py": "Road services, by address",
    "tillit/config/serving.py": "Asks its own port whether it is free and answers",
}


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_nothing_else_calls_out() -> None:
    found = {
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if not path.name.startswith("test_")
        and any(name == one or name.startswith(f"{one}.") for name in _imported(path) for one in REACHES_OUT)
    }

    assert found == set(DOORS)
