"""What must hold in Fjordvik: read from one small town."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F

from tillit.care.careplans.models import CarePlan, Goal, Intervention
from tillit.care.citizens.models import Citizen, Following, Home, Identifier, Responsible, Whereabouts
from tillit.care.needs.models import WhatMatters
from tillit.care.visits.models import FollowUp, Visit, VisitHelper, VisitReport, VisitTask
from tillit.demo.accounts import demo_accounts
from tillit.demo.generate import Summary, generate
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Area, Unit, UnitKind
from tillit.foundation.responsibility.models import TeamModel
from tillit.foundation.workforce.models import Absence, Employee, RoleHolding, Shift
from tillit.kernel import geo, national_id, oslo
from tillit.teamwork.planning.models import Assignment, DayLists

TUESDAY = date(2026, 11, 24)
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
        for citizen_id, unit_id in Following.objects.values_list("citizen_id", "unit_id"):
            followers.setdefault(citizen_id, []).append(unit_id)

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
        foss = Citizen.objects.get(family_name="Foss", given_name="Per Inge")

        assert Whereabouts.objects.filter(citizen=foss, to_at=None, kind="HOSPITAL").exists()
        assert not CarePlan.objects.filter(citizen=foss).exists()
        assert not Responsible.objects.filter(citizen=foss).exists()


class TestPlans:
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
        assert not Visit.objects.filter(on__gt=TUESDAY).exclude(state="PLANNED").exists()

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
    def test_team_solvik_has_a_draft_with_the_two_visits_jonas_had(self) -> None:
        lists = DayLists.objects.get(unit=solvik(), on=TUESDAY, shift_kind="DAY")
        today = Visit.objects.filter(unit=solvik(), on=TUESDAY, shift_kind="DAY", state="PLANNED")
        uncovered = today.filter(assignments=None).order_by("wished_at").values_list("citizen__family_name", flat=True)
        jonas = Employee.objects.get(given_name="Jonas", family_name="Berg")

        assert lists.state == "DRAFT"
        assert list(uncovered) == ["Rønning", "Brekke"]
        assert Shift.objects.filter(employee=jonas, on=TUESDAY, unit=solvik()).exists()
        assert Absence.objects.filter(employee=jonas, valid_from=TUESDAY, kind="SELF_CERTIFIED").exists()
        assert not VisitHelper.objects.filter(visit__in=today).exists()

    def test_the_draft_is_the_one_on_the_picture(self) -> None:
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
            ("Amina", "Foss", "12.00"),
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
