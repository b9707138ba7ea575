"""Many citizens at once from a file: the rules, history, audit and news of the single acts; twice changes nothing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens import actions, queries, rules
from tillit.care.citizens.actions import Incoming
from tillit.care.citizens.events import CitizensTakenIn
from tillit.care.citizens.models import Citizen, Correction, Following, Home, Identifier, NetworkMember, Responsible
from tillit.care.citizens.queries import known_again
from tillit.care.citizens.rules import Facts, HomeText, Kin, LeftOut, Standing, Told, Worker
from tillit.foundation.access import reading
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AuditEntry
from tillit.kernel import events, national_id

HOME = HomeText("Lia 1", "6780", "Lia", floor="2", way_in="Ring på")
NURSE = Worker("9", "NURSE", frozenset({"1.2."}))


def number(serial: int) -> str:
    for candidate in range(serial, 999):
        if found := national_id.synthetic(day=3, month=5, year=1942, serial=candidate):
            return found
    raise AssertionError


def told(path: str = "1.2.", **other: Any) -> Told:
    return replace(Told(Facts("Astrid", "Haugen", phone="1"), HOME, path), **other)


class TestSteps:
    def test_an_empty_cell_says_nothing_and_what_the_file_does_not_tell_of_stays(self) -> None:
        stood = Standing(
            Facts("Astrid", "Haugen", call_name="Asta", phone="1", lives_alone=True),
            home=replace(HOME, door_code="1234", practical="Hund"),
            main={"1.2.": date(2026, 1, 1)},
        )

        found = rules.steps(told(facts=Facts("Astrid", "Haugen"), home=replace(HOME, floor="")), stood, on=MONDAY_DATE)

        assert found.is_nothing
        assert found.facts == stood.facts

    def test_a_new_address_takes_nothing_of_the_old_one_along(self) -> None:
        stood = Standing(NOBODYS, home=replace(HOME, door_code="1234"), main={"1.2.": date(2026, 1, 1)})

        there = rules.steps(told(home=replace(HOME, street="Ny 2", floor="")), stood, on=MONDAY_DATE).home
        closer = rules.steps(told(home=replace(HOME, way_in="Gå inn")), stood, on=MONDAY_DATE).home

        assert there == replace(HOME, street="Ny 2", floor="")
        assert closer == replace(HOME, way_in="Gå inn", door_code="1234")

    @pytest.mark.parametrize(
        ("worker", "why"),
        [
            (replace(NURSE, paths=frozenset({"1.3."})), LeftOut.NOT_A_COLLEAGUE),
            (replace(NURSE, paths=frozenset()), LeftOut.NOT_A_COLLEAGUE),
            (replace(NURSE, profession="HEALTH_WORKER"), LeftOut.NOT_TRAINED),
            (replace(NURSE, paths=frozenset({"1.2.7."})), None),
            (NURSE, None),
        ],
    )
    def test_who_may_answer_is_the_rule_of_the_page_R15(self, worker: Worker, why: LeftOut | None) -> None:
        found = rules.steps(told(responsible={"SERVICE_RESPONSIBLE": worker}), rules.NOBODY, on=MONDAY_DATE)

        assert found.left_out == (((why, "SERVICE_RESPONSIBLE"),) if why else ())
        assert found.responsible == (() if why else (("SERVICE_RESPONSIBLE", "9"),))

    def test_what_begins_later_is_left_to_people(self) -> None:
        ahead = MONDAY_DATE + timedelta(days=3)
        stood = Standing(NOBODYS, home=replace(HOME, street="Ny 2"), home_from=ahead, main={"1.3.": ahead})

        found = rules.steps(told(), stood, on=MONDAY_DATE)

        assert [why for why, _kind in found.left_out] == [LeftOut.HOME_AHEAD, LeftOut.UNIT_AHEAD]
        assert found.home is None and found.path == ""

    def test_a_unit_that_follows_a_part_keeps_it(self) -> None:
        stood = Standing(NOBODYS, home=HOME, main={"1.3.": date.min}, parts=frozenset({"1.2."}))

        assert rules.steps(told(), stood, on=MONDAY_DATE).left_out == ((LeftOut.UNIT_HAS_PART, ""),)

    def test_the_next_of_kin_of_that_name_is_replaced_else_the_only_one(self) -> None:
        def kin(said: Kin, *stood: Kin) -> tuple[Kin | None, int | None]:
            standing = Standing(NOBODYS, kin=dict(enumerate(stood, 1)))
            found = rules.steps(told(kin=said), standing, on=MONDAY_DATE)
            return found.kin, found.kin_instead_of

        assert kin(Kin("Liv"), Kin("Per"), Kin("Liv", "Datter", "1")) == (None, None)
        assert kin(Kin("Liv", "", "2"), Kin("Per"), Kin("Liv", "Datter", "1")) == (Kin("Liv", "Datter", "2"), 2)
        assert kin(Kin("Liv"), Kin("Per", "Sønn")) == (Kin("Liv"), 1)
        assert kin(Kin("Liv"), Kin("Per"), Kin("Pål")) == (Kin("Liv"), None)
        assert kin(Kin(" "), Kin("Per")) == (None, None)

    @given(
        st.builds(
            Facts, st.sampled_from(["A", "B"]), st.sampled_from(["", "C"]), phone=st.sampled_from(["", "1", " 2 "])
        ),
        st.builds(HomeText, st.sampled_from(["X", "Y "]), st.just("6780"), st.just("L"), st.sampled_from(["", "2"])),
        st.sampled_from(["1.2.", "1.3."]),
        st.sampled_from([None, Kin("Liv", "Datter"), Kin("Per", "", "9")]),
    )
    def test_told_twice_is_told_once(self, facts: Facts, home: HomeText, path: str, kin: Kin | None) -> None:
        said = told(path, facts=facts, home=home, kin=kin, key="B-1")
        once = rules.steps(said, rules.NOBODY, on=MONDAY_DATE)
        stands = Standing(
            once.facts,
            once.key,
            once.home,
            MONDAY_DATE,
            {once.path: MONDAY_DATE},
            kin={1: once.kin} if once.kin else {},
        )

        assert rules.steps(said, stands, on=MONDAY_DATE).is_nothing


NOBODYS = Facts("Astrid", "Haugen", phone="1")


def take_in(cast: Cast, *rows: Incoming, actor: Any = None) -> actions.TakenIn:
    return actions.take_in_citizens(
        actor=actor or cast.marit.actor,
        rows=rows,
        numbers=rules.Numbers.SYNTHETIC,
        on=MONDAY_DATE,
        at=MONDAY,
    )


def said_of(citizen: Citizen, **facts: Any) -> Told:
    """What stands of a citizen, told again with something else."""
    standing = known_again.standing_of([citizen])[citizen.pk]
    assert standing.home is not None
    return Told(replace(standing.facts, **facts), standing.home, next(iter(standing.main)))


class TestTakeIn:
    def test_somebody_new_is_stored_as_the_page_would_and_told_of_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        news: list[object] = []
        monkeypatch.setattr(events, "publish", news.append)
        ingrid = Worker(cast.ingrid.employee.number, "NURSE", frozenset({cast.bekkedal.path}))
        rows = [
            Incoming(
                told(
                    cast.bekkedal.path,
                    key=f"B-{serial}",
                    number=number(serial),
                    responsible={"SERVICE_RESPONSIBLE": ingrid},
                    kin=Kin("Liv", "Datter"),
                )
            )
            for serial in (100, 200)
        ]

        with reading.watching() as watch:
            done = take_in(cast, *rows)

        assert len(done.registered) == 2 and not done.changed
        found = Citizen.objects.get(import_key="B-100")
        assert queries.search_citizens(actor=cast.marit.actor, text="astrid lia", on=MONDAY_DATE).citizen_ids
        assert Following.objects.get(citizen=found).unit == cast.bekkedal
        assert Responsible.objects.get(citizen=found).employee == cast.ingrid.employee
        assert NetworkMember.objects.get(citizen=found).relation == "Datter"
        acts = AuditEntry.objects.filter(citizen_id=found.pk).order_by("pk")
        assert [entry.action for entry in acts] == [
            "citizens.register_citizen",
            "citizens.name_responsible",
            "citizens.change_network",
        ]
        assert all(entry.change["by"] == "citizens.take_in" for entry in acts)
        assert "Astrid" not in str([entry.change for entry in acts])
        assert watch.seen == dict.fromkeys(done.citizen_ids, True)
        (event,) = news
        assert isinstance(event, CitizensTakenIn) and event.registered_ids == done.citizen_ids

    def test_what_facts_were_is_kept_and_named_as_a_file(self, cast: Cast) -> None:
        take_in(cast, Incoming(said_of(cast.olga, phone="1", family_name="Ny"), cast.olga.pk))

        cast.olga.refresh_from_db()
        assert (cast.olga.phone, cast.olga.family_name, cast.olga.edition) == ("1", "Ny", 2)
        kept = {row.field: (row.was, row.reason) for row in Correction.objects.filter(citizen=cast.olga)}
        assert kept["PHONE"] == ("900 00 000", "FILE") and set(kept) == {"PHONE", "FAMILY_NAME"}
        assert {line.reason_name for line in queries.old_facts(cast.olga.pk)} == {"Lest inn fra regneark"}
        entry = AuditEntry.objects.get(action="citizens.correct_facts")
        assert entry.change["fields"] == ["family_name", "phone"] and "900" not in str(entry.change)

    def test_a_move_a_number_and_another_team_end_what_held_and_make_visits_theirs(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        news: list[object] = []
        monkeypatch.setattr(events, "publish", news.append)
        said = replace(said_of(cast.olga), home=HOME, path=cast.solvik.path, number=number(300))
        old = Identifier.objects.get(citizen=cast.olga)

        take_in(cast, Incoming(said, cast.olga.pk))

        assert [home.valid_to for home in Home.objects.filter(citizen=cast.olga).order_by("pk")] == [MONDAY_DATE, None]
        assert queries.unit_ids_of([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk] == (cast.solvik.pk,)
        assert queries.facts_now(cast.olga.pk).number == number(300)
        assert Correction.objects.get(citizen=cast.olga, field="NUMBER").identifier == old
        assert {entry.action for entry in AuditEntry.objects.all()} == {
            "citizens.change_home",
            "citizens.change_following",
            "citizens.correct_number",
        }
        (event,) = news
        assert isinstance(event, CitizensTakenIn)
        assert event.moved_ids == event.handed_over_ids == (cast.olga.pk,) and not event.corrected_ids

    def test_twice_changes_nothing_and_tells_nobody(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        said = replace(said_of(cast.olga, phone="1"), home=HOME, key="B-1", kin=Kin("Liv"), number=number(300))
        take_in(cast, Incoming(said, cast.olga.pk))
        news: list[object] = []
        monkeypatch.setattr(events, "publish", news.append)
        before = [model.objects.count() for model in (Home, Correction, NetworkMember, Identifier, AuditEntry)]

        done = take_in(cast, Incoming(said, cast.olga.pk))

        assert not done.changed and not done.registered and news == []
        assert before == [model.objects.count() for model in (Home, Correction, NetworkMember, Identifier, AuditEntry)]

    def test_reach_is_asked_for_where_she_is_followed_and_where_she_goes(self, cast: Cast) -> None:
        into_reach = Incoming(replace(said_of(cast.per), path=cast.bekkedal.path), cast.per.pk)
        out_of_reach = Incoming(replace(said_of(cast.olga), path=cast.fjelldal.path), cast.olga.pk)

        for row in (into_reach, out_of_reach):
            with pytest.raises(actions.OutOfReach):
                take_in(cast, row)
            with pytest.raises(actions.OutOfReach):
                take_in(cast, row, actor=cast.ingrid.actor)
            assert take_in(cast, row, actor=cast.admin.actor).changed
        assert AuditEntry.objects.filter(actor_name=cast.admin.actor.name).exists()

    def test_refusals_are_those_of_the_page_and_nothing_is_written(self, cast: Cast) -> None:
        taken = Identifier.objects.get(citizen=cast.arne).value
        rows = [
            Incoming(told(cast.bekkedal.path, number=taken)),
            Incoming(told(cast.bekkedal.path, number=number(400))),
            Incoming(told(cast.bekkedal.path, number=number(400))),
            Incoming(told(cast.bekkedal.path, facts=Facts("", " "))),
            Incoming(told(cast.bekkedal.path, facts=Facts("A", "B", born_on=MONDAY_DATE + timedelta(days=1)))),
            Incoming(told(cast.north.path)),
            Incoming(told(cast.bekkedal.path, number="12345")),
        ]
        Citizen.objects.filter(pk=cast.olga.pk).update(died_on=date(2026, 11, 1))
        rows.append(Incoming(said_of(cast.olga, phone="1"), cast.olga.pk))

        found = actions.foresee_citizens(
            actor=system("test"), rows=rows, numbers=rules.Numbers.SYNTHETIC, on=MONDAY_DATE
        )

        assert [type(one.refused).__name__ for one in found] == [
            "NumberTaken",
            "NoneType",
            "NumberTaken",
            "NameMissing",
            "StrangeFacts",
            "UnitCannotFollow",
            "NumberRefused",
            "HasEnded",
        ]
        before = Citizen.objects.count()
        with pytest.raises(actions.NumberTaken):
            take_in(cast, *rows[1:])
        assert Citizen.objects.count() == before and not AuditEntry.objects.exists()

    def test_the_number_of_queries_does_not_grow_with_the_rows(self, cast: Cast) -> None:
        def queries_for(citizens: list[Citizen], phone: str) -> int:
            rows = [Incoming(replace(said_of(one, phone=phone), home=HOME), one.pk) for one in citizens]
            with CaptureQueriesContext(connection) as captured:
                take_in(cast, *rows)
            return len(captured)

        many = [
            builders.citizen("A", "B", cast.bekkedal, serial=500 + 20 * place, born_on=date(1941, 1, 1))
            for place in range(8)
        ]
        few = queries_for([cast.olga], "1")

        assert queries_for(many, "2") == few
