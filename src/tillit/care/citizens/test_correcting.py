"""Corrections add: the newest stands, what was stays, and the second of two writers is told."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast
from tillit.care.citizens import actions, queries, rules
from tillit.care.citizens.models import Citizen, Correction, Identifier
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

TENOR = "10915596784"
CITIZEN = rules.Facts(given_name="Olga", family_name="Hansen")


def number_of(citizen: Citizen) -> str:
    return str(Identifier.objects.get(citizen=citizen, valid_to__isnull=True).value)


def correct(cast: Cast, *, actor: Any = None, edition: int = 1, **changes: Any) -> Citizen:
    """Let Amir correct some of Olga's facts."""
    return actions.correct_facts(
        actor=actor or cast.amir.actor,
        citizen_id=cast.olga.pk,
        facts=replace(queries.facts_now(cast.olga.pk).facts, **changes),
        reason="CHANGED",
        edition=edition,
        at=MONDAY,
    )


class TestDifferences:
    def test_tells_what_a_fact_was_as_text(self) -> None:
        before = replace(CITIZEN, born_on=date(1940, 1, 31), needs_interpreter=True, lives_alone=None)
        after = replace(CITIZEN, born_on=None, needs_interpreter=False, lives_alone=False)

        found = rules.differences(before, after)

        assert [(one.field, one.was) for one in found] == [
            ("born_on", "1940-01-31"),
            ("needs_interpreter", "true"),
            ("lives_alone", ""),
        ]

    @given(st.text(max_size=20), st.text(max_size=20))
    def test_nothing_differs_from_itself_and_one_fact_at_most_once(self, phone: str, name: str) -> None:
        after = replace(CITIZEN, phone=phone, call_name=name)

        assert rules.differences(after, after) == ()
        assert {one.field for one in rules.differences(CITIZEN, after)} == {
            field for field, value in (("phone", phone), ("call_name", name)) if value
        }


class TestCorrectFacts:
    def test_the_newest_stands_and_what_was_stays(self, cast: Cast) -> None:
        correct(cast, family_name="Hansen Lie", phone="")
        correct(cast, edition=2, phone="911 11 111")

        assert queries.facts_now(cast.olga.pk).facts.family_name == "Hansen Lie"
        old = queries.old_facts(cast.olga.pk)
        assert [(one.which, one.was, one.corrected_by_name) for one in old] == [
            ("PHONE", "", "Amir Rahimi"),
            ("PHONE", "900 00 000", "Amir Rahimi"),
            ("FAMILY_NAME", "Hansen", "Amir Rahimi"),
        ]

    def test_she_is_found_and_sorted_by_the_new_name_and_still_by_the_address(self, cast: Cast) -> None:
        correct(cast, family_name="Åsen")

        for text in ("åsen", "strandveien åsen"):
            assert queries.search_citizens(actor=cast.amir.actor, text=text, on=MONDAY_DATE).citizen_ids == (
                cast.olga.pk,
            )
        assert not queries.search_citizens(actor=cast.amir.actor, text="hansen", on=MONDAY_DATE).citizen_ids
        assert queries.list_ids(actor=cast.amir.actor, unit_id=cast.bekkedal.pk, on=MONDAY_DATE) == [
            cast.arne.pk,
            cast.olga.pk,
        ]

    def test_the_second_of_two_is_told_and_nothing_is_overwritten(self, cast: Cast) -> None:
        correct(cast, phone="911 11 111")

        with pytest.raises(ChangedMeanwhile) as refused:
            correct(cast, actor=cast.ingrid.actor, phone="922 22 222")

        assert (refused.value.seen, refused.value.now) == (1, 2)
        assert queries.facts_now(cast.olga.pk).facts.phone == "911 11 111"

    def test_the_audit_trail_says_which_fields_and_no_more(self, cast: Cast) -> None:
        correct(cast, family_name="Lie", phone="911 11 111", born_on=date(1938, 5, 18))

        entry = AuditEntry.objects.get()
        assert entry.change == {"fields": ["family_name", "born_on", "phone"], "reason": "CHANGED", "edition": 2}

    def test_refuses_what_cannot_be(self, cast: Cast) -> None:
        for problem, changes in (
            (actions.NothingCorrected, {}),
            (actions.NameMissing, {"given_name": " ", "family_name": ""}),
            (actions.StrangeFacts, {"born_on": MONDAY_DATE + timedelta(days=1)}),
        ):
            with pytest.raises(problem):
                correct(cast, **changes)
        assert not Correction.objects.exists() and not AuditEntry.objects.exists()

    def test_out_of_reach_is_not_found_and_an_administrator_sees_nobody(self, cast: Cast) -> None:
        for actor in (cast.nils.actor, cast.frida.actor, cast.admin.actor):
            with pytest.raises(NotFound):
                correct(cast, actor=actor, phone="1")


