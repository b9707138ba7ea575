"""The login services of this installation, read once from a TOML file. What cannot be understood stops the start."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

#: Signatures we take on an ID token. Never "none", never a shared secret.
ALGORITHMS = ("PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "RS256", "RS384", "RS512")
#: Whose accounts a service opens: those who work here, or citizens and those they let in. Never both.
EMPLOYEES, CITIZENS = "employees", "citizens"
_HIGH = "idporten-loa-high"
_SECURITY_LEVEL = "helseid://claims/identity/security_level"

#: What a profile means, where the file says nothing else.
PROFILES: dict[str, dict[str, Any]] = {
    "plain": {
        "client_auth": "secret",
        "pushed": False,
        "dpop": False,
        "strong": False,
        "scopes": ["openid", "profile"],
    },
    "helseid": {
        "client_auth": "private_key_jwt",
        "pushed": True,
        "dpop": True,
        "strong": True,
        "scopes": ["openid", "helseid://scopes/identity/pid", "helseid://scopes/identity/security_level"],
        "key_claim": "helseid://claims/identity/pid",
        "required_claims": {_SECURITY_LEVEL: "4"},
    },
    "idporten": {
        "client_auth": "private_key_jwt",
        "pushed": True,
        "dpop": False,
        "strong": True,
        "scopes": ["openid", "profile"],
        "key_claim": "pid",
        "acr_values": _HIGH,
        "required_claims": {"acr": _HIGH},
        "opens": CITIZENS,
    },
}  # fmt: skip
_KNOWN = {
    "profile", "name", "issuer", "client_id", "client_auth", "secret_file", "key_file", "key_id", "key_algorithm",
    "certificate_file", "assertion_audience", "scopes", "hosts", "pushed", "dpop", "strong", "key_claim",
    "required_claims", "id_token_algorithms", "logout", "acr_values", "opens",
}  # fmt: skip


class UnreadableProviders(SystemExit):
    """The file of login services cannot be understood; the text says what and where."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One login service (innloggingstjeneste): a municipality's Entra ID, HelseID, another."""

    slug: str
    name: str
    issuer: str
    client_id: str
    client_auth: str  # secret | private_key_jwt
    secret: str = field(repr=False)
    key_text: str = field(repr=False)  # PEM or JWK; private
    key_id: str
    key_algorithm: str
    certificate_text: str
    assertion_audience: str  # issuer | token
    scopes: tuple[str, ...]
    hosts: frozenset[str]  # that may be called, the issuer's among them
    pushed: bool  # pushed authorization requests (RFC 9126)
    dpop: bool  # proof of possession (RFC 9449)
    strong: bool  # its login counts as two steps
    key_claim: str  # which claim recognises somebody registered beforehand; empty: none
    required_claims: Mapping[str, str]
    id_token_algorithms: tuple[str, ...]
    logout: bool  # log out there too
    insecure_loopback: bool  # http to this machine, for tests
    acr_values: str = ""  # how sure the service is asked to be; empty: as it likes
    opens: str = EMPLOYEES  # or CITIZENS


def read(path: Path | None, *, production: bool) -> tuple[Provider, ...]:
    """Return the services in the file; none without a file. Raises UnreadableProviders."""
    if path is None:
        return ()
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableProviders(f"{path} cannot be read as TOML: {error}") from None
    return tuple(
        _provider(slug, table, folder=path.parent, production=production) for slug, table in sorted(found.items())
    )


def _provider(slug: str, table: Any, *, folder: Path, production: bool) -> Provider:
    def refuse(why: str) -> UnreadableProviders:
        return UnreadableProviders(f"The login service [{slug}]: {why}.")

    if not isinstance(table, dict) or not re.fullmatch(r"[a-z][a-z0-9-]{1,29}", slug):
        raise refuse("its name is 2–30 small letters, digits and dashes, in brackets")
    if unknown := set(table) - _KNOWN:
        raise refuse(f"unknown settings: {', '.join(sorted(unknown))}")
    profile = table.get("profile", "plain")
    if profile not in PROFILES:
        raise refuse("profile is plain, helseid or idporten")
    values = {**PROFILES[profile], **table}
    for needed in ("name", "issuer", "client_id"):
        if not isinstance(values.get(needed), str) or not values[needed]:
            raise refuse(f"{needed} is missing")
    issuer = values["issuer"]
    parts = urlsplit(issuer)
    loopback = not production and parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1"}
    if not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
        raise refuse("issuer is an address without user, query or fragment")
    if parts.scheme != "https" and not loopback:
        raise refuse("issuer begins with https://")
    if profile == "helseid" and not (
        values["pushed"] and values["dpop"] and values["client_auth"] == "private_key_jwt"
    ):
        raise refuse("the profile helseid always has private_key_jwt, pushed and dpop")
    if values.get("opens", EMPLOYEES) not in {EMPLOYEES, CITIZENS}:
        raise refuse("opens is employees or citizens")
    if values.get("opens") == CITIZENS and not (values["strong"] and values.get("key_claim")):
        raise refuse("a service for citizens is strong and has a key_claim")
    if values["client_auth"] not in {"secret", "private_key_jwt"}:
        raise refuse("client_auth is secret or private_key_jwt")

    def text_of(name: str) -> str:
        if name not in values:
            return ""
        try:
            return (folder / str(values[name])).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            raise refuse(f"{name} cannot be read: {type(error).__name__}") from None

    secret, key_text = text_of("secret_file"), text_of("key_file")
    if values["client_auth"] == "secret" and not secret:
        raise refuse("secret_file is missing or empty")
    if values["client_auth"] == "private_key_jwt" and not key_text:
        raise refuse("key_file is missing or empty")
    allowed = tuple(values.get("id_token_algorithms", ALGORITHMS))
    if not allowed or not set(allowed) <= set(ALGORITHMS):
        raise refuse(f"id_token_algorithms are among {', '.join(ALGORITHMS)}")
    if "openid" not in values["scopes"]:
        raise refuse("scopes hold openid")
    if values.get("assertion_audience", "issuer") not in {"issuer", "token"}:
        raise refuse("assertion_audience is issuer or token")
    return Provider(
        slug=slug,
        name=values["name"],
        issuer=issuer,
        client_id=values["client_id"],
        client_auth=values["client_auth"],
        secret=secret,
        key_text=key_text,
        key_id=values.get("key_id", ""),
        key_algorithm=values.get("key_algorithm", ""),
        certificate_text=text_of("certificate_file"),
        assertion_audience=values.get("assertion_audience", "issuer"),
        scopes=tuple(values["scopes"]),
        hosts=frozenset({parts.hostname, *(str(host).lower() for host in values.get("hosts", ()))}),
        pushed=bool(values["pushed"]),
        dpop=bool(values["dpop"]),
        strong=bool(values["strong"]),
        key_claim=values.get("key_claim", ""),
        required_claims={str(name): str(value) for name, value in values.get("required_claims", {}).items()},
        id_token_algorithms=allowed,
        logout=bool(values.get("logout", True)),
        acr_values=str(values.get("acr_values", "")),
        opens=values.get("opens", EMPLOYEES),
        insecure_loopback=loopback,
    )
