"""The conversation in a browser without script, and the saves htmx makes while one types."""

import re
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import MONDAY, Cast, Member
from tillit.care.needs import actions
from tillit.care.needs.models import Conversation, ConversationTemplate, SetAside, WhatMatters
from tillit.care.needs.queries.conversations import sheet_of
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


def draft_of(cast: Cast) -> Conversation:
    return actions.start_conversation(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=clock.now())


def shown(client: Client, cast: Cast) -> dict[str, str]:
    """The hidden fields of the form, as the browser would send them back."""
    page = client.get(reverse("needs:conversation", args=[cast.olga.pk])).content.decode()
    form = page[page.index('id="samtale"') :]
    return {
        found["name"]: found["value"]
        for tag in re.findall(r'<input type="hidden"[^>]*>', form)
        if (found := _attributes(tag))["name"] != "csrfmiddlewaretoken"
    }


def _attributes(tag: str) -> dict[str, str]:
    return dict(re.findall(r'(\w+)="([^"]*)"', tag))


def address(cast: Cast, name: str, draft: Conversation) -> str:
    return reverse(f"needs:{name}", args=[cast.olga.pk, draft.pk])


class TestReach:
    def test_others_find_nothing_and_change_nothing(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        stranger = client_of(cast.frida)

        assert stranger.get(reverse("needs:conversation", args=[cast.olga.pk])).status_code == 404
        assert stranger.post(reverse("needs:start", args=[cast.olga.pk])).status_code == 404
        for name in ("save", "choose", "finish", "drop", "pick_up"):
            answer = stranger.post(address(cast, name, draft), {"f-words": "Noe", "edition": "1"})
            assert answer.status_code == 404, name
        assert stranger.get(address(cast, "read", draft)).status_code == 404
        assert Conversation.objects.get().answers == {}

    def test_a_conversation_is_not_read_under_another_citizens_address(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)

        answer = client_of(cast.ingrid).get(reverse("needs:read", args=[cast.arne.pk, draft.pk]))

        assert answer.status_code == 404


class TestWriting:
    def test_saves_without_script_and_comes_back(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)

        answer = client.post(address(cast, "save", draft), {**shown(client, cast), "f-words": "Jeg vil ut"})

        assert answer.headers["Location"] == reverse("needs:conversation", args=[cast.olga.pk])
        assert "Jeg vil ut" in client.get(answer.headers["Location"]).content.decode()

    def test_answers_htmx_with_pieces_that_touch_no_text(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)

        answer = client.post(
            address(cast, "save", draft),
            {**shown(client, cast), "f-words": "Jeg vil ut"},
            headers={"HX-Request": "true"},
        ).content.decode()

        assert "<textarea" not in answer and "<html" not in answer
        assert "Lagret kl." in answer
        assert 'id="m-words"' in answer and 'id="utgave" value="2"' in answer

    def test_the_second_writer_sees_both_texts(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        first, second = client_of(cast.ingrid), client_of(cast.amir)
        hers, his = shown(first, cast), shown(second, cast)
        first.post(address(cast, "save", draft), {**hers, "f-words": "Jeg vil ut"})

        answer = second.post(
            address(cast, "save", draft), {**his, "f-words": "Jeg vil hjem"}, headers={"HX-Request": "true"}
        ).content.decode()

        assert "Jeg vil ut" in answer and "Jeg vil hjem" in answer and "Ingrid Solheim skrev" in answer
        second.post(address(cast, "choose", draft), {"set_aside": SetAside.objects.get().pk, "choice": "both"})
        assert Conversation.objects.get().answers["words"] == "Jeg vil ut\n\nJeg vil hjem"

    def test_the_short_conversation_leaves_the_rest_as_it_was(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)
        client.post(address(cast, "save", draft), {**shown(client, cast), "f-worries": "Trappa"})

        page = client.get(reverse("needs:conversation", args=[cast.olga.pk]), {"vis": "kort"}).content.decode()
        client.post(address(cast, "save", draft), {**shown(client, cast), "f-words": "Jeg vil ut"})

        assert 'name="f-words"' in page and 'name="f-worries"' not in page
        assert Conversation.objects.get().answers == {"words": "Jeg vil ut", "worries": "Trappa"}

    def test_finishes_with_what_stands_there_and_leads_to_the_citizen(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)

        answer = client.post(address(cast, "finish", draft), {**shown(client, cast), "f-words": "Jeg vil ut"})

        assert answer.headers["Location"] == reverse("citizens:page", args=[cast.olga.pk])
        assert WhatMatters.objects.get().words == "Jeg vil ut"

    def test_says_what_is_missing_and_keeps_what_was_typed(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)

        answer = client.post(address(cast, "finish", draft), {**shown(client, cast), "f-good_days": "Radio"})

        assert answer.status_code == 409
        assert "Skriv det brukeren sa" in answer.content.decode()
        assert "Radio" in answer.content.decode()

    def test_finishing_waits_for_what_somebody_else_wrote_meanwhile(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        first, second = client_of(cast.ingrid), client_of(cast.amir)
        hers = shown(first, cast)
        second.post(address(cast, "save", draft), {**shown(second, cast), "f-good_days": "Radio"})

        answer = first.post(address(cast, "finish", draft), {**hers, "f-words": "Jeg vil ut"})

        assert answer.status_code == 409
        assert "Radio" in answer.content.decode() and "Jeg vil ut" in answer.content.decode()
        assert not WhatMatters.objects.exists()

    def test_finishing_waits_for_nobody_when_it_was_her_own_page_that_saved(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)
        written = {f"f-{field}": text for field, text in sheet_of(draft).items()} | {"f-words": "Jeg vil ut"}
        page = {**shown(client, cast), **written}
        client.post(address(cast, "save", draft), page)  # on its way while she presses

        answer = client.post(address(cast, "finish", draft), page)

        assert answer.status_code == 302
        assert WhatMatters.objects.get().words == "Jeg vil ut"

    def test_asks_as_often_for_many_answers_as_for_none(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)
        there = reverse("needs:conversation", args=[cast.olga.pk])
        client.get(there)
        with CaptureQueriesContext(connection) as empty:
            client.get(there)
        answers = {f"f-{code}": "Tekst" for code in ("words", "good_days", "worries", "wishes", "summary")}
        client.post(address(cast, "save", draft), {**shown(client, cast), **answers})
        client.get(there)
        with CaptureQueriesContext(connection) as full:
            client.get(there)

        assert len(full) == len(empty)


class TestRead:
    def test_a_finished_conversation_is_shown_as_it_was(self, cast: Cast, client_of: SignIn) -> None:
        draft = draft_of(cast)
        client = client_of(cast.ingrid)
        client.post(
            address(cast, "finish", draft), {**shown(client, cast), "f-words": "Jeg vil ut", "f-place": "Hjemme"}
        )

        page = client.get(address(cast, "read", draft)).content.decode()

        assert "Jeg vil ut" in page and "Hjemme" in page and "<textarea" not in page


class TestTemplates:
    def test_everybody_in_the_team_reads_and_leaders_change(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.amir).get(reverse("needs:templates")).status_code == 200
        assert client_of(cast.amir).get(reverse("needs:template_edit")).status_code == 403
        assert client_of(cast.marit).get(reverse("needs:template_edit")).status_code == 200

    def test_a_leader_makes_a_version_by_emptying_one_question_and_writing_another(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        stored = actions.ship_template(at=MONDAY)
        number = len(stored.questions)
        data = {"name": "Vår mal", "in_use_from": "2026-11-24", "seen": "1"}
        data |= {"q-TOTAL_FORMS": str(number + 1), "q-INITIAL_FORMS": str(number + 1)}
        for place, question in enumerate(stored.questions):
            for key in ("code", "kind", "part", "text", "help"):
                data[f"q-{place}-{key}"] = question[key]
            data[f"q-{place}-rank"] = str(place + 1)
        data["q-4-text"] = ""
        data |= {f"q-{number}-text": "Har du dyr?", f"q-{number}-part": "Dyr", f"q-{number}-rank": "99"}

        answer = client_of(cast.marit).post(reverse("needs:template_edit"), data)

        assert answer.status_code == 302
        made = ConversationTemplate.objects.get(version=2)
        codes = [question["code"] for question in made.questions]
        assert len(codes) == number and "har_du_dyr" in codes and stored.questions[4]["code"] not in codes
