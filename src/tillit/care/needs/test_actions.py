"""The conversation from the first press to the words that count, also when two write."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens import actions as citizens
from tillit.care.needs import actions, queries, rules, shipped_template
from tillit.care.needs.events import WhatMattersSaid
from tillit.care.needs.models import Conversation, ConversationTemplate, SetAside, WhatMatters
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound

WORDS = "Jeg vil gå til postkassa selv"


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    found: list[object] = []
    monkeypatch.setattr(events, "publish", found.append)
    yield found


def begin(cast: Cast, who: Member | None = None) -> Conversation:
    return actions.start_conversation(actor=(who or cast.ingrid).actor, citizen_id=cast.olga.pk, at=MONDAY)


def save(
    cast: Cast,
    conversation: Conversation,
    fields: dict[str, str],
    *,
    who: Member | None = None,
    shown: dict[str, str] | None = None,
    page: str = "",
) -> actions.Saved:
    """shown: what the fields held when the page was opened."""
    return actions.save_conversation(
        actor=(who or cast.ingrid).actor,
        conversation_id=conversation.pk,
        fields=fields,
        seen={field: rules.mark(text) for field, text in (shown or {}).items()},
        page_key=page,
        at=MONDAY,
    )


def sheet(conversation: Conversation) -> dict[str, str]:
    return queries.sheet_of(Conversation.objects.get(pk=conversation.pk))


def finish(cast: Cast, conversation: Conversation, edition: int) -> WhatMatters | None:
    return actions.finish_conversation(
        actor=cast.ingrid.actor, conversation_id=conversation.pk, edition=edition, at=MONDAY
    )


class TestStartConversation:
    def test_one_press_makes_a_draft_and_two_who_press_get_the_same_R12(self, cast: Cast) -> None:
        first, second = begin(cast), begin(cast, cast.amir)

        assert first == second
        assert queries.people_in(first.pk).employee_ids == {cast.ingrid.employee.pk}
        assert queries.drafts_of([cast.olga.pk])[cast.olga.pk].conversation_id == first.pk

    def test_out_of_reach_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            begin(cast, cast.frida)
        assert not Conversation.objects.exists()


class TestSaveConversation:
    def test_keeps_what_is_written_and_grows_the_edition(self, cast: Cast) -> None:
        draft = begin(cast)

        saved = save(cast, draft, {"words": WORDS, "place": "Hjemme", "review_on": "2027-01-12"})

        assert (saved.edition, saved.edition_before) == (2, 1)
        assert sheet(draft)["words"] == WORDS
        assert Conversation.objects.get().review_on == date(2027, 1, 12)

    def test_saving_the_same_again_changes_nothing(self, cast: Cast) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": WORDS})

        assert save(cast, draft, {"words": WORDS}, shown={"words": WORDS}).written == ()
        assert Conversation.objects.get().edition == 2

    def test_the_audit_trail_never_holds_the_words(self, cast: Cast) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": WORDS})

        assert WORDS not in str(list(AuditEntry.objects.values_list("change", flat=True)))

    def test_two_writers_lose_nothing_and_the_second_chooses(self, cast: Cast) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": "Jeg vil ut", "good_days": "Radio"})

        saved = save(cast, draft, {"words": "Jeg vil hjem", "rather_not": "Mas"}, who=cast.amir)

        assert saved.met == ("words",)
        assert {"words": "Jeg vil ut", "good_days": "Radio", "rather_not": "Mas"}.items() <= sheet(draft).items()
        meeting = queries.meetings_of(Conversation.objects.get(), employee_id=cast.amir.employee.pk)[0]
        assert (meeting.mine, meeting.theirs, meeting.theirs_by) == ("Jeg vil hjem", "Jeg vil ut", "Ingrid Solheim")

    @pytest.mark.parametrize(
        ("choice", "stands"),
        [("mine", "Jeg vil hjem"), ("theirs", "Jeg vil ut"), ("both", "Jeg vil ut\n\nJeg vil hjem")],
    )
    def test_the_choice_decides_what_stands(self, cast: Cast, choice: str, stands: str) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": "Jeg vil ut"})
        save(cast, draft, {"words": "Jeg vil hjem"}, who=cast.amir)
        row = SetAside.objects.get()

        actions.choose_text(
            actor=cast.amir.actor, conversation_id=draft.pk, set_aside_id=row.pk, choice=choice, at=MONDAY
        )

        assert sheet(draft)["words"] == stands
        assert not queries.any_set_aside(Conversation.objects.get())

    def test_a_page_left_open_does_not_ask_again_after_the_choice(self, cast: Cast) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": "Jeg vil ut"})
        save(cast, draft, {"words": "Jeg vil hjem"}, who=cast.amir)
        actions.choose_text(
            actor=cast.amir.actor,
            conversation_id=draft.pk,
            set_aside_id=SetAside.objects.get().pk,
            choice="theirs",
            at=MONDAY,
        )

        save(cast, draft, {"words": "Jeg vil hjem"}, who=cast.amir)  # the autosave that was on its way

        assert not queries.any_set_aside(Conversation.objects.get())

    def test_only_the_writer_chooses(self, cast: Cast) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": "Jeg vil ut"})
        save(cast, draft, {"words": "Jeg vil hjem"}, who=cast.amir)

        actions.choose_text(
            actor=cast.kari.actor,
            conversation_id=draft.pk,
            set_aside_id=SetAside.objects.get().pk,
            choice="mine",
            at=MONDAY,
        )

        assert sheet(draft)["words"] == "Jeg vil ut"
        assert queries.any_set_aside(Conversation.objects.get())

    def test_the_same_page_does_not_meet_itself_when_an_answer_is_lost(self, cast: Cast) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": "Jeg vil"}, page="A")

        saved = save(cast, draft, {"words": "Jeg vil ut"}, page="A")  # the marks of the first save never came

        assert saved.met == ()
        assert sheet(draft)["words"] == "Jeg vil ut"

    @pytest.mark.parametrize(
        ("field", "text"), [("held_on", ""), ("review_on", "31.02.2027"), ("short_words", "x" * 121)]
    )
    def test_what_cannot_be_read_is_told_and_the_rest_is_saved(self, cast: Cast, field: str, text: str) -> None:
        draft = begin(cast)

        saved = save(cast, draft, {"words": WORDS, field: text})

        assert saved.unreadable == (field,)
        assert sheet(draft)["words"] == WORDS

    def test_fields_the_template_does_not_know_are_left(self, cast: Cast) -> None:
        draft = begin(cast)

        save(cast, draft, {"state": "DONE", "nonsense": "x"})

        assert Conversation.objects.get().answers == {}
        assert Conversation.objects.get().state == "DRAFT"

    def test_colleagues_and_own_people_are_ticked_without_taking_out_others_R18(self, cast: Cast) -> None:
        berit = citizens.add_network_member(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, kind="RELATIVE", name="Berit", at=MONDAY
        )
        draft = begin(cast)
        nobody = queries.People(frozenset(), frozenset())

        actions.save_conversation(
            actor=cast.amir.actor,
            conversation_id=draft.pk,
            fields={},
            seen={},
            people=queries.People(
                frozenset({cast.amir.employee.pk, cast.nils.employee.pk}), frozenset({berit.pk, 999})
            ),
            people_seen=nobody,
            at=MONDAY,
        )

        assert queries.people_in(draft.pk) == queries.People(
            frozenset({cast.ingrid.employee.pk, cast.amir.employee.pk}), frozenset({berit.pk})
        )


class TestFinishConversation:
    def test_the_words_count_from_now_on_R12(self, cast: Cast, heard: list[object]) -> None:
        draft = begin(cast)
        saved = save(cast, draft, {"words": WORDS, "good_days": "Radio", "review_on": "2027-01-12"})

        matters = finish(cast, draft, saved.edition)

        assert matters is not None
        words = queries.newest_words([cast.olga.pk, cast.arne.pk])
        assert list(words) == [cast.olga.pk]
        assert (words[cast.olga.pk].words, words[cast.olga.pk].short) == (WORDS, WORDS)
        assert words[cast.olga.pk].with_names == ("Ingrid Solheim",)
        assert heard == [WhatMattersSaid(cast.olga.pk, matters.pk, MONDAY)]

    def test_wishes_may_be_unsaid_with_a_reason_R12(self, cast: Cast, heard: list[object]) -> None:
        draft = begin(cast)
        saved = save(cast, draft, {"no_words_reason": "Orket ikke i dag", "try_again_on": "2026-12-01"})

        assert finish(cast, draft, saved.edition) is None
        assert queries.not_expressed_yet([cast.olga.pk])[cast.olga.pk].try_again_on == date(2026, 12, 1)
        assert heard == []

    def test_refuses_neither_words_nor_reason(self, cast: Cast) -> None:
        draft = begin(cast)

        with pytest.raises(actions.NothingSaid):
            finish(cast, draft, draft.edition)
        assert not WhatMatters.objects.exists()

    def test_somebody_who_wrote_meanwhile_is_read_first(self, cast: Cast) -> None:
        draft = begin(cast)
        saved = save(cast, draft, {"words": WORDS})
        save(cast, draft, {"good_days": "Radio"}, who=cast.amir)

        with pytest.raises(ChangedMeanwhile):
            finish(cast, draft, saved.edition)
        assert finish(cast, draft, saved.edition + 1)

    def test_a_text_that_waits_for_a_choice_is_not_left_behind(self, cast: Cast) -> None:
        draft = begin(cast)
        save(cast, draft, {"words": "Jeg vil ut"})
        saved = save(cast, draft, {"words": "Jeg vil hjem"}, who=cast.amir)

        with pytest.raises(actions.TextsMeet):
            finish(cast, draft, saved.edition)

    def test_a_finished_conversation_is_never_changed(self, cast: Cast) -> None:
        draft = begin(cast)
        finish(cast, draft, save(cast, draft, {"words": WORDS}).edition)

        with pytest.raises(actions.NotDraft):
            save(cast, draft, {"words": "Noe annet"}, shown={"words": WORDS})
        assert begin(cast) != draft

    def test_newer_words_replace_older_and_the_older_stay(self, cast: Cast) -> None:
        for number, words in enumerate(("Jeg vil ut", "Jeg vil hjem")):
            actions.write_down_words(
                actor=cast.ingrid.actor,
                citizen_id=cast.olga.pk,
                words=words,
                said_on=MONDAY_DATE,
                at=MONDAY + timedelta(hours=number),
            )

        assert queries.newest_words([cast.olga.pk])[cast.olga.pk].words == "Jeg vil hjem"
        assert WhatMatters.objects.count() == 2


class TestDropAndPickUp:
    def test_a_draft_is_put_away_and_taken_up_again(self, cast: Cast) -> None:
        draft = begin(cast)
        actions.drop_conversation(actor=cast.ingrid.actor, conversation_id=draft.pk, at=MONDAY)
        assert queries.drafts_of([cast.olga.pk]) == {}

        actions.pick_up_conversation(actor=cast.ingrid.actor, conversation_id=draft.pk, at=MONDAY)
        assert cast.olga.pk in queries.drafts_of([cast.olga.pk])

    def test_not_when_another_has_been_started(self, cast: Cast) -> None:
        draft = begin(cast)
        actions.drop_conversation(actor=cast.ingrid.actor, conversation_id=draft.pk, at=MONDAY)
        begin(cast)

        with pytest.raises(actions.NotDraft):
            actions.pick_up_conversation(actor=cast.ingrid.actor, conversation_id=draft.pk, at=MONDAY)


class TestTemplate:
    def test_shipping_again_changes_nothing(self, cast: Cast) -> None:
        first = actions.ship_template(at=MONDAY)
        second = actions.ship_template(at=MONDAY + timedelta(days=30))

        assert first == second
        assert ConversationTemplate.objects.get().in_use_from == MONDAY_DATE

    def test_a_new_version_is_used_by_new_conversations_only(self, cast: Cast) -> None:
        draft = begin(cast)
        questions = (*shipped_template.QUESTIONS, rules.Question("hund", "Dyr", "Har du dyr?"))

        actions.make_template_version(
            actor=cast.marit.actor,
            name="Vår",
            questions=questions,
            seen_version=1,
            in_use_from=MONDAY_DATE,
            at=MONDAY,
        )

        assert Conversation.objects.get(pk=draft.pk).template.version == 1
        other = actions.start_conversation(actor=cast.ingrid.actor, citizen_id=cast.arne.pk, at=MONDAY)
        assert other.template.version == 2

    def test_a_leader_makes_it_and_a_nurse_does_not(self, cast: Cast) -> None:
        actions.ship_template(at=MONDAY)

        with pytest.raises(NotAllowed):
            actions.make_template_version(
                actor=cast.ingrid.actor,
                name="",
                questions=shipped_template.QUESTIONS,
                seen_version=1,
                in_use_from=MONDAY_DATE,
                at=MONDAY,
            )

    def test_two_leaders_the_second_is_told(self, cast: Cast) -> None:
        actions.ship_template(at=MONDAY)

        with pytest.raises(ChangedMeanwhile):
            actions.make_template_version(
                actor=cast.marit.actor,
                name="",
                questions=shipped_template.QUESTIONS,
                seen_version=0,
                in_use_from=MONDAY_DATE,
                at=MONDAY,
            )

    def test_refuses_a_template_without_the_citizens_own_words(self, cast: Cast) -> None:
        with pytest.raises(actions.TemplateNotUsable) as refused:
            actions.make_template_version(
                actor=cast.marit.actor,
                name="",
                questions=[rules.Question("x", "Del", "Tekst")],
                seen_version=0,
                in_use_from=MONDAY_DATE,
                at=MONDAY,
            )
        assert refused.value.problems == (rules.TemplateProblem.NO_WORDS,)
        assert isinstance(refused.value, ActionRefused)
