"""Calls to a login service, and to nobody else.

https only, to hosts the operator has named; no redirects, no proxies of the environment; a time limit for the whole
answer and a limit to its size. So an address in somebody's answer can never lead us anywhere else (SSRF).
"""

import http.client
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SECONDS = 8.0
LARGEST = 512_000
_PIECE = 16_384


class CallRefused(Exception):
    """The address is not one we call. Nothing was sent."""


class CallFailed(Exception):
    """No answer, too late, too large. The text names the host only."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str] = field(metadata={"help": "Names in small letters"})
    body: bytes = field(repr=False)


#: (method, address, headers, body) → the answer. Raises CallRefused, CallFailed.
Call = Callable[[str, str, Mapping[str, str], bytes], Answer]


def caller(hosts: frozenset[str], *, insecure_loopback: bool = False) -> Call:
    """Return a function that calls these hosts only."""

    def call(method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
        check(address, hosts, insecure_loopback=insecure_loopback)
        return _call(method, address, headers, body)

    return call


def check(address: str, hosts: frozenset[str], *, insecure_loopback: bool = False) -> None:
    """Raise CallRefused unless the address is https, without user or fragment, on one of the hosts."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise CallRefused("an address that cannot be read") from None
    plain = insecure_loopback and parts.scheme == "http" and host in {"localhost", "127.0.0.1"}
    if parts.scheme != "https" and not plain:
        raise CallRefused("an address that is not https")
    if host not in hosts or "@" in parts.netloc or parts.fragment or port == 0:
        raise CallRefused(f"a host that is not named: {host}")
    if not address.isascii() or any(sign.isspace() or not sign.isprintable() for sign in address):
        raise CallRefused("an address with signs that do not belong in one")


def _call(method: str, address: str, headers: Mapping[str, str], body: bytes) -> Answer:
    parts = urlsplit(address)
    assert parts.hostname is not None
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(parts.hostname, parts.port, timeout=SECONDS, context=context)
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    deadline = time.monotonic() + SECONDS
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body=body or None, headers={**headers, "Accept": "application/json"})
        answer = connection.getresponse()
        read = bytearray()
        while piece := answer.read1(_PIECE):
            read += piece
            if len(read) > LARGEST:
                raise CallFailed(f"{parts.hostname} answered more than we read")
            if time.monotonic() > deadline:
                raise CallFailed(f"{parts.hostname} answered too slowly")
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, bytes(read))
    except (OSError, http.client.HTTPException) as error:
        raise CallFailed(f"{parts.hostname}: {type(error).__name__}") from None
    finally:
        connection.close()
