"""Tests of «Det som mangler»: what is missing, why, whose turn it is, since when; for the team and for one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_journal, builders_plan, builders_therapy, builders_visits
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Barrier, Whereabouts, WhereaboutsFollowUp
from tillit.care.notices.actions import write_notice
from tillit.kernel import clock
from tillit.pages.teamboard.contexts.everything import EverythingPage
from tillit.pages.teamboard.rules import Lack, Lacking, for_one, in_order, whose_turn
from tillit.ui.parts import ListRow

SignIn = Callable[[Member], Client]
DAY = timedelta(days=1)


class TestRules:
    def test_what_is_due_soonest_comes_first_then_what_has_waited_longest_R22(self) -> None:
        late = Lacking(Lack.EVALUATION, 1, 1, 7, None, MONDAY_DATE - DAY)
        today = Lacking(Lack.NOTICE, 2, None, None, MONDAY_DATE, MONDAY_DATE)
        old = Lacking(Lack.NO_PLAN, 3, 3, 7, date(2026, 1, 1))
        new = Lacking(Lack.NO_GOAL, 4, 4, None, date(2026, 11, 1))

        assert in_order([new, old, today, late]) == [late, today, old, new]
        assert [one.is_late(MONDAY_DATE) for one in (late, today, old)] == [True, False, False]
        assert for_one([late, today, old, new], 7) == [late, old] and for_one([new], None) == []

    @pytest.mark.parametrize(
        ("owners", "away", "turn"),
        [((None, None), (), None), ((None, 3), (), 3), ((2, 3), (2,), 3), ((2, 3), (2, 3), 2), ((2, 3), (), 2)],
    )
    def test_the_turn_is_the_first_ones_who_is_here(
        self, owners: tuple[int | None, ...], away: tuple[int, ...], turn: int | None
    ) -> None:
        assert whose_turn(*owners, away=frozenset(away)) == turn


@pytest.fixture(autouse=True)
def at(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 08.00 on Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)


def shown(client: Client, cast: Cast, more: str = "") -> EverythingPage:
    page: EverythingPage = client.get(f"/team/{cast.bekkedal.pk}/tavle/venter/{more}").context["page"]
    return page


def anchors(page: EverythingPage) -> dict[str, list[str]]:
    return {group.anchor: [row.title for row in group.rows.rows] for group in page.groups if group.rows.rows}


class TestThePage:
    def test_tells_the_team_all_that_is_missing_and_one_her_own_R22_R31(self, cast: Cast, client_of: SignIn) -> None:
        ingrid = cast.ingrid.employee
        plan = builders_plan.plan(cast.olga)
        builders_plan.goal(plan, responsible=ingrid, evaluate_on=MONDAY_DATE - 3 * DAY)
        builders_visits.follow_up(cast.olga, cast.amir.employee, ingrid, MONDAY - DAY)
        builders_plan.plan(cast.arne)
        write_notice(
            actor=cast.amir.actor, unit_id=cast.bekkedal.pk, text="Hvem har nøkkelen?", by="TODAY", at=MONDAY,
            press_key="",
        )  # fmt: skip
        builders_journal.note(cast.olga, cast.ingrid, "Ikke ferdig.", signed=False)
        client = client_of(cast.ingrid)

        team, mine = shown(client, cast), shown(client, cast, "?for=meg")

        assert anchors(team) == {
            "endringer": ["Olga Hansen"], "beskjeder": ["Om noe i teamet"], "mal": ["Olga Hansen"],
            "signering": ["Olga Hansen"], "uten-mal": ["Arne Kvam"],
        } | {key: rows for key, rows in anchors(team).items() if key == "nye"}  # fmt: skip
        assert set(anchors(mine)) == {"endringer", "mal", "signering"}
        notes = {group.anchor: group.rows.rows[0].note for group in team.groups if group.rows.rows}
        assert notes["beskjeder"].startswith("Ingen har tatt den · siden ")
        assert notes["mal"] == "Din tur" and notes["endringer"].startswith("Din tur · siden ")
        assert notes["uten-mal"].startswith("Ingen har ansvaret · siden ")
        assert shown(client_of(cast.amir), cast, "?for=meg").nothing
        assert "signering" not in anchors(shown(client_of(cast.amir), cast))  # another's draft is nobody's business

    def test_asks_the_same_however_much_is_missing(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)

        def more(number: int) -> None:
            for citizen in (cast.olga, cast.arne):
                builders_visits.follow_up(citizen, cast.amir.employee, cast.ingrid.employee, MONDAY)
                builders_journal.note(citizen, cast.ingrid, f"Utkast {number}", signed=False)
            write_notice(
                actor=cast.amir.actor, unit_id=cast.bekkedal.pk, text="Hei", by="TODAY", at=MONDAY, press_key="",
                citizen_id=cast.olga.pk, owner_id=cast.kari.employee.pk,
            )  # fmt: skip

        builders_plan.plan(cast.arne)
        builders_plan.goal(builders_plan.plan(cast.olga), responsible=cast.ingrid.employee, evaluate_on=MONDAY_DATE)
        more(1)
        shown(client, cast)
        with CaptureQueriesContext(connection) as few:
            shown(client, cast)
        more(2)
        more(3)
        with CaptureQueriesContext(connection) as many:
            shown(client, cast)

        assert len(many) == len(few)


class TestWhatNobodyHas:
    def test_a_stay_without_a_next_step_and_one_that_is_late_stand_there_R16_R31(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        for citizen in (cast.olga, cast.arne):
            Whereabouts.objects.create(citizen=citizen, kind="HOSPITAL", place="Ortopedisk", from_at=MONDAY - 3 * DAY)
        late = WhereaboutsFollowUp.objects.create(
            whereabouts=Whereabouts.objects.get(citizen=cast.arne), kind="CALL", words="Ringer avdelingen",
            on=MONDAY_DATE - DAY, owner=cast.ingrid.employee, written_at=MONDAY - 2 * DAY,
        )  # fmt: skip
        client = client_of(cast.ingrid)

        rows = {row.title: row for row in groups(shown(client, cast))["ikke-hjemme"]}
        assert rows["Olga Hansen"].more == "På sykehus, Ortopedisk"
        assert "Ingen har neste steg" in str(rows["Olga Hansen"].end)
        assert rows["Arne Kvam"].more == "På sykehus, Ortopedisk. Ringer avdelingen"
        assert rows["Arne Kvam"].note.startswith("Din tur")
        assert [row.title for row in groups(shown(client, cast, "?for=meg"))["ikke-hjemme"]] == ["Arne Kvam"]

        late.on = MONDAY_DATE + DAY
        late.save()
        assert [row.title for row in groups(shown(client, cast))["ikke-hjemme"]] == ["Olga Hansen"]

    def test_a_case_whose_therapist_is_away_is_red_and_the_leaders_turn_R31(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        lars = builders_therapy.therapist("Lars", "Lie", cast.solvik)
        case = builders_therapy.taken(cast, cast.olga, lars)
        client = client_of(cast.marit)
        assert "terapi" not in groups(shown(client, cast))

        builders.absence(lars.employee, MONDAY_DATE, reported_at=MONDAY, days=5)

        (row,) = groups(shown(client, cast, "?for=meg"))["terapi"]
        assert (row.title, row.href) == ("Olga Hansen", f"/terapi/saker/{case.pk}/")
        assert row.more == "Ergoterapi. Lars Lie er borte til og med 27.11.2026."
        assert "Ingen har saken" in str(row.end)
        assert "terapi" not in groups(shown(client_of(cast.ingrid), cast, "?for=meg"))
        assert (
            "Ergo- og fysioterapi: ingen har saken" in client.get(f"/team/{cast.bekkedal.pk}/tavle/").content.decode()
        )

    def test_one_she_is_barred_from_is_not_told_of_R18(self, cast: Cast, client_of: SignIn) -> None:
        Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=MONDAY - 3 * DAY)
        lars = builders_therapy.therapist("Lars", "Lie", cast.solvik)
        builders_therapy.taken(cast, cast.olga, lars)
        builders.absence(lars.employee, MONDAY_DATE, reported_at=MONDAY)
        Barrier.objects.create(
            citizen=cast.olga, employee=cast.marit.employee, kind="OBJECTION", asked_by="Hun selv",
            valid_from=MONDAY_DATE, made_at=MONDAY,
        )  # fmt: skip

        page = client_of(cast.marit).get(f"/team/{cast.bekkedal.pk}/tavle/venter/")

        assert "Olga Hansen" not in page.content.decode()

    def test_the_queries_do_not_grow_with_what_nobody_has(self, cast: Cast, client_of: SignIn) -> None:
        lars = builders_therapy.therapist("Lars", "Lie", cast.solvik)
        builders.absence(lars.employee, MONDAY_DATE, reported_at=MONDAY)
        client, asked = client_of(cast.marit), []
        for citizen in (cast.olga, cast.arne):
            builders_therapy.taken(cast, citizen, lars)
            Whereabouts.objects.create(citizen=citizen, kind="HOSPITAL", from_at=MONDAY - 3 * DAY)
            with CaptureQueriesContext(connection) as queries:
                shown(client, cast)
            asked.append(len(queries))

        assert asked[0] == asked[1]


def groups(page: EverythingPage) -> dict[str, tuple[ListRow, ...]]:
    return {group.anchor: group.rows.rows for group in page.groups if group.rows.rows}
