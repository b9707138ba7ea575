"""Who may decide, as pure rules: examples by hand, and what must hold for every set of authorities."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.foundation.access.roles import Role
from tillit.foundation.authority.rules.barring import at_and_above, superiors
from tillit.foundation.authority.rules.resolving import (
    Authority,
    Held,
    Matter,
    May,
    Person,
    Why,
    resolve,
    who_may,
)
from tillit.kernel.periods import Days

FROM = date(2026, 1, 1)
TO = date(2028, 1, 1)
DAY = date(2026, 11, 24)
TEAM = "1.2.3."
OFFICE = "1.9."
LINE = Authority(1, Days(FROM, TO), Days(FROM, None), service="HOME_NURSING", role=Role.TEAM_LEADER)
NURSING = Matter("HOME_NURSING", "HOME", TEAM, DAY, extent=Decimal("9.5"), days=180)
MARIT = Person(7, (Held(Role.TEAM_LEADER, TEAM),))


class TestWhoMayDecideR06:
    def test_the_team_leader_may_what_is_delegated_to_team_leaders(self) -> None:
        assert resolve([LINE], NURSING, MARIT) == May(True, Why.MAY, 1, Held(Role.TEAM_LEADER, TEAM))

    def test_the_leader_of_the_next_team_may_not(self) -> None:
        nils = Person(8, (Held(Role.TEAM_LEADER, "1.2.4."),))

        assert resolve([LINE], NURSING, nils).why is Why.OTHERS_DECIDE

    def test_a_role_held_above_reaches_the_team_and_a_team_whose_number_begins_alike_does_not(self) -> None:
        above = Person(8, (Held(Role.TEAM_LEADER, "1.2."),))
        alike = Person(8, (Held(Role.TEAM_LEADER, "1.2.3."),))

        assert resolve([LINE], NURSING, above).may
        assert not resolve([LINE], replace(NURSING, unit_path="1.2.33."), alike).may

    def test_the_head_of_the_office_decides_what_is_kept_there_and_the_team_leader_does_not(self) -> None:
        kept = replace(LINE, unit_path=OFFICE, service="SAFETY_ALARM")
        alarm = replace(NURSING, service="SAFETY_ALARM")
        head = Person(9, (Held(Role.TEAM_LEADER, OFFICE),))

        assert resolve([kept], alarm, head).may
        assert resolve([kept], alarm, MARIT).why is Why.OTHERS_DECIDE

    def test_a_line_within_one_district_is_silent_in_the_next(self) -> None:
        within = replace(LINE, within_path="1.5.")

        assert resolve([within], NURSING, MARIT).why is Why.NOBODY_DECIDES
        assert resolve([replace(LINE, within_path="1.2.")], NURSING, MARIT).may

    def test_a_named_employee_may_whatever_roles_she_holds(self) -> None:
        named = replace(LINE, role=None, employee_id=5)

        assert resolve([named], NURSING, Person(5)).may
        assert resolve([named], NURSING, MARIT).why is Why.OTHERS_DECIDE

    def test_all_of_a_group_is_the_group_and_no_other(self) -> None:
        group = replace(LINE, service="", group="HOME")

        assert resolve([group], NURSING, MARIT).may
        assert resolve([group], replace(NURSING, service="LONG_STAY", group="STAY"), MARIT).why is Why.NOBODY_DECIDES


class TestLimits:
    @pytest.mark.parametrize(("extent", "why"), [("35", Why.MAY), ("35.01", Why.TOO_MUCH), (None, Why.TOO_MUCH)])
    def test_up_to_and_with_the_extent_and_what_is_unknown_is_too_much(self, extent: str | None, why: Why) -> None:
        line = replace(LINE, max_extent=Decimal(35))
        matter = replace(NURSING, extent=None if extent is None else Decimal(extent))
        other = replace(LINE, authority_id=2, role=Role.DISTRICT_LEADER)

        assert resolve([line, other], matter, MARIT).why is why

    @pytest.mark.parametrize(("days", "why"), [(14, Why.MAY), (15, Why.TOO_LONG), (None, Why.TOO_LONG)])
    def test_up_to_and_with_the_days_and_until_further_notice_is_too_long(self, days: int | None, why: Why) -> None:
        line = replace(LINE, max_days=14)
        other = replace(LINE, authority_id=2, role=Role.DISTRICT_LEADER)

        assert resolve([line, other], replace(NURSING, days=days), MARIT).why is why

    def test_two_lines_that_each_fall_short_do_not_add_up(self) -> None:
        long_but_small = replace(LINE, max_extent=Decimal(5))
        large_but_short = replace(LINE, authority_id=2, max_days=14)

        assert not resolve([long_but_small, large_but_short], NURSING, MARIT).may

    def test_above_every_limit_nobody_decides(self) -> None:
        line = replace(LINE, max_extent=Decimal(35), role=Role.DISTRICT_LEADER)

        assert resolve([line], replace(NURSING, extent=Decimal(40)), MARIT).why is Why.ABOVE_ALL_LIMITS
        assert who_may([line], replace(NURSING, extent=Decimal(40))) == ()


class TestFourEyes:
    LINE = replace(LINE, four_eyes=True)

    def test_she_who_prepared_it_does_not_decide_it(self) -> None:
        assert resolve([self.LINE], replace(NURSING, prepared_by_id=7), MARIT).why is Why.FOUR_EYES
        assert resolve([self.LINE], replace(NURSING, prepared_by_id=6), MARIT).may

    def test_nobody_else_known_to_have_prepared_it_is_not_four_eyes(self) -> None:
        assert resolve([self.LINE], NURSING, MARIT).why is Why.FOUR_EYES

    def test_without_the_demand_she_may_prepare_it_herself(self) -> None:
        assert resolve([LINE], replace(NURSING, prepared_by_id=7), MARIT).may


class TestNeverAuthority:
    def test_disqualified_is_no_whatever_she_holds(self) -> None:
        assert resolve([LINE], NURSING, replace(MARIT, disqualified=True)).why is Why.DISQUALIFIED
        assert resolve([LINE], NURSING, replace(MARIT, below_disqualified=True)).why is Why.LEADER_DISQUALIFIED

    def test_the_system_decides_nothing_even_with_every_role_everywhere(self) -> None:
        system = Person(None, tuple(Held(role, "") for role in Role))

        assert resolve([LINE], NURSING, system).why is Why.NOT_A_PERSON

    def test_a_line_without_role_and_person_is_nobodys_not_the_systems(self) -> None:
        assert resolve([replace(LINE, role=None)], NURSING, Person(None)).why is Why.NOT_A_PERSON
        assert resolve([replace(LINE, role=None)], NURSING, MARIT).why is Why.NOBODY_DECIDES

    def test_an_administrator_decides_nothing_even_if_a_line_should_name_the_role(self) -> None:
        line = replace(LINE, role=Role.ADMINISTRATOR)
        admin = Person(3, (Held(Role.ADMINISTRATOR, ""),))

        assert resolve([line], NURSING, admin).why is Why.NOBODY_DECIDES

    def test_a_service_out_of_use_is_decided_by_nobody(self) -> None:
        assert resolve([LINE], replace(NURSING, in_use=False), MARIT).why is Why.NOT_IN_USE


class TestDays:
    @pytest.mark.parametrize(
        ("day", "may"),
        [(FROM - timedelta(1), False), (FROM, True), (TO - timedelta(1), True), (TO, False)],
    )
    def test_from_the_first_day_to_the_day_before_the_last(self, day: date, may: bool) -> None:
        assert resolve([LINE], replace(NURSING, on=day), MARIT).may is may

    def test_a_line_ends_with_its_document(self) -> None:
        line = replace(LINE, document_days=Days(FROM, DAY))

        assert not resolve([line], NURSING, MARIT).may
        assert resolve([line], replace(NURSING, on=DAY - timedelta(1)), MARIT).may


class TestStandingIn:
    def test_her_own_role_goes_before_standing_in(self) -> None:
        both = Person(7, (Held(Role.TEAM_LEADER, TEAM, acting_id=4), Held(Role.TEAM_LEADER, "1.2.")))

        assert resolve([LINE], NURSING, both).held == Held(Role.TEAM_LEADER, "1.2.")

    def test_the_acting_leader_may_and_is_told_so(self) -> None:
        acting = Held(Role.TEAM_LEADER, TEAM, acting_id=4)

        assert resolve([LINE], NURSING, Person(8, (acting,))) == May(True, Why.MAY, 1, acting)


days = st.integers(min_value=0, max_value=30).map(lambda number: FROM + timedelta(days=number))
spans = st.tuples(days, st.one_of(st.none(), st.integers(min_value=0, max_value=30))).map(
    lambda pair: Days(pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
)
paths = st.sampled_from(["", "1.", "1.2.", "1.2.3.", "1.2.33.", "1.9."])
roles = st.sampled_from(list(Role))
people_ids = st.integers(min_value=1, max_value=3)
lines = st.builds(
    Authority,
    authority_id=st.integers(min_value=1, max_value=9),
    days=spans,
    document_days=spans,
    service=st.sampled_from(["A", "B", ""]),
    group=st.sampled_from(["HOME", "STAY"]),
    role=st.one_of(st.none(), roles),
    employee_id=st.one_of(st.none(), people_ids),
    unit_path=st.one_of(st.none(), paths),
    within_path=paths,
    max_extent=st.one_of(st.none(), st.decimals(min_value=1, max_value=9, places=1)),
    max_days=st.one_of(st.none(), st.integers(min_value=1, max_value=9)),
    four_eyes=st.booleans(),
)
held = st.builds(Held, role=roles, path=paths, acting_id=st.one_of(st.none(), people_ids))
persons = st.builds(
    Person,
    employee_id=st.one_of(st.none(), people_ids),
    held=st.lists(held, max_size=4).map(tuple),
    disqualified=st.booleans(),
)
matters = st.builds(
    Matter,
    service=st.sampled_from(["A", "B"]),
    group=st.sampled_from(["HOME", "STAY"]),
    unit_path=st.sampled_from(["1.2.3.", "1.2.33.", "1.9."]),
    on=days,
    extent=st.one_of(st.none(), st.decimals(min_value=0, max_value=12, places=1)),
    days=st.one_of(st.none(), st.integers(min_value=0, max_value=12)),
    prepared_by_id=st.one_of(st.none(), people_ids),
    in_use=st.booleans(),
)
many = st.lists(lines, max_size=6)

#: Ways to make one line narrower.
NARROWER: list[Callable[[Authority], Authority]] = [
    lambda line: replace(line, max_extent=min(line.max_extent or Decimal(5), Decimal(5))),
    lambda line: replace(line, max_days=min(line.max_days or 5, 5)),
    lambda line: replace(line, four_eyes=True),
    lambda line: replace(line, days=Days(line.days.first, line.days.first)),
    lambda line: replace(line, document_days=Days(line.document_days.first, line.document_days.first)),
    lambda line: replace(line, within_path=f"{line.within_path}7."),
]


class TestAlways:
    @given(many, matters, persons, st.sampled_from(NARROWER), st.integers(min_value=0))
    def test_more_limits_never_give_more_authority(
        self, found: list[Authority], matter: Matter, person: Person, narrow: Callable[[Authority], Authority], at: int
    ) -> None:
        if not found:
            return
        place = at % len(found)
        narrower = [narrow(line) if number == place else line for number, line in enumerate(found)]

        assert resolve(found, matter, person).may or not resolve(narrower, matter, person).may

    @given(many, lines, matters, persons)
    def test_a_line_fewer_never_gives_and_a_line_more_never_takes(
        self, found: list[Authority], line: Authority, matter: Matter, person: Person
    ) -> None:
        assert resolve([*found, line], matter, person).may or not resolve(found, matter, person).may

    @given(many, matters, persons)
    def test_the_order_of_the_lines_makes_no_difference(
        self, found: list[Authority], matter: Matter, person: Person
    ) -> None:
        there, back = resolve(found, matter, person), resolve(found[::-1], matter, person)

        assert (there.may, there.why) == (back.may, back.why)

    @given(many, matters, persons)
    def test_a_yes_names_a_line_in_force_that_covers_it_all_and_a_no_never_says_may(
        self, found: list[Authority], matter: Matter, person: Person
    ) -> None:
        answer = resolve(found, matter, person)

        assert answer.may is (answer.why is Why.MAY)
        if answer.may:
            assert any(
                line.authority_id == answer.authority_id
                and line.in_force(matter.on)
                and (line.max_extent is None or (matter.extent is not None and matter.extent <= line.max_extent))
                and (line.max_days is None or (matter.days is not None and matter.days <= line.max_days))
                for line in found
            )
            assert person.employee_id is not None and not person.disqualified and matter.in_use

    @given(many, matters, persons)
    def test_no_one_holding_only_the_administrators_role_may_by_any_role(
        self, found: list[Authority], matter: Matter, person: Person
    ) -> None:
        admin = replace(person, held=tuple(Held(Role.ADMINISTRATOR, one.path) for one in person.held))
        by_role = [replace(line, employee_id=None) for line in found]

        assert not resolve(by_role, matter, admin).may

    @given(many, matters, persons)
    def test_whoever_may_is_among_those_who_are_named(
        self, found: list[Authority], matter: Matter, person: Person
    ) -> None:
        answer = resolve(found, matter, person)
        named = who_may(found, matter)

        assert bool(named) or not answer.may
        if answer.why in (Why.NOBODY_DECIDES, Why.ABOVE_ALL_LIMITS):
            assert named == ()


class TestSuperiors:
    """Who is directly above somebody (forvaltningsloven § 6 third paragraph)."""

    LED: ClassVar = {"1.4.9.": frozenset({10, 11}), "1.4.": frozenset({20}), "1.": frozenset({30})}

    def test_who_leads_where_she_works(self) -> None:
        assert superiors(5, ["1.4.9."], self.LED, {}) == {10, 11}

    def test_who_stands_in_is_above_the_others_and_below_the_one_she_stands_in_for(self) -> None:
        acting = {"1.4.9.": frozenset({5}), "1.4.7.": frozenset({5})}

        assert superiors(5, ["1.4.9."], self.LED, acting) == {10, 11}
        assert superiors(6, ["1.4.9."], self.LED, acting) == {5, 10, 11}
        assert superiors(10, ["1.4.9."], self.LED, acting) == {20}
        assert superiors(5, ["1.4.7."], self.LED, acting) == {20}

    def test_who_leads_has_the_next_above(self) -> None:
        assert superiors(10, ["1.4.9."], self.LED, {}) == {20}
        assert superiors(30, ["1."], self.LED, {}) == frozenset()

    def test_a_unit_nobody_leads_is_passed_by(self) -> None:
        assert superiors(5, ["1.4.8.", "1.7."], self.LED, {}) == {20, 30}

    def test_a_unit_is_not_mistaken_for_one_with_a_longer_number(self) -> None:
        assert superiors(5, ["1.44."], self.LED, {}) == {30}
        assert at_and_above("1.4.9.") == ("1.4.9.", "1.4.", "1.")
