"""The pages of evaluations: what was typed comes back, and the next press is where it should be."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders_frames
from tests import builders_plan as build
from tests.cast import MONDAY, Cast
from tillit.care.careplans.models import Goal, Intervention
from tillit.care.evaluations.models import Evaluation
from tillit.kernel import clock


@pytest.fixture
def client(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    found = Client()
    found.force_login(cast.kari.user)
    return found


@pytest.fixture
def goal(cast: Cast) -> Goal:
    plan = build.plan(cast.olga, in_use_from=builders_frames.BEGAN)
    found = build.goal(plan)
    build.intervention(plan, serves=found, minutes=40)
    return found


class TestEvaluatePage:
    def test_what_was_typed_comes_back_when_something_is_missing_R14(
        self, cast: Cast, client: Client, goal: Goal
    ) -> None:
        address = reverse("evaluations:evaluate", args=[cast.olga.pk, goal.pk])

        answer = client.post(address, {"edition": "0", "own_words": "Jeg går selv nå", "outcome": ""})

        assert answer.status_code == 422
        assert "Jeg går selv nå" in answer.content.decode()
        assert "Velg hva dere ble enige om." in answer.content.decode()

    def test_the_second_of_two_keeps_her_words_and_may_press_again_R06(
        self, cast: Cast, client: Client, goal: Goal
    ) -> None:
        address = reverse("evaluations:evaluate", args=[cast.olga.pk, goal.pk])
        said = {"edition": "0", "own_words": "Første", "outcome": "KEEP", "next_on": "01.02.2027"}
        client.post(address, {**said, "press_key": "one"})

        second = client.post(address, {**said, "own_words": "Andre", "press_key": "two"})

        assert second.status_code == 409
        assert "Andre" in second.content.decode()
        assert 'name="edition" value="1"' in second.content.decode()
        assert Evaluation.objects.count() == 1

    def test_reached_leads_to_the_draft_R14(self, cast: Cast, client: Client, goal: Goal) -> None:
        line = Intervention.objects.get().line
        address = reverse("evaluations:evaluate", args=[cast.olga.pk, goal.pk])
        assert "Sjeldnere: mandager, onsdager, fredager og søndager" in client.get(address).content.decode()

        answer = client.post(
            address, {"edition": "0", "own_words": "Ja", "outcome": "REACHED", f"less_{line}": "RARER"}
        )

        assert answer.headers["Location"] == reverse("careplans:plan_edit", args=[cast.olga.pk])
        assert Intervention.objects.get(plan__valid_from=None).weekdays == "1357"

    def test_anothers_goal_is_not_found_R18(self, cast: Cast, client: Client, goal: Goal) -> None:
        assert client.get(reverse("evaluations:evaluate", args=[cast.arne.pk, goal.pk])).status_code == 404

    def test_her_page_shows_her_words_and_when_it_is_looked_at_next(
        self, cast: Cast, client: Client, goal: Goal
    ) -> None:
        said = {"edition": "0", "own_words": "Det går fint", "outcome": "KEEP", "next_on": "01.02.2027", "level": "0"}
        client.post(reverse("evaluations:evaluate", args=[cast.olga.pk, goal.pk]), said)

        page = client.get(reverse("evaluations:citizen", args=[cast.olga.pk])).content.decode()

        assert "Det går fint" in page
        assert "01.02.2027" in page
        assert "GAS" not in page  # one goal has its level; a score is over several
