"""What must be read again is sealed; what must only be known again is hashed with a key. Both from the product's key.

Change the key: TILLIT_SECRET_KEY is the new one, TILLIT_OLD_SECRET_KEYS the ones before. What was sealed with an old
key opens; what is sealed from now on takes the new. Keyed hashes of numbers are made anew by `tillit login-key`.
"""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from tillit.kernel.keyed import derived_key, hash_of


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
    return hash_of(_key_for(settings.SECRET_KEY, purpose), *parts)


def device_hash(token: str) -> str:
    """Return what a device's cookie is kept as."""
    return keyed_hash("device", token)


@lru_cache(maxsize=4)
def _box(key: str, older: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(urlsafe_b64encode(_key_for(one, "seal"))) for one in (key, *older)])


@lru_cache(maxsize=32)
def _key_for(secret: str, purpose: str) -> bytes:
    return derived_key(secret.encode(), f"tillit login {purpose}")
