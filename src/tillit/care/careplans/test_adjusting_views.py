"""One press with one line, from the citizen, the plan and the case; nothing typed is lost (R20)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders_decisions, builders_frames
from tests import builders_plan as build
from tests.cast import MONDAY, Cast, Member
from tillit.care.careplans import actions
from tillit.care.careplans.models import Adjustment, CarePlan, Intervention
from tillit.care.careplans.rules.adjusting import Step, What
from tillit.care.decisions.models import Case, DecisionLine
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.roles import Role

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]
WHY = "Olga er tryggere i dusjen"


@pytest.fixture
def case(cast: Cast) -> Case:
    """Olga has 40 minutes every morning: 280 minutes a week, in a frame from 240 to 360."""
    plan = build.plan(cast.olga, in_use_from=builders_frames.BEGAN)
    build.intervention(plan, minutes=40)
    return builders_frames.framed(cast, builders_frames.office(cast), cast.olga)


def plan_of(cast: Cast) -> CarePlan:
    return CarePlan.objects.get(citizen=cast.olga, valid_from__isnull=False, valid_to=None)


def line_of(cast: Cast) -> int:
    lines = Intervention.objects.filter(plan=plan_of(cast), line__isnull=False).order_by("line")
    return lines.values_list("line", flat=True)[0] or 0


def press(client: Client, cast: Cast, change: str = "MINUTES:-5", **other: str) -> HttpResponse:
    """Press one of the buttons."""
    data = {"plan": str(plan_of(cast).pk), "endring": f"{line_of(cast)}:{change}", "why": WHY, "fra": "bruker", **other}
    return client.post(reverse("careplans:adjust", args=[cast.olga.pk]), data)  # type: ignore[return-value]


class TestOnePress:
    @pytest.mark.parametrize("start", ["bruker", "plan", "sak"])
    def test_is_enough_from_the_page_one_is_on_R20(self, cast: Cast, client_of: SignIn, case: Case, start: str) -> None:
        pages = {
            "bruker": reverse("citizens:page", args=[cast.olga.pk]),
            "plan": reverse("careplans:plan_edit", args=[cast.olga.pk]),
            "sak": reverse("decisions:case", args=[case.pk]),
        }
        client = client_of(cast.kari)
        shown = client.get(pages[start]).content.decode()
        assert "Rammen er 4 t til 6 t: rom for 1 t 20 min mer, eller 40 min mindre." in shown
        assert f'value="{line_of(cast)}:MINUTES:-5"' in shown

        answer = press(client, cast, fra=f"sak-{case.pk}" if start == "sak" else start)

        assert answer.status_code == 302 and answer["Location"].startswith(pages[start])
        text = client.get(answer["Location"]).content.decode()
        assert "Morgenstell: 35 min, før 40 min. Uka gikk fra 4 t 40 min til 4 t 5 min. Rammen er 4 t til 6 t." in text
        assert "Angre" in text and WHY in text

    def test_it_is_told_in_the_case_by_name(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        press(client_of(cast.kari), cast)
        text = client_of(cast.ingrid).get(reverse("decisions:case", args=[case.pk])).content.decode()
        assert f"Justerte planen innenfor rammen. Morgenstell: 35 min, før 40 min. «{WHY}»" in text
        assert "Justert innenfor rammen 23.11.2026: Morgenstell: 35 min" in text

    def test_and_in_the_history_of_the_plan(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        client = client_of(cast.kari)
        press(client, cast)
        press(client, cast, "MINUTES:5", why="Det gikk for fort")
        text = client.get(reverse("careplans:plan_edit", args=[cast.olga.pk])).content.decode()
        assert f"Morgenstell: 35 min, før 40 min. «{WHY}» Justert av Kari Nilsen" in text[text.index("tidligere-h") :]

    def test_angre_takes_the_opposite_step(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        client = client_of(cast.kari)
        press(client, cast)
        href = reverse("careplans:undo_adjustment", args=[cast.olga.pk, plan_of(cast).pk])
        assert client.post(f"{href}?fra=sak-{case.pk}")["Location"].startswith(f"/saker/{case.pk}/")
        assert Intervention.objects.get(plan=plan_of(cast)).minutes == 40
        assert Adjustment.objects.count() == 2


class TestRefused:
    def test_out_of_the_frame_the_line_goes_with_the_case_in_one_press_R20(
        self, cast: Cast, client_of: SignIn, case: Case
    ) -> None:
        client = client_of(cast.kari)

        answer = press(client, cast, "MINUTES:15", why="Armen er verre igjen")

        text = answer.content.decode()
        assert answer.status_code == 409 and not Adjustment.objects.exists()
        assert "Morgenstell: 55 min, før 40 min. Uka ville brukt 6 t 25 min, og rammen i vedtaket går til 6 t." in text
        assert 'value="Armen er verre igjen"' in text
        told = "Armen er verre igjen (Morgenstell: 55 min, før 40 min: 6 t 25 min i uka)"
        assert f'name="why" value="{told}"' in text
        fields = {"edition": str(case.edition), "why": told, "opened_by": "FRAME", "by_citizen": ""}
        assert client.post(reverse("decisions:reassess", args=[case.pk]), fields).status_code == 302
        case.refresh_from_db()
        assert (case.state, case.reassessed_why) == (State.REASSESSMENT, told)

    def test_a_case_that_is_taken_up_already_is_shown(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        Case.objects.update(state=State.REASSESSMENT)
        text = press(client_of(cast.kari), cast, "MINUTES:15").content.decode()
        assert "Saken er alt tatt opp til ny vurdering." in text and "Ta saken opp" not in text

    def test_without_a_frame_a_care_worker_takes_no_case_up(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        fields = {"edition": str(case.edition), "why": WHY, "opened_by": "FRAME", "by_citizen": ""}
        href = reverse("decisions:reassess", args=[case.pk])
        DecisionLine.objects.update(span_percent=None)
        assert client_of(cast.kari).post(href, fields).status_code == 403
        DecisionLine.objects.update(span_percent=20)
        assert client_of(cast.kari).post(href, fields).status_code == 302

    def test_a_missing_line_is_asked_for(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        answer = press(client_of(cast.kari), cast, why=" ")
        assert answer.status_code == 422 and "Skriv én linje om hvorfor." in answer.content.decode()

    @pytest.mark.parametrize("change", ["", "x", "MINUTES:7", "ALL:1", "DAY_MORE:1"])
    def test_what_no_button_sends_changes_nothing_and_keeps_the_line(
        self, cast: Cast, client_of: SignIn, case: Case, change: str
    ) -> None:
        answer = press(client_of(cast.kari), cast, change)
        assert answer.status_code == 422 and f'value="{WHY}"' in answer.content.decode()

    def test_the_second_of_two_is_told_and_presses_again(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        stale = str(plan_of(cast).pk)
        press(client_of(cast.ingrid), cast)

        answer = press(client_of(cast.kari), cast, "DAY_FEWER:7", plan=stale, why="Datteren kommer på søndager")

        text = answer.content.decode()
        assert answer.status_code == 409 and "Ingrid justerte planen mens du skrev" in text
        assert 'value="Datteren kommer på søndager"' in text and f'name="plan" value="{plan_of(cast).pk}"' in text

    def test_without_a_frame_any_more_the_line_is_kept(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        DecisionLine.objects.update(stopped_on=MONDAY.date())
        answer = press(client_of(cast.kari), cast)
        assert answer.status_code == 409 and f"Du skrev: «{WHY}»" in answer.content.decode()

    def test_nobody_out_of_reach_or_without_the_role_gets_in(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        for member, status in ((cast.nils, 404), (cast.admin, 403), (cast.frida, 404)):
            assert press(client_of(member), cast).status_code == status
        assert not Adjustment.objects.exists()


class TestThePart:
    def test_is_not_there_without_a_frame(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        DecisionLine.objects.update(span_percent=None)
        for href in (
            reverse("citizens:page", args=[cast.olga.pk]),
            reverse("careplans:plan_edit", args=[cast.olga.pk]),
        ):
            assert "Juster innenfor rammen" not in client_of(cast.kari).get(href).content.decode()
        alone = client_of(cast.kari).get(reverse("careplans:adjust", args=[cast.olga.pk])).content.decode()
        assert "Ingen ramme å justere innenfor" in alone

    def test_steps_out_of_the_frame_say_so(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        text = client_of(cast.kari).get(reverse("citizens:page", args=[cast.olga.pk])).content.decode()
        assert "Uka blir 3 t 30 min, utenfor rammen" in text
        assert "De uten kant går ut av rammen." in text

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, client_of: SignIn, case: Case) -> None:
        client = client_of(cast.kari)
        pages = [
            reverse("citizens:page", args=[cast.olga.pk]),
            reverse("careplans:plan_edit", args=[cast.olga.pk]),
            reverse("decisions:case", args=[case.pk]),
            reverse("careplans:adjust", args=[cast.olga.pk]),
        ]

        def asked() -> list[int]:
            counts = []
            for href in pages:
                with CaptureQueriesContext(connection) as seen:
                    client.get(href)
                counts.append(len(seen))
            return counts

        press(client, cast)
        asked()  # what is kept for the process is kept now
        few = asked()
        for number in range(4):
            build.intervention(plan_of(cast), f"Tiltak {number}", minutes=1, weekdays="1", parts=("EVENING", "MIDDAY"))
        at = MONDAY
        for minutes in (5, -5, 5):
            at += timedelta(minutes=1)
            actions.adjust_plan(
                actor=cast.ingrid.actor, citizen_id=cast.olga.pk, plan_id=plan_of(cast).pk, line=line_of(cast),
                step=Step(What.MINUTES, minutes), why="Opp og ned", at=at,
            )  # fmt: skip
        assert asked() == few

    def test_a_reader_who_holds_the_case_only_sees_what_was_adjusted(
        self, cast: Cast, client_of: SignIn, case: Case
    ) -> None:
        press(client_of(cast.kari), cast)
        leader = builders_decisions.member("Siri", "Dal", cast.south, Role.DISTRICT_LEADER)
        text = client_of(leader).get(reverse("decisions:case", args=[case.pk])).content.decode()
        assert WHY in text and "Skriv én linje, og trykk" not in text
