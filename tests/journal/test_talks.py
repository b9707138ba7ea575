"""Conversations, and what was said to matter, are entries of the journal: signed, locked, removed by law alone."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import Citizen
from tillit.care.journal import actions as journal
from tillit.care.journal import queries
from tillit.care.journal.models import Entry, EntryKind, Note
from tillit.care.journal.rules.requests import RequestKind
from tillit.care.needs import actions
from tillit.care.needs.actions import taking_in
from tillit.care.needs.models import Conversation, WhatMatters
from tillit.care.needs.queries import newest_words

WORDS = "Jeg vil gå til postkassa selv"
LATER = MONDAY + timedelta(hours=2)


def talked(cast: Cast, *, words: str = WORDS) -> Entry:
    """A conversation that is done, and its entry."""
    draft = actions.start_conversation(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)
    saved = actions.save_conversation(
        actor=cast.ingrid.actor, conversation_id=draft.pk, fields={"words": words, "good_days": "Radio"}, seen={},
        page_key="", at=MONDAY,
    )  # fmt: skip
    assert not Entry.objects.filter(kind=EntryKind.TALK).exists(), "a draft is not signed"
    actions.finish_conversation(actor=cast.ingrid.actor, conversation_id=draft.pk, edition=saved.edition, at=LATER)
    return Entry.objects.get(kind=EntryKind.TALK, row_id=draft.pk)


def noted(cast: Cast, words: str) -> WhatMatters:
    """What was said in passing."""
    return actions.write_down_words(
        actor=cast.ingrid.actor, citizen_id=cast.olga.pk, words=words, said_on=MONDAY_DATE, at=MONDAY
    )


def taken_out(cast: Cast, entry: Entry, *, right: Citizen | None = None) -> None:
    """Written on the wrong person: asked by one, decided by another."""
    asked = journal.ask_change(
        actor=cast.amir.actor, entry_id=entry.pk, kind=RequestKind.WRONG_PERSON, words="Feil person.",
        right_citizen_id=right.pk if right else None, at=LATER,
    )  # fmt: skip
    journal.decide_request(
        actor=cast.marit.actor, request_id=asked.pk, agree=True, reason="",
        conditions=["CONCERNS_ANOTHER", "NO_PUBLIC_INTEREST"], at=LATER,
    )  # fmt: skip


class TestSigned:
    def test_the_press_that_finishes_signs_it_and_it_is_read_in_the_journal(self, cast: Cast) -> None:
        entry = talked(cast)

        assert (entry.author_name, entry.author_role, entry.author_profession) == ("Ingrid Solheim", "NURSE", "NURSE")
        (line,) = queries.thread_rows(entry)
        assert line.content.text == WORDS
        assert line.content.facts[0] == "Samtalen var 23.11.2026." and line.content.facts[1].endswith(" Radio")

    def test_words_in_passing_and_words_of_a_file_are_signed_by_who_wrote_them_down(self, cast: Cast) -> None:
        said = noted(cast, "Jeg vil ut")
        taking_in.take_in_words(actor=cast.marit.actor, words={cast.arne.pk: "Katten først"}, on=MONDAY_DATE, at=MONDAY)

        found = Entry.objects.filter(kind=EntryKind.MATTERS).order_by("pk")
        assert [(one.row_id == said.pk, one.author_name, one.citizen) for one in found] == [
            (True, "Ingrid Solheim", cast.olga), (False, "Marit Aune", cast.arne),
        ]  # fmt: skip


class TestLocked:
    @pytest.mark.parametrize("change", [{"answers": {"words": "Noe annet"}}, {"state": "DRAFT"}, {"short_words": "X"}])
    def test_a_finished_conversation_cannot_be_changed_whoever_asks(
        self, cast: Cast, change: dict[str, object]
    ) -> None:
        entry = talked(cast)

        with pytest.raises(DatabaseError), transaction.atomic():
            Conversation.objects.filter(pk=entry.row_id).update(**change)

    def test_nor_can_what_it_said_to_matter_or_what_was_said_in_passing(self, cast: Cast) -> None:
        talked(cast)
        noted(cast, "Jeg vil ut")

        for row in WhatMatters.objects.all():
            with pytest.raises(DatabaseError), transaction.atomic():
                WhatMatters.objects.filter(pk=row.pk).update(words="Noe annet")
            with pytest.raises(DatabaseError), transaction.atomic():
                row.delete()

    def test_a_draft_can(self, cast: Cast) -> None:
        draft = actions.start_conversation(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=MONDAY)
        assert Conversation.objects.filter(pk=draft.pk).update(answers={"words": "Utkast"}) == 1


class TestRemoved:
    def test_the_words_leave_and_those_before_them_count_again(self, cast: Cast) -> None:
        noted(cast, "Jeg vil ut")
        entry = talked(cast)
        assert newest_words([cast.olga.pk])[cast.olga.pk].words == WORDS

        taken_out(cast, entry, right=cast.arne)

        assert newest_words([cast.olga.pk])[cast.olga.pk].words == "Jeg vil ut"
        assert Conversation.objects.get(pk=entry.row_id).answers == {}
        assert Note.objects.get(citizen=cast.arne).text == WORDS

    def test_of_the_only_words_nobody_is_left_to_have_asked(self, cast: Cast) -> None:
        said = noted(cast, "Jeg vil ut")

        taken_out(cast, Entry.objects.get(kind=EntryKind.MATTERS, row_id=said.pk))

        assert newest_words([cast.olga.pk]) == {}


def test_what_was_said_before_is_signed_once_and_locked(cast: Cast) -> None:
    migration = import_module("tillit.care.needs.migrations.0002_signed_conversations")
    at = MONDAY - timedelta(days=40)
    draft = actions.start_conversation(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=at)
    Conversation.objects.filter(pk=draft.pk).update(state="DONE", done_at=at, answers={"words": WORDS})
    WhatMatters.objects.create(
        citizen=cast.olga, words="Fra før", said_on=MONDAY_DATE, recorded_at=at, recorded_by=cast.amir.employee
    )

    for _again in range(2):
        migration.sign_what_was_said(apps, connection.schema_editor())

    found = Entry.objects.order_by("kind").values_list("kind", "author_name", "author_role", "signed_at")
    assert list(found) == [("MATTERS", "Amir Rahimi", "", at), ("TALK", "Ingrid Solheim", "", at)]
    with pytest.raises(DatabaseError), transaction.atomic():
        WhatMatters.objects.update(words="Endret")
