"""Deviations: told in two presses, answered to the one who told, counted without names."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders_plan
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.journal.models import Entry
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.keeping.retention import Due
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.teamwork.deviations import actions, queries
from tillit.teamwork.deviations.actions import AlreadyAnswered, OwnDeviation
from tillit.teamwork.deviations.models import Deviation
from tillit.teamwork.deviations.retention import DEVIATIONS

pytestmark = pytest.mark.usefixtures("on_monday")
SignIn = Callable[[Member], Client]


def told(cast: Cast, by: Member | None = None, **facts: Any) -> Deviation:
    given: dict[str, Any] = {
        "unit_id": cast.bekkedal.pk, "kind": "FALL", "about": "NEITHER", "citizen_id": None, "words": "",
        "press_key": "", "at": MONDAY,
    }  # fmt: skip
    return actions.report_deviation(actor=(by or cast.amir).actor, **given | facts)


class TestTell:
    def test_goes_to_the_leader_and_is_no_entry_of_the_journal_R31(self, cast: Cast) -> None:
        found = told(cast, about="CITIZEN", citizen_id=cast.olga.pk)

        assert (found.holder_id, found.state) == (cast.marit.employee.pk, "OPEN")
        assert not Entry.objects.exists()
        assert AuditEntry.objects.get().citizen_id is None

    def test_the_leader_of_the_unit_answers_and_where_nobody_leads_nobody_R08(self, cast: Cast) -> None:
        assert queries.leader_of(cast.bekkedal.pk, on=MONDAY_DATE) == cast.marit.employee.pk
        assert queries.leader_of(cast.fjelldal.pk, on=MONDAY_DATE) is None

    def test_the_same_press_twice_is_one_R12(self, cast: Cast) -> None:
        assert told(cast, press_key="p").pk == told(cast, press_key="p").pk

    @pytest.mark.parametrize("facts", [{"kind": "XX"}, {"about": "XX"}, {"about": "CITIZEN"}, {"words": "å" * 501}])
    def test_refuses_what_says_nothing_R31(self, cast: Cast, facts: dict[str, Any]) -> None:
        with pytest.raises(ActionRefused):
            told(cast, **facts)
        assert not Deviation.objects.exists()

    def test_not_about_whom_she_does_not_reach_R06(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            told(cast, about="CITIZEN", citizen_id=cast.per.pk)
        with pytest.raises(NotFound):
            told(cast, unit_id=cast.fjelldal.pk)

    def test_is_taken_back_while_nobody_has_looked_R06(self, cast: Cast) -> None:
        first, second = told(cast), told(cast)
        with pytest.raises(NotFound):
            actions.withdraw_deviation(actor=cast.kari.actor, deviation_id=first.pk, at=MONDAY)
        actions.withdraw_deviation(actor=cast.amir.actor, deviation_id=first.pk, at=MONDAY)
        actions.look_at_deviation(actor=cast.marit.actor, deviation_id=second.pk, at=MONDAY)

        with pytest.raises(ActionRefused):
            actions.withdraw_deviation(actor=cast.amir.actor, deviation_id=second.pk, at=MONDAY)
        assert [line.deviation_id for line in queries.own(cast.amir.employee.pk)] == [second.pk]


class TestAnswer:
    def test_comes_back_to_the_one_who_told_R31(self, cast: Cast) -> None:
        found = told(cast)
        actions.answer_deviation(
            actor=cast.marit.actor, deviation_id=found.pk, answer="Vi flytter teppet.", learned="Løse tepper bort",
            at=MONDAY,
        )  # fmt: skip

        assert queries.unseen_answers(cast.amir.employee.pk) == 1
        assert actions.see_answers(actor=cast.amir.actor, at=MONDAY) == 1
        assert queries.unseen_answers(cast.amir.employee.pk) == 0
        with pytest.raises(AlreadyAnswered):
            actions.answer_deviation(
                actor=cast.marit.actor, deviation_id=found.pk, answer="Igjen.", learned="", at=MONDAY
            )

    def test_nobody_answers_herself_or_without_the_right_R06(self, cast: Cast) -> None:
        own, others = told(cast, cast.marit), told(cast)
        assert own.holder_id is None
        with pytest.raises(OwnDeviation):
            actions.answer_deviation(actor=cast.marit.actor, deviation_id=own.pk, answer="Ok.", learned="", at=MONDAY)
        with pytest.raises((NotFound, NotAllowed)):
            actions.answer_deviation(actor=cast.kari.actor, deviation_id=others.pk, answer="Ok.", learned="", at=MONDAY)
        with pytest.raises(ActionRefused):
            actions.answer_deviation(actor=cast.marit.actor, deviation_id=others.pk, answer=" ", learned="", at=MONDAY)


class TestPages:
    def test_two_presses_from_the_visit_and_back_R12(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        visit = builders_plan.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=MONDAY_DATE)
        here = reverse("myday:visit", args=[visit.pk])
        door = f"{reverse('deviations:report')}?team={cast.bekkedal.pk}&bruker={cast.olga.pk}&besok={visit.pk}"
        assert door.replace("&", "&amp;") in client.get(here).content.decode()
        page = client.get(door).content.decode()
        assert 'name="kind" value="FALL"' in page and "Olga Hansen" in page

        sent = {
            "press_key": "p", "citizen": cast.olga.pk, "visit": visit.pk, "team": cast.bekkedal.pk, "about": "CITIZEN",
            "kind": "FALL",
        }  # fmt: skip
        answer = client.post(reverse("deviations:report"), sent)

        assert answer.headers["Location"] == here
        assert Deviation.objects.get().citizen == cast.olga

    def test_without_a_kind_what_was_written_comes_back_R06(self, cast: Cast, client_of: SignIn) -> None:
        sent = {"press_key": "p", "about": "WORKPLACE", "words": "Glatt trapp hos oss"}
        answer = client_of(cast.amir).post(reverse("deviations:report"), sent)

        assert answer.status_code == 422 and "Glatt trapp hos oss" in answer.content.decode()

    def test_the_answer_is_told_on_min_dag_until_it_is_seen_R31(self, cast: Cast, client_of: SignIn) -> None:
        found = told(cast, words="Falt i trappa")
        leader, teller = client_of(cast.marit), client_of(cast.amir)
        assert "Falt i trappa" in leader.get(reverse("deviations:show", args=[found.pk])).content.decode()
        leader.post(reverse("deviations:look", args=[found.pk]))
        assert "Sett på" in teller.get(reverse("deviations:list")).content.decode()
        leader.post(reverse("deviations:show", args=[found.pk]), {"answer": "Vi setter opp rekkverk.", "learned": ""})

        assert "Svar på avviket du meldte" in teller.get(reverse("myday:today")).content.decode()
        assert "Vi setter opp rekkverk." in teller.get(reverse("deviations:list")).content.decode()
        teller.post(reverse("deviations:seen"))
        assert "Svar på avviket du meldte" not in teller.get(reverse("myday:today")).content.decode()

    def test_others_do_not_read_it_R06(self, cast: Cast, client_of: SignIn) -> None:
        found = told(cast, words="Hemmelig sak")
        door = reverse("deviations:show", args=[found.pk])

        assert client_of(cast.kari).get(door).status_code in (403, 404)
        assert "Hemmelig sak" not in client_of(cast.kari).get(reverse("deviations:list")).content.decode()

    def test_the_numbers_name_nobody_and_hold_small_ones_back_R22(self, cast: Cast, client_of: SignIn) -> None:
        for number in range(6):
            told(cast, about="CITIZEN", citizen_id=cast.olga.pk, words=f"Ord {number}")
        told(cast, kind="THREAT")
        answered = Deviation.objects.filter(kind="FALL").earliest("pk")
        actions.answer_deviation(
            actor=cast.marit.actor, deviation_id=answered.pk, answer="Svar til Amir.", learned="Tepper bort", at=MONDAY
        )
        text = client_of(cast.kari).get(reverse("deviations:numbers", args=[cast.bekkedal.pk])).content.decode()

        assert "Tepper bort" in text and "under 5" in text and ">6<" in text.replace("\n", "").replace(" ", "")
        for hidden in ("Olga", "Ord 1", "Amir", "Svar til"):
            assert hidden not in text


def test_answered_ones_are_deleted_when_their_time_is_over_and_no_others_R22(cast: Cast) -> None:
    answered, waiting, held = told(cast), told(cast), told(cast, about="CITIZEN", citizen_id=cast.olga.pk)
    for one in (answered, held):
        actions.answer_deviation(actor=cast.marit.actor, deviation_id=one.pk, answer="Ok.", learned="", at=MONDAY)
    due = Due(before=MONDAY + timedelta(seconds=1), at=MONDAY, held_citizens=frozenset({cast.olga.pk}))

    assert DEVIATIONS.count(due) == 1
    DEVIATIONS.remove(due, lambda _batch: None)

    assert set(Deviation.objects.values_list("pk", flat=True)) == {waiting.pk, held.pk}
