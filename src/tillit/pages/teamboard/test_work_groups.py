"""The boards of a team and its work group: separate by day, and the way between them (R02)."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_groups
from tests import builders_planning as build
from tests.builders_groups import NAME
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.visits.models import Visit
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.responsibility.models import Duty, DutyHolding, DutyKind
from tillit.foundation.workforce.models import Profession, ShiftKind
from tillit.kernel import clock
from tillit.teamwork.planning import actions, queries

SignIn = Callable[[Member], Client]


@pytest.fixture
def group(cast: Cast) -> builders_groups.Group:
    return builders_groups.dementia_group(cast)


@pytest.fixture
def daytime(cast: Cast, group: builders_groups.Group, monkeypatch: pytest.MonkeyPatch) -> tuple[Visit, Visit]:
    monkeypatch.setattr(clock, "now", lambda: build.at(time(7, 42)))
    return builders_groups.part(cast, group, ShiftKind.DAY)


def board(client: Client, unit_id: int) -> str:
    answer = client.get(f"/team/{unit_id}/tavle/")
    assert answer.status_code == 200
    return answer.content.decode()


class TestByDay:
    def test_each_board_has_its_own_people_and_leads_to_the_other_R02(
        self, cast: Cast, group: builders_groups.Group, daytime: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        of_team, of_group = board(client, cast.bekkedal.pk), board(client, group.unit.pk)

        assert "Amir Rahimi" in of_team
        assert "Solveig Tangen" not in of_team
        assert "Dag: 1 på jobb og 1 besøk" in of_team
        assert f'href="/team/{group.unit.pk}/tavle/"' in of_team
        assert "2 besøk i dag" in of_team  # the whole team's, as its citizens are
        assert "Solveig Tangen" in of_group
        assert "Amir Rahimi" not in of_group
        assert f'href="/team/{cast.bekkedal.pk}/tavle/"' in of_group
        assert NAME in of_group

    def test_the_teams_board_is_not_calm_while_somebody_in_the_group_goes_without(
        self, cast: Cast, group: builders_groups.Group, daytime: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        olga, rigmor = daytime
        build.open_visit(group.rigmor, group.unit, earliest=time(12), latest=time(13))
        for unit, visit, who in (
            (cast.bekkedal, olga, cast.amir),
            (group.unit, rigmor, group.solveig),
        ):
            where: dict[str, Any] = {"unit_id": unit.pk, "on": TUESDAY_DATE, "shift_kind": "DAY"}
            actions.allocate_visit(
                actor=cast.kari.actor, **where, visit_id=visit.pk, from_employee_id=None,
                to_employee_id=who.employee.pk, starts_at=None, edition=0, at=clock.now(),
            )  # fmt: skip
            edition = queries.head_of(**where).edition
            actions.publish_lists(actor=cast.kari.actor, **where, edition=edition, at=clock.now())

        page = board(client_of(cast.kari), cast.bekkedal.pk)

        assert f"{NAME}: 1 besøk mangler noen som kan dra" in page
        assert "1 uten utfører" in page
        assert "Alle besøk i dag har noen som drar" not in page

    def test_the_duties_are_the_teams_on_both_R02(
        self, cast: Cast, group: builders_groups.Group, daytime: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        duty = Duty.objects.create(
            unit=cast.bekkedal, kind=DutyKind.ACUTE, name="Akuttvakt", what="", valid_from=builders.LONG_AGO
        )
        DutyHolding.objects.create(duty=duty, employee=group.solveig.employee, on=TUESDAY_DATE, at=build.at(time(7)))
        client = client_of(cast.kari)

        assert "Akuttvakt" in board(client, group.unit.pk)
        assert "1 vakt har ingen" not in board(client, cast.bekkedal.pk)

    def test_asks_the_same_few_questions_with_more_groups(
        self, cast: Cast, group: builders_groups.Group, daytime: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        board(client, cast.bekkedal.pk)
        with CaptureQueriesContext(connection) as few:
            board(client, cast.bekkedal.pk)
        for number in range(3):
            lag = builders.unit(f"Lag {number}", UnitKind.WORK_GROUP, parent=cast.bekkedal)
            builders.shift(builders.employee("Vera", f"V{number}", Profession.NURSE, lag), lag, TUESDAY_DATE)
            build.open_visit(builders.citizen("Ada", f"A{number}", lag, serial=700 + number * 5), lag)
        with CaptureQueriesContext(connection) as many:
            board(client, cast.bekkedal.pk)

        assert len(many) == len(few)


class TestAtTheWeekend:
    def test_the_groups_board_leads_to_the_teams_R02(
        self, cast: Cast, group: builders_groups.Group, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        saturday = date(2026, 11, 28)
        monkeypatch.setattr(clock, "now", lambda: build.at(time(9), saturday))
        builders_groups.part(cast, group, ShiftKind.DAY, saturday)

        page = board(client_of(group.solveig), group.unit.pk)

        assert "Daglistene er felles for Team Bekkedal" in page
        assert "Se tavla til Team Bekkedal" in page
        assert "Teamet er nytt" not in page
        assert "Felles lister med teamet i dag" in board(client_of(group.solveig), cast.bekkedal.pk)


class TestInTheEvening:
    def test_everybody_is_on_the_teams_board_R02(
        self, cast: Cast, group: builders_groups.Group, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: build.at(time(18)))
        builders_groups.part(cast, group, ShiftKind.EVENING)

        page = board(client_of(group.solveig), cast.bekkedal.pk)

        assert "Amir Rahimi" in page
        assert "Solveig Tangen" in page
        assert f"Helsefagarbeider · {NAME}" in page
        assert "2 besøk skal fordeles." in page
