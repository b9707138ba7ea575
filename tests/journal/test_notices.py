"""Tests of notices: written, placed by the table, taken, answered; entries of the journal when about a citizen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens import actions as citizens
from tillit.care.citizens.models import Citizen, Identifier
from tillit.care.journal.models import Entry
from tillit.care.journal.queries import journal_of
from tillit.care.notices import actions, queries
from tillit.care.notices.models import Notice
from tillit.care.notices.rules.whose import By
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.responsibility.models import Duty, DutyMember
from tillit.kernel import clock
from tillit.kernel.errors import NotFound

SignIn = Callable[[Member], Client]
LATER = MONDAY + timedelta(hours=2)


def write(cast: Cast, text: str = "Kan noen ringe legen?", *, by: Member | None = None, key: str = "",
          **to: int) -> Notice:  # fmt: skip
    return actions.write_notice(
        actor=(by or cast.amir).actor, unit_id=cast.bekkedal.pk, text=text, by="TODAY", at=MONDAY, press_key=key, **to
    )


def lines(cast: Cast) -> list[queries.NoticeLine]:
    return queries.open_notices(unit_ids=(cast.bekkedal.pk,), at=LATER)


class TestWriting:
    def test_about_a_citizen_is_an_entry_of_her_journal_and_about_none_is_not_R31(self, cast: Cast) -> None:
        write(cast, "Kan noen bestille resept?", citizen_id=cast.olga.pk)
        write(cast, "Bil 3 må på verksted.")

        (thread,) = journal_of(cast.olga.pk).threads
        assert (thread[0].content.text, thread[0].author_name) == ("Kan noen bestille resept?", "Amir Rahimi")
        assert Entry.objects.count() == 1 and AuditEntry.objects.filter(action="notices.write_notice").count() == 2

    def test_to_a_person_is_hers_and_to_the_team_nobodys_until_taken(self, cast: Cast) -> None:
        write(cast, owner_id=cast.ingrid.employee.pk)
        write(cast)

        assert [(line.whose.by, line.holder_name) for line in lines(cast)] == [
            (By.OWNER, "Ingrid Solheim"),
            (By.NOBODY, ""),
        ]

    def test_to_one_who_is_away_is_nobodys(self, cast: Cast) -> None:
        write(cast, owner_id=cast.ingrid.employee.pk)
        builders.absence(cast.ingrid.employee, MONDAY_DATE, reported_at=MONDAY)

        (line,) = lines(cast)
        assert line.whose.by is By.OWNER_AWAY and line.whose.is_unowned

    def test_of_the_same_press_is_one_and_without_words_or_to_a_stranger_is_refused(self, cast: Cast) -> None:
        first = write(cast, key="one")
        assert write(cast, key="one") == first

        with pytest.raises(actions.NothingWritten):
            write(cast, " ")
        with pytest.raises(actions.NotInTeam):
            write(cast, owner_id=cast.frida.employee.pk)
        with pytest.raises(NotFound):
            write(cast, by=cast.frida)
        with pytest.raises(NotFound):
            write(cast, citizen_id=cast.per.pk)
        assert Notice.objects.count() == 1

    def test_to_the_team_goes_to_whoever_answers_messages(self, cast: Cast) -> None:
        duty = Duty.objects.create(
            unit=cast.bekkedal, kind="MESSAGES", name="Meldingsvakt", weekdays="1234567", valid_from=MONDAY_DATE
        )
        DutyMember.objects.create(duty=duty, employee=cast.kari.employee, rank=1)
        write(cast)
        assert [line.whose.by for line in lines(cast)] == [By.DUTY_EMPTY]  # Kari has no shift
        builders.shift(cast.kari.employee, cast.bekkedal, MONDAY_DATE)

        (line,) = lines(cast)
        assert (line.whose.by, line.holder_name, line.duty_name) == (By.DUTY, "Kari Nilsen", "Meldingsvakt")


class TestTaking:
    def test_makes_it_hers_and_a_colleague_who_is_here_keeps_it(self, cast: Cast) -> None:
        notice = write(cast)
        actions.take_notice(actor=cast.ingrid.actor, notice_id=notice.pk, at=LATER)
        actions.take_notice(actor=cast.ingrid.actor, notice_id=notice.pk, at=LATER)

        with pytest.raises(actions.TakenAlready):
            actions.take_notice(actor=cast.kari.actor, notice_id=notice.pk, at=LATER)
        with pytest.raises(NotFound):
            actions.take_notice(actor=cast.frida.actor, notice_id=notice.pk, at=LATER)
        assert [line.whose.employee_id for line in lines(cast)] == [cast.ingrid.employee.pk]
        assert AuditEntry.objects.filter(action="notices.answer_notice").count() == 1


class TestAnswering:
    def test_closes_it_once_with_words_that_are_locked(self, cast: Cast) -> None:
        notice = write(cast, citizen_id=cast.olga.pk)
        with pytest.raises(actions.AnswerMissing):
            actions.answer_notice(actor=cast.ingrid.actor, notice_id=notice.pk, answer=" ", at=LATER)
        actions.answer_notice(actor=cast.ingrid.actor, notice_id=notice.pk, answer="Ringt og avtalt.", at=LATER)

        with pytest.raises(actions.AlreadyAnswered):
            actions.answer_notice(actor=cast.kari.actor, notice_id=notice.pk, answer="Jeg også.", at=LATER)
        assert lines(cast) == []
        (line,) = queries.answered_since(unit_id=cast.bekkedal.pk, since=MONDAY, at=LATER)
        assert (line.answer, line.answered_by_name) == ("Ringt og avtalt.", "Ingrid Solheim")
        assert list(Entry.objects.order_by("pk").values_list("kind", flat=True)) == ["NOTICE", "REPLY"]
        for change in ({"text": "Noe annet"}, {"answer": "Noe annet"}, {"written_by": cast.kari.employee}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Notice.objects.update(**change)


class TestMerging:
    def test_a_notice_and_its_entry_follow_the_person_and_come_back(self, cast: Cast) -> None:
        wrong = builders.citizen("Olga", "Ukjent", cast.bekkedal, born_on=MONDAY_DATE, serial=909)
        Identifier.objects.filter(citizen=wrong).delete()
        notice = write(cast, citizen_id=wrong.pk)
        citizens.merge_citizens(
            actor=cast.marit.actor, wrong_id=wrong.pk, right_id=cast.olga.pk,
            wrong_edition=Citizen.objects.get(pk=wrong.pk).edition,
            right_edition=Citizen.objects.get(pk=cast.olga.pk).edition, at=LATER,
        )  # fmt: skip
        notice.refresh_from_db()
        assert (notice.citizen_id, Entry.objects.get().citizen_id) == (cast.olga.pk, cast.olga.pk)

        citizens.undo_merge(
            actor=cast.marit.actor, wrong_id=wrong.pk, right_id=cast.olga.pk,
            right_edition=Citizen.objects.get(pk=cast.olga.pk).edition, at=LATER,
        )  # fmt: skip
        notice.refresh_from_db()
        assert (notice.citizen_id, Entry.objects.get().citizen_id) == (wrong.pk, wrong.pk)


class TestPages:
    @pytest.fixture(autouse=True)
    def at(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: LATER)

    def test_write_take_and_answer(self, cast: Cast, client_of: SignIn) -> None:
        amir, ingrid, team = client_of(cast.amir), client_of(cast.ingrid), f"/team/{cast.bekkedal.pk}/meldinger/"
        said = {
            "text": "Hvem har nøkkelen?",
            "to": "team",
            "by": "HOUR",
            "citizen": str(cast.olga.pk),
            "press_key": "a",
        }

        assert amir.post(f"{team}ny/", {**said, "text": ""}).status_code == 422
        assert amir.post(f"{team}ny/", said)["Location"] == team
        assert amir.post(f"/brukere/{cast.arne.pk}/beskjed/", {**said, "press_key": "b"}).status_code == 302
        page = ingrid.get(team).context["page"]
        assert sorted(row.about for row in page.unowned) == ["Arne Kvam", "Olga Hansen"]
        first = Notice.objects.get(citizen=cast.olga)
        ingrid.post(f"/meldinger/{first.pk}/ta/")
        assert [row.about for row in ingrid.get(team).context["page"].mine] == ["Olga Hansen"]
        assert [row.about for row in amir.get(team).context["page"].others] == ["Olga Hansen"]
        assert ingrid.post(f"/meldinger/{first.pk}/", {"answer": "Jeg."}).status_code == 302
        late = amir.post(f"/meldinger/{first.pk}/", {"answer": "Jeg har den."})
        assert late.status_code == 409 and "Jeg har den." in late.content.decode()
        assert client_of(cast.nils).get(f"/meldinger/{first.pk}/").status_code == 404

    def test_the_list_asks_the_same_however_many_there_are(self, cast: Cast, client_of: SignIn) -> None:
        amir, team = client_of(cast.amir), f"/team/{cast.bekkedal.pk}/meldinger/"
        write(cast, citizen_id=cast.olga.pk, owner_id=cast.ingrid.employee.pk)
        amir.get(team)
        with CaptureQueriesContext(connection) as few:
            amir.get(team)
        for number in range(4):
            write(cast, f"Nummer {number}", citizen_id=cast.arne.pk, owner_id=cast.kari.employee.pk)
        with CaptureQueriesContext(connection) as many:
            amir.get(team)

        assert len(many) == len(few)
