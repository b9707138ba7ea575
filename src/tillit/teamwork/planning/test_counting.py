"""What counts in a team's proposals: said in steps, kept with who and when, used and told."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from planengine.weights import Weights
from tests import builders_planning as build
from tests.cast import Cast, Member
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed
from tillit.teamwork.planning import actions, queries, words
from tillit.teamwork.planning.adapter import engine
from tillit.teamwork.planning.models import Proposal, WhatCounts
from tillit.teamwork.planning.rules import counting
from tillit.teamwork.planning.rules.counting import Step, Thing
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.presets import Preset

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))
MUCH_TRAVEL = {"TRAVEL": "MUCH", "FACES": "LITTLE"}


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Let the engine take few steps; keep what it was asked for."""
    real, found = engine.propose, []

    def few_steps(day: Day, **more: Any) -> Any:
        found.append(more)
        return real(day, **{**more, "seconds": None, "iterations": 500, "cores": 1})

    monkeypatch.setattr(engine, "propose", few_steps)
    return found


def say(cast: Cast, member: Member, steps: dict[str, str]) -> counting.Steps:
    return actions.say_what_counts(actor=member.actor, unit_id=cast.bekkedal.pk, steps=steps, at=NOW)


class TestWeights:
    def test_as_usual_is_the_usual_weights_R26(self) -> None:
        usual = engine.weights_of(Preset.KNOWN_FACES, keep_present=False)

        assert engine.weights_of(Preset.KNOWN_FACES, keep_present=False, counts=counting.AS_USUAL) == usual

    def test_a_step_changes_what_it_is_about_and_nothing_else(self) -> None:
        usual = engine.weights_of(Preset.KNOWN_FACES, keep_present=False).as_dict()

        found = engine.weights_of(Preset.KNOWN_FACES, keep_present=False, counts=counting.read(MUCH_TRAVEL)).as_dict()

        changed = {name: found[name] / usual[name] for name in usual if found[name] != usual[name]}
        assert changed == pytest.approx(
            {"travel": 2.5, "waiting": 2.5, "unknown_face": 0.4, "extra_face": 0.4, "not_primary": 0.4}
        )

    def test_everything_a_thing_names_is_a_weight_of_the_engine(self) -> None:
        assert set(engine.WEIGHED) == set(Thing)
        assert {name for names in engine.WEIGHED.values() for name in names} <= set(Weights().as_dict())


class TestSaying:
    def test_is_kept_with_who_and_when_and_audited(self, cast: Cast) -> None:
        say(cast, cast.kari, MUCH_TRAVEL)

        found = queries.what_counts(cast.bekkedal.pk)
        assert found.steps == {**counting.AS_USUAL, Thing.TRAVEL: Step.MUCH, Thing.FACES: Step.LITTLE}
        assert (found.changed_at, found.changed_by_id) == (NOW, cast.kari.employee.pk)
        change = AuditEntry.objects.get(subject=f"counts:{cast.bekkedal.pk}").change
        assert (change["before"]["TRAVEL"], change["after"]["TRAVEL"]) == ("USUAL", "MUCH")

    def test_saying_the_same_again_leaves_no_trail(self, cast: Cast) -> None:
        say(cast, cast.kari, MUCH_TRAVEL)
        say(cast, cast.kari, MUCH_TRAVEL)

        assert AuditEntry.objects.filter(subject=f"counts:{cast.bekkedal.pk}").count() == 1

    def test_back_to_usual_takes_the_teams_own_choice_away(self, cast: Cast) -> None:
        say(cast, cast.kari, MUCH_TRAVEL)
        say(cast, cast.kari, {})

        assert not WhatCounts.objects.exists()

    def test_is_for_those_who_allocate_in_the_team(self, cast: Cast, client_of: SignIn) -> None:
        with pytest.raises(NotAllowed):
            say(cast, cast.amir, MUCH_TRAVEL)
        address = f"/team/{cast.bekkedal.pk}/arbeidslister/hva-som-teller/"
        assert client_of(cast.nils).get(address).status_code == 404
        assert "Fordeleren kan endre dette." in client_of(cast.amir).get(address).content.decode()
        assert client_of(cast.amir).post(f"{address}lagre/", MUCH_TRAVEL).status_code == 403
        assert not WhatCounts.objects.exists()

    def test_what_is_not_known_is_as_usual(self) -> None:
        assert counting.read({"TRAVEL": "ENORMOUSLY", "WEATHER": "MUCH"}) == counting.AS_USUAL


class TestProposal:
    def test_uses_it_and_says_so_R26(self, cast: Cast, client_of: SignIn, asked: list[dict[str, Any]]) -> None:
        morning = build.morning(cast)
        client = client_of(cast.kari)
        counting = f"/team/{morning.unit.pk}/arbeidslister/hva-som-teller/"
        edition = client.get(counting).context["page"].edition
        client.post(f"{counting}lagre/", {**MUCH_TRAVEL, "edition": edition})
        lists = f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/"

        client.post(f"{lists}forslag/", {"preset": "KNOWN_FACES"})

        assert asked[0]["counts"][Thing.TRAVEL] == Step.MUCH
        assert Proposal.objects.get().result["counts"]["FACES"] == "LITTLE"
        page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", client.get(lists).content.decode()))
        said = "Teamet har sagt at korte veier teller mye, kjente ansikter teller lite."
        assert page.count(said) == 2  # under the proposal, and where one asks for the next

    def test_says_nothing_when_all_is_as_usual(self) -> None:
        assert words.counting(counting.AS_USUAL) == ""
