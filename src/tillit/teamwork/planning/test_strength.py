"""«Hva tåler dagen?»: reckoned in the background, told in names, marked old when the lists change."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from tests import builders_planning as build
from tests.cast import Cast, Member
from tillit.foundation.jobs.models import Job, JobState
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.contexts.places import names_of
from tillit.teamwork.planning.contexts.strength import remedy, strength_panel
from tillit.teamwork.planning.models import DayStrength
from tillit.teamwork.planning.words import Names

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    """Olga's visit, for a nurse, is Ingrid's; Arne's is Amir's. The visit for two nobody has."""
    found = build.morning(cast)
    for visit, member in ((found.olga, cast.ingrid), (found.arne, cast.amir)):
        allocate(cast, found, visit.pk, member)
    return found


def where(morning: build.Morning) -> dict[str, Any]:
    return {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}


def edition(morning: build.Morning) -> int:
    return queries.head_of(**where(morning)).edition


def allocate(cast: Cast, morning: build.Morning, visit_id: int, member: Member) -> None:
    actions.allocate_visit(
        actor=cast.kari.actor, **where(morning), visit_id=visit_id, from_employee_id=None,
        to_employee_id=member.employee.pk, starts_at=build.at(time(8, 30)), edition=edition(morning), at=NOW,
    )  # fmt: skip


def lists(morning: build.Morning, more: str = "") -> str:
    return f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/{more}"


def words_of(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(address).content.decode()))


class TestAsking:
    def test_names_who_cannot_be_done_without_and_what_breaks_R27(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        """Only Ingrid is a nurse: without her Olga's visit has nobody. Amir's visit Kari or Ingrid can take."""
        client = client_of(cast.kari)
        assert "Hvor mange kan bli borte i dag" in words_of(client, lists(morning))

        answer = client.post(lists(morning, "hva-dagen-taaler/regn/"))

        assert answer["Location"].endswith("#taaler")
        page = words_of(client, lists(morning))
        assert "Dagen tåler ikke at Ingrid blir borte: 1 besøk uten utfører" in page
        assert "Uten Ingrid: Hansen kl. 08.30 blir uten utfører. Ingen andre på jobb kan ta besøket hos Hansen." in page
        assert "Kan bli borte uten at noe besøk faller ut: Amir." in page
        assert "Hansen: bare Ingrid på jobb har det som trengs (sykepleier)." in page

    def test_stored_numbers_are_ids_and_codes_without_names(self, cast: Cast, morning: build.Morning) -> None:
        actions.ask_what_the_day_can_take(actor=cast.kari.actor, **where(morning), at=NOW)

        found = DayStrength.objects.get()
        assert found.edition == edition(morning)
        assert found.answer["stands"] == 0
        worst = found.answer["worst"]
        assert (worst["employees"], worst["uncovered"]) == ([cast.ingrid.employee.pk], [morning.olga.pk])
        assert not any(name in str(found.answer) for name in ("Olga", "Hansen", "Ingrid"))

    def test_what_does_not_break_is_said_as_plainly(self, cast: Cast, morning: build.Morning) -> None:
        """With Olga's visit off the list, whoever stays can take Arne's; without both there is no telling who."""
        actions.allocate_visit(
            actor=cast.kari.actor, **where(morning), visit_id=morning.olga.pk,
            from_employee_id=cast.ingrid.employee.pk, to_employee_id=None, starts_at=None, edition=edition(morning),
            at=NOW,
        )  # fmt: skip
        actions.ask_what_the_day_can_take(actor=cast.kari.actor, **where(morning), at=NOW)

        team_day = queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY")
        panel = strength_panel(
            team_day, names_of(team_day), queries.strength_of_lists(team_day.head.lists_id), may_allocate=True
        )

        assert panel is not None
        assert panel.heading == "Dagen tåler 1 fravær, uansett hvem"

    def test_is_for_those_who_see_the_lists(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        assert client_of(cast.nils).post(lists(morning, "hva-dagen-taaler/regn/")).status_code == 404
        assert client_of(cast.admin).post(lists(morning, "hva-dagen-taaler/regn/")).status_code == 403
        assert client_of(cast.amir).post(lists(morning, "hva-dagen-taaler/regn/")).status_code == 302
        with pytest.raises(NotAllowed):
            actions.ask_what_the_day_can_take(actor=cast.admin.actor, **where(morning), at=NOW)

    def test_is_refused_while_nobody_has_a_visit(self, cast: Cast, client_of: SignIn) -> None:
        found = build.morning(cast)

        assert client_of(cast.kari).post(lists(found, "hva-dagen-taaler/regn/")).status_code == 409
        assert not DayStrength.objects.exists()


class TestFollowing:
    def test_the_answer_is_old_when_the_lists_have_changed(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        client = client_of(cast.kari)
        client.post(lists(morning, "hva-dagen-taaler/regn/"))
        assert "Listene er endret siden" not in words_of(client, lists(morning))

        allocate(cast, morning, morning.arne.pk, cast.kari)

        assert "Listene er endret siden" in words_of(client, lists(morning))

    def test_lists_in_use_are_reckoned_on_by_themselves(
        self, cast: Cast, morning: build.Morning, settings: Any
    ) -> None:
        settings.STRENGTH_FOLLOWS = True
        actions.publish_lists(actor=cast.kari.actor, **where(morning), edition=edition(morning), at=NOW)
        assert DayStrength.objects.get().edition == edition(morning)

        allocate(cast, morning, morning.arne.pk, cast.kari)

        assert DayStrength.objects.get().edition == edition(morning)

    def test_one_question_waits_at_a_time(self, cast: Cast, morning: build.Morning) -> None:
        found = actions.ask_what_the_day_can_take(actor=cast.kari.actor, **where(morning), at=NOW)
        Job.objects.filter(day_strength=found).update(state=JobState.WAITING)

        actions.ask_what_the_day_can_take(actor=cast.kari.actor, **where(morning), at=NOW)

        assert Job.objects.filter(kind="planning.strength").count() == 1

    def test_while_it_is_reckoned_the_page_asks_again(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        found = actions.ask_what_the_day_can_take(actor=cast.kari.actor, **where(morning), at=NOW)
        Job.objects.filter(day_strength=found).update(state=JobState.RUNNING)

        part = client_of(cast.kari).get(lists(morning, "hva-dagen-taaler/")).content.decode()

        assert 'hx-trigger="every 2s"' in part
        assert "Planleggeren tar bort én og én" in part


class TestRemedies:
    @pytest.mark.parametrize(
        ("kind", "ends_with"),
        [
            ("learn", "er det noen til Berg. Det avgjør teamlederen."),
            ("stay_longer", "er det noen til Berg. Det avgjør teamlederen."),
            ("move_window", "kan noen ta det. Det avgjør brukeren sammen med tjenesteansvarlig."),
        ],
    )
    def test_say_who_decides_R27(self, kind: str, ends_with: str) -> None:
        names = Names({1: "Amir"}, {7: "Berg"})
        stored = {"kind": kind, "employee": 1, "needs": ["SAR"], "visit": 7, "minutes": 30, "visits": [7]}
        assert remedy(stored, names).endswith(ends_with)
