"""Keyed hashes and keys made of keys: the one place. Signatures, blind indexes and marks differ in what they hash.

Stored values hang on every byte here: test_keyed.py holds vectors of each that is stored.
"""

import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_BETWEEN = "\x1f"


def keyed_hash(key: bytes, content: bytes) -> str:
    """Return HMAC-SHA-256 of the content: 64 hexadecimal digits that nobody makes without the key."""
    return hmac.digest(key, content, "sha256").hex()


def hash_of(key: bytes, *parts: str) -> str:
    """Return the keyed hash of several texts. Parts that hold the separator U+001F themselves can meet."""
    return keyed_hash(key, _BETWEEN.join(parts).encode())


def is_hash_of(key: bytes, content: bytes, stored: str) -> bool:
    """Whether `stored` was made of this content with this key. Takes as long whatever the answer."""
    return hmac.compare_digest(keyed_hash(key, content), stored)


def derived_key(secret: bytes, purpose: str, *, salt: bytes | None = None) -> bytes:
    """Return a key of 32 bytes for one purpose, made of a secret with HKDF-SHA-256."""
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose.encode()).derive(secret)
