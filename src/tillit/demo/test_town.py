"""What must hold in Fjordvik: read from one small town."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from tillit.care.careplans.models import CarePlan, Goal, Intervention
from tillit.care.citizens.models import Citizen, Following, Home, Identifier, Responsible, Whereabouts
from tillit.care.citizens.queries.stays import stays_of_unit
from tillit.care.needs.models import WhatMatters
from tillit.care.visits.models import FollowUp, Visit, VisitHelper, VisitReport, VisitTask
from tillit.care.visits.queries.paused import paused_visits
from tillit.demo.accounts import demo_accounts
from tillit.demo.generate import Summary, generate
from tillit.demo.story.solvik import CITIZENS
from tillit.demo.story.stays import STAYS
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Area, Unit, UnitKind
from tillit.foundation.responsibility.models import TeamModel
from tillit.foundation.workforce.models import Absence, Employee, RoleHolding, Shift
from tillit.kernel import geo, national_id, oslo
from tillit.teamwork.planning.adapter.engine import propose
from tillit.teamwork.planning.models import Assignment, DayLists, Notice
from tillit.teamwork.planning.queries import handed_to, team_day
from tillit.teamwork.planning.queries.lists import head_from, steps_since_publishing
from tillit.teamwork.planning.rules import breaks, objections
from tillit.teamwork.planning.rules.changes import touched
from tillit.teamwork.planning.rules.objections import Against
from tillit.teamwork.planning.rules.presets import Preset

TUESDAY = date(2026, 11, 24)
CANNOT_BE_WALKED = {
    Against.OVERLAPS,
    Against.SHORT_WAY,
    Against.NO_BREAK,
    Against.IN_MEETING,
    Against.BEFORE_SHIFT,
    Against.OVERTIME,
    Against.LACKS_COMPETENCE,
    Against.LACKS_TRAINING,
    Against.MUST_NOT,
}
_LANDS = ("Lia", "Solvik", "Havna", "Neset", "Bjørkåsen", "Fjellgrend", "Vika")


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Summary]:
    """Fjordvik in small, as on a Tuesday: made once, read by every test here, then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield generate(anchor=TUESDAY, seed=3, scale=0.15, history_days=35)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_town(town: Summary, db: None) -> None:
    """Every test here reads the same town."""


def solvik() -> Unit:
    return Unit.objects.get(name="Team Solvik")


def employee(given: str, family: str) -> Employee:
    return Employee.objects.get(given_name=given, family_name=family)


def clock(at: datetime | None) -> str:
    assert at is not None
    return oslo.clock_of(at).strftime("%H.%M")


