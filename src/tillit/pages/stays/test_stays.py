"""Ikke hjemme, as those who follow up meet it (R16)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_plan as build
from tests import builders_planning as build_day
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.actions import set_away
from tillit.care.citizens.events import CitizenAway
from tillit.care.citizens.models import Responsible, Whereabouts, WhereaboutsFollowUp
from tillit.care.citizens.queries.stays import edition_of_stay
from tillit.care.journal.models import Entry
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.listeners import on_citizen_away
from tillit.care.visits.models import FollowUp, Visit, VisitState
from tillit.foundation.access.models import AccessEntry
from tillit.kernel import events, oslo
from tillit.teamwork.planning import actions as planning
from tillit.teamwork.planning.queries import head_of

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]


@pytest.fixture
def stay(cast: Cast) -> Whereabouts:
    Responsible.objects.create(
        citizen=cast.olga, employee=cast.ingrid.employee, kind="SERVICE_RESPONSIBLE", valid_from=date(2026, 1, 1)
    )
    return Whereabouts.objects.create(
        citizen=cast.olga, kind="HOSPITAL", place="Ortopeden", from_at=MONDAY - timedelta(days=4)
    )


def address(cast: Cast, stay: Whereabouts | None = None, act: str = "") -> str:
    whole = f"/team/{cast.bekkedal.pk}/ikke-hjemme/"
    return f"{whole}{stay.pk}/{f'{act}/' if act else ''}" if stay else whole


class TestTheList:
    def test_one_press_takes_up_a_step_and_one_ends_it(self, cast: Cast, stay: Whereabouts, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        before = client.get(address(cast)).content.decode()
        client.post(address(cast, stay, "steg"), {"kind": "CALL", "til": "lista"})
        step = WhereaboutsFollowUp.objects.get()
        taken = client.get(address(cast)).content.decode()
        answer = client.post(address(cast, stay, "gjort"), {"step": step.pk, "til": "lista"})

        assert "Ingen har neste steg" in before
        assert "Ortopeden" in before
        assert "Ingrid Solheim" in before
        assert "Ingen har neste steg" not in taken
        assert "Amir Rahimi" in taken
        assert answer["Location"] == address(cast)
        step.refresh_from_db()
        assert step.ended_by == cast.amir.employee
        assert AccessEntry.objects.filter(citizen_id=cast.olga.pk, user_id=cast.amir.user.pk).exists()

    def test_counts_the_time_away_and_names_nobody(self, cast: Cast, client_of: SignIn) -> None:
        Whereabouts.objects.create(
            citizen=cast.olga, kind="HEALTH_HOUSE", from_at=MONDAY - timedelta(days=20),
            to_at=MONDAY - timedelta(days=14), ready_at=MONDAY - timedelta(days=17),
        )  # fmt: skip

        page = client_of(cast.kari).get(address(cast)).content.decode()

        assert "Alle er hjemme" in page
        assert "3 (1 opphold)" in page
        assert "Olga" not in page

    def test_one_and_six_cost_the_same(self, cast: Cast, stay: Whereabouts, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        asked = []
        for more in (range(1), range(1, 6)):
            for number in more:
                citizen = builders.citizen("A", f"B{number}", cast.bekkedal, born_on=date(1930 + number, 1, 1))
                row = Whereabouts.objects.create(citizen=citizen, kind="HOSPITAL", from_at=stay.from_at)
                WhereaboutsFollowUp.objects.create(
                    whereabouts=row, words="Ringer", owner=cast.ingrid.employee, written_at=MONDAY
                )
            client.get(address(cast))
            with CaptureQueriesContext(connection) as found:
                client.get(address(cast))
            asked.append(len(found))

        assert asked[0] == asked[1]

    def test_is_out_of_reach_for_others(self, cast: Cast, stay: Whereabouts, client_of: SignIn) -> None:
        client = client_of(cast.frida)

        assert client.get(address(cast)).status_code == 404
        assert client.get(address(cast, stay)).status_code == 404
        assert client.post(address(cast, stay, "steg"), {"kind": "CALL"}).status_code == 404
        assert client.post(address(cast, stay, "klar")).status_code == 404


class TestOneStay:
    def test_home_day_brings_the_visits_back_and_gives_somebody_the_first(
        self, cast: Cast, stay: Whereabouts, client_of: SignIn
    ) -> None:
        build.intervention(build.plan(cast.olga), title="Morgenstell", parts=("MORNING",))
        client = client_of(cast.amir)
        typed = {
            "hjem-day": TUESDAY_DATE.isoformat(), "hjem-clock": "07:00", "hjem-owner": cast.kari.employee.pk,
            "hjem-seen": edition_of_stay(stay),
        }  # fmt: skip

        shown = client.get(address(cast, stay)).content.decode()
        answer = client.post(address(cast, stay, "hjem"), typed)
        late = client.post(address(cast, stay, "hjem"), typed | {"hjem-clock": "12:34"})

        assert "Morgenstell" in shown
        assert answer.status_code == 302
        assert set(WhereaboutsFollowUp.objects.values_list("kind", "on", "owner_id")) == {
            ("PLAN", TUESDAY_DATE, cast.kari.employee.pk),
            ("FIRST_VISIT", TUESDAY_DATE, cast.kari.employee.pk),
        }
        assert late.status_code == 409
        assert "12:34" in late.content.decode(), "what was typed is kept"

    def test_home_now_is_one_press_and_ready_is_another(self, cast: Cast, stay: Whereabouts, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)

        client.post(address(cast, stay, "klar"), {"ready": "1"})
        ready = client.get(address(cast)).content.decode()
        client.post(address(cast, stay, "hjem"), {"now": "1", "seen": edition_of_stay(stay), "til": "lista"})

        assert "Utskrivningsklar i dag" in ready
        stay.refresh_from_db()
        assert (stay.ready_at, stay.to_at) == (MONDAY, MONDAY)
        assert "Nettopp kommet hjem" in client.get(address(cast)).content.decode()

    def test_what_the_ward_said_is_a_signed_note_and_the_newest_stands_on_the_list(
        self, cast: Cast, stay: Whereabouts, client_of: SignIn
    ) -> None:
        client = client_of(cast.ingrid)

        empty = client.post(address(cast, stay, "siste"), {"siste-text": " "})
        client.post(address(cast, stay, "siste"), {"siste-text": "Går med prekestol.", "siste-press_key": "a"})

        assert empty.status_code == 422
        assert Entry.objects.get().kind == "NOTE"
        assert "Går med prekestol." in client.get(address(cast)).content.decode()

    def test_changed_needs_go_to_whoever_answers_for_her(
        self, cast: Cast, stay: Whereabouts, client_of: SignIn
    ) -> None:
        client_of(cast.amir).post(
            address(cast, stay, "endret"), {"endret-words": "Kan ikke gå i trappa", "kind": "WORSE"}
        )

        found = FollowUp.objects.get()
        assert (found.kind, found.owner_id) == ("WORSE", cast.ingrid.employee.pk)

    def test_keeps_what_was_typed_in_a_step_without_an_owner(
        self, cast: Cast, stay: Whereabouts, client_of: SignIn
    ) -> None:
        typed = {"kind": "OTHER", "steg-words": "Henter nøkkelen", "steg-owner": ""}

        refused = client_of(cast.ingrid).post(address(cast, stay, "steg"), typed)

        assert refused.status_code == 422
        assert "Henter nøkkelen" in refused.content.decode()

    def test_a_step_of_another_stay_is_not_found(self, cast: Cast, stay: Whereabouts, client_of: SignIn) -> None:
        other = Whereabouts.objects.create(citizen=cast.arne, kind="RESPITE", from_at=MONDAY)
        step = WhereaboutsFollowUp.objects.create(whereabouts=other, words="Ringer", written_at=MONDAY)

        assert client_of(cast.ingrid).post(address(cast, stay, "gjort"), {"step": step.pk}).status_code == 404

    def test_says_how_many_visits_rest(self, cast: Cast, stay: Whereabouts, client_of: SignIn) -> None:
        visit = build.visit(cast.olga, cast.bekkedal)
        Visit.objects.filter(pk=visit.pk).update(
            state=VisitState.CANCELLED, cancelled_by="AWAY", minutes=45,
            latest_at=oslo.moment(TUESDAY_DATE, oslo.clock_of(MONDAY)),
        )  # fmt: skip

        assert "1 besøk på pause de neste sju dagene: 45 min fri." in client_of(cast.ingrid).get(
            address(cast, stay)
        ).content.decode().replace("\xa0", " ")


class TestTheDay:
    def test_a_step_due_today_stands_on_min_dag_of_whoever_has_it(
        self, cast: Cast, stay: Whereabouts, client_of: SignIn
    ) -> None:
        for words, on in (("Ringer avdelingen", MONDAY_DATE), ("Henter nøkkelen", TUESDAY_DATE)):
            WhereaboutsFollowUp.objects.create(
                whereabouts=stay, words=words, on=on, owner=cast.ingrid.employee, written_at=MONDAY
            )

        page = client_of(cast.ingrid).get("/min-dag/").content.decode()

        assert "Ringer avdelingen: Olga Hansen" in page
        assert address(cast, stay) in page
        assert "Henter nøkkelen" not in page
        assert "Ringer avdelingen" not in client_of(cast.amir).get("/min-dag/").content.decode()

    def test_who_was_on_the_way_is_told_that_the_visit_is_on_pause_and_locks_do_not_hold(
        self, cast: Cast, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(events._listeners, CitizenAway, [on_citizen_away])
        monkeypatch.setitem(events._listeners, VisitsChanged, [planning.follow_visits])
        morning = build_day.morning(cast, MONDAY_DATE)
        day: dict[str, Any] = {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}
        early = MONDAY - timedelta(hours=1)
        planning.allocate_visit(
            actor=cast.kari.actor, **day, visit_id=morning.arne.pk, from_employee_id=None,
            to_employee_id=cast.amir.employee.pk, starts_at=None, edition=head_of(**day).edition, at=early,
        )  # fmt: skip
        planning.publish_lists(actor=cast.kari.actor, **day, edition=head_of(**day).edition, at=early)
        Visit.objects.filter(pk=morning.arne.pk).update(origin="ADDED", is_locked=True)

        set_away(actor=cast.kari.actor, citizen_id=cast.arne.pk, kind="HOSPITAL", from_at=early, at=early)

        page = client_of(cast.amir).get("/min-dag/").content.decode()

        assert "er på pause: På sykehus" in page
