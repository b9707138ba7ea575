from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.foundation.organisation import rules
from tillit.foundation.organisation.rules import AreaLine, Family, Joining, WorkGroup
from tillit.kernel.geo import Place, UnusablePolygon
from tillit.kernel.periods import Days

TODAY = date(2026, 11, 23)
WEST = ((6.0, 61.9), (6.02, 61.9), (6.02, 61.92), (6.0, 61.92))
EAST = ((6.02, 61.9), (6.04, 61.9), (6.04, 61.92), (6.02, 61.92))
ACROSS = ((6.01, 61.9), (6.03, 61.9), (6.03, 61.92), (6.01, 61.92))


def line(
    area_id: int,
    unit_id: int,
    *,
    ring: tuple[tuple[float, float], ...] = (),
    codes: tuple[str, ...] = (),
    days: Days | None = None,
) -> AreaLine:
    return AreaLine(area_id, unit_id, ring, frozenset(codes), days or Days(date(2020, 1, 1)))


class TestPath:
    def test_is_the_chain_of_ids(self) -> None:
        assert rules.path_below("1.4.", 9) == "1.4.9."
        assert rules.ids_in("1.4.9.") == (1, 4, 9)

    def test_tells_unit_1_from_unit_11(self) -> None:
        assert not rules.path_below("", 11).startswith(rules.path_below("", 1))

    @pytest.mark.parametrize(
        ("kind", "parent", "allowed"),
        [
            ("MUNICIPALITY", None, True),
            ("MUNICIPALITY", "DISTRICT", False),
            ("TEAM", "DISTRICT", True),
            ("TEAM", "TEAM", False),
            ("WORK_GROUP", "TEAM", True),
            ("WORK_GROUP", "DISTRICT", False),
            ("TEAM", None, False),
        ],
    )
    def test_keeps_units_in_their_order_R02(self, kind: str, parent: str | None, allowed: bool) -> None:
        assert rules.may_lie_below(kind, parent) is allowed


class TestUnitForAddress:
    def test_drawn_area_goes_before_postal_code_R01(self) -> None:
        areas = [line(1, 10, codes=("6770",)), line(2, 20, ring=WEST)]

        assert rules.unit_for_address(areas, Place(61.91, 6.01), "6770", TODAY) == 20

    def test_postal_code_answers_outside_the_drawn_ones(self) -> None:
        areas = [line(1, 10, codes=("6770",)), line(2, 20, ring=WEST)]

        assert rules.unit_for_address(areas, Place(61.91, 6.5), "6770", TODAY) == 10
        assert rules.unit_for_address(areas, None, "6770", TODAY) == 10

    def test_nobody_answers_for_an_address_outside_all(self) -> None:
        assert rules.unit_for_address([line(1, 10, ring=WEST)], Place(60, 5), "0001", TODAY) is None

    def test_follows_the_date(self) -> None:
        change = date(2026, 12, 1)
        areas = [
            line(1, 10, ring=WEST, days=Days(date(2020, 1, 1), change)),
            line(2, 20, ring=WEST, days=Days(change)),
        ]
        place = Place(61.91, 6.01)

        assert rules.unit_for_address(areas, place, "", date(2026, 11, 30)) == 10
        assert rules.unit_for_address(areas, place, "", change) == 20

    def test_a_border_belongs_to_the_area_stored_first(self) -> None:
        on_the_border = Place(61.91, 6.02)

        assert rules.unit_for_address([line(1, 10, ring=WEST), line(2, 20, ring=EAST)], on_the_border, "", TODAY) == 10
        assert rules.unit_for_address([line(2, 20, ring=EAST), line(1, 10, ring=WEST)], on_the_border, "", TODAY) == 10

    @given(st.floats(61.9, 61.92), st.floats(6.0, 6.04))
    def test_areas_that_do_not_collide_never_leave_an_address_to_chance(self, lat: float, lon: float) -> None:
        areas = [line(1, 10, ring=WEST), line(2, 20, ring=EAST)]

        forward = rules.unit_for_address(areas, Place(lat, lon), "", TODAY)
        backward = rules.unit_for_address(list(reversed(areas)), Place(lat, lon), "", TODAY)

        assert forward == backward
        assert forward in (10, 20)


class TestCollisions:
    def test_neighbours_with_a_common_border_do_not_collide(self) -> None:
        assert rules.collisions(line(0, 10, ring=WEST), [line(2, 20, ring=EAST)]) == ()

    def test_finds_shared_ground(self) -> None:
        found = rules.collisions(line(0, 10, ring=ACROSS), [line(1, 20, ring=WEST), line(2, 30, ring=EAST)])

        assert [(one.area_id, one.shares_ground) for one in found] == [(1, True), (2, True)]

    def test_finds_shared_postal_codes(self) -> None:
        found = rules.collisions(line(0, 10, codes=("6770", "6771")), [line(1, 20, codes=("6771", "6772"))])

        assert found[0].postal_codes == ("6771",)

    def test_areas_after_each_other_do_not_collide(self) -> None:
        change = date(2026, 12, 1)
        old = line(1, 20, ring=WEST, days=Days(date(2020, 1, 1), change))

        assert rules.collisions(line(0, 10, ring=WEST, days=Days(change)), [old]) == ()
        assert rules.collisions(line(0, 10, ring=WEST, days=Days(date(2026, 11, 30))), [old])

    def test_a_drawn_area_inside_another_teams_postal_code_is_no_collision(self) -> None:
        assert rules.collisions(line(0, 10, ring=WEST), [line(1, 20, codes=("6770",))]) == ()

    def test_refuses_a_ring_that_crosses_itself(self) -> None:
        with pytest.raises(UnusablePolygon):
            rules.collisions(line(0, 10, ring=((6, 61), (7, 62), (7, 61), (6, 62))), [])


