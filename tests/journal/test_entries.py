"""Tests of signing, correcting, removing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests import builders, builders_journal
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.models import Citizen, Identifier
from tillit.care.journal import actions, locking, queries
from tillit.care.journal.models import Countersign, Entry, EntryKind, Note, Removal, Request
from tillit.care.journal.rules.requests import RequestKind
from tillit.care.visits.actions import close_follow_up, report_visit, tell_change, undo_report
from tillit.care.visits.models import FollowUp, Visit, VisitReport
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.keeping.models import Hold
from tillit.foundation.keeping.models import Removal as Removed
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee, Profession
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

LATER = MONDAY + timedelta(hours=2)
ALL = ("CONCERNS_ANOTHER", "NO_PUBLIC_INTEREST", "WRONG_OR_NEEDLESS", "UNOBJECTIONABLE", "ARCHIVE_ALLOWS", "IS_WRONG")


def ask(cast: Cast, entry: Entry, kind: RequestKind, *, by: Member | None = None, right: Citizen | None = None,
        words: str = "Dette stemmer ikke.", from_citizen: bool = False) -> Request:  # fmt: skip
    return actions.ask_change(
        actor=(by or cast.amir).actor, entry_id=entry.pk, kind=kind, words=words, from_citizen=from_citizen,
        right_citizen_id=right.pk if right else None, at=LATER,
    )  # fmt: skip


def decide(cast: Cast, asked: Request, *, agree: bool, by: Member | None = None, reason: str = "", text: str = "",
           conditions: tuple[str, ...] = ALL) -> Request:  # fmt: skip
    return actions.decide_request(
        actor=(by or cast.marit).actor, request_id=asked.pk, agree=agree, reason=reason, text=text,
        conditions=conditions, at=LATER,
    )  # fmt: skip


class TestSigning:
    def test_the_press_that_sends_a_report_signs_it_with_role_and_profession(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.ingrid, "Sov godt.")

        assert (entry.author_name, entry.author_role, entry.author_profession) == ("Ingrid Solheim", "NURSE", "NURSE")
        assert entry.signed_at == MONDAY and entry.citizen == cast.olga and not entry.wants_countersign

    def test_what_she_was_then_stays_when_she_becomes_something_else(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Sov godt.")
        Employee.objects.filter(pk=cast.amir.employee.pk).update(profession=Profession.NURSE)

        (line,) = queries.thread_rows(Entry.objects.get(pk=entry.pk))
        assert line.as_what == "helsefagarbeider"

    def test_a_change_and_its_answer_are_two_entries(self, cast: Cast) -> None:
        told = tell_change(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, kind="WORSE", words="Svimmel", urgency="TODAY",
            press_key="", at=MONDAY,
        )  # fmt: skip
        close_follow_up(actor=cast.ingrid.actor, follow_up_id=told.pk, answer="Målt blodtrykk", at=LATER)

        found = Entry.objects.order_by("pk").values_list("kind", "row_id", "author_name")
        assert list(found) == [("CHANGE", told.pk, "Amir Rahimi"), ("ANSWER", told.pk, "Ingrid Solheim")]

    def test_saying_it_anew_strikes_the_old_and_undoing_lets_it_stand(self, cast: Cast) -> None:
        first = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Feil navn")
        visit = VisitReport.objects.get(pk=first.row_id).visit
        report_visit(actor=cast.amir.actor, visit_id=visit.pk, outcome="DIFFERENT", note="Rett", press_key="", at=LATER)

        assert {line.content.text: line.stands for line in queries.thread_rows(first)} == {
            "Feil navn": False, "Rett": True,
        }  # fmt: skip
        undo_report(actor=cast.amir.actor, visit_id=visit.pk, at=LATER + timedelta(minutes=1))
        stands = {line.content.text for line in queries.thread_rows(first) if line.stands}
        assert stands == {"Feil navn"}

    def test_the_same_press_twice_is_one_entry(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Sov godt.", key="k1")
        visit = VisitReport.objects.get(pk=entry.row_id).visit

        report_visit(actor=cast.amir.actor, visit_id=visit.pk, outcome="AS_PLANNED", press_key="k1", at=LATER)
        assert Entry.objects.count() == 1


class TestCountersigning:
    @pytest.fixture
    def helper(self, cast: Cast) -> Member:
        employee = builders.employee("Lars", "Ung", Profession.OTHER, cast.bekkedal)
        builders.role(employee, Role.CARE_WORKER, cast.bekkedal)
        assert employee.user is not None
        builders_journal.countersigning("OTHER")
        return Member(employee, employee.user, actor_of(user_id=employee.user.pk, name=employee.name, at=MONDAY))

    def test_words_wait_and_one_press_signs_all_that_was_seen(self, cast: Cast, helper: Member) -> None:
        seen = builders_journal.said(cast.olga, cast.bekkedal, helper, "Spiste lite.")
        unseen = builders_journal.said(cast.arne, cast.bekkedal, helper, "Var trøtt.")
        builders_journal.said(cast.arne, cast.bekkedal, helper, "")
        assert queries.count_waiting(actor=cast.ingrid.actor, at=LATER) == 2

        signed = actions.sign_everything(actor=cast.ingrid.actor, draft_ids=[], entry_ids=[seen.pk], at=LATER)

        assert signed == 1
        found = Countersign.objects.get()
        assert (found.entry_id, found.name, found.profession) == (seen.pk, "Ingrid Solheim", "NURSE")
        assert [line.number for line in queries.waiting_for(actor=cast.ingrid.actor, at=LATER)] == [unseen.pk]

    def test_only_those_with_authority_in_the_team_countersign(self, cast: Cast, helper: Member) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, helper, "Spiste lite.")

        for member in (cast.amir, helper, cast.frida, cast.nils):
            assert actions.countersign(actor=member.actor, entry_ids=[entry.pk], at=LATER) == 0
        assert actions.countersign(actor=cast.marit.actor, entry_ids=[entry.pk], at=LATER) == 1
        assert actions.countersign(actor=cast.ingrid.actor, entry_ids=[entry.pk], at=LATER) == 0

    def test_what_a_nurse_has_written_anew_waits_no_more(self, cast: Cast, helper: Member) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, helper, "Spiste lite.")

        actions.correct_entry(actor=cast.ingrid.actor, entry_id=entry.pk, text="Spiste halvparten.", at=LATER)
        assert queries.count_waiting(actor=cast.marit.actor, at=LATER) == 0


class TestNotes:
    def test_a_draft_is_its_authors_alone_until_she_signs(self, cast: Cast) -> None:
        note_id = builders_journal.note(cast.olga, cast.amir, "Snakket med fastlegen.", signed=False)

        assert queries.journal_of(cast.olga.pk).threads == ()
        with pytest.raises(NotFound):
            actions.sign_draft(actor=cast.ingrid.actor, note_id=note_id, at=LATER)
        assert actions.sign_everything(actor=cast.ingrid.actor, draft_ids=[note_id], entry_ids=[], at=LATER) == 0
        assert actions.sign_everything(actor=cast.amir.actor, draft_ids=[note_id], entry_ids=[], at=LATER) == 1
        ((line,),) = queries.journal_of(cast.olga.pk).threads
        assert (line.content.text, line.author_name) == ("Snakket med fastlegen.", "Amir Rahimi")

    def test_a_signed_note_is_no_draft(self, cast: Cast) -> None:
        note_id = builders_journal.note(cast.olga, cast.amir, "Snakket med fastlegen.")
        with pytest.raises(NotFound):
            actions.keep_draft(
                actor=cast.amir.actor, note_id=note_id, text="x", happened_at=MONDAY, at=LATER, signed=False
            )


class TestCorrecting:
    def test_a_report_is_corrected_by_a_new_one_and_the_old_is_kept(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt i går.", outcome="DIFFERENT")

        added = actions.correct_entry(
            actor=cast.ingrid.actor, entry_id=entry.pk, text="Falt ikke.", why="Misforsto", at=LATER
        )

        assert list(VisitReport.objects.order_by("pk").values_list("note", "outcome")) == [
            ("Falt i går.", "DIFFERENT"), ("Falt ikke.", "DIFFERENT"),
        ]  # fmt: skip
        new, old = queries.thread_rows(entry)
        assert (new.entry_id, new.stands, new.why, new.author_name) == (added.pk, True, "Misforsto", "Ingrid Solheim")
        assert (old.content.text, old.stands) == ("Falt i går.", False)

    def test_a_change_is_corrected_by_a_note_wherever_it_is_read(self, cast: Cast) -> None:
        told = tell_change(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, kind="WORSE", words="Svimmel", urgency="TODAY",
            press_key="", at=MONDAY,
        )  # fmt: skip
        entry = Entry.objects.get(kind=EntryKind.CHANGE)
        actions.correct_entry(actor=cast.amir.actor, entry_id=entry.pk, text="Kvalm", at=LATER)

        from tillit.care.visits.queries import open_follow_ups

        assert [line.words for line in open_follow_ups(citizen_id=cast.olga.pk)] == ["Kvalm"]
        assert FollowUp.objects.get(pk=told.pk).words == "Svimmel"

    def test_two_who_correct_the_same_do_not_cover_each_other(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        actions.correct_entry(actor=cast.ingrid.actor, entry_id=entry.pk, text="Falt ikke.", at=LATER)

        with pytest.raises(ChangedMeanwhile):
            actions.correct_entry(actor=cast.amir.actor, entry_id=entry.pk, text="Satte seg.", at=LATER)
        assert VisitReport.objects.count() == 2

    def test_out_of_reach_is_not_found(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        with pytest.raises(NotFound):
            actions.correct_entry(actor=cast.frida.actor, entry_id=entry.pk, text="x", at=LATER)


class TestWrongPerson:
    def test_moves_to_the_right_one_with_its_signature_and_leaves_a_trace(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Tok ikke insulinen.", outcome="DIFFERENT")
        asked = ask(cast, entry, RequestKind.WRONG_PERSON, right=cast.arne)
        assert VisitReport.objects.get().note == "Tok ikke insulinen."

        decide(cast, asked, agree=True)

        report = VisitReport.objects.get()
        assert (report.note, report.outcome, report.visit.state) == ("", "REMOVED", "PLANNED")
        ((gone,),) = queries.journal_of(cast.olga.pk).threads
        assert (gone.content.text, gone.removed_by, gone.removed_ground) == (
            "",
            "Marit Aune, teamleder",
            "WRONG_PERSON",
        )
        ((placed,),) = queries.journal_of(cast.arne.pk).threads
        assert (placed.content.text, placed.author_name) == ("Tok ikke insulinen.", "Amir Rahimi")
        assert placed.signed_at == entry.signed_at and placed.placed_at == LATER
        rows = AuditEntry.objects.filter(action="journal.decide_change")
        assert {row.citizen_id for row in rows} == {cast.olga.pk, cast.arne.pk}
        assert "insulin" not in str([row.change for row in AuditEntry.objects.all()])

    def test_every_version_goes_for_all_concern_the_other(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Tok ikke insulinen.")
        newest = actions.correct_entry(actor=cast.amir.actor, entry_id=entry.pk, text="Tok halv insulin.", at=LATER)

        decide(cast, ask(cast, newest, RequestKind.WRONG_PERSON, right=cast.arne), agree=True)

        assert not VisitReport.objects.exclude(note="").exists()
        assert Removal.objects.count() == 2
        assert Note.objects.get().text == "Tok halv insulin."

    def test_the_right_one_must_be_within_reach(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Tok ikke insulinen.")
        with pytest.raises(NotFound):
            ask(cast, entry, RequestKind.WRONG_PERSON, right=cast.per)
        assert not Request.objects.exists()

    def test_a_change_told_of_the_wrong_one_is_followed_up_no_more(self, cast: Cast) -> None:
        told = tell_change(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, kind="WORSE", words="Svimmel", urgency="TODAY",
            press_key="", at=MONDAY,
        )  # fmt: skip
        entry = Entry.objects.get()

        decide(cast, ask(cast, entry, RequestKind.WRONG_PERSON), agree=True)
        found = FollowUp.objects.get(pk=told.pk)
        assert (found.words, found.closed_at) == ("", LATER)
        assert not Note.objects.exists()


class TestDeciding:
    @pytest.mark.parametrize("who", ["amir", "ingrid", "frida", "nils"])
    def test_only_the_leader_of_the_team_decides(self, cast: Cast, who: str) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.kari, "Falt.")
        asked = ask(cast, entry, RequestKind.DELETE)
        with pytest.raises((NotAllowed, NotFound)):
            decide(cast, asked, agree=True, by=getattr(cast, who))
        assert VisitReport.objects.get().note == "Falt."

    def test_nobody_decides_her_own(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.marit, "Falt.")
        with pytest.raises(actions.NotYours):
            decide(cast, ask(cast, entry, RequestKind.DELETE), agree=True)
        other = builders_journal.said(cast.arne, cast.bekkedal, cast.amir, "Falt.")
        with pytest.raises(actions.NotYours):
            decide(cast, ask(cast, other, RequestKind.DELETE, by=cast.marit), agree=True)

    def test_a_yes_needs_every_condition_and_a_no_its_reason(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        asked = ask(cast, entry, RequestKind.DELETE, from_citizen=True)
        with pytest.raises(actions.ReasonMissing):
            decide(cast, asked, agree=True, conditions=("UNOBJECTIONABLE",))
        with pytest.raises(actions.ReasonMissing):
            decide(cast, asked, agree=False)
        decide(cast, asked, agree=False, reason="Fallet må kunne følges opp.")

        (line,) = queries.thread_rows(entry)
        assert line.stands and line.content.text == "Falt."
        assert [(one.state, one.words, one.reason) for one in line.asked] == [
            ("REFUSED", "Dette stemmer ikke.", "Fallet må kunne følges opp.")
        ]
        with pytest.raises(actions.AlreadyAnswered):
            decide(cast, asked, agree=True)

    def test_nothing_goes_while_somebody_has_said_that_all_is_kept(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        asked = ask(cast, entry, RequestKind.DELETE)
        Hold.objects.create(citizen_id=cast.olga.pk, reason="Tilsyn", placed_at=MONDAY)
        with pytest.raises(actions.HeldNow):
            decide(cast, asked, agree=True)
        assert VisitReport.objects.get().note == "Falt."

    def test_an_agreed_correction_adds_what_is_right(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Drikker hver dag.")
        decide(
            cast, ask(cast, entry, RequestKind.CORRECT, from_citizen=True), agree=True, text="Drikker vin på lørdag."
        )

        new, old = queries.thread_rows(entry)
        assert (new.content.text, new.author_name, old.stands) == ("Drikker vin på lørdag.", "Marit Aune", False)
        assert not Removal.objects.exists()

    def test_the_same_is_asked_for_once_and_can_be_withdrawn(self, cast: Cast) -> None:
        entry = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")
        asked = ask(cast, entry, RequestKind.DELETE)
        with pytest.raises(actions.AlreadyAsked):
            ask(cast, entry, RequestKind.CORRECT)
        assert queries.count_waiting(actor=cast.marit.actor, at=LATER) == 1

        actions.withdraw_request(actor=cast.amir.actor, request_id=asked.pk, at=LATER)
        ask(cast, entry, RequestKind.CORRECT)


class TestLocks:
    """What the database itself refuses, whoever asks."""

    @pytest.fixture
    def signed(self, cast: Cast) -> Entry:
        builders_journal.note(cast.olga, cast.amir, "Snakket med legen.")
        told = tell_change(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, kind="WORSE", words="Svimmel", urgency="TODAY",
            press_key="", at=MONDAY,
        )  # fmt: skip
        close_follow_up(actor=cast.ingrid.actor, follow_up_id=told.pk, answer="Målt blodtrykk", at=LATER)
        return builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Falt.")

    @pytest.mark.parametrize(
        "change",
        [
            lambda: VisitReport.objects.update(note="Falt ikke."),
            lambda: VisitReport.objects.update(note="", outcome="REMOVED", minutes=None, goal_trend="", cancelled_by=""),
            lambda: VisitReport.objects.update(outcome="DIFFERENT"),
            lambda: VisitReport.objects.update(minutes=3),
            lambda: VisitReport.objects.update(reported_by=None),
            lambda: VisitReport.objects.update(reported_at=LATER),
            lambda: VisitReport.objects.all().delete(),
            lambda: FollowUp.objects.update(words="Frisk"),
            lambda: FollowUp.objects.update(words=""),
            lambda: FollowUp.objects.update(told_by=None),
            lambda: FollowUp.objects.update(answer="Ingenting"),
            lambda: FollowUp.objects.update(closed_at=None),
            lambda: FollowUp.objects.all().delete(),
            lambda: Note.objects.update(text="x"),
            lambda: Note.objects.update(happened_at=LATER),
            lambda: Note.objects.all().delete(),
            lambda: Entry.objects.update(author_name="En annen"),
            lambda: Entry.objects.update(author_role="", author_profession=""),
            lambda: Entry.objects.update(signed_at=LATER),
            lambda: Entry.objects.update(row_id=999),
            lambda: Entry.objects.all().delete(),
        ],
    )  # fmt: skip
    def test_refuse_to_alter_or_delete_what_is_signed(self, signed: Entry, change: Callable[[], object]) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()

    def test_let_be_what_is_no_part_of_the_words(self, cast: Cast, signed: Entry) -> None:
        FollowUp.objects.update(owner=cast.kari.employee, due_at=LATER, press_key="x")
        Entry.objects.update(citizen=cast.arne)
        assert Entry.objects.filter(citizen=cast.arne).count() == 4

    def test_a_draft_is_not_locked(self, cast: Cast) -> None:
        note_id = builders_journal.note(cast.olga, cast.amir, "Utkast", signed=False)
        actions.discard_draft(actor=cast.amir.actor, note_id=note_id, at=LATER)
        assert not Note.objects.exists()

    def test_a_removal_lets_its_own_words_go_and_no_others_and_only_to_nothing(self, cast: Cast, signed: Entry) -> None:
        other = builders_journal.said(cast.olga, cast.bekkedal, cast.amir, "Hostet.")
        asked = ask(cast, signed, RequestKind.DELETE)
        Removal.objects.create(entry=signed, request=asked, ground="DELETE", by_name="x", at=LATER)

        with pytest.raises(DatabaseError), transaction.atomic():
            VisitReport.objects.filter(pk=signed.row_id).update(note="Noe annet")
        with pytest.raises(DatabaseError), transaction.atomic():
            VisitReport.objects.filter(pk=other.row_id).update(note="", outcome="REMOVED")
        with pytest.raises(DatabaseError), transaction.atomic():
            VisitReport.objects.filter(pk=signed.row_id).delete()
        assert VisitReport.objects.filter(pk=signed.row_id).update(note="", outcome="REMOVED") == 1

    def test_an_answered_request_and_a_trace_never_change(self, cast: Cast, signed: Entry) -> None:
        asked = decide(cast, ask(cast, signed, RequestKind.DELETE), agree=True)
        changes: list[Callable[[], object]] = [
            lambda: Request.objects.filter(pk=asked.pk).update(reason="Noe annet"),
            lambda: Removal.objects.update(by_name="En annen"),
            lambda: Removal.objects.all().delete(),
            lambda: Request.objects.all().delete(),
        ]
        for change in changes:
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_a_journal_that_is_let_go_can_be_deleted_but_never_altered(self, cast: Cast, signed: Entry) -> None:
        kept = builders_journal.said(cast.arne, cast.bekkedal, cast.amir, "Falt.")
        Removed.objects.create(
            at=LATER, kind="RECORDS", citizen_id=cast.olga.pk, length=10, basis="Pasientjournalloven § 25"
        )

        with pytest.raises(DatabaseError), transaction.atomic():
            VisitReport.objects.filter(pk=signed.row_id).update(note="x")
        Entry.objects.filter(citizen=cast.olga).delete()
        VisitReport.objects.filter(visit__citizen=cast.olga).delete()
        FollowUp.objects.filter(citizen=cast.olga).delete()
        Note.objects.filter(citizen=cast.olga).delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            VisitReport.objects.filter(pk=kept.row_id).delete()

    @pytest.mark.parametrize("table", locking.TABLES)
    def test_postgresql_refuses_to_empty_the_tables(self, signed: Entry, table: str) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no TRUNCATE: what it deletes, it deletes row by row")
        connection.check_constraints()
        with pytest.raises(DatabaseError, match="signed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")


class TestMerging:
    def test_the_journal_follows_the_person_and_comes_back(self, cast: Cast) -> None:
        wrong = builders.citizen("Olga", "Ukjent", cast.bekkedal, born_on=MONDAY_DATE, serial=909)
        Identifier.objects.filter(citizen=wrong).delete()
        entry = builders_journal.said(wrong, cast.bekkedal, cast.amir, "Falt.")
        note_id = builders_journal.note(wrong, cast.amir, "Ringte datteren.")
        citizens.merge_citizens(
            actor=cast.marit.actor, wrong_id=wrong.pk, right_id=cast.olga.pk,
            wrong_edition=Citizen.objects.get(pk=wrong.pk).edition,
            right_edition=Citizen.objects.get(pk=cast.olga.pk).edition, at=LATER,
        )  # fmt: skip
        assert len(queries.journal_of(cast.olga.pk).threads) == 2

        citizens.undo_merge(
            actor=cast.marit.actor, wrong_id=wrong.pk, right_id=cast.olga.pk,
            right_edition=Citizen.objects.get(pk=cast.olga.pk).edition, at=LATER,
        )  # fmt: skip
        entry.refresh_from_db()
        assert Note.objects.get(pk=note_id).citizen_id == wrong.pk
        assert entry.citizen_id == Visit.objects.get(reports=entry.row_id).citizen_id
