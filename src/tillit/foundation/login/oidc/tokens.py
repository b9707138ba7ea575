"""Signed tokens: those we make to show who we are, and the ID token that says who she is.

The signatures themselves are joserfc's. Here is what must be in a token, and what must be right in one.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key

from tillit.foundation.login.oidc.providers import Provider

#: How far two clocks may differ.
LEEWAY = timedelta(seconds=60)
#: An ID token from a log in that takes longer than this to come back is not taken.
OLDEST = timedelta(minutes=10)
ASSERTION_LASTS = timedelta(seconds=60)


class TokenRefused(Exception):
    """A token that we do not believe. `why` is a code for the log: it holds nothing of the token."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def private_key(text: str) -> Key:
    """Return the key in a PEM or a JWK. Raises TokenRefused when it is none, or not a private one."""
    try:
        if text.startswith("{"):
            key = jwk.import_key(json.loads(text))
        else:
            try:
                key = jwk.import_key(text, "RSA")
            except (JoseError, ValueError):
                key = jwk.import_key(text, "EC")
    except (JoseError, ValueError):
        raise TokenRefused("key_unreadable") from None
    if not key.is_private:
        raise TokenRefused("key_not_private")
    return key


def algorithm_of(key: Key, wanted: str = "") -> str:
    """Return which signature a key makes: what is wanted, what it says itself, or the strongest that always works."""
    if wanted:
        return wanted
    said = key.as_dict(private=False).get("alg")
    if isinstance(said, str) and said:
        return said
    if isinstance(key, ECKey):
        return {"P-256": "ES256", "P-384": "ES384", "P-521": "ES512"}[key.curve_name]
    return "PS256"


def client_assertion(provider: Provider, *, token_endpoint: str, at: datetime) -> str:
    """Return the token with which the product shows who it is (private_key_jwt, RFC 7523)."""
    key = private_key(provider.key_text)
    algorithm = algorithm_of(key, provider.key_algorithm)
    header: dict[str, Any] = {"alg": algorithm, "typ": "client-authentication+jwt"}
    if provider.certificate_text:
        certificate = x509.load_pem_x509_certificate(provider.certificate_text.encode())
        header["x5t#S256"] = _b64(certificate.fingerprint(hashes.SHA256()))
    else:
        header["kid"] = provider.key_id or key.kid or key.thumbprint()
    audience = provider.issuer if provider.assertion_audience == "issuer" else token_endpoint
    claims = {
        "iss": provider.client_id,
        "sub": provider.client_id,
        "aud": audience,
        "jti": secrets.token_urlsafe(24),
        "iat": int(at.timestamp()),
        "nbf": int(at.timestamp()),
        "exp": int((at + ASSERTION_LASTS).timestamp()),
    }
    return jwt.encode(header, claims, key, algorithms=[algorithm], registry=_open_headers(algorithm))


def _open_headers(algorithm: str) -> jws.JWSRegistry:
    """A registry that lets a certificate's thumbprint stand in the header."""
    return jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)


def dpop_key() -> ECKey:
    """Return a fresh key that one log in is bound to."""
    return ECKey.generate_key("P-256", private=True)


def dpop_proof(key: Key, *, method: str, address: str, nonce: str, at: datetime) -> str:
    """Return the proof that we hold the key, for one call (RFC 9449)."""
    header = {"alg": "ES256", "typ": "dpop+jwt", "jwk": key.as_dict(private=False)}
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(24),
        "htm": method,
        "htu": address.split("?", 1)[0].split("#", 1)[0],
        "iat": int(at.timestamp()),
    }
    if nonce:
        claims["nonce"] = nonce
    return jwt.encode(header, claims, key, algorithms=["ES256"])


@dataclass(frozen=True, slots=True)
class Expected:
    """What an ID token must say to be the answer to our question."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: tuple[str, ...]
    required_claims: Mapping[str, str]


#: kid → the service's public keys. Asked with fresh=True, it fetches them anew.
Keys = Callable[[bool], list[dict[str, Any]]]


def read_id_token(token: str, *, expected: Expected, keys: Keys, access_token: str, at: datetime) -> Mapping[str, Any]:
    """Return the claims of an ID token that is genuine, ours, fresh and the answer to our question.

    keys: the service's published keys. When none fits, they are fetched once more: it may have changed its keys.
    Raises TokenRefused with a code.
    """
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError, UnicodeError):
        raise TokenRefused("unreadable") from None
    algorithm = header.get("alg")
    if algorithm not in expected.algorithms:
        raise TokenRefused("algorithm")
    claims = _verified(token, header, algorithm, keys)
    _check_claims(claims, expected, at)
    if "at_hash" in claims and not secrets.compare_digest(str(claims["at_hash"]), at_hash(access_token, algorithm)):
        raise TokenRefused("at_hash")
    return claims


def require_shown_after(claims: Mapping[str, Any], moment: float) -> None:
    """Raise TokenRefused unless she showed the service who she is after the moment (seconds since 1970)."""
    if _moment(claims, "auth_time") < moment - LEEWAY.total_seconds():
        raise TokenRefused("shown_before")


def at_hash(access_token: str, algorithm: str) -> str:
    """Return the hash that binds an access token to an ID token: the left half, by the ID token's own algorithm."""
    digest = hashlib.new(f"sha{algorithm[2:]}", access_token.encode()).digest()
    return _b64(digest[: len(digest) // 2])


def _verified(token: str, header: Mapping[str, Any], algorithm: str, keys: Keys) -> dict[str, Any]:
    for fresh in (False, True):
        for found in _fitting(keys(fresh), header, algorithm):
            try:
                return dict(jwt.decode(token, jwk.import_key(found), algorithms=[algorithm]).claims)
            except (JoseError, ValueError):
                continue
    raise TokenRefused("signature")


def _fitting(keys: list[dict[str, Any]], header: Mapping[str, Any], algorithm: str) -> list[dict[str, Any]]:
    """Return the published keys that may have signed: for signing, of the algorithm's kind, with the token's name."""
    kind = "EC" if algorithm.startswith("ES") else "RSA"
    fit = [
        key
        for key in keys
        if key.get("kty") == kind and key.get("use", "sig") == "sig" and key.get("alg", algorithm) == algorithm
    ]
    named = header.get("kid")
    return fit if named is None else [key for key in fit if key.get("kid") == named]


def _check_claims(claims: Mapping[str, Any], expected: Expected, at: datetime) -> None:
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("issuer")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or expected.client_id not in audiences:
        raise TokenRefused("audience")
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != expected.client_id:
        raise TokenRefused("authorized_party")
    now, leeway = at.timestamp(), LEEWAY.total_seconds()
    if _moment(claims, "exp") <= now - leeway:
        raise TokenRefused("expired")
    issued = _moment(claims, "iat")
    if issued > now + leeway or ("nbf" in claims and _moment(claims, "nbf") > now + leeway):
        raise TokenRefused("from_the_future")
    if issued < now - OLDEST.total_seconds():
        raise TokenRefused("old")
    if not secrets.compare_digest(str(claims.get("nonce", "")), expected.nonce):
        raise TokenRefused("nonce")
    if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:
        raise TokenRefused("subject")
    for name, value in expected.required_claims.items():
        if str(claims.get(name, "")) != value:
            raise TokenRefused("required_claim")


def _moment(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenRefused(name)
    return float(value)


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
