"""Tests of the journal's pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, builders_journal
from tests.builders_appeals import decision as a_decision
from tests.cast import MONDAY, Cast, Member
from tillit.care.decisions.models import CaseNote
from tillit.care.journal import actions, queries
from tillit.care.journal.models import Entry, Note, Request
from tillit.care.journal.rules.requests import RequestKind
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.actors import actor_of

SignIn = Callable[[Member], Client]
LATER = MONDAY + timedelta(hours=2)
pytestmark = pytest.mark.usefixtures("on_monday")


def text_of(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestRecord:
    def test_shows_author_role_time_and_the_corrected_struck(self, cast: Cast, client_of: SignIn) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.ingrid, "Falt i går.")
        actions.correct_entry(actor=cast.amir.actor, entry_id=entry.pk, text="Falt ikke.", why="Misforsto", at=MONDAY)

        page = text_of(client_of(cast.kari), "journal:record", cast.olga.pk)
        assert "Ingrid Solheim, sykepleier" in page and "Amir Rahimi, helsefagarbeider" in page
        assert "<del>Falt i går.</del>" in page and "<del>Falt ikke." not in page and "Misforsto" in page

    def test_as_planned_without_words_is_shown_only_when_asked_for(self, cast: Cast, client_of: SignIn) -> None:
        builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "")
        client = client_of(cast.kari)

        assert "Ingenting er skrevet ennå" in text_of(client, "journal:record", cast.olga.pk)
        everything = client.get(reverse("journal:record", args=[cast.olga.pk]) + "?alt=ja").content.decode()
        assert "Som planlagt." in everything and "Amir Rahimi" in everything

    def test_asks_as_many_queries_for_many_as_for_few(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.kari)

        def count() -> int:
            with CaptureQueriesContext(
                connection,
            ) as counted:
                text_of(client, "journal:record", cast.olga.pk)
            return len(counted)

        builders_journal.everything(cast, cast.olga, cast.bekkedal)
        builders_journal.note(cast.olga, cast.amir, "Ringte.")
        count()
        few = count()
        for number in range(4):
            entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, f"Notat {number}")
            actions.correct_entry(actor=cast.ingrid.actor, entry_id=entry.pk, text=f"Rettet {number}", at=LATER)
            builders_journal.note(cast.olga, cast.amir, f"Ringte {number}.")
        assert count() == few

    def test_older_pages_follow_each_other_without_gap_or_repeat(self, cast: Cast) -> None:
        ids = [builders_journal.note(cast.olga, cast.amir, f"Notat {number}") for number in range(7)]
        first = queries.journal_of(cast.olga.pk, most=3)
        second = queries.journal_of(cast.olga.pk, most=3, before=first.older_than)
        third = queries.journal_of(cast.olga.pk, most=3, before=second.older_than)
        rows = [thread[0].row_id for page in (first, second, third) for thread in page.threads]
        assert rows == sorted(ids, reverse=True) and third.older_than is None

    def test_out_of_reach_is_not_found_and_reading_is_logged(self, cast: Cast, client_of: SignIn) -> None:
        builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        assert client_of(cast.frida).get(reverse("journal:record", args=[cast.olga.pk])).status_code == 404

        text_of(client_of(cast.kari), "journal:record", cast.olga.pk)
        entry = AccessEntry.objects.filter(door="journal:record").latest("pk")
        assert (entry.citizen_id, entry.changed) == (cast.olga.pk, False)


class TestCorrecting:
    def test_one_press_from_the_phone_keeps_the_old(self, cast: Cast, client_of: SignIn) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        visit_page = text_of(client_of(cast.ingrid), "journal:correct", entry.pk)
        assert "Falt." in visit_page

        answer = client_of(cast.ingrid).post(reverse("journal:correct", args=[entry.pk]), {"text": "Falt ikke."})
        assert answer.status_code == 302
        assert [line.content.text for line in queries.thread_rows(entry)] == ["Falt ikke.", "Falt."]

    def test_nothing_typed_is_lost_when_somebody_was_first(self, cast: Cast, client_of: SignIn) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        actions.correct_entry(actor=cast.ingrid.actor, entry_id=entry.pk, text="Falt ikke.", at=MONDAY)

        answer = client_of(cast.kari).post(reverse("journal:correct", args=[entry.pk]), {"text": "Min tekst"})
        assert answer.status_code == 409 and "Min tekst" in answer.content.decode()


class TestWrongPerson:
    def test_offers_those_the_author_saw_that_day_and_a_search(self, cast: Cast, client_of: SignIn) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        builders_journal.said(cast.arne, cast.bekkedal, cast.amir, "")
        other = builders.citizen("Berit", "Lund", cast.bekkedal, serial=777)
        client = client_of(cast.amir)

        page = text_of(client, "journal:wrong_person", entry.pk)
        assert "Arne Kvam" in page and "Berit Lund" not in page and "Per Fjell" not in page
        address = reverse("journal:wrong_person", args=[entry.pk])
        found = client.post(address, {"search": "ja", "q": "Berit"}).content.decode()
        assert "Berit Lund" in found and not Request.objects.exists()
        assert "Per Fjell" not in client.post(address, {"search": "ja", "q": "Fjell"}).content.decode()

        answer = client.post(address, {"q": "Berit", "right": str(other.pk), "words": "Feil besøk"})
        asked = Request.objects.get()
        assert answer.headers["Location"] == reverse("journal:request", args=[asked.pk])
        assert asked.right_citizen == other

    def test_the_leader_decides_and_the_words_are_gone_here(self, cast: Cast, client_of: SignIn) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Tok ikke insulinen.")
        asked = actions.ask_change(
            actor=cast.amir.actor, entry_id=entry.pk, kind=RequestKind.WRONG_PERSON, words="", at=MONDAY,
            right_citizen_id=cast.arne.pk,
        )  # fmt: skip
        address = reverse("journal:request", args=[asked.pk])
        yes = {"yes": "ja", "conditions": ["CONCERNS_ANOTHER", "NO_PUBLIC_INTEREST"]}
        assert client_of(cast.ingrid).post(address, yes).status_code == 403
        assert client_of(cast.marit).post(address, {"yes": "ja"}).status_code == 409

        assert client_of(cast.marit).post(address, yes).status_code == 302
        here = text_of(client_of(cast.kari), "journal:record", cast.olga.pk)
        assert "insulinen" not in here and "Det gjaldt en annen person" in here and "Arne" not in here
        assert "insulinen" in text_of(client_of(cast.kari), "journal:record", cast.arne.pk)

    def test_whom_it_concerned_is_told_to_who_decides_and_until_then_to_who_asked(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Tok ikke insulinen.")
        asked = actions.ask_change(
            actor=cast.amir.actor, entry_id=entry.pk, kind=RequestKind.WRONG_PERSON, words="Det var hos Kvam.",
            right_citizen_id=cast.arne.pk, at=MONDAY,
        )  # fmt: skip

        def named() -> list[bool]:
            everybody = (cast.amir, cast.kari, cast.marit)
            return ["Kvam" in text_of(client_of(one), "journal:request", asked.pk) for one in everybody]

        assert "Arne Kvam" not in text_of(client_of(cast.kari), "journal:request", asked.pk)
        assert named()[0] and named()[2]
        actions.decide_request(
            actor=cast.marit.actor, request_id=asked.pk, agree=True, reason="", at=MONDAY,
            conditions=["CONCERNS_ANOTHER", "NO_PUBLIC_INTEREST"],
        )  # fmt: skip
        assert named() == [False, False, True]


class TestDemand:
    def test_a_refusal_is_answered_with_its_reason_and_how_to_appeal(self, cast: Cast, client_of: SignIn) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Var sint.")
        client_of(cast.ingrid).post(
            reverse("journal:demand", args=[entry.pk]), {"kind": "DELETE", "words": "Det er ikke sant."}
        )
        asked = Request.objects.get()
        assert client_of(cast.ingrid).get(reverse("journal:answer", args=[asked.pk])).status_code == 404

        client_of(cast.marit).post(
            reverse("journal:request", args=[asked.pk]), {"no": "ja", "reason": "Trengs for sikkerheten."}
        )
        answer = text_of(client_of(cast.ingrid), "journal:answer", asked.pk)
        assert "Trengs for sikkerheten." in answer and "Statsforvalteren" in answer and "§ 43" in answer
        assert "Det er ikke sant." in text_of(client_of(cast.kari), "journal:record", cast.olga.pk)


class TestWaiting:
    def test_signs_exactly_what_stood_on_the_page(self, cast: Cast, client_of: SignIn) -> None:
        seen = builders_journal.note(cast.olga, cast.amir, "Ringte datteren.", signed=False)
        client = client_of(cast.amir)
        page = text_of(client, "journal:waiting")
        assert "Ringte datteren." in page and "Signer" in page
        builders_journal.note(cast.arne, cast.amir, "Kom til etterpå.", signed=False)

        client.post(reverse("journal:waiting"), {"draft": [str(seen)]})
        assert list(Entry.objects.values_list("row_id", flat=True)) == [seen]
        assert "Kom til etterpå." in text_of(client, "journal:waiting")

    def test_the_menu_shows_it_only_when_something_waits(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        address = reverse("journal:waiting")
        assert f'href="{address}"' not in text_of(client, "citizens:list")
        builders_journal.note(cast.olga, cast.amir, "Ringte datteren.", signed=False)
        assert f'href="{address}"' in text_of(client, "citizens:list")


class TestNote:
    def test_writing_and_signing_is_one_press(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        said = {"text": "Snakket med legen.", "day": "2026-11-23", "clock": "07:30", "press_key": "p1"}
        for _twice in range(2):
            assert client.post(reverse("journal:write", args=[cast.olga.pk]), said).status_code == 302
        assert Note.objects.count() == Entry.objects.count() == 1
        assert "Snakket med legen." in text_of(client, "citizens:page", cast.olga.pk)

    def test_of_a_time_that_has_not_been_is_refused_with_the_text_kept(self, cast: Cast, client_of: SignIn) -> None:
        said = {"text": "Snakket med legen.", "day": "2026-11-25", "clock": "07:30", "press_key": "p1"}
        answer = client_of(cast.amir).post(reverse("journal:write", args=[cast.olga.pk]), said)
        assert answer.status_code == 409 and "Snakket med legen." in answer.content.decode()


class TestKeptApart:
    """The health journal and the case file: who reads one does not thereby read the other (R18)."""

    def test_a_leader_of_the_district_decides_but_reads_no_journal(self, cast: Cast, client_of: SignIn) -> None:
        builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        builders.role(cast.nils.employee, Role.DISTRICT_LEADER, cast.south)
        client = client_of(cast.nils)

        assert client.get(reverse("citizens:page", args=[cast.olga.pk])).status_code == 200
        assert client.get(reverse("journal:record", args=[cast.olga.pk])).status_code == 403
        entry = Entry.objects.get()
        assert client.get(reverse("journal:correct", args=[entry.pk])).status_code == 404
        actor = actor_of(user_id=cast.nils.user.pk, name="Nils", at=MONDAY)
        assert queries.count_waiting(actor=actor, at=LATER) == 0

    def test_who_has_only_the_case_reads_no_journal_and_the_team_s_journal_holds_no_case(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Journalord om fallet.")
        office = builders.unit("Tjenestekontoret", parent=cast.municipality)
        case = a_decision(cast, citizen=cast.olga, unit=office).case
        CaseNote.objects.create(case=case, text="Saksord om inntekten.", happened_on=MONDAY.date(), written_at=MONDAY)
        worker = builders.employee("Solrun", "Fag", "CASE_WORKER", office)  # type: ignore[arg-type]
        builders.role(worker, Role.CASE_WORKER, office)
        assert worker.user is not None
        solrun = Member(worker, worker.user, actor_of(user_id=worker.user.pk, name="Solrun", at=MONDAY))
        client = client_of(solrun)

        assert client.get(reverse("journal:record", args=[cast.olga.pk])).status_code == 404
        case_page = client.get(reverse("decisions:case", args=[case.pk]))
        assert "Journalord" not in case_page.content.decode()
        assert "Saksord" not in text_of(client_of(cast.kari), "journal:record", cast.olga.pk)
