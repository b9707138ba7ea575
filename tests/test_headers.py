"""What every answer says to the browser, and cookies: each address, each way an answer comes about."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.cast import Cast, Member
from tillit.config import environment, headers
from tillit.config.environment import UnreadableSetting
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.roles import Role

ROOT = Path(__file__).resolve().parents[1]
WORDS = {
    "slug": "avslag", "language": "nb", "sheet": "brukere", "code": "OSLO_DESCRIBED", "day": "2026-11-24",
    "on": "2026-11-24", "shift_kind": "DAY",
    "phone_code": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip


def path_of(address: Address, known: dict[str, int]) -> str:
    """Return an address filled with what is known, and otherwise with rows that do not exist."""
    return reverse(address.door, kwargs={name: known.get(name, WORDS.get(name, 999_999)) for name in address.names})


def wrong_with(answer: HttpResponseBase) -> list[str]:
    """Return what the answer fails to say. Nothing, when it is as it should be."""
    said = answer.headers
    policy = {part.split()[0]: part.split()[1:] for part in said.get("Content-Security-Policy", "").split("; ") if part}
    found = [
        f"{name}: {said.get(name)}"
        for name, value in {
            "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": headers.PERMISSIONS,
        }.items()
        if said.get(name) != value
    ]  # fmt: skip
    if "no-store" not in said.get("Cache-Control", ""):
        found.append(f"Cache-Control: {said.get('Cache-Control')}")
    wanted = {key: ["'none'"] for key in ("default-src", "base-uri", "frame-ancestors")}
    wanted |= {key: ["'self'"] for key in ("script-src", "style-src", "connect-src")}
    found += [f"{name}: {policy.get(name)}" for name, value in wanted.items() if policy.get(name) != value]
    if "'self'" not in policy.get("form-action", []) or "*" in policy.get("form-action", []):
        found.append(f"form-action: {policy.get('form-action')}")
    for cookie in answer.cookies.values():
        if not cookie["samesite"] or cookie["domain"] or cookie["path"] != "/":
            found.append(f"cookie {cookie.key}: {cookie.OutputString().partition(';')[2]}")
        if not cookie["httponly"] and cookie.key != "tillit_mark":  # the lock's script reads that one
            found.append(f"cookie {cookie.key} can be read by scripts")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["nobody", "everything"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_says_what_it_must(cast: Cast, who: str, method: str) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=method == "post")
    if who == "everything":
        for role in Role:
            builders.role(cast.marit.employee, role, cast.municipality)
        client.force_login(cast.marit.user)
    known = {"citizen_id": cast.olga.pk, "unit_id": cast.bekkedal.pk, "employee_id": cast.ingrid.employee.pk}
    found, shown = {}, 0

    for address in every_address():
        answer = getattr(client, method)(path_of(address, known))
        shown += answer.status_code == 200
        if wrong := wrong_with(answer):
            found[address.door] = wrong
        if method == "post" and answer.status_code not in {302, 403, 404, 405}:
            found[address.door] = [f"took a form without its token: {answer.status_code}"]

    assert found == {}
    assert (method, who) != ("get", "everything") or shown > 40  # it has seen pages, not refusals alone


@pytest.mark.django_db
def test_answers_that_no_view_makes_say_it_too(client: Client) -> None:
    client.raise_request_exception = False

    too_much = client.generic("POST", "/import/start/", b"x", CONTENT_LENGTH=str(headers.LARGEST_BODY + 1))
    other_host = client.get("/", headers={"host": "ond.example"})

    assert too_much.status_code == 413
    assert other_host.status_code == 400
    for answer in (too_much, other_host):
        assert answer.headers["Cache-Control"] == headers.NEVER_KEPT
        assert answer.headers["Permissions-Policy"] == headers.PERMISSIONS
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "ond.example" not in other_host.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["-1", "1e3", "٣", "9" * 40, "12 34"])
def test_a_length_that_is_no_length_is_refused(client: Client, length: str) -> None:
    assert client.generic("POST", "/import/start/", b"x", CONTENT_LENGTH=length).status_code == 413


def test_what_was_done_is_never_kept_in_a_cookie() -> None:
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")


PRODUCTION = {
    "TILLIT_MODE": "production",
    "TILLIT_SECRET_KEY": "k9!vQz-7mT_pR2x#Lw8@cYb4&nHs6%Jd1*Ge3+Fu5=Aa0-Zo~Xq",
    "TILLIT_HOSTS": "tillit.kommunen.example",
    "DATABASE_URL": "sqlite:///:memory:",
}


def _in_production(*command: str) -> str:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TILLIT_", "DATABASE_", "DJANGO_"))
    }
    env = {**kept, **PRODUCTION, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "tillit.config.settings"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_django_finds_nothing_to_say_about_production() -> None:
    _in_production("manage.py", "check", "--deploy", "--fail-level", "WARNING")


def test_production_speaks_https_and_its_cookies_belong_to_this_host() -> None:
    said = _in_production(
        "-c",
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "plain = Client().get('/logg-inn/', headers={'host': 'tillit.kommunen.example'})\n"
        "print(plain.status_code, plain['Location'])\n"
        "from django.conf import settings as s\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)\n"
        "from django.http import HttpResponse\n"
        "from tillit.foundation.login import places\n"
        "left, gone = HttpResponse(), HttpResponse()\n"
        "places.remember_device(left, token='t', mark='m'); places.forget_here(gone)\n"
        "print([c.OutputString() for c in [*left.cookies.values(), *gone.cookies.values()]])\n"
        "safe = Client().get('/helse/', secure=True, headers={'host': 'tillit.kommunen.example'})\n"
        "print(safe['Strict-Transport-Security'], '|', safe['Content-Security-Policy'])\n",
    )

    first, cookies, ours, last = said.strip().split("\n")
    assert first == "301 https://tillit.kommunen.example/logg-inn/"
    assert cookies == "__Host-sessionid __Host-csrftoken True True"
    left = ast.literal_eval(ours)
    assert [one.partition("=")[0] for one in left] == [f"__Host-tillit_{name}" for name in ("device", "mark", "mark")]
    assert all("; Path=/" in one and "; Secure" in one and "Domain" not in one for one in left)
    assert re.match(r"max-age=31536000; includeSubDomains; preload \| .*upgrade-insecure-requests", last)


@pytest.mark.parametrize("key", ["", "short", environment.KNOWN_KEY, "abab" * 20])
def test_production_never_starts_with_a_key_somebody_can_guess(key: str) -> None:
    with pytest.raises(UnreadableSetting, match="TILLIT_SECRET_KEY"):
        environment.read({**PRODUCTION, "TILLIT_SECRET_KEY": key})


@pytest.mark.parametrize(
    ("address", "origins"),
    [
        ("", []),
        ("https://tiles.example/{z}/{x}/{y}.png", ["https://tiles.example"]),
        ("https://{s}.tiles.example:8443/{z}.png", ["https://*.tiles.example:8443"]),
        ("javascript:alert(1)", []),
        ("/egne/{z}.png", []),
    ],
)
def test_map_tiles_come_from_where_the_operator_said(address: str, origins: list[str]) -> None:
    assert environment.origins(address) == origins


class TestTheAddressOfAButton:
    """A tab that is loaded again asks for the address of the last press."""

    @pytest.mark.django_db
    def test_opened_as_a_page_it_says_so_and_what_to_do(
        self, cast: Cast, client_of: Callable[[Member], Client]
    ) -> None:
        found = client_of(cast.ingrid).get(f"/brukere/{cast.olga.pk}/ambulanse/", headers={"accept": "text/html"})

        assert found.status_code == 405
        assert found["Allow"] == "POST"
        assert found["Content-Type"].startswith("text/html")
        assert "Adressen hører til en knapp" in found.content.decode()
        assert cast.olga.family_name not in found.content.decode()

    @pytest.mark.django_db
    def test_a_program_that_asks_gets_no_page(self, client: Client) -> None:
        assert client.get("/logg-ut/", headers={"accept": "application/json"}).content == b""
