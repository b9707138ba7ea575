"""The work lists' pages, through the outer door."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.workforce.models import Profession
from tillit.kernel import clock
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.contexts.places import names_of
from tillit.teamwork.planning.contexts.proposal import proposal_panel
from tillit.teamwork.planning.models import Assignment, DayLists, Proposal

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    return build.morning(cast)


def lists(morning: build.Morning, more: str = "") -> str:
    return f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/{more}"


def edition(morning: build.Morning) -> int:
    return queries.head_of(unit_id=morning.unit.pk, on=morning.on, shift_kind="DAY").edition


def give(client: Client, morning: build.Morning, visit_id: int, to: Member | None, **more: str) -> int:
    data = {"edition": str(edition(morning)), "from": "0", "to": str(to.employee.pk) if to else "0", **more}
    return client.post(lists(morning, f"besok/{visit_id}/gi/"), data).status_code


class TestBoard:
    def test_goes_to_the_part_of_the_day_it_is(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.kari).get(f"/team/{cast.bekkedal.pk}/arbeidslister/")

        assert answer["Location"] == f"/team/{cast.bekkedal.pk}/arbeidslister/{TUESDAY_DATE}/DAY/"

    def test_shows_people_and_visits_nobody_has(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        page = client_of(cast.kari).get(lists(morning)).content.decode()

        assert "Uten utfører" in page
        assert "Ingrid Solheim" in page
        assert "Hansen" in page
        assert "krever sykepleier" in page
        assert "data-move-url" in page

    def test_is_seen_but_not_changed_by_those_who_do_not_allocate(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        client = client_of(cast.amir)
        page = client.get(lists(morning)).content.decode()

        assert "data-move-url" not in page
        assert "fordelerne som lager listene" in page
        assert give(client, morning, morning.arne.pk, cast.amir) == 403
        assert give(client_of(cast.kari), morning, morning.arne.pk, cast.amir) == 302
        assert Assignment.objects.count() == 1

    def test_is_not_found_by_the_next_team_and_forbidden_to_an_administrator(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        assert client_of(cast.nils).get(lists(morning)).status_code == 404
        assert client_of(cast.admin).get(lists(morning)).status_code == 403
        assert Client().get(lists(morning)).status_code == 302

    def test_notes_who_looked_at_whom(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        client_of(cast.kari).get(lists(morning))

        seen = set(AccessEntry.objects.filter(door="planning:board").values_list("citizen_id", flat=True))
        assert seen == {cast.olga.pk, cast.arne.pk}

    def test_asks_the_database_as_often_for_ten_visits_as_for_a_hundred(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.kari)
        build.town(cast, citizens=8)
        address = f"/team/{cast.bekkedal.pk}/arbeidslister/{TUESDAY_DATE}/DAY/"
        client.get(address)

        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for number in range(80):
            someone = builders.citizen("Ny", f"Navnesen{number}", cast.bekkedal, serial=100 + number * 5)
            build.open_visit(someone, cast.bekkedal)
        with CaptureQueriesContext(connection) as many:
            client.get(address)

        assert len(many) == len(few)


class TestDrag:
    def drop(self, client: Client, morning: build.Morning, visit: str, to: Member | None, slot: int, seen: int) -> str:
        began = int(build.at(time(7)).timestamp())
        answer = client.post(
            f"{lists(morning, 'flytt/')}?edition={seen}&from={began}",
            {"visit": visit, "helper": str(to.employee.pk) if to else "0", "start": str(slot)},
            headers={"HX-Request": "true"},
        )
        return f"{answer.status_code} {answer.content.decode()}"

    def test_moves_and_answers_with_the_board_and_a_sentence(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        found = self.drop(client_of(cast.kari), morning, f"{morning.arne.pk}-0", cast.amir, 25, 0)

        assert found.startswith("200")
        assert 'id="board"' in found
        assert "Kvam er flyttet til Amir kl. 09.00." in found
        assert Assignment.objects.get().starts_at == build.at(time(9))

    def test_refuses_with_the_reason_in_words(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        found = self.drop(client_of(cast.kari), morning, f"{morning.olga.pk}-0", cast.amir, 25, 0)

        assert found.startswith("409")
        assert "Besøket krever sykepleier" in found
        assert not Assignment.objects.exists()

    def test_tells_the_second_allocator_what_the_first_did(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        self.drop(client_of(cast.kari), morning, f"{morning.arne.pk}-0", cast.amir, 25, 0)

        found = self.drop(client_of(cast.marit), morning, f"{morning.olga.pk}-0", cast.ingrid, 20, 0)

        assert found.startswith("409")
        assert "Kari flyttet Kvam" in found
        assert Assignment.objects.count() == 1


class TestVisit:
    def test_says_who_could_take_it_and_who_cannot(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        page = client_of(cast.kari).get(lists(morning, f"besok/{morning.olga.pk}/")).content.decode()

        possible, impossible = page.split("De som ikke kan ta det")
        assert "Ingrid Solheim" in possible
        assert "Amir Rahimi" in impossible and "Besøket krever sykepleier" in impossible

    def test_reads_well_aloud_and_says_what_the_choice_costs_R24(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        lars = builders.employee("Lars", "Eide", Profession.OCCUPATIONAL_THERAPIST, cast.bekkedal)
        builders.shift(lars, cast.bekkedal, morning.on)

        page = client_of(cast.kari).get(lists(morning, f"besok/{morning.arne.pk}/")).content.decode()

        assert re.search(r"Flytt til\s*<span class=\"ds-sr-only\"> Amir Rahimi kl\. 08\.30", page)
        assert "til Amir" not in page
        names = [page.index(f"<b>{name}</b>") for name in ("Amir Rahimi", "Kari Nilsen", "Ingrid Solheim", "Lars Eide")]
        assert names == sorted(names)  # who knows him, then the training that fits, the therapist last
        assert "Har mer utdanning enn besøket krever" in page[names[2] : names[3]]
        assert "Tar en terapeut fra trening og tilrettelegging" in page[names[3] :]

    def test_is_a_part_for_htmx_and_a_page_without(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        client, address = client_of(cast.kari), lists(morning, f"besok/{morning.arne.pk}/")

        assert "<!DOCTYPE" in client.get(address).content.decode()
        assert "<!DOCTYPE" not in client.get(address, headers={"HX-Request": "true"}).content.decode()

    def test_gives_by_keyboard_and_undoes(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        client = client_of(cast.kari)
        assert give(client, morning, morning.arne.pk, cast.amir, start=f"{morning.on}T09:15") == 302
        assert Assignment.objects.get().starts_at == build.at(time(9, 15))

        client.post(lists(morning, "angre/"), {"edition": str(edition(morning))})

        assert not Assignment.objects.exists()

    def test_a_clock_that_is_none_is_said_so_and_nothing_is_lost(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        assert give(client_of(cast.kari), morning, morning.arne.pk, cast.amir, clock="25:99") == 422
        assert not DayLists.objects.exists()

    def test_of_another_teams_visit_is_not_found(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        strange = build.open_visit(cast.per, cast.fjelldal)

        assert client_of(cast.kari).get(lists(morning, f"besok/{strange.pk}/")).status_code == 404
        assert client_of(cast.kari).get(lists(morning, f"besok/{morning.arne.pk}/")).status_code == 200


class TestInUse:
    def test_is_published_changed_and_shown(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        client = client_of(cast.kari)
        give(client, morning, morning.arne.pk, cast.amir)
        client.post(lists(morning, "ta-i-bruk/"), {"edition": str(edition(morning))})
        assert "Ingen endringer siden" in client.get(lists(morning, "endringer/")).content.decode()

        give(client, morning, morning.arne.pk, cast.kari, **{"from": str(cast.amir.employee.pk)})

        page = client.get(lists(morning, "endringer/")).content.decode()
        assert "Amir kl. 08.30" in page and "Kari kl. 08.30" in page
        assert "Kari har ikke sett det" in page

    def test_twice_is_refused_in_words(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        client = client_of(cast.kari)
        give(client, morning, morning.arne.pk, cast.amir)
        client.post(lists(morning, "ta-i-bruk/"), {"edition": str(edition(morning))})

        again = client.post(lists(morning, "ta-i-bruk/"), {"edition": str(edition(morning))})

        assert again.status_code == 409
        assert "i bruk fra før" in again.content.decode()


class TestPaper:
    def test_has_first_name_and_initial_and_no_code(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        home = cast.arne.homes.get()
        home.door_code = "4711"
        home.save()
        client = client_of(cast.kari)
        give(client, morning, morning.arne.pk, cast.amir)

        page = client.get(lists(morning, "utskrift/")).content.decode()

        assert "Arne K." in page
        assert "Kvam" not in page
        assert "4711" not in page
        assert "Makuleres etter vakta." in page
        assert page.count("ti-sheet-a4") == 1


class TestProgress:
    def working(self, cast: Cast, morning: build.Morning) -> Proposal:
        found = DayLists.objects.create(unit=cast.bekkedal, on=morning.on, shift_kind="DAY", changed_at=NOW)
        job = Job.objects.create(
            kind="planning.propose", unit_path=cast.bekkedal.path, asked_at=NOW, state=JobState.RUNNING,
            done=62, total=100,
        )  # fmt: skip
        return Proposal.objects.create(lists=found, job=job, asked_at=NOW, based_on_edition=0)

    def test_shows_how_far_and_lets_one_stop(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        proposal, client = self.working(cast, morning), client_of(cast.kari)

        page = client.get(lists(morning)).content.decode()
        assert "Stopp og bruk det beste så langt" in page
        assert 'value="62"' in client.get(lists(morning, f"forslag/{proposal.pk}/")).content.decode()

        client.post(lists(morning, f"forslag/{proposal.pk}/stopp/"))

        assert Job.objects.get().stop_asked

    def test_the_answer_itself_is_put_in_when_it_is_done(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        proposal = self.working(cast, morning)
        Proposal.objects.filter(pk=proposal.pk).update(state="READY")

        answer = client_of(cast.kari).get(lists(morning, f"forslag/{proposal.pk}/"))
        page = answer.content.decode()

        assert answer["HX-Retarget"] == "#forslag"
        assert 'id="forslag"' in page and "proposal-progress" not in page
        assert 'hx-swap-oob="innerHTML:#list-lanes"' in page and "ti-lanes" in page
        assert "<html" not in page

    def test_the_same_picture_is_not_drawn_again(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        """What has focus, «Stopp» perhaps, is left alone until there is something new to show."""
        self.working(cast, morning)
        client = client_of(cast.kari)
        (poll,) = re.findall(r'hx-get="([^"]+forslag[^"]+)"', client.get(lists(morning)).content.decode())

        assert client.get(poll).status_code == 204
        Job.objects.update(done=80)
        assert 'value="80"' in client.get(poll).content.decode()

    def test_a_re_plan_is_asked_about_often_at_first(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        proposal, client = self.working(cast, morning), client_of(cast.kari)
        assert 'hx-trigger="every 2s"' in client.get(lists(morning)).content.decode()

        Proposal.objects.filter(pk=proposal.pk).update(keep_present=True)
        assert 'hx-trigger="every 150ms"' in client.get(lists(morning)).content.decode()

        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=11))
        assert 'hx-trigger="every 2s"' in client.get(lists(morning)).content.decode()

    def test_the_press_is_answered_at_once_without_loading_the_page_again_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, settings: Any
    ) -> None:
        """However much the workers have to do: what comes back says how far it is, and can be called off."""
        settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": "django_tasks_db.DatabaseBackend"}}
        client = client_of(cast.kari)

        answer = client.post(lists(morning, "forslag/"), {"keep": "yes"}, headers={"HX-Request": "true"})
        part = answer.content.decode()

        proposal = Proposal.objects.get()
        assert answer.status_code == 200 and "HX-Request" in answer["Vary"]
        assert "<html" not in part and 'id="forslag"' in part and "ti-lanes" not in part
        assert f"forslag/{proposal.pk}/?shown=" in part and 'hx-trigger="every 150ms"' in part
        assert f"forslag/{proposal.pk}/stopp/" in part
        assert '<div id="list-ask" hx-swap-oob="true"></div>' in part  # nobody presses twice

    def test_a_question_in_line_says_so_and_is_called_off_at_once(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No worker has begun, so there is no «best so far»; the page says why nothing happens."""
        proposal, client = self.working(cast, morning), client_of(cast.kari)
        Job.objects.update(state=JobState.WAITING, done=0)
        asks = lists(morning, f"forslag/{proposal.pk}/")
        at_first = client.get(asks).content.decode()
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=3))
        then = client.get(asks).content.decode()

        assert "Forslaget står i kø" not in at_first and "Forslaget står i kø" in then
        assert "Avbryt" in then and "det beste så langt" not in then
        Job.objects.update(state=JobState.RUNNING)
        begun = client.get(asks).content.decode()
        assert "det beste så langt" in begun and "Forslaget står i kø" not in begun
        Job.objects.update(state=JobState.WAITING)

        client.post(lists(morning, f"forslag/{proposal.pk}/stopp/"))

        assert Job.objects.get().state == JobState.CANCELLED
        assert Proposal.objects.get().state == "OUTDATED"
        assert "proposal-progress" not in client.get(lists(morning)).content.decode()

    def test_each_new_word_is_drawn_while_it_waits(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.working(cast, morning)
        client = client_of(cast.kari)
        Job.objects.update(state=JobState.WAITING, done=0)

        def poll_of(page: str) -> str:
            return str(re.findall(r'hx-get="([^"]+forslag[^"]+)"', page)[0])

        poll = poll_of(client.get(lists(morning)).content.decode())
        assert client.get(poll).status_code == 204
        monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=3))
        in_line = client.get(poll).content.decode()
        assert client.get(poll_of(in_line)).status_code == 204
        Job.objects.update(state=JobState.RUNNING)
        assert client.get(poll_of(in_line)).status_code == 200

    def test_a_press_after_the_shift_leads_back_to_the_lists_with_the_reason(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client = client_of(cast.kari)
        monkeypatch.setattr(clock, "now", lambda: build.at(time(15)))

        answer = client.post(lists(morning, "forslag/"), {"keep": "yes"}, headers={"HX-Request": "true"})

        assert answer["HX-Redirect"] == lists(morning)
        assert "Vakta er over" in client.get(lists(morning)).content.decode()

    def test_a_job_that_failed_is_told(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        self.working(cast, morning)
        Job.objects.update(state=JobState.FAILED)

        assert "stanset av en feil" in client_of(cast.kari).get(lists(morning)).content.decode()


class TestProposalOnThePage:
    def test_is_asked_for_shown_with_reasons_and_accepted(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, settings: Any
    ) -> None:
        settings.PLAN_SECONDS = 0.2
        client = client_of(cast.kari)
        client.post(lists(morning, "forslag/"), {"preset": "KNOWN_FACES"})
        proposal = Proposal.objects.get()

        page = client.get(lists(morning)).content.decode()
        assert "Forslag:" in page
        assert "Ulike hjelpere per bruker" in page
        assert "Kjente ansikter teller mest" in page

        client.post(lists(morning, f"forslag/{proposal.pk}/godta/"), {"edition": str(edition(morning))})

        assert Assignment.objects.count() == 4


class TestWarnings:
    def test_two_visits_at_once_for_one_person_are_seen_on_the_board(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        for visit in (morning.olga, morning.arne):
            assert give(client, morning, visit.pk, cast.ingrid, start=f"{morning.on}T09:00", sure="yes") in (302, 200)

        page = client.get(lists(morning)).content.decode()

        assert Assignment.objects.filter(employee=cast.ingrid.employee).count() == 2
        assert "To samtidig kl. 09.00" in page
        assert page.count("data-warns") == 2
        assert page.count('data-row="2"') == 1
        assert "samtidig med Hansen" in page


class TestWhatIsLeft:
    def test_heading_and_table_count_what_is_not_decided(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, settings: Any
    ) -> None:
        settings.PLAN_SECONDS = 0.3
        client = client_of(cast.kari)
        client.post(lists(morning, "forslag/"), {"preset": "KNOWN_FACES"})
        proposal = Proposal.objects.get()
        before = proposal_panel_of(morning, proposal)
        change = proposal.changes.order_by("rank").first()
        assert change is not None
        covered = len({row[0] for row in change.rows})
        client.post(lists(morning, f"forslag/{proposal.pk}/godta/{change.pk}/"), {"edition": str(edition(morning))})

        after = proposal_panel_of(morning, proposal)

        assert before == ("3", "0")
        assert after == (str(3 - covered), "0")


def proposal_panel_of(morning: build.Morning, proposal: Proposal) -> tuple[str, str]:
    """«Uten utfører» in the panel's table: now, and with what is left of the proposal."""
    team_day = queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY")
    view = queries.newest_proposal(proposal.lists_id)
    assert view is not None
    found = proposal_panel(team_day, names_of(team_day), view, may_allocate=True)
    assert found is not None and found.table is not None
    _name, now, becomes, _delta = found.table.rows[0].cells
    return str(now), str(becomes)
