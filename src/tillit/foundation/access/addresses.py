"""Every address of the product as it is declared: its name, what it names, which permission it takes."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from tillit.foundation.access.guard import required_by
from tillit.foundation.access.naming import Thing, thing_of
from tillit.foundation.access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Address:
    """One address. door: its name, as in the logs. names: the variable parts; thing is None when nobody has said."""

    door: str
    route: str
    permission: Permission | None
    names: dict[str, Thing | None]
    methods: tuple[str, ...]


def every_address() -> list[Address]:
    """Return every address of the URL configuration, in its order."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], space: str, before: str) -> Iterator[Address]:
    for found in patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from _walk(found.url_patterns, f"{found.namespace}:" if found.namespace else space, route)
            continue
        door = f"{space}{found.name or ''}"
        names = {name: thing_of(door, name) for name in found.pattern.converters}
        yield Address(door, route, required_by(found.callback), names, methods_of(found.callback))


def methods_of(view: Callable[..., Any] | None) -> tuple[str, ...]:
    """Return the methods a view takes, as `require_http_methods` keeps them; GET and POST when it says nothing."""
    while view is not None:
        kept = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if kept is not None:
            return tuple(kept)
        view = getattr(view, "__wrapped__", None)
    return ("GET", "POST")


@register("access")
def every_address_is_decided(**_options: object) -> list[CheckMessage]:
    """Refuse to start with an address that has no name, asks for no permission, or names something undeclared."""
    found: list[CheckMessage] = []
    for address in every_address():
        if address.door in ("", ":") or address.door.endswith(":"):
            found.append(Error(f"The address {address.route} has no name.", id="access.E001"))
        if address.permission is None:
            found.append(Error(f"The view of {address.door} asks for no permission.", id="access.E002"))
        found += [
            Error(
                f"The address {address.door} has a part “{name}” and nobody says what it is.",
                hint="Say it in foundation/access/naming.py: what it names decides who reaches it.",
                id="access.E003",
            )
            for name, thing in address.names.items()
            if thing is None
        ]
    return found
