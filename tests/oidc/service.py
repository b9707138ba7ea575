"""Run the certified provider, and be the person who logs in there: a small browser without a screen."""

import hashlib
import html
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

HERE = Path(__file__).parent
_FILES = ("package.json", "package-lock.json", ".npmrc", "provider.mjs")


class NoNode(Exception):
    """Node is not on this machine."""


def installed() -> Path:
    """Return a folder outside the repository in which the provider is installed, by the lock's own checksum."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise NoNode("node and npm are not installed (Debian: apt-get install nodejs npm)")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tillit-tests"
    sums = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in _FILES[:3])).hexdigest()[:16]
    folder = cache / f"oidc-{sums}"
    if not (folder / "node_modules" / "oidc-provider").is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=cache))
        for name in _FILES[:3]:
            shutil.copy(HERE / name, fresh / name)
        subprocess.run(["npm", "ci", "--silent"], cwd=fresh, check=True, timeout=300, stdout=subprocess.DEVNULL)
        try:
            fresh.rename(folder)
        except OSError:  # another process was first
            shutil.rmtree(fresh, ignore_errors=True)
    shutil.copy(HERE / "provider.mjs", folder / "provider.mjs")
    return folder


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("localhost", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(**asked: Any) -> Iterator[str]:
    """Run the provider with what `provider.mjs` is asked for; give its issuer."""
    folder = installed()
    process = subprocess.Popen(
        ["node", "provider.mjs", json.dumps(asked)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "ready":
                break
        else:
            raise RuntimeError("the provider did not start")
        yield f"http://localhost:{asked['port']}"
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


class Visitor:
    """Somebody at the provider, with cookies. Follows it until it sends her back to us."""

    def __init__(self, issuer: str) -> None:
        self.host = urlsplit(issuer).netloc
        self.cookies: dict[str, str] = {}

    def log_in(self, address: str, *, subject: str) -> str:
        """Open the address we were sent to, log in and agree; return the address the provider sends her back to."""
        going = address
        for _step in range(20):
            if urlsplit(going).netloc != self.host:
                return going
            answer, text = self._send("GET", going)
            if answer.status in {302, 303}:
                going = urljoin(going, answer.headers["Location"])
                continue
            form = re.search(r'<form[^>]+action="([^"]+)"', text)
            if form is None:
                raise AssertionError(f"{answer.status}: {re.sub('<[^>]+>', ' ', text)[:400]}")
            fields = dict(re.findall(r'<input[^>]+type="hidden" name="([^"]+)" value="([^"]*)"', text))
            if 'name="login"' in text:
                fields |= {"login": subject, "password": "whatever"}
            posted, _text = self._send("POST", urljoin(going, html.unescape(form[1])), fields)
            going = urljoin(going, posted.headers["Location"])
        raise AssertionError("the provider goes in a circle")

    def _send(self, method: str, address: str, fields: Mapping[str, str] | None = None) -> tuple[HTTPResponse, str]:
        parts = urlsplit(address)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = urlencode(fields) if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer, text


def query_of(address: str) -> dict[str, str]:
    """Return what an address asks with."""
    return dict(parse_qsl(urlsplit(address).query))