class TestCitizens:
    def test_identity_numbers_are_valid_synthetic_and_used_once(self) -> None:
        values = list(Identifier.objects.exclude(kind="UNKNOWN").values_list("value", flat=True))
        read = [national_id.read(value) for value in values]

        assert len(values) == len(set(values)) > 50
        assert all(one.is_synthetic for one in read)
        assert {str(one.kind) for one in read} <= {"FNR", "DNR"}

    def test_everybody_lives_in_the_area_of_a_team_that_follows_her(self) -> None:
        areas = {area.unit_id: geo.polygon(area.ring) for area in Area.objects.filter(name__in=_LANDS)}
        followers: dict[int, list[int]] = {}
        for citizen_id, unit_id, team_id in Following.objects.values_list("citizen_id", "unit_id", "unit__parent_id"):
            followers.setdefault(citizen_id, []).extend((unit_id, team_id or 0))  # a work group has its team's area

        for home in Home.objects.all():
            assert home.latitude is not None
            assert home.longitude is not None
            place = geo.Place(home.latitude, home.longitude)
            mine = [areas[unit] for unit in followers[home.citizen_id] if unit in areas]
            assert any(geo.covers(area, place) for area in mine), home.street

    def test_the_areas_share_no_ground(self) -> None:
        polygons = [geo.polygon(area.ring) for area in Area.objects.all()]

        assert len(polygons) == 7
        assert not any(
            geo.share_ground(one, other) for number, one in enumerate(polygons) for other in polygons[number + 1 :]
        )

    def test_nobody_in_a_team_says_what_a_teammate_says(self) -> None:
        for unit in Unit.objects.filter(kind=UnitKind.TEAM):
            words = list(
                WhatMatters.objects.filter(citizen__followings__unit=unit, citizen__followings__part="")
                .exclude(citizen__what_matters__recorded_at__gt=F("recorded_at"))
                .values_list("words", flat=True)
            )
            assert len(words) == len(set(words)), unit.name

    def test_those_the_screens_speak_of_are_there_with_their_words(self) -> None:
        astrid = Citizen.objects.get(given_name="Astrid", family_name="Haugen")
        home = astrid.homes.get()

        assert astrid.what_matters.latest("recorded_at").words.startswith("Jeg vil kunne gå ned til postkassa selv")
        assert (home.street, home.floor) == ("Strandveien 14", "2. etasje")
        assert [
            goal.words for goal in Goal.objects.filter(plan__citizen=astrid, plan__valid_to=None).order_by("rank")
        ] == [
            "Gå ned til postkassa selv",
            "Kle på meg overkroppen uten hjelp",
            "Sove godt uten å være redd for å falle",
        ]
        assert Citizen.objects.filter(family_name="El-Amrani", needs_interpreter=True).exists()

    def test_the_new_citizen_waits_in_hospital_without_plan_or_contact_R15(self) -> None:
        skagen = Citizen.objects.get(family_name="Skagen", given_name="Arnfinn")

        assert Whereabouts.objects.filter(citizen=skagen, to_at=None, kind="HOSPITAL").exists()
        assert not CarePlan.objects.filter(citizen=skagen).exists()
        assert not Responsible.objects.filter(citizen=skagen).exists()


class TestPlans:
    def test_the_goals_written_by_hand_hang_on_what_matters(self) -> None:
        families = [one.family for one in CITIZENS if one.aims]
        goals = Goal.objects.filter(plan__citizen__family_name__in=families, plan__citizen__followings__unit=solvik())
        own = [goal for goal in goals if goal.words in {aim.words for one in CITIZENS for aim in one.aims}]

        assert len(own) >= len(families) > 30
        assert not [goal.words for goal in own if goal.matters_id is None]

    def test_the_same_line_goes_through_versions(self) -> None:
        later = Intervention.objects.exclude(pk=F("line"))

        assert later.exists()
        assert not later.exclude(line__in=Intervention.objects.values("pk")).exists()


