"""Tests of what in the plan a note hangs on: tied by one press, read as a thread, locked with the entry."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders_plan
from tests.cast import MONDAY, Cast, Member
from tillit.care.careplans.contexts.page import plan_page
from tillit.care.careplans.models import Goal, Intervention
from tillit.care.journal import actions, queries
from tillit.care.journal.models import Entry, EntryPeg
from tillit.care.journal.rules.pegs import Peg, PegKind, pegs_in
from tillit.care.journal.rules.requests import RequestKind
from tillit.care.visits.actions import report_visit
from tillit.care.visits.models import Visit
from tillit.kernel import clock

SignIn = Callable[[Member], Client]
LATER = MONDAY + timedelta(hours=2)


class TestCodes:
    def test_name_a_kind_and_a_line_once_and_pass_over_what_is_no_code(self) -> None:
        found = pegs_in(["mal-12", "tiltak-7", "mal-12", "vedtak-3", "mal-", "mal-x", "", "mal-9" + "9" * 20])

        assert found == (Peg(PegKind.GOAL, 12), Peg(PegKind.INTERVENTION, 7))
        assert [peg.code for peg in found] == ["mal-12", "tiltak-7"]


@pytest.fixture
def goal(cast: Cast) -> Goal:
    """Olga wants to walk down to her letter box."""
    return builders_plan.goal(builders_plan.plan(cast.olga))


@pytest.fixture
def intervention(goal: Goal) -> Intervention:
    """What is done for it every morning."""
    return builders_plan.intervention(goal.plan, "Trappetrening", serves=goal)


@pytest.fixture
def visit(cast: Cast, intervention: Intervention) -> Visit:
    """Amir trains with Olga."""
    return builders_plan.visit(cast.olga, cast.bekkedal, cast.amir.employee, task="Trappetrening", serves=intervention)


def say(cast: Cast, visit: Visit, note: str, *about: str, minutes: int = 0) -> Entry:
    report = report_visit(
        actor=cast.amir.actor, visit_id=visit.pk, outcome="AS_PLANNED", note=note, about=about, press_key="",
        at=MONDAY + timedelta(minutes=minutes),
    )  # fmt: skip
    return Entry.objects.get(kind="REPORT", row_id=report.pk)


class TestANoteOnAGoal:
    def test_stands_in_the_thread_of_what_it_was_tied_to_and_nowhere_else_R13(
        self, cast: Cast, visit: Visit, goal: Goal, intervention: Intervention
    ) -> None:
        say(cast, visit, "Gikk ned til tredje trinn.", f"tiltak-{intervention.line}")

        threads = queries.threads_of(cast.olga.pk)
        assert set(threads) == {(PegKind.INTERVENTION, intervention.line)}
        (thread,) = threads.values()
        assert [line.content.text for line in thread.lines] == ["Gikk ned til tredje trinn."]
        assert thread.lines[0].pegs == (Peg(PegKind.INTERVENTION, intervention.line or 0, "Trappetrening"),)

    def test_is_under_the_goal_on_the_plan_for_those_who_read_the_journal(
        self, cast: Cast, visit: Visit, goal: Goal
    ) -> None:
        say(cast, visit, "Sliten i dag.", f"mal-{goal.line}")

        page = plan_page(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=LATER)
        (block,) = (block for need in page.needs for block in need.goals)
        assert block.notes is not None and block.notes.newest.text == "Sliten i dag."
        assert block.interventions[0].notes is None

    def test_follows_the_goal_through_versions_of_the_plan(self, cast: Cast, visit: Visit, goal: Goal) -> None:
        say(cast, visit, "Gikk alene.", f"mal-{goal.line}")
        goal.plan.valid_to = LATER
        goal.plan.save()
        newer = builders_plan.goal(builders_plan.plan(cast.olga, in_use_from=LATER), "Gå til postkassa")
        Goal.objects.filter(pk=newer.pk).update(line=goal.line)

        page = plan_page(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=LATER)
        (block,) = (block for need in page.needs for block in need.goals)
        assert block.goal_id == newer.pk and block.notes is not None and block.notes.newest.text == "Gikk alene."

    def test_keeps_its_words_and_passes_over_what_is_not_hers(self, cast: Cast, visit: Visit) -> None:
        others = builders_plan.goal(builders_plan.plan(cast.arne), "Arnes mål")

        entry = say(cast, visit, "Fin tur.", f"mal-{others.line}", "tull")

        assert entry.has_words and not EntryPeg.objects.exists()

    def test_without_words_hangs_on_nothing(self, cast: Cast, visit: Visit, goal: Goal) -> None:
        say(cast, visit, "", f"mal-{goal.line}")

        assert not EntryPeg.objects.exists()

    def test_said_anew_is_where_it_was_said_last_and_a_correction_stays(
        self, cast: Cast, visit: Visit, goal: Goal, intervention: Intervention
    ) -> None:
        say(cast, visit, "Gikk alene.", f"mal-{goal.line}")
        again = say(cast, visit, "Gikk med støtte.", f"tiltak-{intervention.line}", minutes=5)
        actions.correct_entry(actor=cast.amir.actor, entry_id=again.pk, text="Gikk med stokk.", at=LATER)

        threads = queries.threads_of(cast.olga.pk)
        assert {key: [line.content.text for line in found.lines] for key, found in threads.items()} == {
            (PegKind.INTERVENTION, intervention.line): ["Gikk med stokk."]
        }

    def test_shows_the_newest_three_and_counts_the_rest_with_the_same_queries(self, cast: Cast, goal: Goal) -> None:
        asked = []
        for number in range(5):
            visit = builders_plan.visit(
                cast.olga, cast.bekkedal, cast.amir.employee, part="MORNING", on=MONDAY.date() - timedelta(days=number)
            )
            say(cast, visit, f"Notat {number}", f"mal-{goal.line}", minutes=number)
            with CaptureQueriesContext(connection) as found:
                (thread,) = queries.threads_of(cast.olga.pk).values()
            asked.append(len(found))

        assert [line.content.text for line in thread.lines] == ["Notat 0", "Notat 1", "Notat 2"] and thread.count == 5
        assert len(set(asked)) == 1


class TestTheLock:
    def test_refuses_to_tie_a_signed_note_to_something_else(self, cast: Cast, visit: Visit, goal: Goal) -> None:
        say(cast, visit, "Gikk alene.", f"mal-{goal.line}")

        for change in ({"line": 999}, {"words": "Noe annet"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                EntryPeg.objects.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            EntryPeg.objects.all().delete()
        assert EntryPeg.objects.get().words == goal.words

    def test_lets_the_words_go_with_what_is_removed(self, cast: Cast, visit: Visit, goal: Goal) -> None:
        entry = say(cast, visit, "Gjelder naboen.", f"mal-{goal.line}")
        asked = actions.ask_change(
            actor=cast.amir.actor, entry_id=entry.pk, kind=RequestKind.WRONG_PERSON, words="", at=LATER
        )
        actions.decide_request(
            actor=cast.marit.actor, request_id=asked.pk, agree=True, reason="",
            conditions=["CONCERNS_ANOTHER", "NO_PUBLIC_INTEREST"], at=LATER,
        )  # fmt: skip

        assert EntryPeg.objects.get().words == "" and queries.threads_of(cast.olga.pk) == {}


class TestTheVisit:
    def test_offers_its_goal_and_its_task_as_chips_none_of_them_chosen(
        self, cast: Cast, client_of: SignIn, visit: Visit, goal: Goal, intervention: Intervention,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(clock, "now", lambda: MONDAY)
        visit.tasks.update(goal_words=goal.words)
        amir = client_of(cast.amir)

        chips = amir.get(f"/min-dag/besok/{visit.pk}/").context["page"].about
        assert [(chip.label, chip.checked) for chip in chips] == [(f"«{goal.words}»", False), ("Trappetrening", False)]

        said = {"press_key": "one", "outcome": "AS_PLANNED", "note": "Gikk alene.", "about": [chips[0].code]}
        assert amir.post(f"/min-dag/besok/{visit.pk}/ferdig/", said).status_code == 302
        assert EntryPeg.objects.get().line == goal.line
        again = amir.get(f"/min-dag/besok/{visit.pk}/").context["page"].about
        assert [chip.checked for chip in again] == [True, False]

        journal = amir.get(f"/brukere/{cast.olga.pk}/journal/?om=mal-{goal.line}").content.decode()
        assert "Gikk alene." in journal and f"<b>«{goal.words}»</b>" in journal
        assert "Gikk alene." not in amir.get(f"/brukere/{cast.olga.pk}/journal/?om=mal-9999").content.decode()
        assert f"«{goal.words}»" in amir.get(f"/brukere/{cast.olga.pk}/").content.decode()
