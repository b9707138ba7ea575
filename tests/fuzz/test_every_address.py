"""Every address with anything at all in its query or form: an answer, never a page that breaks.

The addresses come from the URL configuration, the fields from the pages' own forms and from what the code asks for.
Bounded and the same each time; `pytest tests/fuzz --hypothesis-profile=explore` tries other values, and many more.
What each request did is undone before the next.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast as As
from django.db.models.functions import Concat
from django.test import Client
from django.urls import resolve, reverse
from hypothesis import settings

from tests import builders
from tests.cast import Cast
from tests.fuzz.forms import app_of, forms_in, names_of
from tests.fuzz.values import around, values
from tests.policy.world import Stands, World
from tillit.care.visits.models import Visit
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.roles import Role

LEFT_OUT = {
    "login:log-out": "Ends the session the others are tried in",
    "decisions:letter_pdf": "The world's letter has no content; letters/test_rendering.py makes real ones",
}
EXPLORES = settings.default is not None and settings.default.max_examples > 100
ROUNDS = 40 if EXPLORES else 1
SEED = random.randrange(10**6) if EXPLORES else 2026


def _everything(cast: Cast) -> Client:
    """A browser for somebody who holds every role, so that nothing is refused at the door."""
    for role in Role:
        builders.role(cast.marit.employee, role, cast.municipality)
    # The world's visits are added by people: their place in the day is named as the product names it.
    Visit.objects.update(slot=Concat(Value("ADDED:"), As("pk", CharField())))
    client = Client(raise_request_exception=False)
    client.force_login(cast.marit.user)
    return client


def _filled(world: World, address: Address) -> str | None:
    kwargs = world.kwargs(address, Stands.OWN)
    return None if kwargs is None else reverse(address.door, kwargs=kwargs)


def _apps() -> list[str]:
    return sorted({address.door.partition(":")[0] for address in every_address()})


def _addresses(app: str) -> Iterator[Address]:
    for address in every_address():
        if address.door.partition(":")[0] == app and address.door not in LEFT_OUT:
            yield address


def _send(client: Client, method: str, path: str, data: Any, found: list[str]) -> Any:
    with transaction.atomic():
        answer = getattr(client, method)(path, data)
        if answer.status_code >= 500:
            kind = answer.exc_info[1] if getattr(answer, "exc_info", None) else "unknown"
            where = ""
            if getattr(answer, "exc_info", None):
                step = answer.exc_info[2]
                while step is not None:
                    file = step.tb_frame.f_code.co_filename
                    if "/src/" in file:
                        where = f"{Path(file).name}:{step.tb_lineno}"
                    step = step.tb_next
            found.append(
                f"{method} {resolve(path).view_name} at {where}: {type(kind).__name__} {kind!s:.120} <- {data!r:.300}"
            )
        page = answer.content.decode(errors="replace") if not answer.streaming and answer.status_code == 200 else ""
        transaction.set_rollback(True)
    return page


@pytest.mark.parametrize("app", _apps())
def test_no_address_breaks_whatever_is_sent(world: World, app: str) -> None:
    chance = random.Random(f"{SEED} {app}")
    client = _everything(world.cast)
    found: list[str] = []
    known: set[str] = set()  # forms seen before: those of the frame stand on every page
    for address in _addresses(app):
        path = _filled(world, address)
        if path is None:
            continue
        names = names_of(app_of(resolve(path).func.__module__))
        for _ in range(ROUNDS):
            for method in address.methods:
                if method in {"GET", "POST"}:
                    _send(client, method.lower(), path, around(names, chance), found)
        if "GET" not in address.methods:
            continue
        for form in forms_in(_send(client, "get", path, {}, found), path):
            to = form.action.partition("#")[0] or path
            door = resolve(to.partition("?")[0]).view_name if to.startswith("/") else ""
            if not form.fields or not door or door in LEFT_OUT or f"{form.method} {door}" in known:
                continue
            known.add(f"{form.method} {door}")
            for _ in range(ROUNDS * 2):
                wrong = chance.sample(sorted(form.fields), min(len(form.fields), chance.choice((1, 1, 2, 5))))
                sent: dict[str, Any] = dict(form.fields) | {name: values(chance) for name in wrong}
                _send(client, form.method, to, sent, found)

    assert found == []


@pytest.mark.parametrize("app", _apps())
def test_no_address_breaks_on_a_body_that_is_no_form(world: World, app: str) -> None:
    chance = random.Random(f"{SEED} {app}")
    client = _everything(world.cast)
    bodies = (
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"), (b"a=%ff%00&b=%", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"), (b"{", "application/json"), (b"", "multipart/form-data"),
        (b"[1]", "application/json; charset=utf-7"),
    )  # fmt: skip
    found = []
    for address in _addresses(app):
        path = _filled(world, address)
        if path is None or "POST" not in address.methods:
            continue
        for body, kind in bodies if EXPLORES else [chance.choice(bodies)]:
            with transaction.atomic():
                answer = client.post(path, data=body, content_type=kind)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                found.append(f"{address.door} with {kind}: {getattr(answer, 'exc_info', None)}")

    assert found == []