class TestVisits:
    def test_the_unit_of_a_visit_follows_the_citizen_that_day(self) -> None:
        follows = list(Following.objects.values_list("citizen_id", "unit_id", "valid_from", "valid_to"))
        known: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
        for citizen_id, unit_id, first, after in follows:
            known.setdefault((citizen_id, unit_id), []).append((first, after))

        for citizen_id, unit_id, on in Visit.objects.values_list("citizen_id", "unit_id", "on"):
            periods = known[citizen_id, unit_id]
            assert any(first <= on and (after is None or on < after) for first, after in periods)

    def test_helpers_were_at_work_and_not_absent_when_they_came(self) -> None:
        shifts: dict[int, list[tuple[datetime, datetime, date]]] = {}
        for employee, starts, ends, on in Shift.objects.values_list("employee_id", "starts_at", "ends_at", "on"):
            shifts.setdefault(employee, []).append((starts, ends, on))
        away: dict[int, list[tuple[date, date | None]]] = {}
        for employee, first, after in Absence.objects.values_list("employee_id", "valid_from", "valid_to"):
            away.setdefault(employee, []).append((first, after))

        rows = VisitHelper.objects.values_list("employee_id", "visit__starts_at")
        assert rows.count() > 500
        for employee, starts_at in rows:
            assert starts_at is not None
            mine = [on for starts, ends, on in shifts[employee] if starts <= starts_at < ends]
            assert mine
            assert not any(
                first <= mine[0] and (after is None or mine[0] < after) for first, after in away.get(employee, [])
            )

    def test_nobody_is_in_two_homes_at_once(self) -> None:
        rows = VisitHelper.objects.filter(visit__state="DONE").order_by("employee_id", "visit__starts_at")
        found = rows.values_list("employee_id", "visit__starts_at", "visit__minutes")
        for (one, start, minutes), (other, next_start, _) in pairwise(found):
            assert start is not None
            assert next_start is not None
            assert one != other or start + timedelta(minutes=minutes) <= next_start

    def test_visits_are_what_the_product_makes_from_the_plans(self) -> None:
        from tillit.care.visits.actions import make_visits
        from tillit.foundation.access.actor import system

        made = make_visits(
            actor=system("test"),
            citizen_ids=None,
            unit_id=None,
            first=TUESDAY + timedelta(days=1),
            after=TUESDAY + timedelta(days=14),
            at=oslo.moment(TUESDAY, datetime(2026, 1, 1, 7, 42).time()),  # noqa: DTZ001 – a clock time
        )

        assert made.is_nothing

    def test_most_visits_went_as_planned_and_cancelled_ones_say_who(self) -> None:
        reports = VisitReport.objects.all()
        as_planned = reports.filter(outcome="AS_PLANNED").count() / reports.count()

        assert 0.75 < as_planned < 0.95
        assert not Visit.objects.filter(state="CANCELLED", cancelled_by="").exists()
        assert set(Visit.objects.filter(on__lt=TUESDAY).values_list("state", flat=True)) == {"DONE", "CANCELLED"}
        coming = Visit.objects.filter(on__gt=TUESDAY).exclude(state="PLANNED")
        assert set(coming.values_list("cancelled_by", flat=True)) == {"AWAY"}, "on pause while she is away"

    def test_whoever_is_away_has_a_step_with_somebody_and_visits_on_pause_R16(self) -> None:
        at = oslo.moment(TUESDAY, time(7, 42))
        lines = stays_of_unit(unit=Unit.objects.get(name="Team Havna"), at=at)

        (line,) = [line for line in lines if line.place == "Nordfjord sjukehus, kirurgisk"]
        assert [(step.kind, step.on) for step in line.steps] == [("MEETING", TUESDAY + timedelta(days=1))]
        assert all(step.owner_id for step in line.steps)
        assert paused_visits([line.citizen_id], since=line.from_at, until=at + timedelta(days=14))

    def test_of_those_away_in_the_big_town_one_is_ready_and_one_is_over_time_R16(self) -> None:
        away = [stay for stay in STAYS["Team Solvik"] if stay.home_in is None or stay.home_in > 0]

        assert len({stay.kind for stay in away}) == 4
        assert [stay.ready_in for stay in away].count(0) == 1
        assert [any(step.on < 0 and not step.is_done for step in stay.steps) for stay in away].count(True) == 1

    def test_tasks_are_kept_for_28_days_and_the_days_to_come(self) -> None:
        oldest = VisitTask.objects.order_by("visit__on").values_list("visit__on", flat=True).first()

        assert oldest == TUESDAY - timedelta(days=28)
        assert not Visit.objects.filter(on__gte=oldest, tasks=None).exists()


class TestRosters:
    def test_eleven_hours_rest_between_shifts(self) -> None:
        rows = Shift.objects.filter(office=False).order_by("employee_id", "starts_at")
        shared = set(Employee.objects.filter(given_name="Lars", family_name="Eide").values_list("pk", flat=True))
        found = rows.exclude(employee_id__in=shared).values_list("employee_id", "starts_at", "ends_at")
        for (one, _, ends), (other, starts, _) in pairwise(found):
            if one == other:
                assert starts - ends >= timedelta(hours=11)

    def test_permanent_staff_work_every_third_weekend(self) -> None:
        shifts = Shift.objects.filter(is_extra=False, office=False).exclude(kind="NIGHT")
        for employee in Employee.objects.filter(positions__employment="PERMANENT"):
            saturdays = sorted(
                on for on in shifts.filter(employee=employee).values_list("on", flat=True) if on.weekday() == 5
            )
            assert all((later - earlier).days % 21 == 0 for earlier, later in pairwise(saturdays))

    def test_every_role_has_somebody_on_the_login_page(self) -> None:
        usernames = [account.username for account in demo_accounts()]
        users = User.objects.filter(username__in=usernames)
        roles = set(RoleHolding.objects.filter(employee__user__in=users).values_list("role", flat=True))

        assert {user.username: user.name for user in users} == {one.username: one.name for one in demo_accounts()}
        assert roles == {role.value for role in Role}