class TestPostalCodes:
    def test_are_read_as_people_write_them(self) -> None:
        assert rules.read_postal_codes("6772, 6770–6771;0015\n6770") == (("0015", "6770", "6771", "6772"), ())

    def test_tells_what_could_not_be_read(self) -> None:
        assert rules.read_postal_codes("677 6770 seks 6775-6771 ٦٧٧٠") == (
            ("6770",),
            ("677", "seks", "6775-6771", "٦٧٧٠"),
        )


class TestWeekdays:
    @given(st.sets(st.integers(1, 7), min_size=1))
    def test_are_stored_in_order_and_found_again(self, days: set[int]) -> None:
        stored = rules.weekday_digits(days)

        monday = date(2026, 11, 23)
        assert {day for day in range(1, 8) if rules.falls_on(stored, monday.replace(day=22 + day))} == days


THURSDAY, FRIDAY, SATURDAY, SUNDAY = (date(2026, 11, day) for day in (26, 27, 28, 29))
MONDAY = date(2026, 11, 30)
SEVENTEENTH = date(2027, 5, 17)  # a Monday


class TestJoinedLists:
    @pytest.mark.parametrize(
        ("on", "kind", "joined"),
        [
            (THURSDAY, "DAY", False),
            (THURSDAY, "EVENING", True),
            (THURSDAY, "NIGHT", True),
            (FRIDAY, "DAY", False),
            (FRIDAY, "NIGHT", True),  # into Saturday, but it is Friday's
            (SATURDAY, "DAY", True),
            (SUNDAY, "DAY", True),
            (SUNDAY, "NIGHT", True),
            (MONDAY, "DAY", False),
            (SEVENTEENTH, "DAY", True),
            (date(2026, 12, 24), "DAY", False),  # no public holiday
            (date(2026, 12, 25), "DAY", True),
        ],
    )
    def test_separate_by_day_joined_in_the_evening_at_night_and_at_weekends_R02(
        self, on: date, kind: str, joined: bool
    ) -> None:
        assert rules.is_joined(Joining(), on, kind) is joined

    @pytest.mark.parametrize(
        ("joining", "on", "kind", "joined"),
        [
            (Joining(evening=False), THURSDAY, "EVENING", False),
            (Joining(evening=False), SATURDAY, "EVENING", True),  # as weekend
            (Joining(weekend=False), SATURDAY, "EVENING", True),  # as evening
            (Joining(weekend=False), SATURDAY, "DAY", False),
            (Joining(weekend=False), SEVENTEENTH, "DAY", False),
            (Joining(night=False), FRIDAY, "NIGHT", False),  # the weekend begins on Saturday
            (Joining(night=False), SUNDAY, "NIGHT", True),  # Sunday's, though it ends on Monday
            (Joining(evening=False, night=False, weekend=False), SATURDAY, "NIGHT", False),
        ],
    )
    def test_each_can_be_decided_R02(self, joining: Joining, on: date, kind: str, joined: bool) -> None:
        assert rules.is_joined(joining, on, kind) is joined

    def test_what_was_decided_holds_in_its_days_only(self) -> None:
        apart = Joining(evening=False, days=Days(FRIDAY, SATURDAY))
        group = WorkGroup(9, "Demens", Days(date(2020, 1, 1)), (apart,))

        assert [group.shares(on, "EVENING") for on in (THURSDAY, FRIDAY, MONDAY)] == [True, False, True]

    def test_a_group_out_of_force_has_no_lists_of_its_own(self) -> None:
        group = WorkGroup(9, "Demens", Days(date(2020, 1, 1), FRIDAY))

        assert [group.shares(on, "DAY") for on in (THURSDAY, FRIDAY)] == [False, True]


class TestFamily:
    def test_every_unit_is_on_one_list_and_no_more_R02(self) -> None:
        groups = (
            WorkGroup(8, "Demens", Days(date(2020, 1, 1))),
            WorkGroup(9, "Psykisk helse", Days(date(2020, 1, 1)), (Joining(evening=False),)),
        )
        team = Family(4, 4, "Team Bekkedal", groups)
        alone = [Family(group.unit_id, 4, "Team Bekkedal", (group,)) for group in groups]

        for on in (THURSDAY, SATURDAY):
            for kind in ("DAY", "EVENING", "NIGHT"):
                lists = [family.units_on_lists(on, kind) for family in (team, *alone)]
                assert sorted(unit for units in lists for unit in units) == [4, 8, 9]
        assert team.units_on_lists(THURSDAY, "DAY") == (4,)
        assert team.units_on_lists(THURSDAY, "EVENING") == (4, 8)
        assert team.units_on_lists(THURSDAY, "NIGHT") == (4, 8, 9)
        assert alone[1].units_on_lists(THURSDAY, "EVENING") == (9,)
        assert [group.name for group in team.joined_groups(THURSDAY, "EVENING")] == ["Demens"]
        assert [family.lists_unit(8, THURSDAY, "EVENING") for family in (team, alone[0])] == [4, 4]
        assert alone[0].lists_unit(8, THURSDAY, "DAY") == 8
