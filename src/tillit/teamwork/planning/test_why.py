"""«Hvorfor ikke Kari?» on the visit's page: the engine asked about the lists as they stand."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

import pytest
from django.test import Client

from planengine.check import check_plan, cost_of
from planengine.explain import why_not as engine_why_not
from planengine.result import Rule, WayOutKind
from tests import builders
from tests import builders_planning as build
from tests.cast import Cast, Member
from tillit.care.citizens.models import HelperWish, WishKind
from tillit.kernel import clock
from tillit.teamwork.planning import actions, queries, words
from tillit.teamwork.planning.adapter import engine, why
from tillit.teamwork.planning.contexts.places import names_of
from tillit.teamwork.planning.models import Proposal
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
        assert "Reisetidene er anslått ut fra avstanden." in page
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
        assert "Det avgjør teamlederen og brukeren selv." in page

    def test_why_her_and_who_comes_next(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        page = asked(client_of(cast.kari), morning, morning.arne.pk, half=cast.amir, about=cast.amir.employee.pk)

        assert "Hvorfor Amir kl. 08.30?" in page
        assert "Amir er primærkontakt." in page
        assert "Ingrid kl. 08." in page and "Kari kl. 08." in page

    def test_why_nobody_and_the_ways_out(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        builders.absence(cast.ingrid.employee, morning.on, reported_at=NOW)

        page = asked(client_of(cast.kari), morning, morning.olga.pk, half=None, about=0)

        assert "Ingen på jobb har det som trengs: sykepleier." in page
        assert "Det avgjør teamlederen." in page
        assert "Lei inn noen med sykepleier" in page

    def test_has_no_answer_about_somebody_who_is_away(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        builders.absence(cast.ingrid.employee, morning.on, reported_at=NOW)

        page = asked(client_of(cast.kari), morning, morning.arne.pk, half=cast.amir, about=cast.ingrid.employee.pk)

        assert "Det er ikke noe svar" in page


class TestWords:
    @pytest.fixture
    def names(self, morning: build.Morning) -> words.Names:
        return names_of(queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY"))

    def stored(self, cast: Cast, morning: build.Morning, kind: str) -> dict[str, Any]:
        return {
            "kind": kind, "helper": cast.amir.employee.pk, "start": NOW.isoformat(), "minutes": 20,
            "visit": morning.arne.pk, "needs": ["LEVEL:2"], "cost": 3.0, "also": [],
        }  # fmt: skip

    @pytest.mark.parametrize("kind", list(WayOutKind))
    def test_every_way_out_says_what_gives_way_and_who_may_let_it_R26(
        self, cast: Cast, morning: build.Morning, names: words.Names, kind: WayOutKind
    ) -> None:
        way = self.stored(cast, morning, kind.value)

        said = words.way_out(way, names)

        what, decides = said.split(" Det avgjør ")
        assert len(decides) > 5
        assert ("Lei inn" in what) == (kind is WayOutKind.BOOK)
        assert ("Amir" in what) == (kind is not WayOutKind.BOOK)
        if kind is WayOutKind.BOOK:
            return
        assert words.conceded(way, names)
        two = {**way, "also": [{**way, "kind": "overtime"}]}
        assert "det brukes 20 min overtid" in words.way_out(two, names)

    @pytest.mark.parametrize(
        ("kind", "who"),
        [
            (WayOutKind.OVERTIME, "teamlederen"),
            (WayOutKind.MOVE_WINDOW, "brukeren sammen med tjenesteansvarlig"),
            (WayOutKind.LEAVE_OUT, "tjenesteansvarlig for den som mister besøket"),
            (WayOutKind.HAND_ON, "fordeleren"),
            (WayOutKind.GIVE_COMPETENCE, "teamlederen"),
            (WayOutKind.ASK_CITIZEN, "brukeren selv"),
            (WayOutKind.UNLOCK, "fordeleren"),
            (WayOutKind.BOOK, "teamlederen"),
        ],
    )
    def test_who_may_let_it_give_way(self, kind: WayOutKind, who: str) -> None:
        assert words.decides([kind.value]) == f"Det avgjør {who}"

    @pytest.mark.parametrize("rule", list(Rule))
    def test_every_rule_that_stands_in_the_way_has_words(
        self, cast: Cast, morning: build.Morning, names: words.Names, rule: Rule
    ) -> None:
        said = words.stands_in_the_way(
            {"rule": rule.value, "needs": ["LEVEL:2"], "minutes": 5, "visit": morning.arne.pk}, names
        )

        assert said and "_" not in said

    def test_each_way_out_under_a_proposal_says_who_decides_R26(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        head = queries.head_of(unit_id=morning.unit.pk, on=morning.on, shift_kind="DAY")
        assert head.lists_id is not None
        ways = [self.stored(cast, morning, kind.value) for kind in WayOutKind]
        Proposal.objects.create(
            lists_id=head.lists_id, asked_at=NOW, based_on_edition=head.edition, state="SETTLED", seconds=0.8,
            uncovered=[{"visit": morning.olga.pk, "reasons": [], "ways_out": ways}],
        )  # fmt: skip

        page = client_of(cast.kari).get(f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/").content.decode()

        assert "Dette klarte ikke planleggeren å dekke" in page
        assert page.count("Det avgjør ") == len(WayOutKind)
