"""Files that hold secrets: readable by their owner alone from the first byte, and on the disk before we go on."""

import os
from pathlib import Path

_OURS = 0o600


def add_line(path: Path, line: str) -> None:
    """Add a line, and make the file when there is none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OURS), f"{line}\n")


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet. Raises FileExistsError."""
    _write(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS), text)


def replace(path: Path, text: str) -> None:
    """Write a file anew in one step: whoever reads it meanwhile gets the former or the new, never a half."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    write_new(beside, text)
    beside.replace(path)


def _write(descriptor: int, text: str) -> None:
    try:
        os.fchmod(descriptor, _OURS)  # also when it was made with another mode before
        os.write(descriptor, text.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
