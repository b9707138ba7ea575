"""What is written in the log when something breaks: enough to find it, nothing about anybody."""

import json
import logging
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from tests.cast import Cast
from tests.log_guard import Guard
from tillit.care.citizens.models import Identifier
from tillit.config import errors, logs
from tillit.foundation.access.guard import requires
from tillit.foundation.access.permissions import PUBLIC


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What is written, read back."""
    written: list[dict[str, Any]] = []
    line = logs.Line()

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(json.loads(line.format(record)))

    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [*root.handlers, Kept()])
    return written


def _record(error: BaseException, text: str = "It broke", *args: object) -> logging.LogRecord:
    try:
        raise error
    except type(error):
        return logging.LogRecord("tillit.x", logging.ERROR, __file__, 1, text, args, sys.exc_info())


def test_an_exceptions_own_text_is_not_written() -> None:
    secret = "Olga Hansen, 17053850158"

    said = json.loads(logs.Line().format(_record(ValueError(secret), "Could not read: %s", ValueError(secret))))

    assert said["what"] == "Could not read: ValueError"
    assert said["exception"][0]["kind"] == "builtins.ValueError"
    assert "test_logs.py" in said["exception"][0]["places"][-1]
    assert "Olga" not in json.dumps(said)
    assert "Olga" not in logs.Line(plain=True).format(_record(ValueError(secret)))


def test_what_led_to_it_is_told_too_also_where_it_goes_in_a_ring() -> None:
    first, second = ValueError("Olga"), KeyError("Hansen")
    first.__cause__, second.__cause__ = second, first

    assert [one["kind"] for one in logs.told(first)] == ["builtins.ValueError", "builtins.KeyError"]


@pytest.mark.django_db
def test_a_row_the_database_refused_is_not_repeated_R_log(cast: Cast) -> None:
    number = Identifier.objects.filter(citizen=cast.olga).get()
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        Identifier.objects.create(citizen=cast.arne, kind=number.kind, value=number.value)

    said = logs.Line().format(_record(refused.value))

    assert "IntegrityError" in said
    assert any(part for one in json.loads(said)["exception"] for part in one["refused_by"])  # our own rule's name
    assert number.value not in said
    assert number.value_index not in said


def _breaks(request: HttpRequest, name: str) -> None:
    held = {"name": "Olga Hansen", "number": "17053850158"}
    raise RuntimeError(f"{name} {held} {request.POST.get('words')}")


urlpatterns = [path("brudd/<str:name>/", requires(PUBLIC)(_breaks), name="breaks")]  # type: ignore[arg-type]
handler404, handler500 = errors.not_found, errors.broken


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tillit.config.test_logs")
def test_a_page_that_breaks_tells_neither_the_reader_nor_the_log(lines: list[dict[str, Any]]) -> None:
    client = Client(raise_request_exception=False)

    answer = client.post("/brudd/Olga-Hansen/?sok=Kvam", {"words": "Falt på badet"})

    page = answer.content.decode()
    log = json.dumps(lines, ensure_ascii=False)
    assert answer.status_code == 500
    for private in ("Olga", "Hansen", "Kvam", "badet", "17053850158"):
        assert private not in page
        assert private not in log
    (broken,) = [line for line in lines if line["from"] == "django.request"]
    assert broken["what"] == "500 on POST /brudd/<str:name>/"
    assert any("_breaks" in place for place in broken["exception"][0]["places"])
    assert broken["request"] in page  # the number one reads out finds the line


@pytest.mark.django_db
def test_an_address_that_is_not_ours_is_not_repeated(client: Client, lines: list[dict[str, Any]]) -> None:
    client.get("/olga-hansen/17053850158/?q=Kvam")

    assert [line["what"] for line in lines] == ["404 on GET an address that is not ours"]


@pytest.mark.parametrize("args", [(1,), ({"a": 1},), ()])
def test_a_record_that_does_not_fit_its_words_is_still_written(args: tuple[Any, ...]) -> None:
    record = logging.LogRecord(
        "tillit.x", logging.INFO, __file__, 1, "%s and %s" if args == (1,) else "plain", args, None
    )

    assert json.loads(logs.Line().format(record))["what"]


def test_each_request_has_a_number_of_its_own() -> None:
    seen: list[str] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        seen.append(logs.request_number())
        return HttpResponse()

    answering = logs.RequestNumber(answer)
    for _ in range(2):
        answering(RequestFactory().get("/"))

    assert len(set(seen)) == 2


def test_the_guard_of_the_whole_test_run_finds_what_it_looks_for() -> None:
    guard = Guard()
    guard.remember(type("Citizen", (), {}), SimpleNamespace(given_name="Åse", family_name="Øye", phone="91 23 45 67"))
    for text in ("Åse Øye fell", "call 91 23 45 67", "number 17053850158 here", "nothing at 2026-11-22 12345"):
        guard.emit(logging.LogRecord("tillit.x", logging.INFO, __file__, 1, text, (), None))

    assert {line for line in guard.found() if not line.startswith("{")} == {
        "Åse Øye fell", "call 91 23 45 67", "number 17053850158 here",
    }  # fmt: skip
    assert guard.found() == []
