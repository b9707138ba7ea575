"""The land is whole: parts and water fill the map, streets stay on their part."""

import pytest
from shapely.geometry import Point, Polygon

from tillit.demo.town import fjordvik


class TestTheLand:
    def test_parts_and_water_tile_the_map(self) -> None:
        areas = [Polygon(ring) for ring in fjordvik.PARTS.values()]
        water = Polygon(fjordvik.WATER)

        assert all(area.is_valid for area in [*areas, water])
        assert sum(area.area for area in areas) + water.area == pytest.approx(8.0 * 5.6)
        pieces = [*areas, water]
        assert all(
            one.intersection(other).area < 1e-9 for number, one in enumerate(pieces) for other in pieces[number + 1 :]
        )

    @pytest.mark.parametrize("part", fjordvik.PARTS)
    def test_every_house_stands_on_its_part(self, part: str) -> None:
        area = Polygon(fjordvik.PARTS[part])
        houses = [
            fjordvik.house(street, number)
            for street in fjordvik.streets(part)
            for number in range(1, fjordvik.highest_number(street) + 1)
        ]

        assert len(houses) > 100
        assert all(area.covers(Point(house)) for house in houses)

    def test_a_second_copy_lies_beside_the_first(self) -> None:
        here, there = (fjordvik.ring("Solvik", copy) for copy in (0, 1))

        assert max(corner[0] for corner in here) < min(corner[0] for corner in there)
