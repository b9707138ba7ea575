"""«Hvorfor ikke Kari?» on the visit's page: the engine asked about the lists as they stand."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from planengine.check import check_plan, cost_of
from planengine.explain import why_not as engine_why_not
from tests import builders
from tests import builders_planning as build
from tests.cast import Cast, Member
from tillit.care.citizens.models import HelperWish, WishKind
from tillit.kernel import clock
from tillit.teamwork.planning import actions, queries, words
from tillit.teamwork.planning.adapter import engine, why
from tillit.teamwork.planning.contexts.places import names_of
from tillit.teamwork.planning.rules.presets import Preset

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    """Arne's visit is with Amir at half past eight; nobody has the others."""
    found = build.morning(cast)
    allocate(cast, found, found.arne.pk, cast.amir, time(8, 30))
    return found


def allocate(cast: Cast, morning: build.Morning, visit_id: int, member: Member, start: time) -> None:
    head = queries.head_of(unit_id=morning.unit.pk, on=morning.on, shift_kind="DAY")
    actions.allocate_visit(
        actor=cast.kari.actor, unit_id=morning.unit.pk, on=morning.on, shift_kind="DAY", visit_id=visit_id,
        from_employee_id=None, to_employee_id=member.employee.pk, starts_at=build.at(start), edition=head.edition, at=NOW,
    )  # fmt: skip


def stands(morning: build.Morning) -> why.Standing:
    day = queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY").day
    return why.standing(day, at=NOW, weights=engine.weights_of(Preset.KNOWN_FACES, keep_present=False))


def asked(client: Client, morning: build.Morning, visit_id: int, *, half: Member | None, about: int) -> str:
    holder = half.employee.pk if half else 0
    address = f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/besok/{visit_id}/?helper={holder}&about={about}"
    text = client.get(address, headers={"HX-Request": "true"}).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


class TestStanding:
    def test_is_the_lists_as_people_have_made_them(self, cast: Cast, morning: build.Morning) -> None:
        found = stands(morning)

        part = found.translated.part_of(morning.arne.pk)
        placed = found.result.assignments[part]
        assert found.translated.helpers[placed.helper] == cast.amir.employee.pk
        assert found.translated.start_of(morning.arne.pk, placed.start) == build.at(time(8, 30))
        assert check_plan(found.translated.problem, found.result.plan) == ()


class TestWhyNot:
    def test_the_stated_price_is_the_checkers_R26(self, cast: Cast, morning: build.Morning) -> None:
        found = stands(morning)
        kari = cast.kari.employee.pk

        told = why.why_not(found, visit_id=morning.arne.pk, holder_id=cast.amir.employee.pk, employee_id=kari)

        assert told is not None and told["blocked"] == []
        problem, result = found.translated.problem, found.result
        again = engine_why_not(
            problem, result, found.translated.part_of(morning.arne.pk), found.translated.helpers.index(kari)
        )
        assert again.alternative is not None
        weights = result.params.weights.as_dict()
        price = cost_of(problem, again.alternative.plan, weights) - cost_of(problem, result.plan, weights)
        assert told["alternative"]["cost"] == round(price, 1)

    def test_says_in_words_what_another_would_mean_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        page = asked(client_of(cast.kari), morning, morning.arne.pk, half=cast.amir, about=cast.kari.employee.pk)

        assert "Kari kan ta det kl. 08." in page
        assert "Mindre kjent for brukeren" in page
        assert "Primærkontakten drar ikke" in page

    def test_names_what_must_give_way_and_who_decides_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        """Olga's visit needs a nurse, which Kari is not, and Olga must not have her: both must give way."""
        HelperWish.objects.create(
            citizen=cast.olga, kind=WishKind.MUST_NOT, employee=cast.kari.employee, valid_from=builders.LONG_AGO
        )

        page = asked(client_of(cast.kari), morning, morning.olga.pk, half=None, about=cast.kari.employee.pk)

        assert "Kari kan ikke ta det slik listene er" in page
        assert "hvis besøket kan gjøres av en som ikke er sykepleier og brukeren selv sier ja" in page
        assert "Det avgjør lederen og brukeren selv." in page

    def test_why_her_and_who_comes_next(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        page = asked(client_of(cast.kari), morning, morning.arne.pk, half=cast.amir, about=cast.amir.employee.pk)

        assert "Hvorfor Amir kl. 08.30?" in page
        assert "Amir er primærkontakt." in page
        assert "Ingrid kl. 08." in page and "Kari kl. 08." in page

    def test_why_nobody_and_the_ways_out(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        builders.absence(cast.ingrid.employee, morning.on, reported_at=NOW)

        page = asked(client_of(cast.kari), morning, morning.olga.pk, half=None, about=0)

        assert "Ingen på jobb har det som trengs: sykepleier." in page
        assert "Det avgjør lederen." in page
        assert "Lei inn noen med sykepleier" in page

    def test_has_no_answer_about_somebody_who_is_away(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        builders.absence(cast.ingrid.employee, morning.on, reported_at=NOW)

        page = asked(client_of(cast.kari), morning, morning.arne.pk, half=cast.amir, about=cast.ingrid.employee.pk)

        assert "Det er ikke noe svar" in page


class TestWords:
    @pytest.mark.parametrize(
        "kind", ["overtime", "move_window", "leave_out", "hand_on", "give_competence", "ask_citizen", "unlock"]
    )
    def test_every_rule_that_gives_way_has_words_and_somebody_who_decides(
        self, cast: Cast, morning: build.Morning, kind: str
    ) -> None:
        names = names_of(queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY"))
        stored: dict[str, Any] = {
            "kind": kind, "helper": cast.amir.employee.pk, "start": NOW.isoformat(), "minutes": 20,
            "visit": morning.arne.pk, "needs": ["LEVEL:2"], "cost": 3.0, "also": [],
        }  # fmt: skip

        assert words.conceded(stored, names)
        assert words.decides([kind]).startswith("Det avgjør ")
        two = {**stored, "also": [{**stored, "kind": "overtime"}]}
        assert "det brukes 20 min overtid" in words.way_out(two, names)
