"""Read settings from the environment, once, typed. An unreadable value stops the start with a clear sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tillit.foundation.login.rules.limits import Bound, Door, UnreadableBounds, bounds_in

PROJECT_ROOT = Path(__file__).resolve().parents[3]
KNOWN_KEY = "only-for-demo-and-tests-never-for-a-municipality-0123456789"
"""Everybody can read it here: production refuses it."""

Network = IPv4Network | IPv6Network


class UnreadableSetting(SystemExit):
    """A value in the environment that cannot be understood."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name}={value!r} cannot be read. Expected {expected}.")


class ModeNotSaid(SystemExit):
    """Nobody has said whether this is a municipality, the demo or a test."""

    def __init__(self) -> None:
        super().__init__(
            "TILLIT_MODE is not set. Say what this is: production, demo or test (docs/operations.md, Settings). "
            "Nothing was started."
        )


@dataclass(frozen=True, slots=True)
class Environment:
    """What the operator decides. docs/operations.md lists every variable; a test compares the two."""

    mode: str  # TILLIT_MODE: production | demo | test
    secret_key: str  # TILLIT_SECRET_KEY: at least 50 characters in production
    database_url: str  # DATABASE_URL: sqlite:///path or postgresql://user@host/name
    data_dir: Path  # TILLIT_DATA_DIR: the embedded database, uploads
    allowed_hosts: tuple[str, ...]  # TILLIT_HOSTS: comma separated
    road_services: Mapping[str, str]  # TILLIT_OSRM_URL: routing servers by mode; empty uses the travel estimate
    tile_url: str  # TILLIT_TILE_URL: empty draws the map without tiles
    plan_cores: int  # TILLIT_PLAN_CORES: cores that one proposal may use
    https: bool  # TILLIT_HTTPS: yes in production behind TLS
    old_secret_keys: tuple[str, ...]  # TILLIT_OLD_SECRET_KEYS: comma separated; what they sealed can still be read
    password_login: str  # TILLIT_PASSWORD_LOGIN: no, with-second-step or alone; alone never in production
    login_file: Path | None  # TILLIT_LOGIN_FILE: the login services, as TOML; empty: none
    proxies: int  # TILLIT_PROXIES: how many proxies of ours stand in front
    networks: tuple[Network, ...]  # TILLIT_NETWORKS: the municipality's own, as the access log tells them apart
    data_keys: str  # TILLIT_DATA_KEYS: file with the keys that seal national ids; empty: made beside the embedded one
    log_keys: str  # TILLIT_LOG_KEYS: file with the keys that sign the logs; empty: made beside the embedded database
    limits: Mapping[Door, Bound]  # TILLIT_LIMITS: other bounds for how often a door is asked at

    @property
    def is_demo(self) -> bool:
        """The demo shows its accounts on the login page; never in production."""
        return self.mode == "demo"


