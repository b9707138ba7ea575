"""Files of keys, one key a line: `id:64 hex digits`, or `kind:id:64 hex digits`. The last of a kind is in use."""

import secrets
from collections.abc import Sequence
from pathlib import Path

from tillit.kernel import private_files

KEY_BYTES = 32
_LONGEST_ID = 16
PLAIN = ""
"""The kind of keys in a file that knows no kinds."""


class UnreadableKeys(ValueError):
    """A line is not a key, or its id stands there twice. Tells which line, never what is in it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number}")
        self.number = number


def read_keys(path: Path, kinds: Sequence[str] = (PLAIN,)) -> dict[str, dict[str, bytes]]:
    """Return the keys by kind and id, the oldest first. Raises UnreadableKeys."""
    found: dict[str, dict[str, bytes]] = {kind: {} for kind in kinds}
    for number, line in enumerate(path.read_text(encoding="ascii").split(), start=1):
        kind, key_id, digits = _parts(line)
        try:
            key = bytes.fromhex(digits)
        except ValueError:
            key = b""
        if kind not in found or not 0 < len(key_id) <= _LONGEST_ID or key_id in found[kind] or len(key) != KEY_BYTES:
            raise UnreadableKeys(number)
        found[kind][key_id] = key
    return found


def add_key(path: Path, kind: str = PLAIN) -> str:
    """Add a key that is in use from now on, and return its id. Old keys stay."""
    key_id = secrets.token_hex(4)
    private_files.add_line(path, f"{_start(kind, key_id)}{secrets.token_hex(KEY_BYTES)}")
    return key_id


def drop_key(path: Path, key_id: str, kind: str = PLAIN) -> None:
    """Take a key out. Whoever calls has seen that nothing needs it."""
    lines = path.read_text(encoding="ascii").split()
    private_files.replace(path, "".join(f"{line}\n" for line in lines if not line.startswith(_start(kind, key_id))))


def _start(kind: str, key_id: str) -> str:
    return f"{kind}:{key_id}:" if kind else f"{key_id}:"


def _parts(line: str) -> tuple[str, str, str]:
    parts = line.split(":")
    if len(parts) == 2:
        return PLAIN, parts[0], parts[1]
    return (parts[0], parts[1], parts[2]) if len(parts) == 3 else ("?", "", "")
