"""What must be read again is sealed; what must only be known again is hashed with a key. Both from the product's key.

Change the key: TILLIT_SECRET_KEY is the new one, TILLIT_OLD_SECRET_KEYS the ones before. What was sealed with an old
key opens; what is sealed from now on takes the new. Keyed hashes of numbers are made anew by `tillit login-key`.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(ValueError):
    """It was sealed with a key we do not have."""


def seal(text: str) -> str:
    """Return the text so that only this installation can read it."""
    return _box(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed. Raises Unreadable."""
    try:
        return _box(settings.SECRET_KEY, tuple(settings.SECRET_KEY_FALLBACKS)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable("sealed with another key") from None


def keyed_hash(purpose: str, *parts: str) -> str:
    """Return a hash that nobody can make without the product's key: names and numbers cannot be tried against it."""
    key = _derived(settings.SECRET_KEY, f"tillit login {purpose}")
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def device_hash(token: str) -> str:
    """Return what a device's cookie is kept as."""
    return keyed_hash("device", token)


@lru_cache(maxsize=4)
def _box(key: str, older: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_derived(one, "tillit login seal"))) for one in (key, *older)])


@lru_cache(maxsize=16)
def _derived(key: str, purpose: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose.encode()).derive(key.encode())
