"""When the day changes: what has happened is said, one press asks for the fewest changes, each with its reason."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Whereabouts, WhereaboutsKind
from tillit.care.visits.models import Origin, Visit
from tillit.foundation.workforce import actions as workforce
from tillit.kernel import clock, oslo
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.adapter import engine
from tillit.teamwork.planning.models import Assignment, Proposal
from tillit.teamwork.planning.queries.lists import as_json
from tillit.teamwork.planning.rules import grouping, occasions, reasons
from tillit.teamwork.planning.rules.day import Call, Day, Row, Worker
from tillit.teamwork.planning.rules.occasions import Lacking, Occasion

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))
PRESS = "Se forslag til endringer"


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Let the engine take so many steps instead of seconds; keep what it was asked for."""
    real, found = engine.propose, []

    def few_steps(day: Day, **more: Any) -> Any:
        found.append(more)
        return real(day, **{**more, "seconds": None, "iterations": 4_000, "cores": 1})

    monkeypatch.setattr(engine, "propose", few_steps)
    return found


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    """The three visits are on the lists, which are in use: Olga's with Ingrid, Arne's with Amir, the pair with both."""
    found = build.morning(cast)
    start = {found.olga.pk: time(8, 30), found.arne.pk: time(8, 30), found.pair.pk: time(9, 40)}
    who = {found.olga.pk: [cast.ingrid], found.arne.pk: [cast.amir], found.pair.pk: [cast.ingrid, cast.kari]}
    for visit_id, members in who.items():
        for member in members:
            actions.allocate_visit(
                actor=cast.kari.actor, **where(found), visit_id=visit_id, from_employee_id=None,
                to_employee_id=member.employee.pk, starts_at=build.at(start[visit_id]), edition=edition(found), at=NOW,
            )  # fmt: skip
    actions.publish_lists(actor=cast.kari.actor, **where(found), edition=edition(found), at=NOW)
    return found


def where(morning: build.Morning) -> dict[str, Any]:
    return {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}


def edition(morning: build.Morning) -> int:
    return queries.head_of(**where(morning)).edition


def lists(morning: build.Morning, more: str = "") -> str:
    return f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/{more}"


def fall_ill(cast: Cast, member: Member, morning: build.Morning) -> None:
    workforce.report_absence(
        actor=member.actor, employee_id=member.employee.pk, kind="SELF_CERTIFIED", valid_from=morning.on,
        valid_to=morning.on + timedelta(days=1), at=NOW,
    )  # fmt: skip


