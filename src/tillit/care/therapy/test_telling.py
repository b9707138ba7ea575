"""Whoever referred a citizen is told what happens with the case, by an ordinary notice she closes with one press (R31)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.builders_therapy import again, therapist
from tests.builders_therapy import group as a_list
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.actions.barring import bar_employee
from tillit.care.citizens.models import Following
from tillit.care.journal.models import Entry
from tillit.care.notices.actions import write_notice
from tillit.care.notices.models import Notice
from tillit.care.therapy import actions
from tillit.care.therapy.actions import Referral
from tillit.care.therapy.models import TherapyCase

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture
def lars(cast: Cast) -> Member:
    return therapist("Lars", "Lie", cast.solvik)


def _referred(cast: Cast, by: Member) -> TherapyCase:
    facts = Referral(group_id=a_list(cast.south).pk, reason="Klarer ikke dusjen.", priority=2)
    return actions.refer(actor=by.actor, citizen_id=cast.olga.pk, referral=facts, press_key="", at=MONDAY)


def _taken(case: TherapyCase, by: Member) -> TherapyCase:
    return actions.take_case(actor=by.actor, therapy_id=case.pk, at=MONDAY)


class TestTold:
    def test_when_it_is_taken_given_back_and_closed_R31(self, cast: Cast, lars: Member) -> None:
        case = _taken(_referred(cast, cast.ingrid), lars)
        case = actions.give_back(
            actor=again(lars).actor, therapy_id=case.pk, edition=case.edition, why="Går i permisjon.", at=MONDAY
        )
        case = _taken(case, again(lars))
        actions.close_case(
            actor=again(lars).actor, therapy_id=case.pk, edition=case.edition, result="REACHED", words="Dusjer selv.",
            goals=(), at=MONDAY,
        )  # fmt: skip

        notices = list(Notice.objects.order_by("pk"))
        assert [one.text for one in notices] == [
            "Ergoterapi: Lars Lie har tatt saken dere henviste.",
            "Ergoterapi: Saken dere henviste, venter på lista igjen. Går i permisjon.",
            "Ergoterapi: Lars Lie har tatt saken dere henviste.",
            "Ergoterapi: Saken dere henviste, er avsluttet: kom dit brukeren ville. Notatet står i journalen.",
        ]
        assert {(one.owner, one.unit, one.written_by, one.citizen) for one in notices} == {
            (cast.ingrid.employee, cast.bekkedal, lars.employee, cast.olga)
        }
        assert Entry.objects.filter(kind="NOTICE").count() == 4

    def test_one_press_is_answer_enough(self, cast: Cast, lars: Member, client_of: Callable[..., Client]) -> None:
        _taken(_referred(cast, cast.ingrid), lars)
        notice, client = Notice.objects.get(), client_of(cast.ingrid)
        path = f"/meldinger/{notice.pk}/"

        assert 'name="answer" value="Lest"' in client.get(path).content.decode()
        assert client.post(path, {"answer": "Lest"}).status_code == 302
        notice.refresh_from_db()
        assert (notice.answer, notice.answered_by) == ("Lest", cast.ingrid.employee)

    def test_a_question_still_wants_words(self, cast: Cast, client_of: Callable[..., Client]) -> None:
        asked = write_notice(
            actor=cast.amir.actor, unit_id=cast.bekkedal.pk, text="Hvem har nøkkelen?", by="TODAY", at=MONDAY,
            press_key="",
        )  # fmt: skip

        assert 'value="Lest"' not in client_of(cast.ingrid).get(f"/meldinger/{asked.pk}/").content.decode()

    def test_a_persons_own_notice_is_never_news_and_never_stands_in_its_way(
        self, cast: Cast, client_of: Callable[..., Client]
    ) -> None:
        tor = therapist("Tor", "Vik", cast.bekkedal)
        case = _taken(_referred(cast, cast.ingrid), tor)
        told = Notice.objects.get()
        own = [
            write_notice(
                actor=again(tor).actor, unit_id=cast.bekkedal.pk, citizen_id=cast.olga.pk, text="Hvem har nøkkelen?",
                by="TODAY", at=MONDAY, press_key=key,
            )
            for key in (told.press_key, f"news:{told.press_key}", f"therapy-event:{case.events.latest('pk').pk + 1}")
        ]  # fmt: skip
        actions.give_back(
            actor=again(tor).actor, therapy_id=case.pk, edition=case.edition, why="Går i permisjon.", at=MONDAY
        )

        assert {one.asks_nothing for one in own} == {False}
        assert told.pk not in {one.pk for one in own}
        assert Notice.objects.filter(asks_nothing=True).count() == 2
        for one in own:
            assert 'value="Lest"' not in client_of(cast.ingrid).get(f"/meldinger/{one.pk}/").content.decode()

    def test_nobody_is_told_of_what_she_did_herself(self, cast: Cast) -> None:
        berit = therapist("Berit", "Ås", cast.bekkedal)
        _taken(_referred(cast, berit), berit)

        assert not Notice.objects.exists()

    def test_when_she_who_referred_works_elsewhere_it_goes_to_the_team_R31(self, cast: Cast, lars: Member) -> None:
        case = _referred(cast, cast.ingrid)
        TherapyCase.objects.filter(pk=case.pk).update(referred_by=cast.nils.employee)
        _taken(case, lars)

        notice = Notice.objects.get()
        assert (notice.owner, notice.unit) == (None, cast.bekkedal)

    def test_when_no_team_follows_her_nobody_is_told(self, cast: Cast, lars: Member) -> None:
        case = _referred(cast, cast.ingrid)
        Following.objects.filter(citizen=cast.olga).update(valid_to=MONDAY_DATE - timedelta(days=1))
        _taken(case, lars)

        assert not Notice.objects.exists()

    def test_a_barrier_gives_it_back_without_saying_why_R18(self, cast: Cast, lars: Member) -> None:
        _taken(_referred(cast, cast.ingrid), lars)
        bar_employee(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, employee_id=lars.employee.pk, kind="OBJECTION",
            asked_by="Olga selv", reason="Vil ikke ha ham", at=MONDAY,
        )  # fmt: skip

        notice = Notice.objects.latest("pk")
        assert notice.text == "Ergoterapi: Saken dere henviste, venter på lista igjen."
        assert (notice.written_by, notice.written_name) == (None, "")