class TestToday:
    def test_solviks_lists_are_in_use_and_jonas_left_two_visits_after_that(self) -> None:
        lists = DayLists.objects.get(unit=solvik(), on=TUESDAY, shift_kind="DAY")
        today = Visit.objects.filter(unit=solvik(), on=TUESDAY, shift_kind="DAY", state="PLANNED")
        uncovered = today.filter(assignments=None).order_by("wished_at")
        jonas = Employee.objects.get(given_name="Jonas", family_name="Berg")
        sick = Absence.objects.get(employee=jonas, valid_from=TUESDAY, kind="SELF_CERTIFIED")
        since = [change for change in steps_since_publishing(head_from(lists)) if not change.after]

        assert (lists.state, str(lists.published_by)) == ("CHANGED", str(employee("Kari", "Nilsen")))
        assert [clock(lists.published_at), clock(lists.changed_at), clock(sick.reported_at)] == [
            "07.20",
            "07.42",
            "07.42",
        ]
        assert [visit.citizen.family_name for visit in uncovered] == ["Rønning", "Brekke"]
        assert not VisitHelper.objects.filter(visit__in=uncovered).exists()
        assert {change.visit_id for change in since} == {visit.pk for visit in uncovered}
        assert {row.employee_id for change in since for row in change.before} == {jonas.pk}
        assert Shift.objects.filter(employee=jonas, on=TUESDAY, unit=solvik()).exists()

    def test_kari_has_a_visit_from_hanne_R24(self) -> None:
        lists = DayLists.objects.get(unit=solvik(), on=TUESDAY, shift_kind="DAY")
        (change,) = [one for one in steps_since_publishing(head_from(lists)) if one.after]
        kari, hanne = employee("Kari", "Nilsen"), employee("Hanne", "Lie")

        assert handed_to(employee_id=kari.pk, visit_ids=[change.visit_id])[change.visit_id].by_id == hanne.pk
        assert list(VisitHelper.objects.filter(visit_id=change.visit_id).values_list("employee_id", flat=True)) == [
            kari.pk
        ]
        notice = Notice.objects.get(visit_id=change.visit_id)
        assert (notice.employee_id, notice.kind, notice.seen_at) == (kari.pk, "NEW", None)

    def test_everybody_on_the_lists_was_told_and_jonas_of_what_he_lost(self) -> None:
        ready = set(Notice.objects.filter(kind="READY", lists__unit=solvik()).values_list("employee_id", flat=True))
        on_lists = Assignment.objects.filter(lists__unit=solvik(), lists__on=TUESDAY)

        assert ready == set(on_lists.values_list("employee_id", flat=True))
        gone = Notice.objects.filter(kind="GONE").values_list("employee__given_name", "visit__citizen__family_name")
        assert sorted(gone) == [("Jonas", "Brekke"), ("Jonas", "Rønning")]

    @pytest.mark.parametrize("username", ["kari.nilsen", "ingrid.solheim", "hanne.lie", "tuva.dahl", "emil.sorli"])
    def test_those_in_solvik_have_their_lists_on_the_phone(self, username: str) -> None:
        mine = VisitHelper.objects.filter(employee__user__username=username, visit__on=TUESDAY, visit__state="PLANNED")
        listed = Assignment.objects.filter(employee__user__username=username, lists__on=TUESDAY)

        assert mine.count() >= 3
        assert set(mine.values_list("visit_id", "visit__starts_at")) == set(listed.values_list("visit_id", "starts_at"))

    def test_the_evening_is_in_use_too(self) -> None:
        assert DayLists.objects.get(unit=solvik(), on=TUESDAY, shift_kind="EVENING").state == "PUBLISHED"

    def test_what_is_over_by_now_is_reported_and_nothing_that_is_not(self) -> None:
        now = oslo.moment(TUESDAY, time(7, 42))

        assert not VisitReport.objects.filter(reported_at__gt=now).exists()
        for starts_at, minutes, state in Visit.objects.filter(on=TUESDAY, starts_at__isnull=False).values_list(
            "starts_at", "minutes", "state"
        ):
            assert starts_at is not None
            assert state == "CANCELLED" or (state == "DONE") == (starts_at + timedelta(minutes=minutes) <= now)

    @pytest.mark.parametrize(
        ("ahead", "kind"), [(0, "DAY"), (0, "EVENING"), (1, "DAY"), (1, "EVENING"), (2, "DAY"), (2, "EVENING")]
    )
    def test_the_lanes_of_solvik_can_be_walked(self, ahead: int, kind: str) -> None:
        day = team_day(unit=solvik(), on=TUESDAY + timedelta(days=ahead), shift_kind=kind).day
        found = {
            each.code
            for row in day.rows
            for each in objections.against(
                day, visit_id=row.visit_id, employee_id=row.employee_id, starts_at=row.starts_at
            )
        }

        assert day.rows
        assert not found & CANNOT_BE_WALKED
        assert not [worker.name for worker in day.workers if worker.visits and breaks.lacks_room(day, worker)]

    def test_a_proposal_that_changes_little_needs_a_handful_of_changes(self) -> None:
        day = team_day(unit=solvik(), on=TUESDAY, shift_kind="DAY").day
        answer, _ = propose(
            day, at=oslo.moment(TUESDAY, time(7, 42)), preset=Preset.KNOWN_FACES, keep_present=True, iterations=2000
        )
        covered = {row.visit_id for row in answer.rows}

        assert covered == set(day.call_by_id)
        assert len(touched(day.rows, answer.rows)) <= 6

    def test_the_lists_are_those_on_the_picture(self) -> None:
        at_work = {
            (row.employee.given_name, row.visit.citizen.family_name, oslo.clock_of(row.starts_at).strftime("%H.%M"))
            for row in Assignment.objects.filter(lists__unit=solvik(), lists__on=TUESDAY).select_related(
                "employee", "visit__citizen"
            )
        }

        assert {
            ("Ingrid", "Nygård", "07.45"),
            ("Ingrid", "Haugen", "08.40"),
            ("Ingrid", "Lunde", "09.15"),
            ("Ingrid", "Myhre", "09.55"),
            ("Piotr", "Myhre", "09.55"),
            ("Kari", "Haugen", "12.55"),
            ("Hanne", "Tangen", "07.45"),
            ("Samira", "Moe", "08.05"),
            ("Tuva", "Krogh", "08.15"),
            ("Lars", "Øye", "08.30"),
            ("Amina", "Skagen", "12.00"),
        } <= at_work

    def test_two_teams_have_their_lists_in_use(self) -> None:
        in_use = DayLists.objects.filter(on=TUESDAY, shift_kind="DAY", state="PUBLISHED").values_list(
            "unit__name", flat=True
        )

        assert sorted(in_use) == ["Team Havna", "Team Lia"]
        assert VisitHelper.objects.filter(visit__on=TUESDAY, visit__unit__name="Team Havna").exists()

    def test_somebody_on_the_login_page_has_a_list_on_her_phone(self) -> None:
        mine = VisitHelper.objects.filter(employee__user__username="sunniva.rekdal", visit__on=TUESDAY)

        assert 4 <= mine.filter(visit__state="PLANNED").count() <= 20

    def test_the_new_team_is_empty(self) -> None:
        vika = Unit.objects.get(name="Team Vika")

        assert TeamModel.objects.filter(unit=vika, valid_to=None).exists()
        assert not Following.objects.filter(unit=vika).exists()
        assert not Shift.objects.filter(unit=vika).exists()

    def test_open_follow_ups_wait_for_those_who_answer_for_the_citizen(self) -> None:
        words = FollowUp.objects.filter(closed_at=None, citizen__family_name="Haugen").values_list("words", flat=True)

        assert list(words) == ["Kler på seg overkroppen selv nå, trenger bare hjelp med strømpene."]
