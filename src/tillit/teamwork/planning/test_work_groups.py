"""A team and its work group: separate lists by day, shared in the evening, at night and at weekends (R02)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_groups
from tests import builders_planning as build
from tests.builders_groups import NAME, Group
from tests.cast import MONDAY, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.queries import reachable
from tillit.care.visits import actions as visit_actions
from tillit.care.visits.models import Visit
from tillit.foundation.organisation import actions as organisation
from tillit.foundation.organisation.models import JoinedLists, UnitKind
from tillit.foundation.workforce.models import Profession, ShiftKind
from tillit.kernel import clock
from tillit.kernel.errors import NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.models import Assignment, DayLists, Notice, Proposal

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))
SATURDAY = date(2026, 11, 28)
SEVENTEENTH = date(2027, 5, 17)


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@dataclass(frozen=True, slots=True)
class Divided:
    """Bekkedal with the group: by unit id, whose visit is whose."""

    group: Group
    olga: Visit
    rigmor: Visit


@pytest.fixture
def group(cast: Cast) -> Group:
    return builders_groups.dementia_group(cast)


@pytest.fixture
def evening(cast: Cast, group: Group) -> Divided:
    return Divided(group, *builders_groups.part(cast, group, ShiftKind.EVENING))


@pytest.fixture
def daytime(cast: Cast, group: Group) -> Divided:
    return Divided(group, *builders_groups.part(cast, group, ShiftKind.DAY))


def seen(unit: Any, kind: str, on: date = TUESDAY_DATE) -> tuple[list[str], list[int]]:
    day = queries.team_day(unit=unit, on=on, shift_kind=kind).day
    return sorted(worker.given_name for worker in day.workers), sorted(call.visit_id for call in day.calls)


def place(unit: Any, kind: str) -> dict[str, Any]:
    return {"unit_id": unit.pk, "on": TUESDAY_DATE, "shift_kind": kind}


def give(by: Member, unit: Any, kind: str, visit: Visit, to: Member) -> None:
    actions.allocate_visit(
        actor=by.actor, **place(unit, kind), visit_id=visit.pk, from_employee_id=None,
        to_employee_id=to.employee.pk, starts_at=None, edition=queries.head_of(**place(unit, kind)).edition, at=NOW,
    )  # fmt: skip


def publish(by: Member, unit: Any, kind: str) -> int:
    edition = queries.head_of(**place(unit, kind)).edition
    return actions.publish_lists(actor=by.actor, **place(unit, kind), edition=edition, at=NOW)


def address(unit: Any, kind: str, more: str = "") -> str:
    return f"/team/{unit.pk}/arbeidslister/{TUESDAY_DATE}/{kind}/{more}"


class TestWhoseLists:
    def test_by_day_each_has_its_own_R02(self, cast: Cast, daytime: Divided) -> None:
        assert seen(cast.bekkedal, "DAY") == (["Amir"], [daytime.olga.pk])
        assert seen(daytime.group.unit, "DAY") == (["Solveig"], [daytime.rigmor.pk])

    @pytest.mark.parametrize(
        ("kind", "on"),
        [
            (ShiftKind.EVENING, TUESDAY_DATE),
            (ShiftKind.NIGHT, TUESDAY_DATE),
            (ShiftKind.DAY, SATURDAY),
            (ShiftKind.DAY, SEVENTEENTH),
        ],
    )
    def test_else_they_are_the_teams_and_the_group_has_none_R02(
        self, cast: Cast, group: Group, kind: ShiftKind, on: date
    ) -> None:
        olga, rigmor = builders_groups.part(cast, group, kind, on)

        assert seen(cast.bekkedal, kind, on) == (["Amir", "Solveig"], [olga.pk, rigmor.pk])
        assert seen(group.unit, kind, on) == ([], [])

    def test_what_the_leader_decided_holds_from_its_day(self, cast: Cast, evening: Divided) -> None:
        JoinedLists.objects.create(unit=evening.group.unit, evening=False, valid_from=TUESDAY_DATE)

        assert seen(cast.bekkedal, "EVENING") == (["Amir"], [evening.olga.pk])
        assert seen(evening.group.unit, "EVENING") == (["Solveig"], [evening.rigmor.pk])

    def test_who_is_from_the_group_is_marked_on_shared_lists_only(
        self, cast: Cast, evening: Divided, daytime: Divided
    ) -> None:
        shared = queries.team_day(unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="EVENING")
        own = queries.team_day(unit=evening.group.unit, on=TUESDAY_DATE, shift_kind="DAY")

        assert {worker.given_name: worker.group for worker in shared.day.workers} == {"Amir": "", "Solveig": NAME}
        assert (shared.group_of(evening.rigmor.pk), shared.group_of(evening.olga.pk)) == (NAME, "")
        assert [worker.group for worker in own.day.workers] == [""]

    def test_the_week_lays_everything_on_one_list_in_few_questions(self, cast: Cast, evening: Divided) -> None:
        olga, rigmor = builders_groups.part(cast, evening.group, ShiftKind.DAY)
        saturday = builders_groups.part(cast, evening.group, ShiftKind.DAY, SATURDAY)

        def read() -> queries.TeamDays:
            return queries.team_days(unit=cast.bekkedal, first=TUESDAY_DATE, after=TUESDAY_DATE + timedelta(days=7))

        with CaptureQueriesContext(connection) as few:
            days = read()
        for number in range(4):
            lag = builders.unit(f"Lag {number}", UnitKind.WORK_GROUP, parent=cast.bekkedal)
            someone = builders.employee("Vera", f"V{number}", Profession.NURSE, lag)
            builders.shift(someone, lag, TUESDAY_DATE)
            build.open_visit(builders.citizen("Ada", f"A{number}", lag, serial=700 + number * 5), lag)
        with CaptureQueriesContext(connection) as many:
            read()

        own = {key: sorted(call.visit_id for call in day.calls) for key, (day, _head) in days.parts.items()}
        assert own == {
            (TUESDAY_DATE, "DAY"): [olga.pk],
            (TUESDAY_DATE, "EVENING"): [evening.olga.pk, evening.rigmor.pk],
            (SATURDAY, "DAY"): [visit.pk for visit in saturday],
        }
        groups = days.groups[evening.group.unit.pk]
        assert {key: [call.visit_id for call in day.calls] for key, (day, _head) in groups.items()} == {
            (TUESDAY_DATE, "DAY"): [rigmor.pk]
        }
        assert len(days.at_work) == 6  # the whole team's, for its duties
        assert len(many) == len(few)

    def test_a_groups_week_is_its_own_lists(self, cast: Cast, evening: Divided) -> None:
        _olga, rigmor = builders_groups.part(cast, evening.group, ShiftKind.DAY)

        days = queries.team_days(unit=evening.group.unit, first=TUESDAY_DATE, after=TUESDAY_DATE + timedelta(days=7))

        assert list(days.parts) == [(TUESDAY_DATE, "DAY")]
        assert [call.visit_id for call in days.parts[TUESDAY_DATE, "DAY"][0].calls] == [rigmor.pk]


class TestSharedLists:
    def test_the_teams_allocator_gives_both_to_both_and_takes_them_into_use_R02(
        self, cast: Cast, evening: Divided
    ) -> None:
        solveig = evening.group.solveig
        give(cast.kari, cast.bekkedal, "EVENING", evening.rigmor, cast.amir)
        give(cast.kari, cast.bekkedal, "EVENING", evening.olga, solveig)

        assert publish(cast.kari, cast.bekkedal, "EVENING") == 2

        helpers = {
            visit.pk: visit.helper_rows.get().employee for visit in Visit.objects.filter(helper_rows__isnull=False)
        }
        assert helpers == {evening.rigmor.pk: cast.amir.employee, evening.olga.pk: solveig.employee}
        assert DayLists.objects.get().unit == cast.bekkedal
        assert Notice.objects.filter(employee=solveig.employee).count() == 1

    def test_a_proposal_covers_both_R02(self, cast: Cast, evening: Divided) -> None:
        actions.ask_for_proposal(
            actor=cast.kari.actor, **place(cast.bekkedal, "EVENING"), keep_present=False, preset="KNOWN_FACES", at=NOW
        )
        proposal = Proposal.objects.get()

        edition = queries.head_of(**place(cast.bekkedal, "EVENING")).edition
        actions.accept_all(actor=cast.kari.actor, proposal_id=proposal.pk, edition=edition, at=NOW)

        assert set(Assignment.objects.values_list("visit_id", flat=True)) == {evening.olga.pk, evening.rigmor.pk}

    def test_nothing_is_done_on_the_groups_own_page_then(self, cast: Cast, evening: Divided) -> None:
        with pytest.raises(actions.SharedWithTheTeam):
            give(cast.kari, evening.group.unit, "EVENING", evening.rigmor, cast.amir)
        assert not DayLists.objects.exists()

    def test_by_day_the_groups_visits_are_out_of_reach_of_the_teams_lists(self, cast: Cast, daytime: Divided) -> None:
        with pytest.raises(NotFound):
            give(cast.kari, cast.bekkedal, "DAY", daytime.rigmor, cast.amir)
        with pytest.raises(NotFound):
            visit_actions.assign_visits(
                actor=cast.kari.actor,
                unit_id=cast.bekkedal.pk,
                rows=[visit_actions.AssignRow(daytime.rigmor.pk, (cast.amir.employee.pk,), None)],
                at=NOW,
            )
        give(cast.kari, daytime.group.unit, "DAY", daytime.rigmor, daytime.group.solveig)
        assert publish(cast.kari, daytime.group.unit, "DAY") == 1

    def test_where_everyone_in_the_team_allocates_so_do_those_in_the_group(self, cast: Cast, daytime: Divided) -> None:
        cast.bekkedal.everyone_may_allocate = True
        cast.bekkedal.save()

        give(daytime.group.solveig, daytime.group.unit, "DAY", daytime.rigmor, daytime.group.solveig)

        assert Assignment.objects.count() == 1

    def test_somebody_from_the_group_sees_and_reports_the_teams_visit_she_has_R02(
        self, cast: Cast, evening: Divided, client_of: SignIn
    ) -> None:
        solveig = evening.group.solveig
        give(cast.kari, cast.bekkedal, "EVENING", evening.olga, solveig)
        publish(cast.kari, cast.bekkedal, "EVENING")
        client = client_of(solveig)

        assert set(reachable(solveig.actor, on=TUESDAY_DATE)) == {cast.olga, cast.arne, evening.group.rigmor}
        assert "Hansen" in client.get("/min-dag/").content.decode()
        assert client.get(f"/min-dag/besok/{evening.olga.pk}/").status_code == 200
        visit_actions.report_visit(
            actor=solveig.actor, visit_id=evening.olga.pk, outcome="AS_PLANNED", press_key="k", at=build.at(time(18))
        )
        assert Visit.objects.get(pk=evening.olga.pk).state == "DONE"

    def test_a_visit_that_came_to_the_group_leaves_the_teams_lists(self, cast: Cast, daytime: Divided) -> None:
        give(cast.kari, cast.bekkedal, "DAY", daytime.olga, cast.amir)
        Visit.objects.filter(pk=daytime.olga.pk).update(unit=daytime.group.unit)
        builders.shift(cast.amir.employee, daytime.group.unit, TUESDAY_DATE, starts=time(15), ends=time(19))

        give(cast.kari, daytime.group.unit, "DAY", daytime.olga, cast.amir)

        assert Assignment.objects.get().lists.unit == daytime.group.unit

    def test_begun_lists_stay_whole_when_the_leader_parts_them(self, cast: Cast, evening: Divided) -> None:
        give(cast.kari, cast.bekkedal, "EVENING", evening.rigmor, cast.amir)

        def part_them(valid_from: date) -> None:
            organisation.join_lists(
                actor=cast.marit.actor, unit_id=evening.group.unit.pk, edition=1, evening=False, night=True,
                weekend=True, valid_from=valid_from, at=MONDAY,
            )  # fmt: skip

        with pytest.raises(organisation.JoiningRefused) as refused:
            part_them(TUESDAY_DATE)
        assert refused.value.first_possible == TUESDAY_DATE + timedelta(days=1)
        part_them(TUESDAY_DATE + timedelta(days=1))

        assert seen(cast.bekkedal, "EVENING")[1] == [evening.olga.pk, evening.rigmor.pk]
        assert publish(cast.kari, cast.bekkedal, "EVENING") == 1


class TestPages:
    def test_the_groups_evening_leads_to_the_team_and_says_why_R02(
        self, cast: Cast, evening: Divided, client_of: SignIn
    ) -> None:
        page = client_of(evening.group.solveig).get(address(evening.group.unit, "EVENING")).content.decode()

        assert "Kveldslistene er felles for Team Bekkedal" in page
        assert f"{NAME} har egne lister på dagtid" in page
        assert f'href="{address(cast.bekkedal, "EVENING")}"' in page
        assert "Skriv ut" not in page

    def test_shared_lists_name_the_group_on_its_people_and_visits(
        self, cast: Cast, evening: Divided, client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        page = client.get(address(cast.bekkedal, "EVENING")).content.decode()

        assert f"Listene er felles med {NAME}." in page
        assert "Demens · helsefagarbeider" in page
        assert f"Sand, 17.00–17.30, {NAME}" in page
        sheet = client.get(address(cast.bekkedal, "EVENING", f"besok/{evening.rigmor.pk}/")).content.decode()
        assert f"<dt>Arbeidslag</dt><dd>{NAME}</dd>" in sheet

    def test_lists_of_their_own_lead_to_each_other(self, cast: Cast, daytime: Divided, client_of: SignIn) -> None:
        client = client_of(cast.kari)

        of_team = client.get(address(cast.bekkedal, "DAY")).content.decode()
        of_group = client.get(address(daytime.group.unit, "DAY")).content.decode()

        assert f'href="{address(daytime.group.unit, "DAY")}">Listene til {NAME}' in of_team
        assert f'href="{address(cast.bekkedal, "DAY")}">Listene til Team Bekkedal' in of_group
        assert f"<b>{NAME}</b>" in of_group
        assert of_group.count("Felles med teamet") == 7 * 3 - 5  # all week but five days
        assert "Sand" in of_group
        assert "Sand" not in of_team

    @pytest.mark.parametrize("kind", ["DAY", "EVENING"])
    def test_asks_the_same_few_questions_with_more_groups(
        self, cast: Cast, evening: Divided, daytime: Divided, client_of: SignIn, kind: str
    ) -> None:
        client = client_of(cast.kari)
        client.get(address(cast.bekkedal, kind))
        with CaptureQueriesContext(connection) as few:
            client.get(address(cast.bekkedal, kind))
        for number in range(4):
            lag = builders.unit(f"Lag {number}", UnitKind.WORK_GROUP, parent=cast.bekkedal)
            builders.shift(
                builders.employee("Vera", f"V{number}", Profession.NURSE, lag), lag, TUESDAY_DATE,
                kind=ShiftKind(kind), starts=time(15), ends=time(22),
            )  # fmt: skip
            someone = builders.citizen("Ada", f"A{number}", lag, serial=700 + number * 5)
            build.open_visit(someone, lag, kind=ShiftKind(kind), earliest=time(17), latest=time(19))
        with CaptureQueriesContext(connection) as many:
            assert client.get(address(cast.bekkedal, kind)).status_code == 200

        assert len(many) == len(few)
