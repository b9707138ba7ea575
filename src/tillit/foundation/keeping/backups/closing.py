"""Seal a backup as it is written: AES-256-GCM over pieces of 1 MiB, so that any size passes through little memory.

Each piece's nonce holds its number and whether it is the last (the STREAM construction), so that pieces cannot be
left out, moved or cut off without being found. The key: a file with 64 hex digits, kept apart from the backups.
"""

import os
import secrets
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tillit.kernel import private_files
from tillit.kernel.keyed import derived_key

MAGIC = b"tillit-backup-1\n"
_PIECE = 1 << 20
_TAG = 16
_SALT = 32


class BackupUnreadable(RuntimeError):
    """The backup is not as it was written, or the key is another."""


def new_key(path: Path) -> None:
    """Write a new key to a file that is not there yet, readable by the owner alone."""
    private_files.write_new(path, f"{secrets.token_hex(32)}\n")


def read_key(path: Path) -> bytes:
    """Return the key in a file. Raises BackupUnreadable."""
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != 32:
        raise BackupUnreadable(f"There is no backup key in {path}: expected 64 hex digits.")
    return key


def is_closed(path: Path) -> bool:
    """Whether the backup was sealed with a key."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class Closing:
    """A file to write into; what is written comes sealed into the file behind it. Never sought in."""

    def __init__(self, behind: BinaryIO, key: bytes) -> None:
        salt = os.urandom(_SALT)
        self._behind, self._box, self._number, self._held = behind, _box(key, salt), 0, bytearray()
        behind.write(MAGIC + salt)

    def write(self, data: bytes) -> int:
        """Take bytes; whole pieces go on, sealed."""
        self._held += data
        while len(self._held) > _PIECE:  # one is held back: the last piece says that it is the last
            self._put(bytes(self._held[:_PIECE]), is_last=False)
            del self._held[:_PIECE]
        return len(data)

    def flush(self) -> None:
        """Nothing is hastened: pieces are whole."""

    def finish(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._held), is_last=True)

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._behind.write(self._box.encrypt(_nonce(self._number, is_last), piece, MAGIC))
        self._number += 1


def open_into(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Write the plain backup to `target`. Raises BackupUnreadable, also when its end was cut off."""
    head = source.read(len(MAGIC) + _SALT)
    if len(head) != len(MAGIC) + _SALT or not head.startswith(MAGIC):
        raise BackupUnreadable("This is not a sealed backup.")
    box, number = _box(key, head[len(MAGIC) :]), 0
    piece = source.read(_PIECE + _TAG)
    while True:
        following = source.read(_PIECE + _TAG)
        try:
            target.write(box.decrypt(_nonce(number, not following), piece, MAGIC))
        except (InvalidTag, ValueError):
            raise BackupUnreadable("The backup is not as it was written, or the key is another.") from None
        if not following:
            return
        piece, number = following, number + 1


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def _box(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(derived_key(key, "tillit backup", salt=salt))