def page_of(client: Client, morning: build.Morning) -> str:
    text = client.get(lists(morning)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


class TestOffer:
    def test_absence_is_named_with_its_visits_and_offers_one_press_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        assert PRESS not in page_of(client, morning)
        fall_ill(cast, cast.amir, morning)

        page = page_of(client, morning)

        assert "1 besøk mangler noen som kan dra" in page
        assert "Amir er borte: Kvam kl. 08.30." in page
        assert PRESS in page

    def test_somebody_who_came_home_and_a_visit_that_was_added_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        Whereabouts.objects.create(
            citizen=cast.arne, kind=WhereaboutsKind.HOSPITAL, from_at=NOW - timedelta(days=5), to_at=NOW
        )
        build.open_visit(cast.arne, cast.bekkedal, wished=time(9, 15))
        urgent = build.open_visit(cast.olga, cast.bekkedal, wished=time(9))
        Visit.objects.filter(pk=urgent.pk).update(origin=Origin.ADDED)

        page = page_of(client_of(cast.kari), morning)

        assert "2 besøk mangler noen som kan dra" in page
        assert "Hjemme igjen: Kvam kl. 09.15." in page
        assert "Lagt til på dagen: Hansen kl. 09.00." in page

    def test_is_not_made_to_those_who_do_not_allocate(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        fall_ill(cast, cast.amir, morning)

        assert PRESS not in page_of(client_of(cast.ingrid), morning)
        assert PRESS in page_of(client_of(cast.kari), morning)

    def test_goes_when_it_is_answered_and_comes_back_with_the_next_visit(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        """A visit that is added leaves the lists' edition alone; it was not in the question all the same."""
        client = client_of(cast.kari)
        fall_ill(cast, cast.amir, morning)
        client.post(lists(morning, "forslag/"), {"keep": "yes"})
        assert PRESS not in page_of(client, morning)

        build.open_visit(cast.olga, cast.bekkedal, wished=time(9))

        assert PRESS in page_of(client, morning)


class TestQueue:
    @pytest.mark.parametrize(
        ("keep_present", "seconds", "queue"),
        [(True, None, "awaited"), (False, None, "default"), (True, 30.0, "default")],
    )
    def test_what_somebody_waits_for_goes_ahead_of_what_takes_longer(
        self, cast: Cast, morning: build.Morning, settings: Any, keep_present: bool, seconds: float | None, queue: str
    ) -> None:
        settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}

        actions.ask_for_proposal(
            actor=cast.kari.actor, **where(morning), keep_present=keep_present, preset="", seconds=seconds, at=NOW
        )

        (task,) = DBTaskResult.objects.all()
        assert task.queue_name == queue
        assert (task.priority > 0) == (queue == "awaited")


class TestLongChain:
    def test_each_visit_stands_by_itself(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        """The headline names four; nobody says yes to the others unseen."""
        visits = [build.open_visit(cast.arne, cast.bekkedal) for _number in range(6)]
        head = queries.head_of(**where(morning))
        assert head.lists_id is not None
        proposal = Proposal.objects.create(
            lists_id=head.lists_id, asked_at=NOW, based_on_edition=head.edition, state="READY", seconds=0.8
        )
        starts = [build.at(time(8, 5 * number)) for number in range(6)]
        rows = [Row(visit.pk, cast.ingrid.employee.pk, start) for visit, start in zip(visits, starts, strict=True)]
        proposal.changes.create(
            rank=1, kind="COVER", before=[], rows=as_json(rows), visits=[visit.pk for visit in visits],
            reasons={"reasons": []},
        )  # fmt: skip

        page = page_of(client_of(cast.kari), morning)

        assert "og 2 besøk til flyttes" in page
        said = [f"Kvam: Ingrid kl. 08.{5 * number:02}, før uten utfører" for number in range(6)]
        assert [page.count(line) for line in said] == [1] * 6
        assert [page.index(line) for line in said] == sorted(page.index(line) for line in said)


class TestTwoPresses:
    def test_from_absence_to_covered_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, asked: list[dict[str, Any]], settings: Any
    ) -> None:
        """One press asks, one accepts: the page that follows the first press holds the answer with its reason."""
        settings.REPLAN_SECONDS, settings.PLAN_SECONDS = 0.7, 8.0
        client = client_of(cast.kari)
        fall_ill(cast, cast.amir, morning)
        presses = 0

        answer = client.post(lists(morning, "forslag/"), {"keep": "yes"})
        presses += 1
        page = page_of(client, morning)
        (change,) = Proposal.objects.get().changes.all()
        assert answer["Location"].endswith("#forslag")
        assert "dekker besøket som mangler noen" in page
        assert "har ikke vært hos Arne de siste 28 dagene" in page
        client.post(
            lists(morning, f"forslag/{change.proposal_id}/godta/{change.pk}/"), {"edition": str(edition(morning))}
        )
        presses += 1

        assert presses == 2
        assert asked[0]["seconds"] == 0.7
        assert not queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY").day.uncovered
        others = Assignment.objects.exclude(visit_id=morning.arne.pk).values_list("visit_id", "starts_at")
        assert {(visit_id, oslo.day_of(at)) for visit_id, at in others} == {
            (morning.olga.pk, morning.on), (morning.pair.pk, morning.on)
        }  # fmt: skip

    def test_only_what_changes_is_explained(self, cast: Cast, morning: build.Morning) -> None:
        """Explaining every visit took longer than the search. What stands has its reasons on the visit's own page."""
        fall_ill(cast, cast.amir, morning)

        proposal = actions.ask_for_proposal(
            actor=cast.kari.actor, **where(morning), keep_present=True, preset="KNOWN_FACES", at=NOW
        )

        assert {int(key.split(":")[0]) for key in proposal.result["why"]} == {morning.arne.pk}


EIGHT = build.at(time(8))
HALF = timedelta(minutes=30)


def worker(employee_id: int, **more: Any) -> Worker:
    values: dict[str, Any] = {
        "employee_id": employee_id, "name": f"Nr {employee_id}", "given_name": f"Nr{employee_id}", "initials": "N",
        "starts_at": build.at(time(7, 30)), "ends_at": build.at(time(15)),
    }  # fmt: skip
    return Worker(**{**values, **more})


def call(visit_id: int, **more: Any) -> Call:
    values: dict[str, Any] = {
        "visit_id": visit_id, "citizen_id": visit_id, "minutes": 30, "earliest_at": EIGHT, "latest_at": EIGHT + 4 * HALF
    }  # fmt: skip
    return Call(**{**values, **more})


def grounds_of(day: Day, proposed: tuple[Row, ...]) -> list[tuple[grouping.Group, reasons.Grounds]]:
    return [(each, reasons.grounds(day, each, proposed=proposed)) for each in grouping.group(day, proposed)]


class TestReasons:
    def test_a_visit_that_moves_says_for_whom_it_makes_room(self) -> None:
        """Visit 2 had helper 1 at eight; visit 1, which only she can make, stands there now."""
        day = Day(
            TUESDAY_DATE,
            "DAY",
            workers=(worker(1), worker(2)),
            calls=(call(1), call(2)),
            rows=(Row(2, 1, EIGHT),),
        )

        ((group, found),) = grounds_of(day, (Row(1, 1, EIGHT), Row(2, 2, EIGHT)))

        (room,) = [reason for reason in found.reasons if reason.code == reasons.For.MAKES_ROOM]
        assert (room.visit_id, room.count, room.employee_id, room.becomes_at) == (2, 1, 1, EIGHT.isoformat())
        assert reasons.is_called_for(group, found)

    def test_a_clash_that_is_mended_is_named(self) -> None:
        rows = (Row(1, 1, EIGHT), Row(2, 1, EIGHT))
        day = Day(TUESDAY_DATE, "DAY", workers=(worker(1), worker(2)), calls=(call(1), call(2)), rows=rows)

        ((group, found),) = grounds_of(day, (Row(1, 1, EIGHT), Row(2, 2, EIGHT)))

        assert [(each.visit_id, each.needs) for each in found.reasons if each.code == reasons.For.MENDS] == [
            (2, ("OVERLAPS",))
        ]
        assert reasons.is_called_for(group, found)

    def test_a_change_nothing_calls_for_is_not_made_when_little_is_to_change(self) -> None:
        day = Day(TUESDAY_DATE, "DAY", workers=(worker(1), worker(2)), calls=(call(1),), rows=(Row(1, 1, EIGHT),))

        ((group, found),) = grounds_of(day, (Row(1, 2, EIGHT),))

        assert not reasons.is_called_for(group, found)


class TestOccasions:
    def lacking(self, day: Day, *, now: datetime = EIGHT, **more: Any) -> tuple[Lacking, ...]:
        return occasions.lacking(day, **{"had": {}, "home_at": {}, "added": frozenset(), **more}, now=now)

    def test_are_told_apart_and_in_order(self) -> None:
        day = Day(
            TUESDAY_DATE, "DAY", workers=(worker(1, is_absent=True), worker(2)),
            calls=(call(1), call(2), call(3), call(4)),
        )  # fmt: skip

        found = self.lacking(day, had={2: 1, 4: 2}, home_at={3: EIGHT}, added=frozenset({1}))

        assert found == (
            Lacking(Occasion.ABSENCE, (2,), 1),
            Lacking(Occasion.HOME_AGAIN, (3,)),
            Lacking(Occasion.ADDED, (1,)),
            Lacking(Occasion.OPEN, (4,)),  # who had it is back
        )

    def test_somebody_who_comes_home_after_the_visit_could_have_been_is_no_reason(self) -> None:
        day = Day(TUESDAY_DATE, "DAY", workers=(worker(2),), calls=(call(3),))

        assert self.lacking(day, home_at={3: EIGHT + 5 * HALF}) == (Lacking(Occasion.OPEN, (3,)),)

    def test_a_visit_that_can_no_longer_begin_is_not_asked_about(self) -> None:
        day = Day(TUESDAY_DATE, "DAY", workers=(worker(2),), calls=(call(3),))

        assert self.lacking(day, now=EIGHT + 4 * HALF)
        assert self.lacking(day, now=EIGHT + 5 * HALF) == ()
