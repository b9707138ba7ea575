"""«Dette kan gjøres nå»: changes before anybody is away, priced, won and taken as proposals; and the one line above."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planengine import check_plan, without
from planengine.check import recount
from planengine.robust_repair import Hands
from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tests.road_service import serving
from tillit.care.visits.models import Visit
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.workforce.models import Employee, Profession
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.adapter import engine, travel
from tillit.teamwork.planning.adapter.why import standing
from tillit.teamwork.planning.models import Assignment, DayStrength, Proposal, RoadTimes
from tillit.teamwork.planning.queries.lists import from_json
from tillit.teamwork.planning.rules import numbers
from tillit.teamwork.planning.rules.changes import replaced
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.sturdier import Win, wins

SignIn = Callable[[Member], Client]
NOW = build.at(time(6, 42))
HALF_PAST_NINE = {"earliest": time(9, 30), "latest": time(9, 30), "wished": time(9, 30)}


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def amina(cast: Cast) -> Employee:
    """The second nurse at work."""
    found = builders.employee("Amina", "Yusuf", Profession.NURSE, cast.bekkedal, colour=5)
    builders.shift(found, cast.bekkedal, TUESDAY_DATE)
    return found


@pytest.fixture
def visits(cast: Cast, amina: Employee) -> tuple[Visit, Visit]:
    """At half past nine: Olga's visit, for a nurse, is Ingrid's, and Arne's is nurse Amina's. Amir has nobody.

    Without Ingrid nobody is free for Olga while Amina has Arne. Amir, who knows Arne, could have him.
    """
    found = build.morning(cast)
    Visit.objects.filter(pk=found.pair.pk).delete()
    for each in (found.olga, found.arne):
        Visit.objects.filter(pk=each.pk).update(
            earliest_at=build.at(time(9, 30)), latest_at=build.at(time(9, 30)), wished_at=build.at(time(9, 30))
        )
    give(cast, found.olga, cast.ingrid.employee)
    give(cast, found.arne, amina)
    return found.olga, found.arne


def where(cast: Cast) -> dict[str, Any]:
    return {"unit_id": cast.bekkedal.pk, "on": TUESDAY_DATE, "shift_kind": "DAY"}


def edition(cast: Cast) -> int:
    return queries.head_of(**where(cast)).edition


def give(cast: Cast, visit: Visit, employee: Employee, was: Employee | None = None) -> None:
    actions.allocate_visit(
        actor=cast.kari.actor, **where(cast), visit_id=visit.pk, from_employee_id=was.pk if was else None,
        to_employee_id=employee.pk, starts_at=build.at(time(9, 30)), edition=edition(cast), at=NOW,
    )  # fmt: skip


def reckon(cast: Cast) -> dict[str, Any]:
    actions.ask_what_the_day_can_take(actor=cast.kari.actor, **where(cast), at=NOW)
    return dict(DayStrength.objects.get().answer)


def lists(cast: Cast, more: str = "") -> str:
    return f"/team/{cast.bekkedal.pk}/arbeidslister/{TUESDAY_DATE}/DAY/{more}"


def board(cast: Cast) -> str:
    return f"/team/{cast.bekkedal.pk}/tavle/"


def words_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


class TestThePanel:
    def test_names_a_change_with_its_price_and_what_it_wins_R27(
        self, cast: Cast, visits: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        reckon(cast)

        page = words_of(client_of(cast.kari), lists(cast))

        assert "Dette kan gjøres nå" in page
        assert f"{cast.arne.family_name} kl. 09.30 fra Amina til Amir" in page
        assert "Dagen tåler fraværet også slik listene er nå, men da må flere lister legges om." in page
        assert "Hvis Ingrid blir borte, mister én færre sin hjelp." in page
        assert "Koster: 1 besøk bytter hjelper, ingen nye ansikter og like lang vei." in page

    def test_the_stored_numbers_are_those_of_the_checker_and_of_the_pages(
        self, cast: Cast, visits: tuple[Visit, Visit]
    ) -> None:
        olga, arne = visits
        stored = reckon(cast)["sturdier"]
        day = queries.team_day(unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY").day

        (change,) = stored["changes"]
        after = day.with_rows(replaced(day.rows, change["visits"], from_json(change["after"])))
        assert change["travel_minutes"] == numbers.count(after).travel_minutes - numbers.count(day).travel_minutes
        for whose, key in ((day, "uncovered"), (after, "after")):
            weights = engine.weights_of(Preset.KNOWN_FACES, keep_present=False)
            stands = standing(whose, at=NOW, weights=weights)
            problem, plan = stands.translated.problem, stands.result.plan
            had = plan.assignments()
            for each in stored["absences"]:
                away = tuple(stands.translated.helpers.index(who) for who in each["employees"])
                repair = Hands(problem, stands.result.params, frozenset(had)).handed_out(plan, away)
                assert check_plan(without(problem, away, plan, had), repair.plan) == ()
                assert recount(without(problem, away, plan, had), repair.plan)[0] == repair.importance
                assert [stands.translated.parts[part] for part in repair.uncovered] == each[key]
        assert [(each["employees"], each["uncovered"]) for each in stored["absences"]] == [
            ([cast.ingrid.employee.pk], [olga.pk])
        ]
        assert change["visits"] == [arne.pk]

    def test_says_so_when_none_was_found(self, cast: Cast, visits: tuple[Visit, Visit], client_of: SignIn) -> None:
        """Arne's visit is locked to Amina, so she stays bound."""
        Assignment.objects.filter(visit=visits[1]).update(is_locked=True)
        reckon(cast)

        page = words_of(client_of(cast.kari), lists(cast))

        assert "Planleggeren fant ingen små endringer på listene som gjør dagen tryggere." in page
        assert "Se endringene som forslag" not in page

    def test_offers_nothing_for_lists_that_have_changed(
        self, cast: Cast, visits: tuple[Visit, Visit], amina: Employee, client_of: SignIn
    ) -> None:
        reckon(cast)
        give(cast, visits[1], cast.kari.employee, amina)

        assert "Dette kan gjøres nå" not in words_of(client_of(cast.kari), lists(cast))


