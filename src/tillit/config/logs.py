"""What the process writes in its log: what went wrong and where, never what a person wrote or who it is about.

An exception's own text can hold anything (PostgreSQL repeats the row it refused), so it is never written: its kind, the
places in the code, and for a database error which rule of the database said no. An address is written as its pattern
(`brukere/<int:citizen_id>/`), without query. Every line of a request carries the same number as its error page shows.
"""

import json
import logging
import re
import secrets
import traceback
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

_number: ContextVar[str] = ContextVar("request_number", default="")
_DEEPEST = 40

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class RequestNumber:
    """Middleware: give each request a number of its own, to be found again by in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the number set for all that is logged meanwhile."""
        held = _number.set(f"{secrets.token_hex(3).upper()}-{secrets.randbelow(90) + 10}")
        try:
            return self.get_response(request)
        finally:
            _number.reset(held)


def request_number() -> str:
    """The number of the request being answered; a new one outside of any."""
    return _number.get() or f"{secrets.token_hex(3).upper()}-{secrets.randbelow(90) + 10}"


def configuration(*, plain: bool) -> dict[str, Any]:
    """Return Django's LOGGING: everything to standard error, one line each.

    plain: for the eye at the demo's terminal; otherwise a JSON object a line.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "tillit.config.logs.Line", "plain": plain}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "tillit": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # A query holds what is asked for. Django writes queries in debug mode only, and that is never on.
            "django.db.backends": {"level": "ERROR"},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
        },
    }


class Line(logging.Formatter):
    """One record as one line."""

    def __init__(self, *, plain: bool = False) -> None:
        super().__init__()
        self.plain = plain

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as JSON, or as a sentence with the places of an exception below."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "what": _text(record),
        }
        if number := _number.get():
            said["request"] = number
        if record.exc_info and record.exc_info[1] is not None:
            said["exception"] = told(record.exc_info[1])
        if not self.plain:
            return json.dumps(said, ensure_ascii=False)
        lines = [f"{said['level'].lower()}: {said['what']} ({record.name}{' ' + number if number else ''})"]
        for one in said.get("exception", ()):
            lines += [f"  {one['kind']} {' '.join(one['refused_by'])}".rstrip(), *(f"    {at}" for at in one["places"])]
        return "\n".join(lines)


def told(error: BaseException) -> list[dict[str, Any]]:
    """Return an exception and what led to it: kinds, places, and the database's rule. Never its text or values."""
    found: list[dict[str, Any]] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(found) < 5:
        seen.add(id(current))
        frames = traceback.extract_tb(current.__traceback__)[-_DEEPEST:]
        found.append(
            {
                "kind": f"{type(current).__module__}.{type(current).__qualname__}",
                "refused_by": _rule(current),
                "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        )
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return found


_SQLITE = re.compile(r"^(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: ([\w., ]{1,200}))?$")


def _rule(error: BaseException) -> list[str]:
    """The state and the constraint of a database error: names from our own schema."""
    diagnosed = getattr(error, "diag", None)
    if diagnosed is not None:
        parts = (getattr(error, "sqlstate", None), diagnosed.table_name, diagnosed.constraint_name)
        return [str(part) for part in parts if part]
    match = _SQLITE.match(str(error)) if type(error).__module__ == "sqlite3" else None
    return [part for part in match.groups() if part] if match else []


def _text(record: logging.LogRecord) -> str:
    """What the record says. Django's own lines about requests carry the address: they are said with its pattern."""
    if record.name.startswith(("django.request", "django.security", "django.server")):
        return _about_request(record)
    if isinstance(record.args, Mapping) or not record.args:
        return record.getMessage()
    arguments = tuple(type(one).__qualname__ if isinstance(one, BaseException) else one for one in record.args)
    try:
        return str(record.msg) % arguments
    except (TypeError, ValueError):
        return str(record.msg)


def _about_request(record: logging.LogRecord) -> str:
    status = getattr(record, "status_code", None)
    what = str(status) if status else record.name.removeprefix("django.")
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return f"{what} on a request"
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return f"{what} on {request.method or '?'} an address that is not ours"
    return f"{what} on {request.method or '?'} /{match.route}"
