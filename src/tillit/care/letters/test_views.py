"""The pages about letters: who comes in, what they do without script, and what a download gives away."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.builders_letters import sent_letter
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.letters import actions, queries, shipped
from tillit.care.letters.rules import Language, LetterKind
from tillit.foundation.access.models import AccessEntry

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]
AT = {"slug": "avslag", "language": "nb"}
KIND, NB = LetterKind.DECISION_REFUSED, Language.BOKMAL


def _form(*, seen: int = 0, **changed: str) -> dict[str, str]:
    """Return what the page's form sends: the shipped text, with some sections' texts changed by code."""
    template = shipped.template(KIND, NB)
    sent: dict[str, str] = {"title": template.title, "seen": str(seen)}
    for place, section in enumerate(template.sections):
        sent |= {
            f"del-{place}-code": section.code,
            f"del-{place}-rank": str(place + 1),
            f"del-{place}-heading": section.heading,
            f"del-{place}-text": changed.get(section.code, section.text),
        }
    last = len(template.sections)
    sent |= {f"del-{last}-rank": str(last + 1), f"del-{last}-heading": "", f"del-{last}-text": changed.get("own", "")}
    return sent | {"del-TOTAL_FORMS": str(last + 1), "del-INITIAL_FORMS": "0"}


class TestDownload:
    def test_hands_out_the_file_and_notes_who_read_it(self, cast: Cast, client_of: SignIn) -> None:
        kept = sent_letter(cast.ingrid.actor, cast.olga)
        AccessEntry.objects.all()

        answer = client_of(cast.amir).get(reverse("letters:pdf", args=[kept.pk]))

        assert answer.content == bytes(kept.pdf)
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'inline; filename="brev-{kept.pk}.pdf"'
        assert "no-store" in answer["Cache-Control"]
        assert AccessEntry.objects.filter(citizen_id=cast.olga.pk, user_id=cast.amir.user.pk).count() == 1

    def test_out_of_reach_is_404_and_without_the_role_403(self, cast: Cast, client_of: SignIn) -> None:
        kept = sent_letter(cast.ingrid.actor, cast.olga)
        address = reverse("letters:pdf", args=[kept.pk])

        assert client_of(cast.frida).get(address).status_code == 404
        assert client_of(cast.nils).get(address).status_code == 404
        assert client_of(cast.admin).get(address).status_code == 403
        assert client_of(cast.ingrid).get(reverse("letters:pdf", args=[kept.pk + 1])).status_code == 404
        assert Client().get(address).status_code == 302


class TestList:
    def test_shows_every_kind_in_both_languages_in_few_queries(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        client.get(reverse("letters:templates"))

        with CaptureQueriesContext(
            connection,
        ) as before:
            client.get(reverse("letters:templates"))
        actions.ship_templates(at=MONDAY)
        with CaptureQueriesContext(connection) as after:
            page = client.get(reverse("letters:templates")).content.decode()

        assert len(after) == len(before)
        assert page.count("Versjon 1 fra 23.11.2026</a>") == len(LetterKind) * len(Language)

    def test_is_for_those_who_write_letters(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.amir).get(reverse("letters:templates")).status_code == 403
        assert client_of(cast.marit).get(reverse("letters:templates")).status_code == 200


class TestTemplate:
    def test_readers_see_the_text_and_the_letter_but_no_form(self, cast: Cast, client_of: SignIn) -> None:
        page = client_of(cast.marit).get(reverse("letters:template", kwargs=AT)).content.decode()

        assert "{{refused_lines}}" in page and "Du får ikke hjelp til rengjøring hver uke" in page
        assert "<textarea" not in page and "Lagre utkastet" not in page

    def test_readers_cannot_change_by_any_door(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)

        for name in ("save", "preview", "use", "drop"):
            assert client.post(reverse(f"letters:{name}", kwargs=AT), _form()).status_code == 403

    def test_an_unknown_kind_or_language_is_404(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)

        for slug, language in (("finnes-ikke", "nb"), ("avslag", "en")):
            assert client.get(reverse("letters:template", args=[slug, language])).status_code == 404

    def test_a_draft_is_saved_looked_at_and_taken_into_use(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        page = reverse("letters:template", kwargs=AT)
        text = "Du kan søke igjen når du vil, og vi hjelper deg med det."

        assert client.post(reverse("letters:save", kwargs=AT), _form(next=text)).status_code == 302
        assert f"<mark>{text}</mark>" in client.get(page).content.decode()
        assert queries.template_for(KIND, NB, MONDAY_DATE).template_id is None

        used = client.post(reverse("letters:use", kwargs=AT), {"in_use_from": "24.11.2026", "seen": "1"})

        assert used.status_code == 302
        assert queries.template_for(KIND, NB, MONDAY_DATE).template_id is None
        tomorrow = queries.template_for(KIND, NB, TUESDAY_DATE)
        assert {one.code: one.text for one in tomorrow.sections}["next"] == text

    def test_looking_without_script_saves_nothing_and_keeps_what_was_typed(self, cast: Cast, client_of: SignIn) -> None:
        typed = "Helt ny tekst som bare står her."

        answer = client_of(cast.admin).post(reverse("letters:save", kwargs=AT), _form(next=typed) | {"look": "1"})

        page = answer.content.decode()
        assert answer.status_code == 200
        assert page.count(typed) == 2  # in the form, and marked in the letter
        assert queries.draft_of(KIND, NB) is None

    def test_the_preview_says_what_must_be_mended(self, cast: Cast, client_of: SignIn) -> None:
        sent = _form(own="Se {{refused_line}}.", appeal="Du kan klage.")

        page = client_of(cast.admin).post(reverse("letters:preview", kwargs=AT), sent).content.decode()

        assert "Feltet «refused_line» finnes ikke. Mente du «refused_lines»?" in page
        assert "Feltet «appeal_last_day» må være med" in page
        assert "[refused_line?]" in page
        assert "<html" not in page

    def test_a_template_with_problems_cannot_be_used_and_says_why(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        client.post(reverse("letters:save", kwargs=AT), _form(access="", stay=" "))

        answer = client.post(reverse("letters:use", kwargs=AT), {"in_use_from": "24.11.2026", "seen": "1"})

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Delen «Innsyn i dokumentene» må være med." in page
        assert 'value="access"' in page and 'value="stay"' in page, "what was taken out can be written again"

    def test_two_writers_are_told_and_nothing_typed_is_lost(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        client.post(reverse("letters:save", kwargs=AT), _form(next="Den første."))

        answer = client.post(reverse("letters:save", kwargs=AT), _form(next="Den andre."))

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Noen andre endret utkastet" in page and "Den andre." in page

    def test_a_form_that_cannot_be_read_is_answered_with_the_form(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)

        answer = client.post(reverse("letters:save", kwargs=AT), _form(next="Mitt.") | {"del-0-rank": "først"})

        assert answer.status_code == 422
        assert "Mitt." in answer.content.decode()
        assert client.post(reverse("letters:preview", kwargs=AT), {"title": "x"}).status_code == 204

    def test_a_draft_is_thrown_away(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        client.post(reverse("letters:save", kwargs=AT), _form())

        assert client.post(reverse("letters:drop", kwargs=AT), {"seen": "1"}).status_code == 302
        assert queries.draft_of(KIND, NB) is None

    def test_ours_is_compared_with_the_shipped(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        same = client.get(reverse("letters:compare", kwargs=AT)).content.decode()
        client.post(reverse("letters:save", kwargs=AT), _form(next="Du kan søke igjen når som helst. Ring oss."))

        page = client.get(reverse("letters:compare", kwargs=AT)).content.decode()

        assert "Teksten er den som ble levert" in same
        assert (
            "<mark>Si fra til oss hvis noe endrer seg" in page
            and "<p>Du kan søke igjen når som helst. <mark>Ring oss.</mark></p>" in page
        )

    @pytest.mark.parametrize("language", ["nb", "nn"])
    def test_an_invented_letter_can_be_printed(self, cast: Cast, client_of: SignIn, language: str) -> None:
        answer = client_of(cast.marit).get(reverse("letters:sample_pdf", args=["avslag", language]))

        assert answer.content.startswith(b"%PDF")
        assert answer["Content-Disposition"] == f'inline; filename="eksempel-avslag-{language}.pdf"'

    def test_an_unfinished_draft_can_be_printed_too(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        client.post(reverse("letters:save", kwargs=AT), _form() | {"title": ""})

        answer: Any = client.get(reverse("letters:sample_pdf", kwargs=AT))

        assert answer.content.startswith(b"%PDF")
