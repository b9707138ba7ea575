"""Tests of the board of a shift: made of what happened, read once by each, one line beside."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_plan, builders_visits
from tests.builders_journal import note, said
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Whereabouts
from tillit.care.notices.actions import write_notice
from tillit.care.visits.models import Urgency
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import clock
from tillit.kernel.errors import NotFound
from tillit.teamwork.changeover import actions
from tillit.teamwork.changeover.models import ShiftLine, ShiftRead

SignIn = Callable[[Member], Client]
NOON = MONDAY + timedelta(hours=4)
EVENING = MONDAY + timedelta(hours=7, minutes=30)  # 15.30: the evening shift is on


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 15.30 on Monday."""
    monkeypatch.setattr(clock, "now", lambda: EVENING)


def board(cast: Cast, kind: str = "EVENING") -> str:
    return f"/team/{cast.bekkedal.pk}/vaktskifte/{MONDAY_DATE}/{kind}/"


class TestTheBoard:
    def test_is_made_of_what_happened_since_the_last_shift_the_urgent_on_top(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        said(cast.arne, cast.bekkedal, cast.amir, "Kald i huset.", at=NOON)
        said(cast.olga, cast.bekkedal, cast.amir, "", at=NOON)  # as planned: nothing is new
        note(cast.arne, cast.ingrid, "Datteren ringte.", at=NOON)
        note(cast.olga, cast.ingrid, "Skrevet på søndag.", at=MONDAY - timedelta(days=1))
        Whereabouts.objects.create(citizen=cast.arne, kind="HOSPITAL", place="SUS", from_at=NOON)
        builders_visits.follow_up(cast.olga, cast.amir.employee, None, NOON, words="Svimmel.", urgency=Urgency.NOW)
        builders_visits.follow_up(cast.per, cast.frida.employee, None, NOON, words="En annens.")
        write_notice(
            actor=cast.amir.actor, unit_id=cast.bekkedal.pk, text="Bil 3 er på verksted.", by="TODAY", at=NOON,
            press_key="",
        )  # fmt: skip

        page = client_of(cast.ingrid).get(board(cast)).context["page"]

        assert [one.name for one in page.citizens] == ["Olga Hansen", "Arne Kvam"]
        (urgent,) = page.citizens[0].told
        assert urgent.loud and urgent.words == "Svimmel."
        assert {told.words or told.text for told in page.citizens[1].told} == {
            "Kald i huset.", "Datteren ringte.", "På sykehus, SUS",
        }  # fmt: skip
        assert [row.more for row in page.notices.rows] == ["Bil 3 er på verksted."]

    def test_is_not_found_for_another_team_and_goes_to_the_shift_that_is_on(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        assert client_of(cast.nils).get(board(cast)).status_code == 404
        answer = client_of(cast.amir).get(f"/team/{cast.bekkedal.pk}/vaktskifte/")
        assert answer["Location"] == board(cast)
        assert client_of(cast.amir).get(board(cast).replace("EVENING", "LUNCH")).status_code == 404

    def test_tells_one_who_has_been_away_what_happened_since_she_was_here(self, cast: Cast, client_of: SignIn) -> None:
        note(cast.olga, cast.ingrid, "Skrevet på lørdag.", at=MONDAY - timedelta(days=2))
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE - timedelta(days=3))
        amir = client_of(cast.amir)

        assert amir.get(board(cast)).context["page"].citizens == ()
        (olga,) = amir.get(f"{board(cast)}?siden=meg").context["page"].citizens
        assert olga.told[0].words == "Skrevet på lørdag."

    def test_asks_the_same_however_much_has_happened(self, cast: Cast, client_of: SignIn) -> None:
        ingrid = client_of(cast.ingrid)

        def happens(number: int) -> None:
            at = NOON + timedelta(minutes=number)
            for citizen in (cast.olga, cast.arne):
                said(citizen, cast.bekkedal, cast.amir, f"Notat {number}", at=at, key=f"{number}")
                note(citizen, cast.ingrid, f"Også {number}", at=at)
                builders_visits.follow_up(citizen, cast.amir.employee, cast.ingrid.employee, at)
            write_notice(
                actor=cast.amir.actor, unit_id=cast.bekkedal.pk, text="Hei", by="TODAY", at=at, press_key="",
                citizen_id=cast.olga.pk, owner_id=cast.kari.employee.pk,
            )  # fmt: skip

        builders_plan.plan(cast.olga, in_use_from=NOON)
        happens(1)
        ingrid.get(board(cast))
        with CaptureQueriesContext(connection) as few:
            ingrid.get(board(cast))
        happens(2)
        happens(3)
        with CaptureQueriesContext(connection) as many:
            ingrid.get(board(cast))

        assert len(many) == len(few)


class TestWhoHasRead:
    def test_names_those_at_work_who_have_not_and_takes_one_press_each(self, cast: Cast, client_of: SignIn) -> None:
        from tillit.foundation.workforce.models import ShiftKind

        for member in (cast.ingrid, cast.amir):
            builders.shift(member.employee, cast.bekkedal, MONDAY_DATE, kind=ShiftKind.EVENING)
        amir = client_of(cast.amir)
        before = amir.get(board(cast)).context["page"]
        assert before.readers.missing_text == "Amir Rahimi, Ingrid Solheim" and before.read_href

        for _press in range(2):
            amir.post(f"{board(cast)}lest/")
        after = amir.get(board(cast)).context["page"]

        assert (after.readers.read_text, after.readers.missing_text) == ("Amir Rahimi", "Ingrid Solheim")
        assert not after.read_href and ShiftRead.objects.count() == 1
        assert AuditEntry.objects.filter(action="changeover.read_board").count() == 1
        with pytest.raises(NotFound):
            actions.say_read(
                actor=cast.nils.actor, unit_id=cast.bekkedal.pk, on=MONDAY_DATE, shift_kind="EVENING", at=EVENING
            )


class TestALine:
    def test_stands_on_the_board_of_its_shift_once_and_is_given_back_when_refused(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        amir = client_of(cast.amir)
        for _press in range(2):
            amir.post(f"{board(cast)}linje/", {"text": "Nøkkelskapet har ny kode.", "press_key": "one"})
        refused = amir.post(f"{board(cast)}linje/", {"text": "x" * 201, "press_key": "two"})

        assert refused.status_code == 422 and "x" * 201 in refused.content.decode()
        assert [line.text for line in amir.get(board(cast)).context["page"].lines] == ["Nøkkelskapet har ny kode."]
        assert amir.get(board(cast, "NIGHT")).context["page"].lines == ()
        assert ShiftLine.objects.count() == 1