class TestTaking:
    def test_the_changes_become_a_proposal_that_is_accepted_one_by_one(
        self, cast: Cast, visits: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        reckon(cast)
        client = client_of(cast.kari)
        assert "Se endringene som forslag" in words_of(client, lists(cast))

        answer = client.post(lists(cast, "hva-dagen-taaler/foreslaa/"), {"edition": edition(cast)})

        assert answer["Location"].endswith("#forslag")
        (change,) = Proposal.objects.get().changes.all()
        page = words_of(client, lists(cast))
        assert "Forslag: 1 endring" in page
        assert "Hvis Ingrid blir borte, mister én færre sin hjelp" in page
        assert Assignment.objects.get(visit=visits[1]).employee_id != cast.amir.employee.pk  # nothing has changed yet

        client.post(lists(cast, f"forslag/{change.proposal_id}/godta/{change.pk}/"), {"edition": edition(cast)})

        assert Assignment.objects.get(visit=visits[1]).employee_id == cast.amir.employee.pk
        assert reckon(cast)["sturdier"]["absences"] == []

    def test_is_refused_when_the_lists_have_changed_and_for_those_who_do_not_allocate(
        self, cast: Cast, visits: tuple[Visit, Visit], amina: Employee, client_of: SignIn
    ) -> None:
        reckon(cast)
        seen = edition(cast)
        with pytest.raises(NotAllowed):
            actions.propose_sturdier(actor=cast.admin.actor, **where(cast), edition=seen, at=NOW)
        give(cast, visits[1], cast.kari.employee, amina)

        for number in (seen, edition(cast)):
            refused = client_of(cast.kari).post(lists(cast, "hva-dagen-taaler/foreslaa/"), {"edition": number})
            assert refused.status_code == 409
        assert not Proposal.objects.exists()


class TestTheLine:
    def test_says_how_many_lose_their_help_or_that_the_day_stands(
        self, cast: Cast, visits: tuple[Visit, Visit], amina: Employee, client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        for address in (board(cast), lists(cast)):
            page = words_of(client, address)
            assert "Blir én borte" not in page
            assert "Dagen tåler ett" not in page
        reckon(cast)
        for address in (board(cast), lists(cast)):
            assert "Dagen tåler ett fravær. Se hva dagen tåler" in words_of(client, address)

        builders.absence(amina, TUESDAY_DATE, reported_at=NOW)
        page = words_of(client, board(cast))
        assert "Dagen tåler ett fravær til." in page
        assert "Det er andre på jobb enn da dette ble regnet ut." in page
        actions.allocate_visit(
            actor=cast.kari.actor, **where(cast), visit_id=visits[1].pk, from_employee_id=amina.pk,
            to_employee_id=cast.amir.employee.pk, starts_at=build.at(time(9, 30)), edition=edition(cast), at=NOW,
        )  # fmt: skip
        for address in (board(cast), lists(cast)):
            assert "Listene er endret siden dette ble regnet ut." in words_of(client, address)
        reckon(cast)

        for address in (board(cast), lists(cast)):
            page = words_of(client, address)
            assert "Blir én borte, kan én bruker miste hjelpen sin. Se hva som kan gjøres" in page
            assert "Listene er endret siden dette" not in page

    def test_says_when_it_is_being_reckoned_anew(
        self, cast: Cast, visits: tuple[Visit, Visit], amina: Employee, client_of: SignIn
    ) -> None:
        reckon(cast)
        give(cast, visits[1], cast.kari.employee, amina)
        Job.objects.filter(day_strength__isnull=False).update(state=JobState.RUNNING)

        assert "Det regnes på nytt nå." in words_of(client_of(cast.kari), board(cast))

    def test_costs_the_board_one_query_and_starts_no_job(
        self, cast: Cast, visits: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        client.get(board(cast))
        with CaptureQueriesContext(connection) as without_answer:
            client.get(board(cast))
        reckon(cast)
        jobs = Job.objects.count()

        with CaptureQueriesContext(connection) as with_answer:
            client.get(board(cast))

        assert len(with_answer) == len(without_answer)
        assert sum('FROM "planning_daystrength"' in each["sql"] for each in with_answer.captured_queries) == 1
        assert Job.objects.count() == jobs


class TestTravel:
    def test_is_the_estimate_and_says_so_where_no_server_is_set(
        self, cast: Cast, visits: tuple[Visit, Visit], client_of: SignIn
    ) -> None:
        assert reckon(cast)["travel"] == ["ESTIMATE"]
        assert "Reisetidene er anslått ut fra avstanden." in words_of(client_of(cast.kari), lists(cast))

    def test_is_asked_for_by_road_as_for_a_proposal(
        self, cast: Cast, visits: tuple[Visit, Visit], client_of: SignIn, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(travel, "_silent_until", {})
        with serving() as roads:
            settings.ENV = replace(settings.ENV, road_services={"car": roads.base, "bike": roads.base})

            found = reckon(cast)

            assert found["travel"] == []
            assert roads.asked
            roads.asked.clear()
            day = queries.team_day(unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY").day
            engine.propose(day, at=NOW, preset=Preset.KNOWN_FACES, keep_present=True, iterations=100)
            assert roads.asked == []  # the proposal reads what the reckoning left behind
            assert RoadTimes.objects.exists()
            assert "Reisetidene er anslått" not in words_of(client_of(cast.kari), lists(cast))


class TestWins:
    def test_counts_citizens_not_visits_and_only_what_is_won(self, cast: Cast, visits: tuple[Visit, Visit]) -> None:
        """By hand: without 7 two visits at Olga's and one at Arne's fall out, then one at Olga's: one keeps her help."""
        olga, arne = visits
        again = build.open_visit(cast.olga, cast.bekkedal)
        day = queries.team_day(unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY").day
        before = [
            {"employees": [7], "uncovered": [olga.pk, again.pk, arne.pk]},
            {"employees": [8], "uncovered": [arne.pk]},
        ]

        assert wins(day, before, [[again.pk], [arne.pk]]) == (Win((7,), 2, 1),)
        assert wins(day, before, [[olga.pk, arne.pk], [arne.pk]]) == ()
