"""What is looked for in every answer, whatever was asked for."""

import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scan import page as pages
from scan.finding import Report, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from scan.browser import Answer, Sent

HEADERS = {
    "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
POLICY = {
    "default-src": ["'none'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"], "script-src": ["'self'"],
    "style-src": ["'self'"], "connect-src": ["'self'"], "form-action": ["'self'"],
}  # fmt: skip
OURS = Path(__file__).resolve().parents[1]
"""Where the product lies on the machine that is scanned: nobody outside is told."""
TELLS = re.compile(
    r"Traceback \(most recent|File \"/|site-packages|django\.(?:db|core|utils|template)|sqlite3\.|psycopg|"
    r"(?:Operational|Integrity|Programming|Data|Value|Type|Key|Attribute|Index)Error\b|TemplateDoesNotExist|"
    rf"DEBUG = True|SELECT .{{1,80}} FROM |Index of /|{re.escape(str(OURS))}|/home/\w+/"
)
KINDS = (
    "text/html", "text/plain", "text/css", "text/javascript", "application/json", "application/pdf", "image/svg+xml",
    "image/png", "font/woff2", "text/csv", "application/manifest+json", "image/x-icon", "image/webp", "image/jpeg",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip", "text/calendar",
)  # fmt: skip
MARK = re.compile(r"zq\d+")
INVENTED = ("ui:", "letters:template", "letters:preview", "letters:compare", "letters:sample_pdf")
"""Not looked through for names: the gallery and sample letters show people from the code, whom the demo has too."""
SERVICE_WORKER = "myday:worker"
"""A script of ours that says which files it keeps: it must come from the root, and holds nothing that was asked."""
READ_BY_SCRIPTS = "tillit_mark"
"""The one cookie a script reads: the lock's, with no secret in it."""


@dataclass(slots=True)
class Ear:
    """Looks at every answer.

    hidden: by person, what names somebody out of her reach → whom it names. may: whom the page may name all the same.
    """

    report: Report
    base: str
    hidden: dict[str, dict[str, int]] = field(default_factory=dict)
    may: "Callable[[Sent, str], Collection[int]]" = lambda _sent, _door: ()

    def look(self, sent: "Sent", answer: "Answer", door: str) -> None:
        """Report what the answer should not have or lacks."""
        self.report.answers[answer.status] += 1
        self.report.asked.add((sent.who, door))
        self._status(sent, answer, door)
        self._headers(sent, answer, door)
        self._cookies(sent, answer, door)
        if answer.status in {301, 302, 303, 307, 308}:
            self._leads(sent, answer, door)
        if answer.text:
            self._body(sent, answer, door)
        self._names(sent, answer, door)

    def _say(self, severity: Severity, kind: str, door: str, what: str, sent: "Sent", met: str) -> None:
        self.report.add(severity, kind, door, what, sent, met)

    def _status(self, sent: "Sent", answer: "Answer", door: str) -> None:
        if answer.status >= 500:
            self._say(Severity.MEDIUM, "broken page", door, f"answered {answer.status}", sent, "the view")
        if answer.status == 200 and answer.body and answer.kind not in KINDS:
            kind = answer.header("Content-Type")
            self._say(Severity.MEDIUM, "content type", door, f"content type {kind!r}", sent, "the view")
        if (
            answer.kind in {"text/html", "text/plain", "text/csv"}
            and "charset=utf-8" not in answer.header("Content-Type").lower()
        ):
            self._say(Severity.LOW, "character set", door, answer.header("Content-Type"), sent, "the view")

    def _headers(self, sent: "Sent", answer: "Answer", door: str) -> None:
        if answer.header("Server") not in ("", "granian") and "WSGIServer" not in answer.header("Server"):
            self._say(Severity.LOW, "server header", door, answer.header("Server"), sent, "config/serving.py")
        if answer.header("X-Zq") or any("\n" in value or "\r" in value for _name, value in answer.headers):
            self._say(Severity.HIGH, "header injection", door, "a header of the sender's", sent, "the view")
        is_ours = bool(answer.header("Permissions-Policy")) or answer.status < 400 or bool(door)
        if not is_ours:
            return  # the web server's own refusal of what is no request: it says nothing about anybody
        wanted = {name: value for name, value in HEADERS.items() if answer.header(name) != value}
        is_file = urlsplit(sent.path).path.startswith("/static/") and answer.status in {200, 304}
        if is_file:
            wanted.pop("X-Frame-Options", None), wanted.pop("Cross-Origin-Opener-Policy", None)
        for name in wanted:
            self._say(Severity.MEDIUM, f"header {name}", door, repr(answer.header(name)), sent, "config/headers.py")
        if not answer.header("Permissions-Policy"):
            self._say(Severity.LOW, "header Permissions-Policy", door, "missing", sent, "config/headers.py")
        if self.base.startswith("https") and "max-age=" not in answer.header("Strict-Transport-Security"):
            self._say(Severity.MEDIUM, "header HSTS", door, "missing", sent, "config/settings.py")
        if not is_file:
            self._policy(sent, answer, door)
            if "no-store" not in answer.header("Cache-Control"):
                said = answer.header("Cache-Control")
                self._say(Severity.MEDIUM, "may be kept", door, f"Cache-Control: {said}", sent, "config/headers.py")

    def _policy(self, sent: "Sent", answer: "Answer", door: str) -> None:
        parts = answer.header("Content-Security-Policy").split(";")
        policy = {words[0]: words[1:] for part in parts if (words := part.split())}
        wrong = {name: policy.get(name) for name, value in POLICY.items() if policy.get(name) != value}
        if wrong and answer.kind == "text/html" and not (answer.status == 400 and not door):
            self._say(Severity.MEDIUM, "content security policy", door, repr(wrong), sent, "config/settings.py")

    def _cookies(self, sent: "Sent", answer: "Answer", door: str) -> None:
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                if not morsel.value:
                    continue  # taken back
                wrong = [] if morsel["samesite"] else ["no SameSite"]
                wrong += ["a domain"] if morsel["domain"] else []
                wrong += ["read by scripts"] if not morsel["httponly"] and READ_BY_SCRIPTS not in name else []
                wrong += ["over http"] if self.base.startswith("https") and not morsel["secure"] else []
                if wrong:
                    self._say(
                        Severity.MEDIUM, f"cookie {name}", door, ", ".join(wrong), sent, "config/settings.py, login"
                    )

    def _leads(self, sent: "Sent", answer: "Answer", door: str) -> None:
        place = answer.header("Location")
        parts = urlsplit(place.replace("\\", "/"))
        if (parts.netloc and parts.netloc != urlsplit(self.base).netloc) or place.startswith(("//", "/\\", "\\")):
            self._say(
                Severity.HIGH, "open redirect", door, f"leads to {place}", sent, "foundation/access/views.py safe_next"
            )
        if parts.scheme not in ("", "http", "https"):
            self._say(Severity.HIGH, "open redirect", door, f"leads to {place}", sent, "safe_next")

    def _body(self, sent: "Sent", answer: "Answer", door: str) -> None:
        is_file = urlsplit(sent.path).path.startswith("/static/")
        if (found := TELLS.search(answer.text)) and not is_file:
            self._say(Severity.MEDIUM, "tells of its inside", door, repr(found.group()), sent, "config/errors.py")
        if answer.kind in {"text/javascript", "text/css"} and not is_file and door != SERVICE_WORKER:
            self._say(Severity.HIGH, "writes scripts", door, "a script made for the request", sent, "the view")
        if answer.kind == "text/html":
            self._markup(sent, answer, door)
        name = answer.header("Content-Disposition")
        if MARK.search(name) and re.search(r'filename="[^"]*"[^;]', name):
            self._say(Severity.MEDIUM, "file name", door, name, sent, "the view")

    def _markup(self, sent: "Sent", answer: "Answer", door: str) -> None:
        if "zq" not in answer.text and "javascript:" not in answer.text.lower():
            return
        read = pages.read(answer.text, sent.path)
        wrong = [tag for tag in read.tags if tag.startswith("zq")]
        wrong += [name for name in read.attributes if "zq" in name or '"' in name or "<" in name]
        wrong += read.scripts + re.findall(r"<zq\d+", answer.text)
        if wrong:
            self._say(Severity.HIGH, "unescaped", door, f"became markup: {wrong[:3]}", sent, "the template")
        if re.search(r"zq\d+-1337-", answer.text):
            self._say(Severity.HIGH, "template injection", door, "what was typed was run", sent, "the view")

    def _names(self, sent: "Sent", answer: "Answer", door: str) -> None:
        hidden = self.hidden.get(sent.who)
        if not hidden or not answer.body or door.startswith(INVENTED):
            return
        text = answer.text or answer.body.decode("latin-1")
        for word, citizen_id in hidden.items():
            if word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                if citizen_id in self.may(sent, door):
                    continue
                self._say(
                    Severity.HIGH, "names somebody out of reach", door, f"citizen {citizen_id}", sent,
                    "the app's queries: filter by citizens.queries.reachable",
                )  # fmt: skip