class TestCorrectNumber:
    def correct(self, cast: Cast, *, actor: Any = None, number: str = TENOR, edition: int = 1) -> Identifier:
        return actions.correct_number(
            actor=actor or cast.ingrid.actor,
            citizen_id=cast.olga.pk,
            number=number,
            numbers=rules.Numbers.SYNTHETIC,
            reason="KNOWN",
            edition=edition,
            at=MONDAY,
        )

    def test_the_number_before_ends_and_is_kept(self, cast: Cast) -> None:
        was = number_of(cast.olga)

        self.correct(cast)

        assert number_of(cast.olga) == TENOR
        assert Identifier.objects.get(value=was).valid_to == MONDAY_DATE
        assert [(one.which, one.was) for one in queries.old_facts(cast.olga.pk)] == [("NUMBER", was)]

    def test_somebody_unknown_gets_her_identity(self, cast: Cast) -> None:
        Identifier.objects.filter(citizen=cast.olga).update(kind="UNKNOWN", value="")

        self.correct(cast)

        assert queries.facts_now(cast.olga.pk).number == TENOR
        assert [one.was for one in queries.old_facts(cast.olga.pk)] == [""]

    def test_a_number_that_is_taken_is_refused_and_known_only_in_reach(self, cast: Cast) -> None:
        taken = {"near": number_of(cast.arne), "far": number_of(cast.per)}

        for number in taken.values():
            with pytest.raises(actions.NumberTaken) as refused:
                self.correct(cast, number=number)
            assert number not in refused.value.text

        assert queries.with_number(actor=cast.ingrid.actor, number=taken["near"], at=MONDAY) == cast.arne.pk
        assert queries.with_number(actor=cast.ingrid.actor, number=taken["far"], at=MONDAY) is None
        assert queries.with_number(actor=cast.ingrid.actor, number=" ", at=MONDAY) is None

    def test_numbers_are_nowhere_in_the_audit_trail(self, cast: Cast) -> None:
        was = number_of(cast.olga)

        self.correct(cast)

        said = str(AuditEntry.objects.get().change)
        assert TENOR not in said and was not in said

    def test_a_care_worker_corrects_the_phone_but_not_the_number(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            self.correct(cast, actor=cast.amir.actor)
        with pytest.raises(ChangedMeanwhile):
            self.correct(cast, edition=7)
        with pytest.raises(actions.NumberRefused):
            self.correct(cast, number="10915596785")


class TestFormerCitizens:
    def end(self, cast: Cast) -> None:
        actions.end_help(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, ends_on=MONDAY_DATE, edition=1, at=MONDAY)

    def test_those_who_followed_her_last_may_still_read(self, cast: Cast) -> None:
        self.end(cast)

        assert queries.get_citizen(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=TUESDAY) == cast.olga
        for actor in (cast.amir.actor, cast.frida.actor, cast.nils.actor, cast.admin.actor):
            with pytest.raises(NotFound):
                queries.get_citizen(actor=actor, citizen_id=cast.olga.pk, at=TUESDAY)

    def test_they_are_in_no_list_of_today_but_searchable(self, cast: Cast) -> None:
        self.end(cast)

        team: dict[str, Any] = {"actor": cast.ingrid.actor, "unit_id": cast.bekkedal.pk, "on": MONDAY_DATE}
        assert queries.list_ids(**team) == [cast.arne.pk]
        assert queries.former_ids(**team) == [cast.olga.pk]
        assert queries.citizen_ids_of_unit(cast.bekkedal.pk, MONDAY_DATE) == [cast.arne.pk]
        found = queries.search_citizens(actor=cast.ingrid.actor, text="olga", on=MONDAY_DATE)
        assert found.citizen_ids == (cast.olga.pk,)
        assert not queries.search_citizens(actor=cast.amir.actor, text="olga", on=MONDAY_DATE).citizen_ids

    def test_a_team_that_follows_her_now_hides_her_from_the_one_before(self, cast: Cast) -> None:
        builders.role(cast.nils.employee, Role.NURSE, cast.solvik)
        self.end(cast)
        actions.resume_help(
            actor=cast.ingrid.actor,
            citizen_id=cast.olga.pk,
            unit_id=cast.solvik.pk,
            valid_from=MONDAY_DATE,
            edition=2,
            at=MONDAY,
        )

        with pytest.raises(NotFound):
            queries.get_citizen(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, at=TUESDAY)
        assert queries.former_ids(actor=cast.ingrid.actor, unit_id=cast.bekkedal.pk, on=MONDAY_DATE) == []
        assert queries.get_citizen(actor=cast.nils.actor, citizen_id=cast.olga.pk, at=TUESDAY) == cast.olga

    def test_nothing_is_changed_any_more_but_by_those_who_may_take_it_up_again(self, cast: Cast) -> None:
        self.end(cast)

        with pytest.raises(NotAllowed):
            correct(cast, actor=cast.ingrid.actor, edition=2, phone="1")

    def test_lists_ask_as_often_however_many_there_are(self, cast: Cast) -> None:
        self.end(cast)

        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as caught:
                queries.former_ids(actor=cast.ingrid.actor, unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
            return len(caught)

        few = asked()
        for number in range(5):
            one = builders.citizen("Nr", f"Tall{number}", cast.bekkedal, serial=600 + number * 7)
            actions.end_help(actor=cast.ingrid.actor, citizen_id=one.pk, ends_on=MONDAY_DATE, edition=1, at=MONDAY)

        assert asked() == few
