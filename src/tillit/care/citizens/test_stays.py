"""Stays elsewhere (R16): somebody has what comes next, and what it came to is counted by itself."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests import builders_responsibility as map_builders
from tests import builders_routing as more
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.actions import set_away, set_home, stays
from tillit.care.citizens.models import Citizen, Responsible, Whereabouts, WhereaboutsFollowUp
from tillit.care.citizens.queries.stays import StayLine, edition_of_stay, stays_lacking, stays_of_unit
from tillit.care.citizens.rules import stays as rules
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation.models import UnitPurpose
from tillit.foundation.responsibility.rules.routing import Problem
from tillit.foundation.workforce.models import Absence
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound

LEFT = MONDAY - timedelta(days=2)
WEDNESDAY = TUESDAY + timedelta(days=1)


def away(citizen: Citizen, *, kind: str = "HOSPITAL") -> Whereabouts:
    return Whereabouts.objects.create(citizen=citizen, kind=kind, place="Ortopeden", from_at=LEFT)


def add(member: Member, stay: Whereabouts, *, kind: str = "CALL", words: str = "", on: date | None = None,
        owner_id: int | None = None, at: datetime = MONDAY) -> WhereaboutsFollowUp:  # fmt: skip
    return stays.add_step(
        actor=member.actor, whereabouts_id=stay.pk, kind=kind, words=words, on=on, owner_id=owner_id, at=at
    )


def home(member: Member, stay: Whereabouts, home_at: datetime, *, at: datetime = MONDAY) -> Whereabouts:
    stay.refresh_from_db()
    return stays.come_home(
        actor=member.actor, whereabouts_id=stay.pk, home_at=home_at, seen=edition_of_stay(stay), at=at
    )


def listed(cast: Cast, at: datetime = MONDAY) -> list[StayLine]:
    return stays_of_unit(unit=cast.bekkedal, at=at)


def answers(cast: Cast, member: Member, *, kind: str = "SERVICE_RESPONSIBLE") -> None:
    Responsible.objects.create(citizen=cast.olga, employee=member.employee, kind=kind, valid_from=date(2026, 1, 1))


class TestTheList:
    def test_says_where_since_when_and_who_follows_up_by_the_table_R16(self, cast: Cast) -> None:
        rapid = more.special("Innsatsteamet", UnitPurpose.RAPID_RESPONSE, parent=cast.municipality)
        more.follow(cast.bekkedal, more.table("Vår", {"HOSPITAL": "TEAM", "NEW_HOSPITAL": "RAPID_RESPONSE_TEAM"}))
        map_builders.area(cast.bekkedal, codes=["6770"])
        new = builders.citizen("Tove", "Dal", rapid, serial=610)
        away(new, kind="ACUTE_UNIT")
        away(cast.olga)
        away(cast.arne, kind="AWAY")

        ours, theirs = (stays_of_unit(unit=unit, at=MONDAY) for unit in (cast.bekkedal, rapid))

        assert [(line.citizen_id, line.kind) for line in ours] == [(cast.olga.pk, "HOSPITAL"), (cast.arne.pk, "AWAY")]
        assert [line.lacks(MONDAY) for line in ours] == [True, False], "a journey is nobody's to follow up"
        assert ours[0].routed is not None
        assert ours[0].routed.unit_id == cast.bekkedal.pk
        assert [line.routed.why.code for line in theirs if line.routed] == ["NEW_HOSPITAL"]

    def test_what_nobody_has_is_told_R08(self, cast: Cast) -> None:
        more.follow(cast.bekkedal, more.table("HELTOM", {"HOSPITAL": "NOBODY"}))
        away(cast.olga)

        (line,) = listed(cast)

        assert line.routed is not None
        assert line.routed.problem == Problem.UNDECIDED

    def test_lacks_somebody_without_a_step_without_an_owner_and_over_time(self, cast: Cast) -> None:
        step = add(cast.amir, away(cast.olga), on=MONDAY_DATE)

        assert len(stays_lacking(citizen_ids=[cast.olga.pk], at=MONDAY)) == 0
        assert len(stays_lacking(citizen_ids=[cast.olga.pk], at=TUESDAY)) == 1
        WhereaboutsFollowUp.objects.update(owner=None)
        assert len(stays_lacking(citizen_ids=[cast.olga.pk], at=MONDAY)) == 1
        stays.take_step(actor=cast.kari.actor, step_id=step.pk, at=MONDAY)
        assert len(stays_lacking(citizen_ids=[cast.olga.pk], at=MONDAY)) == 0
        stays.end_step(actor=cast.kari.actor, step_id=step.pk, at=MONDAY)
        assert len(stays_lacking(citizen_ids=[cast.olga.pk], at=MONDAY)) == 1

    @pytest.mark.parametrize("many", [1, 9])
    def test_one_and_nine_cost_the_same(self, cast: Cast, many: int) -> None:
        more.follow(cast.bekkedal, more.table("Vår", {"HOSPITAL": "TEAM"}))
        for number in range(many):
            away(builders.citizen("A", f"B{number}", cast.bekkedal, born_on=date(1930 + number, 1, 1)))

        with CaptureQueriesContext(connection) as found:
            listed(cast)

        assert len(found) == 11


class TestSteps:
    def test_are_whoever_presses_them_with_the_usual_day_and_once(self, cast: Cast) -> None:
        stay = away(cast.olga)

        first, again = add(cast.ingrid, stay), add(cast.ingrid, stay)
        add(cast.amir, stay, kind="OTHER", words="Henter nøkkelen", on=MONDAY_DATE, owner_id=cast.kari.employee.pk)

        assert first.pk == again.pk
        (line,) = listed(cast)
        assert [(step.words, step.on, step.owner_id) for step in line.steps] == [
            ("Henter nøkkelen", MONDAY_DATE, cast.kari.employee.pk),
            ("Ringer avdelingen", TUESDAY_DATE, cast.ingrid.employee.pk),
        ]
        stay.refresh_from_db()
        assert stay.next_step == "Henter nøkkelen"
        assert all("nøkkel" not in str(entry.change) for entry in AuditEntry.objects.all())

    def test_ended_twice_is_ended_once_and_says_by_whom(self, cast: Cast) -> None:
        step = add(cast.ingrid, away(cast.olga))

        stays.end_step(actor=cast.amir.actor, step_id=step.pk, at=MONDAY)
        stays.end_step(actor=cast.kari.actor, step_id=step.pk, at=TUESDAY)

        (line,) = listed(cast, TUESDAY)
        assert [(one.ended_by, one.ended_at) for one in line.ended] == [("Amir Rahimi", MONDAY)]

    @pytest.mark.parametrize(("words", "on"), [("  ", None), ("Ringer", MONDAY_DATE - timedelta(days=1))])
    def test_refuse_silence_and_yesterday(self, cast: Cast, words: str, on: date | None) -> None:
        with pytest.raises(stays.StepRefused):
            add(cast.ingrid, away(cast.olga), kind="OTHER", words=words, on=on)

    def test_are_for_those_who_work_in_the_team_and_out_of_reach_for_others(self, cast: Cast) -> None:
        stay = away(cast.olga)
        step = add(cast.ingrid, stay)

        with pytest.raises(stays.StepRefused):
            add(cast.ingrid, stay, owner_id=cast.frida.employee.pk)
        for outside in (cast.frida, cast.admin):
            with pytest.raises(NotFound):
                add(outside, stay)
            with pytest.raises(NotFound):
                stays.end_step(actor=outside.actor, step_id=step.pk, at=MONDAY)

    def test_an_admission_asks_for_a_report_within_a_day_from_whoever_answers_for_her(self, cast: Cast) -> None:
        answers(cast, cast.ingrid)
        answers(cast, cast.amir, kind="PRIMARY_CONTACT")
        Absence.objects.create(employee=cast.ingrid.employee, valid_from=MONDAY_DATE, reported_at=MONDAY)

        set_away(actor=cast.kari.actor, citizen_id=cast.olga.pk, kind="HOSPITAL", from_at=MONDAY, at=MONDAY)

        (line,) = listed(cast)
        assert [(step.kind, step.on, step.owner_id) for step in line.steps] == [
            ("REPORT", TUESDAY_DATE, cast.amir.employee.pk)
        ]

    def test_go_with_her_from_one_place_to_the_next_but_not_those_of_coming_home(self, cast: Cast) -> None:
        stay = away(cast.olga)
        add(cast.ingrid, stay, kind="MEDICINES")
        home(cast.ingrid, stay, WEDNESDAY)

        set_away(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, kind="HEALTH_HOUSE", from_at=TUESDAY, seen_id=stay.pk,
            at=TUESDAY,
        )  # fmt: skip

        (line,) = listed(cast, TUESDAY)
        assert (line.kind, [step.kind for step in line.steps]) == ("HEALTH_HOUSE", ["MEDICINES"])


class TestReady:
    def test_must_be_answered_today_and_can_be_taken_back(self, cast: Cast) -> None:
        stay = away(cast.olga)

        stays.say_ready(actor=cast.ingrid.actor, whereabouts_id=stay.pk, at=MONDAY)
        stays.say_ready(actor=cast.amir.actor, whereabouts_id=stay.pk, at=TUESDAY)

        (line,) = listed(cast)
        assert (line.ready_at, [(step.kind, step.on) for step in line.steps]) == (MONDAY, [("ANSWER", MONDAY_DATE)])
        stays.take_back_ready(actor=cast.ingrid.actor, whereabouts_id=stay.pk, at=TUESDAY)
        (line,) = listed(cast, TUESDAY)
        assert (line.ready_at, line.steps) == (None, ())


class TestComingHome:
    def test_gives_the_first_visit_and_the_look_at_the_plan_to_whoever_answers_for_her(self, cast: Cast) -> None:
        answers(cast, cast.ingrid)
        stay = away(cast.olga)

        home(cast.amir, stay, TUESDAY)
        home(cast.amir, stay, WEDNESDAY)

        (line,) = listed(cast)
        wednesday = WEDNESDAY.date()
        assert [(step.kind, step.on, step.owner_id) for step in line.steps] == [
            ("PLAN", wednesday, cast.ingrid.employee.pk),
            ("FIRST_VISIT", wednesday, cast.ingrid.employee.pk),
        ]

    def test_stays_on_the_list_until_the_steps_are_taken(self, cast: Cast) -> None:
        stay = away(cast.olga)
        home(cast.ingrid, stay, MONDAY)

        (line,) = listed(cast, TUESDAY)
        assert line.is_home(TUESDAY)
        assert line.lacks(TUESDAY), "nobody answers for her, so nobody has them"
        for step in line.steps:
            stays.end_step(actor=cast.ingrid.actor, step_id=step.step_id, at=TUESDAY)

        assert not listed(cast, TUESDAY)
        with pytest.raises(ActionRefused):
            home(cast.ingrid, stay, WEDNESDAY, at=TUESDAY)

    def test_two_who_set_the_day_are_told(self, cast: Cast) -> None:
        stay = away(cast.olga)
        seen = edition_of_stay(stay)
        home(cast.ingrid, stay, TUESDAY)

        with pytest.raises(ChangedMeanwhile):
            stays.come_home(actor=cast.amir.actor, whereabouts_id=stay.pk, home_at=WEDNESDAY, seen=seen, at=MONDAY)

    def test_called_off_nothing_is_left_to_do(self, cast: Cast) -> None:
        ahead = set_away(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, kind="RESPITE", from_at=TUESDAY, to_at=WEDNESDAY,
            next_step="Pakker medisiner", at=MONDAY,
        )  # fmt: skip
        assert ahead.follow_ups.filter(ended_at__isnull=True).count() == 3

        set_home(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, to_at=MONDAY, at=MONDAY)

        assert not ahead.follow_ups.filter(ended_at__isnull=True).exists()
        assert not listed(cast, WEDNESDAY)


class TestRules:
    def test_the_example_by_hand_in_how_we_count(self) -> None:
        """docs/how-we-count/stays.md."""
        first, after = date(2026, 8, 25), date(2026, 11, 23)
        found = rules.count(
            [
                rules.Away("HOSPITAL", date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 7), 14),
                rules.Away("HOSPITAL", date(2026, 11, 20), None, date(2026, 11, 23), 6),
                rules.Away("HOSPITAL", date(2026, 8, 20), date(2026, 8, 27), date(2026, 8, 27), 4),
                rules.Away("ACUTE_UNIT", date(2026, 11, 11), date(2026, 11, 11), None, 1),
            ],
            first=first,
            after=after,
        )

        assert found["HOSPITAL"] == rules.Counted(stays=3, days=12, ready=2, waited=1.0, paused=24)
        assert found["ACUTE_UNIT"] == rules.Counted(stays=1, days=0, ready=0, waited=None, paused=1)

    def test_offers_what_is_likely_and_nothing_somebody_has(self) -> None:
        offered = rules.offered("HOSPITAL", is_ready=True, home_on=None, is_open={"MEETING"})
        at_home = rules.offered("RESPITE", is_ready=False, home_on=MONDAY_DATE, is_open=set())

        assert offered == ("ANSWER", "MEDICINES", "CALL")
        assert at_home == ("MEDICINES", "FIRST_VISIT", "PLAN")
        assert rules.offered("AWAY", is_ready=False, home_on=None, is_open=set()) == ()

    @given(
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.integers(0, 90),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    )
    def test_the_days_of_two_periods_that_meet_add_up_to_the_stay(self, left: date, days: int, middle: date) -> None:
        home_on, first, after = left + timedelta(days=days), date(2025, 1, 1), date(2028, 1, 1)

        before = rules.days_away(left, home_on, first=first, after=middle)
        since = rules.days_away(left, home_on, first=middle, after=after)

        assert before + since == days


def test_of_what_was_written_before_only_the_newest_step_is_open(cast: Cast) -> None:
    """Migration 0013: the older ones were ended when the next was written, by its writer."""
    stay = away(cast.olga)
    for words, at, by in (("Ringer", MONDAY, cast.amir), ("Møte", TUESDAY, cast.ingrid)):
        WhereaboutsFollowUp.objects.create(whereabouts=stay, words=words, written_at=at, written_by=by.employee)
    alone = Whereabouts.objects.create(citizen=cast.arne, kind="RESPITE", from_at=LEFT, next_step="Pakker")

    for _again in range(2):
        import_module("tillit.care.citizens.migrations.0013_stays").end_the_older(apps, None)

    assert list(stay.follow_ups.order_by("pk").values_list("words", "ended_at", "ended_by")) == [
        ("Ringer", TUESDAY, cast.ingrid.employee.pk),
        ("Møte", None, None),
    ]
    assert list(alone.follow_ups.values_list("words", "ended_at")) == [("Pakker", None)]
