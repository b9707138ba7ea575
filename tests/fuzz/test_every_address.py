"""Every address with anything at all in its query or form: an answer, never a page that breaks.

The addresses come from the URL configuration, the fields from the pages' own forms and from what the code asks for.
Bounded and the same each time; `pytest tests/fuzz --hypothesis-profile=explore` tries other values, and many more.
What each request did is undone before the next.
"""

import random
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve
from hypothesis import settings

from scan.names import app_of, names_of
from scan.page import read
from tests.fuzz.asking import LEFT_OUT, addresses_of, apps_with_addresses, asker, filled
from tests.fuzz.values import around, values
from tests.policy.world import World

EXPLORES = settings.default is not None and settings.default.max_examples > 100
ROUNDS = 40 if EXPLORES else 1
SEED = random.randrange(10**6) if EXPLORES else 2026


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


@pytest.mark.parametrize("app", apps_with_addresses())
def test_no_address_breaks_whatever_is_sent(world: World, app: str) -> None:
    chance = random.Random(f"{SEED} {app}")
    client = asker(world, app)
    found: list[str] = []
    known: set[str] = set()  # forms seen before: those of the frame stand on every page
    for address in addresses_of(app):
        path = filled(world, address)
        if path is None:
            continue
        names = names_of(app_of(resolve(path).func.__module__))
        for _ in range(ROUNDS):
            for method in address.methods:
                if method in {"GET", "POST"}:
                    _send(client, method.lower(), path, around(names, chance), found)
        if "GET" not in address.methods:
            continue
        for form in read(_send(client, "get", path, {}, found), path).forms:
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


@pytest.mark.parametrize("app", apps_with_addresses())
def test_no_address_breaks_on_a_body_that_is_no_form(world: World, app: str) -> None:
    chance = random.Random(f"{SEED} {app}")
    client = asker(world, app)
    bodies = (
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"), (b"a=%ff%00&b=%", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"), (b"{", "application/json"), (b"", "multipart/form-data"),
        (b"[1]", "application/json; charset=utf-7"),
    )  # fmt: skip
    found = []
    for address in addresses_of(app):
        path = filled(world, address)
        if path is None or "POST" not in address.methods:
            continue
        for body, kind in bodies if EXPLORES else [chance.choice(bodies)]:
            with transaction.atomic():
                answer = client.post(path, data=body, content_type=kind)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                found.append(f"{address.door} with {kind}: {getattr(answer, 'exc_info', None)}")

    assert found == []
