"""One person's browser, without the parts that are kind: it follows nothing, and sends what it is told to."""

import http.client
import re
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Form = "Mapping[str, str | Sequence[str]]"
SECONDS = 60
_CSRF = ("csrftoken", "__Host-csrftoken")


@dataclass(frozen=True, slots=True)
class Sent:
    """What was asked, so that a finding can be met again. note: what was odd about it."""

    who: str
    method: str
    path: str
    form: "Mapping[str, str | Sequence[str]] | None" = None
    note: str = ""

    def __str__(self) -> str:
        """As a person would do it again."""
        fields = f" with {dict(self.form)!r:.300}" if self.form else ""
        return f"as {self.who}: {self.method} {self.path}{fields}{f' ({self.note})' if self.note else ''}"


@dataclass(frozen=True)
class Answer:
    """What came back. headers: in order, names as sent. cookies: the lines that set them."""

    status: int
    headers: "Sequence[tuple[str, str]]"
    body: bytes
    cookies: "Sequence[str]" = ()

    def header(self, name: str) -> str:
        """Return a header's value, or nothing."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def kind(self) -> str:
        """Its content type, without parameters."""
        return self.header("Content-Type").partition(";")[0].strip().lower()

    @cached_property
    def text(self) -> str:
        """Its body as text; nothing for what is not text."""
        return self.body.decode(errors="replace") if self.kind.startswith("text/") or "json" in self.kind else ""


@dataclass
class Browser:
    """Sends requests to one place as one person. cookies: what she has been given, and what she came with."""

    who: str
    base: str
    cookies: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None
    sent: int = 0

    def send(
        self,
        method: str,
        path: str,
        form: "Mapping[str, str | Sequence[str]] | None" = None,
        *,
        headers: "Mapping[str, str] | None" = None,
        token: bool = True,
        body: bytes | None = None,
    ) -> Answer:
        """Send and return the answer. token: with the proof that our own page asked for it."""
        said = {"Host": urlsplit(self.base).netloc, "Accept": "text/html", "Accept-Language": "nb"}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if form is not None:
            body = urlencode(list(_pairs(form)), errors="surrogatepass").encode()
            said["Content-Type"] = "application/x-www-form-urlencoded"
        if method not in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            body = body or b""
            if token and (proof := next((self.cookies[name] for name in _CSRF if name in self.cookies), "")):
                said["X-CSRFToken"] = proof
            if self.base.startswith("https"):
                said["Referer"] = self.base + "/"
        if body is not None:
            said["Content-Length"] = str(len(body))
        said |= headers or {}
        answer = self._exchange(method, path, body, said)
        self.sent += 1
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _exchange(self, method: str, path: str, body: bytes | None, headers: "Mapping[str, str]") -> Answer:
        for again in (False, True):
            line = self._line or self._call()
            try:
                line.putrequest(method, _sendable(path), skip_host=True, skip_accept_encoding=True)
                for name, value in headers.items():
                    line.putheader(name, value)
                line.endheaders(body)
                got = line.getresponse()
                read = got.read()
                said = got.getheaders()
            except (http.client.HTTPException, ConnectionError, BrokenPipeError):
                self.close()
                if again:
                    raise
                continue
            if got.will_close:
                self.close()
            cookies = [value for name, value in said if name.lower() == "set-cookie"]
            return Answer(got.status, said, read, cookies)
        raise AssertionError("unreachable")

    def _call(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.base)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._line = kind(parts.hostname or "", parts.port, timeout=SECONDS)
        return self._line


def _pairs(form: "Mapping[str, str | Sequence[str]]") -> "list[tuple[str, str]]":
    return [(name, one) for name, value in form.items() for one in ([value] if isinstance(value, str) else value)]


def _sendable(path: str) -> str:
    """What may stand on a request's first line: the rest is escaped, as every browser does."""
    return re.sub(r"[^!-~]", lambda found: quote(found.group()), path) or "/"
