from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.foundation.organisation import rules
from tillit.foundation.organisation.rules import AreaLine
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
