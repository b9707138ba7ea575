"""What was typed is given back: one field wrong, and everything else she wrote is still there, with the fault at its field.

Every form of every page, from the URL configuration, filled as a person would; then each field made wrong in turn.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from scan.page import Form, read
from tests.fuzz.asking import LEFT_OUT, addresses_of, apps_with_addresses, asker, filled
from tests.policy.world import World

TYPED = frozenset({"text", "textarea", "search", "tel", "email", "number", "date", "time", "url"})
#: Never given back: secrets.
SECRET = re.compile(r"password|pin|code|otp|token", re.IGNORECASE)
#: Addresses that are shown with forms which go nowhere.
NO_FORMS = frozenset({"ui:gallery", "ui:gallery-phone", "ui:gallery-paper"})
#: What is wrong is what the fields say together, and stands above them: by address, what.
ABOUT_ALL_OF_IT = {
    "planning:ask-what-if": "The question as a whole lacks something, or is about nobody at work",
    "emergency:open": "Name and number together find somebody, or nobody",
    "needs:template_edit": "The questions are checked as a set, once each is in order",
    "responsibility:edit-principles": "The principles are checked as a set",
    "responsibility:enact": "Who may follow the model from the day is asked for all teams together",
}
NONSENSE = "INGENTING-SLIKT"


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A form sent with one field wrong."""

    door: str
    name: str
    kind: str
    sent: dict[str, Any]
    typed: dict[str, str]


def _as_typed(form: Form) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the form as a person sends it, and what she typed in it, each with a word of its own."""
    sent: dict[str, Any] = {}
    typed: dict[str, str] = {}
    for number, (name, values) in enumerate(form.fields.items()):
        kind = form.kinds.get(name, "")
        if not name or name == "csrfmiddlewaretoken":
            continue
        value = values[0] if values else ""
        if kind in ("text", "textarea", "search") and not re.fullmatch(r"[\d.:-]+", value):
            value = typed[name] = f"Skrevet {number} av Åse"
        elif kind in TYPED and value:
            typed[name] = value
        sent[name] = value if kind in TYPED else values
    return sent, typed


def _spoilt(form: Form, door: str) -> Iterator[Spoiled]:
    sent, typed = _as_typed(form)
    done: set[str] = set()
    for name, kind in form.kinds.items():
        alike = re.sub(r"\d+", "N", name)  # one of many rows stands for the others
        if alike in done:
            continue
        done.add(alike)
        if name not in sent or kind in ("button", "submit", "file", "hidden", "password"):
            continue
        for one in _wrong(form, name, kind):
            others = {other: value for other, value in typed.items() if other != name and not SECRET.search(other)}
            yield Spoiled(door, name, kind, sent | {name: one}, others)


def _wrong(form: Form, name: str, kind: str) -> list[str]:
    """Return what cannot be right in a field of that kind, or may not be."""
    if kind in ("date", "number", "time"):
        return [{"date": "31.02.2026", "number": "mange", "time": "25:61"}[kind]]
    if re.fullmatch(r"\d\d?\.\d\d?\.\d{4}", str((form.fields[name] or [""])[0])):
        return ["31.02.2026"]
    return ["", "å" * 20_000] if kind in TYPED else [NONSENSE]


def lost(answer: Any, spoiled: Spoiled) -> list[str]:
    """Return what is gone from the answer, and a fault that stands nowhere."""
    text = html.unescape(answer.content.decode(errors="replace"))
    return [f"lost {name}" for name, value in spoiled.typed.items() if value not in text]


class _Faults(HTMLParser):
    """Finds the fields that lead to words which say what is wrong: their own, or their group's."""

    def __init__(self) -> None:
        super().__init__()
        self.described: dict[str, set[str]] = {}
        self.groups: list[set[str]] = []
        self.messages: set[str] = set()
        self.is_told = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.is_told |= said.get("role") == "alert" or "data-error-summary" in said
        leads = set((said.get("aria-describedby") or said.get("aria-errormessage") or "").split())
        if tag == "fieldset" or said.get("role") in ("group", "radiogroup"):
            self.groups.append(leads)
        if said.get("name") and tag in ("input", "select", "textarea"):
            around = self.groups[-1] if self.groups else set()
            self.described.setdefault(said["name"] or "", set()).update(leads | around)
        if said.get("id") and "ds-validation-message" in (said.get("class") or ""):
            self.messages.add(said["id"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset" and self.groups:
            self.groups.pop()


def at_fault(answer: Any) -> tuple[set[str], bool]:
    """Return the fields that say what is wrong with them, and whether the page tells of a fault at all."""
    reader = _Faults()
    reader.feed(answer.content.decode(errors="replace"))
    return {name for name, leads in reader.described.items() if leads & reader.messages}, reader.is_told


def _forms(client: Client, world: World, app: str) -> Iterator[tuple[str, str, Form]]:
    known: set[str] = set()
    for address in addresses_of(app):
        path = filled(world, address)
        if path is None or "GET" not in address.methods:
            continue
        with transaction.atomic():
            page = client.get(path)
            transaction.set_rollback(True)
        if page.status_code != 200 or page.streaming or "text/html" not in page.headers.get("Content-Type", ""):
            continue
        for form in read(page.content.decode(), path).forms:
            to = form.action.partition("#")[0] or path
            door = resolve(to.partition("?")[0]).view_name if to.startswith("/") else ""
            key = re.sub(r"\d+", "N", f"{door} {sorted(form.fields)}")  # one of many rows stands for the others
            if form.method == "post" and door and door not in {*LEFT_OUT, *NO_FORMS} and key not in known:
                known.add(key)
                yield door, to, form


def _sent(client: Client, to: str, fields: dict[str, Any]) -> Any:
    with transaction.atomic():
        answer = client.post(to, fields)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("app", apps_with_addresses())
def test_what_was_typed_is_given_back(world: World, app: str) -> None:
    client = asker(world, app)
    wrong: dict[str, str] = {}
    for door, to, form in _forms(client, world, app):
        if not any(kind in TYPED for kind in form.kinds.values()):
            continue
        whole = _sent(client, to, _as_typed(form)[0])
        for spoiled in _spoilt(form, door):
            answer = _sent(client, to, spoiled.sent)
            if answer.status_code < 400:
                continue
            at = f"{door} {spoiled.name} ({spoiled.kind})"
            if gone := lost(answer, spoiled):
                wrong.setdefault(at, f"{answer.status_code}: {', '.join(gone)}")
            faults, told = at_fault(answer)
            if whole.status_code < 400 and spoiled.name not in faults and door not in ABOUT_ALL_OF_IT:
                wrong.setdefault(at, f"{answer.status_code}: the fault stands at {sorted(faults) or 'no field'}")
            elif not faults and not told:
                wrong.setdefault(at, f"{answer.status_code}: no word of what is wrong")

    assert not wrong, "\n".join(f"{at}: {what}" for at, what in wrong.items())