def read(environ: dict[str, str] | None = None) -> Environment:
    """Return the environment's settings, with defaults that make `./run demo` work.

    Raises UnreadableSetting (a SystemExit with the reason) for a value outside its range.
    """
    env = dict(os.environ) if environ is None else environ
    mode = env.get("TILLIT_MODE", "test")
    if mode not in {"production", "demo", "test"}:
        raise UnreadableSetting("TILLIT_MODE", mode, "production, demo or test")
    secret = env.get("TILLIT_SECRET_KEY", "")
    if mode == "production" and (len(secret) < 50 or len(set(secret)) < 5 or secret == KNOWN_KEY):
        raise UnreadableSetting("TILLIT_SECRET_KEY", "…", "at least 50 random characters in production")
    data_dir = Path(env.get("TILLIT_DATA_DIR", str(PROJECT_ROOT / "var"))).resolve()
    return Environment(
        mode=mode,
        secret_key=secret or KNOWN_KEY,
        database_url=env.get("DATABASE_URL", f"sqlite:///{data_dir / 'tillit.sqlite3'}"),
        data_dir=data_dir,
        allowed_hosts=tuple(
            host.strip() for host in env.get("TILLIT_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host.strip()
        ),
        road_services=_road_services(env, "TILLIT_OSRM_URL"),
        tile_url=env.get("TILLIT_TILE_URL", ""),
        plan_cores=_count(env, "TILLIT_PLAN_CORES", default=min(2, os.cpu_count() or 1), most=64),
        https=_yes(env, "TILLIT_HTTPS", default=mode == "production"),
        old_secret_keys=tuple(key.strip() for key in env.get("TILLIT_OLD_SECRET_KEYS", "").split(",") if key.strip()),
        password_login=_password_login(env, mode),
        login_file=Path(env["TILLIT_LOGIN_FILE"]).resolve() if env.get("TILLIT_LOGIN_FILE") else None,
        proxies=_proxies(env, default=1 if mode == "production" else 0),
        networks=_networks(env, "TILLIT_NETWORKS"),
        data_keys=env.get("TILLIT_DATA_KEYS", ""),
        log_keys=env.get("TILLIT_LOG_KEYS", ""),
        limits=_limits(env),
    )


def require_mode(environ: Mapping[str, str] = os.environ) -> None:
    """Refuse to serve, or to touch data, where nobody has said what this is. Raises ModeNotSaid.

    Tools that only read the code go on as «test», and that mode signs in sessions and seals with keys everybody knows.
    """
    if not environ.get("TILLIT_MODE"):
        raise ModeNotSaid


def database(url: str) -> dict[str, object]:
    """Return Django's DATABASES entry for a sqlite: or postgresql: address.

    SQLite runs in WAL with IMMEDIATE transactions, so that readers never wait and writers queue instead of failing.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) if parts.path.startswith("//") else unquote(parts.path),
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;",
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/") or "tillit",
            "USER": unquote(parts.username or query.get("user", "")),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": query.get("host", parts.hostname or ""),
            "PORT": str(parts.port or query.get("port", "")),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise UnreadableSetting("DATABASE_URL", parts.scheme, "sqlite:///… or postgresql://…")


def _count(env: dict[str, str], name: str, *, default: int, most: int) -> int:
    value = env.get(name, "") or str(default)
    if not (value.isdecimal() and 1 <= int(value) <= most):
        raise UnreadableSetting(name, value, f"a whole number from 1 to {most}")
    return int(value)


def _password_login(env: dict[str, str], mode: str) -> str:
    """Return what a password is worth. In production never enough by itself: that stops the start."""
    value = env.get("TILLIT_PASSWORD_LOGIN", "") or ("with-second-step" if mode == "production" else "alone")
    if value not in {"no", "with-second-step", "alone"}:
        raise UnreadableSetting("TILLIT_PASSWORD_LOGIN", value, "no, with-second-step or alone")
    if value == "alone" and mode == "production":
        raise UnreadableSetting("TILLIT_PASSWORD_LOGIN", value, "no or with-second-step in production")
    return value


def _proxies(env: dict[str, str], *, default: int) -> int:
    value = env.get("TILLIT_PROXIES", "") or str(default)
    if value not in {"0", "1", "2", "3", "4"}:
        raise UnreadableSetting("TILLIT_PROXIES", value, "a whole number from 0 to 4")
    return int(value)


def _networks(env: dict[str, str], name: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part) for part in env.get(name, "").replace(",", " ").split())
    except ValueError:
        raise UnreadableSetting(name, env[name], "networks such as 10.20.0.0/16, comma separated") from None


def origins(address: str) -> list[str]:
    """Return where an address leads, as the content security policy names it; nothing for an empty one.

    `{s}` in the host, Leaflet's name for one of several servers, becomes any of them.
    """
    parts = urlsplit(address.replace("{s}", "*"))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.scheme in {"http", "https"} and parts.netloc else []


MODES = ("car", "bike", "foot")


def _road_services(env: dict[str, str], name: str) -> dict[str, str]:
    """Return mode → address. One plain address is the car's: a routing server knows one mode only.

    Addresses are http or https with a host, without user, password, query or fragment: only they are asked.
    """
    expected = "http://host:port, or car=http://… bike=http://… foot=http://…"
    found: dict[str, str] = {}
    for part in env.get(name, "").replace(",", " ").split():
        mode, _, address = part.partition("=") if part.partition("=")[0] in MODES else ("car", "", part)
        try:
            parts = urlsplit(address)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:
            raise UnreadableSetting(name, part, expected) from None
        if not fits or mode in found or "@" in parts.netloc or parts.query or parts.fragment:
            raise UnreadableSetting(name, part if "@" not in part else "…", expected)
        found[mode] = address.rstrip("/")
    return found


def _limits(env: dict[str, str]) -> Mapping[Door, Bound]:
    try:
        return bounds_in(env.get("TILLIT_LIMITS", ""))
    except UnreadableBounds as wrong:
        expected = f"such as SEARCH=200/2: so many at once / seconds for each more; doors: {', '.join(Door)}"
        raise UnreadableSetting("TILLIT_LIMITS", str(wrong), expected) from None


def _yes(env: dict[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "")
    if value == "":
        return default
    if value.lower() in {"1", "yes", "true", "ja"}:
        return True
    if value.lower() in {"0", "no", "false", "nei"}:
        return False
    raise UnreadableSetting(name, value, "yes or no")
