"""Seal a value, open it, and know it again without opening it.

Sealed: AES-256-GCM with a chance nonce of 96 bits, bound to what it is for, so that it cannot be moved to another
column. Text: `1.key id.base64`; bytes: the same in front of the content. Known again: HMAC-SHA-256 with a key of its
own, `key id:hex`. Nothing is ever sealed with the index key, and nothing indexed with a sealing key.
"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tillit.foundation.keeping import keys
from tillit.kernel.keyed import hash_of

_NONCE = 12


class Unreadable(RuntimeError):
    """It was sealed with a key that is not in the file, or it is not as it was sealed. Never read as empty."""


def seal(text: str, purpose: str) -> str:
    """Return the text sealed; empty stays empty, for that nothing is there is no secret."""
    if not text:
        return ""
    key_id, key = keys.data_keys().newest(keys.SEAL)
    return f"1.{key_id}.{urlsafe_b64encode(_closed(key, text.encode(), purpose)).decode()}"


def unseal(stored: str, purpose: str) -> str:
    """Return what was sealed. Raises Unreadable."""
    if not stored:
        return ""
    version, _, rest = stored.partition(".")
    key_id, _, closed = rest.partition(".")
    if version != "1" or not closed:
        raise Unreadable(f"A value of {purpose} is not sealed.")
    return _opened(key_id, urlsafe_b64decode(closed), purpose).decode()


def seal_bytes(content: bytes, purpose: str) -> bytes:
    """Return the content sealed; empty stays empty."""
    if not content:
        return b""
    key_id, key = keys.data_keys().newest(keys.SEAL)
    return b"1.%s." % key_id.encode() + _closed(key, content, purpose)


def unseal_bytes(stored: bytes, purpose: str) -> bytes:
    """Return what was sealed. Raises Unreadable."""
    if not stored:
        return b""
    version, _, rest = stored.partition(b".")
    key_id, _, closed = rest.partition(b".")
    if version != b"1" or not closed:
        raise Unreadable(f"A value of {purpose} is not sealed.")
    return _opened(key_id.decode(errors="replace"), closed, purpose)


def index(text: str, purpose: str) -> str:
    """Return what the value is known again by, with the key in use; empty stays empty."""
    key_id, key = keys.data_keys().newest(keys.INDEX)
    return _mark(key_id, key, text, purpose) if text else ""


def indexes(text: str, purpose: str) -> list[str]:
    """Return what the value may be known again by: with every index key there is, while they are being changed."""
    if not text:
        return [""]
    return [_mark(key_id, key, text, purpose) for key_id, key in keys.data_keys().by_kind[keys.INDEX].items()]


def is_index(text: str) -> bool:
    """Whether the text is an index already."""
    key_id, _, digits = text.partition(":")
    return bool(key_id) and len(digits) == 64


def _mark(key_id: str, key: bytes, text: str, purpose: str) -> str:
    return f"{key_id}:{hash_of(key, purpose, text)}"


def _closed(key: bytes, content: bytes, purpose: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _box(key).encrypt(nonce, content, purpose.encode())


def _opened(key_id: str, closed: bytes, purpose: str) -> bytes:
    key = keys.data_keys().by_kind[keys.SEAL].get(key_id)
    if key is None:
        raise Unreadable(f"A value of {purpose} is sealed with key {key_id}, which is not among the data keys.")
    try:
        return _box(key).decrypt(closed[:_NONCE], closed[_NONCE:], purpose.encode())
    except (InvalidTag, ValueError):
        raise Unreadable(f"A value of {purpose} is not as it was sealed with key {key_id}.") from None


@lru_cache(maxsize=16)
def _box(key: bytes) -> AESGCM:
    return AESGCM(key)
