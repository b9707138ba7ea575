import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.foundation.responsibility.rules.geojson import Trouble, UnreadableGeojson, read_areas
from tillit.foundation.responsibility.rules.projection import frame_around, scale_of
from tillit.kernel import geo
from tillit.kernel.geo import Place

CORNERS = [[6.0, 61.9], [6.1, 61.9], [6.1, 62.0], [6.0, 61.9]]
norway = st.tuples(st.floats(4.5, 31.0), st.floats(57.9, 71.2))


class TestFrame:
    def test_by_hand_at_sixty_degrees_where_a_degree_east_is_half_a_degree_north(self) -> None:
        frame = frame_around([(10.0, 59.9), (10.4, 60.1)], width=240)

        # 0.4° east is 0.2° of latitude (cos 60° = 1/2); a tenth around makes both 0.24; the height is at
        # most 0.8 of the width, so the width is 0.3 and 240 units are 800 a degree. 10.2° and 60.0° are the middle.
        assert frame is not None
        assert (round(frame.down), round(frame.across)) == (800, 400)
        assert frame.point(10.2, 60.0) == pytest.approx((120, 96))

    @given(st.lists(norway, min_size=1, max_size=8))
    def test_has_every_place_inside_and_finds_the_way_back_R01(self, places: list[tuple[float, float]]) -> None:
        frame = frame_around(places)

        assert frame is not None
        for place in places:
            x, y = frame.point(*place)
            assert 0 < x < frame.width and 0 < y < frame.height
            assert frame.place(x, y) == pytest.approx(place, abs=1e-9)
        assert 0.5 <= frame.height / frame.width <= 0.8 + 1e-9

    def test_one_place_has_some_ground_around_and_no_place_has_no_frame(self) -> None:
        frame = frame_around([(6.0, 61.9)])

        assert frame is not None
        assert frame.metres * frame.width > 2_000
        assert frame_around([]) is None

    def test_lengths_are_right_to_a_hundredth_within_a_municipality(self) -> None:
        frame = frame_around([(6.0, 61.8), (6.4, 62.0)])
        assert frame is not None
        (x1, y1), (x2, y2) = frame.point(6.05, 61.85), frame.point(6.15, 61.9)

        drawn = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 * frame.metres

        assert drawn == pytest.approx(geo.metres_between(Place(61.85, 6.05), Place(61.9, 6.15)), rel=0.01)

    @given(st.lists(norway, min_size=1, max_size=5))
    def test_the_scale_is_short_enough_to_stand_in_a_corner(self, places: list[tuple[float, float]]) -> None:
        frame = frame_around(places)
        assert frame is not None

        metres, units = scale_of(frame)

        assert units * frame.metres == pytest.approx(metres)
        assert units <= frame.width / 4


class TestReadAreas:
    @pytest.mark.parametrize(
        "found",
        [
            {"type": "Polygon", "coordinates": [CORNERS]},
            {"type": "MultiPolygon", "coordinates": [[CORNERS]]},
            {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": [CORNERS]}},
            [CORNERS],
            CORNERS[:3],
            [[*corner, 112.5] for corner in CORNERS],
        ],
    )
    def test_reads_every_shape_one_area_comes_in_R01(self, found: Any) -> None:
        (area,) = read_areas(json.dumps(found))

        assert area.ring == ((6.0, 61.9), (6.1, 61.9), (6.1, 62.0))

    def test_reads_several_with_their_names(self) -> None:
        feature = {
            "type": "Feature",
            "properties": {"navn": "Havna"},
            "geometry": {"type": "Polygon", "coordinates": [CORNERS]},
        }

        found = read_areas("\ufeff" + json.dumps({"type": "FeatureCollection", "features": [feature, feature]}))

        assert [area.name for area in found] == ["Havna", "Havna"]

    @pytest.mark.parametrize(
        ("text", "trouble", "feature"),
        [
            ("hei", Trouble.NOT_JSON, 0),
            ("[" * 100_000, Trouble.NOT_JSON, 0),
            ("{}", Trouble.NO_AREA, 0),
            ("4", Trouble.NO_AREA, 0),
            ("[[1, 2], [3]]", Trouble.NO_AREA, 0),
            ('[["a", 2], [3, 4], [5, 6]]', Trouble.NO_AREA, 0),
            ('{"type": "FeatureCollection", "features": []}', Trouble.NO_AREA, 0),
            ('{"type": "FeatureCollection", "features": [{"type": "Point", "coordinates": [6, 61]}]}', Trouble.NO_AREA, 1),
            (json.dumps({"type": "Polygon", "coordinates": [CORNERS, CORNERS]}), Trouble.HOLE, 0),
            (json.dumps({"type": "MultiPolygon", "coordinates": [[CORNERS], [CORNERS]]}), Trouble.SEVERAL_PARTS, 0),
            ("[[597000, 6643000], [598000, 6643000], [598000, 6644000]]", Trouble.NOT_DEGREES, 0),
            ("[[61.9, 6.0], [61.9, 6.1], [62.0, 6.1]]", Trouble.TURNED_ROUND, 0),
            (json.dumps([[6 + n / 1e5, 61] for n in range(2_001)]), Trouble.TOO_MANY, 0),
            ("[[NaN, 61.9], [6.1, 61.9], [6.1, 62.0]]", Trouble.NOT_JSON, 0),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, text: str, trouble: Trouble, feature: int) -> None:
        with pytest.raises(UnreadableGeojson) as refused:
            read_areas(text)

        assert (refused.value.trouble, refused.value.feature) == (trouble, feature)
