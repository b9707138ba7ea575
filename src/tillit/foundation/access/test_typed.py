"""What was written in a form that is refused as a whole is given back; never secrets, never another site's words."""

import pytest
from django.test import Client, RequestFactory

from tests.cast import Cast
from tillit.foundation.access.guard import refuse
from tillit.foundation.access.typed import typed_in
from tillit.kernel.errors import ActionRefused, NotAllowed

WORDS = "Hun vil helst ha <b>hjelp</b> før klokka ni."


def _post(said: dict[str, str], **headers: str) -> tuple[str, ...]:
    return typed_in(RequestFactory().post("/", said, headers=headers))


def test_words_are_given_back_and_choices_are_not() -> None:
    assert _post({"words": WORDS, "kind": "BETTER", "edition": "4", "on": "24.11.2026", "empty": "  "}) == (WORDS,)


@pytest.mark.parametrize("name", ["password", "new_password1", "pin", "code", "national_id", "number", "otp"])
def test_secrets_are_never_written_on_a_page(name: str) -> None:
    assert _post({name: "to hemmelige ord"}) == ()


def test_the_same_words_are_given_back_once() -> None:
    assert _post({"a": WORDS, "b": f" {WORDS} "}) == (WORDS,)


@pytest.mark.parametrize(
    "headers", [{"origin": "https://ond.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_another_site_puts_no_words_on_our_page(headers: dict[str, str]) -> None:
    assert _post({"words": WORDS}, **headers) == ()


def test_from_our_own_page_they_are_given_back() -> None:
    assert _post({"words": WORDS}, origin="http://testserver", **{"sec-fetch-site": "same-origin"}) == (WORDS,)


@pytest.mark.parametrize("refusal", [ActionRefused("Besøket er i gang."), NotAllowed("Det er for andre.")])
def test_a_refusal_gives_back_what_was_written_as_text(refusal: ActionRefused | NotAllowed) -> None:
    page = refuse(RequestFactory().post("/", {"words": WORDS}), refusal).content.decode()

    assert refusal.text in page
    assert "Hun vil helst ha &lt;b&gt;hjelp&lt;/b&gt; før klokka ni." in page


@pytest.mark.django_db
def test_one_who_was_logged_out_meanwhile_gets_it_back_and_a_way_in(cast: Cast, client: Client) -> None:
    address = f"/brukere/{cast.olga.pk}/varsler/"
    there = {"referer": f"http://testserver{address}"}

    answer = client.post(address, {"words": WORDS}, headers=there)
    nothing_written = client.post(address, {"kind": "ALLERGY"}, headers=there)

    assert answer.status_code == 401
    assert "Hun vil helst ha" in answer.content.decode()
    assert f"/logg-inn/?next={address}" in answer.content.decode()
    assert nothing_written.status_code == 302


@pytest.mark.django_db
def test_a_form_that_outlived_its_session_gives_it_back(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.ingrid.user)

    answer = client.post(f"/brukere/{cast.olga.pk}/varsler/", {"words": WORDS})

    assert answer.status_code == 403
    assert "Hun vil helst ha" in answer.content.decode()
