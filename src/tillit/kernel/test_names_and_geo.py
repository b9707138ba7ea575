import pytest

from tillit.kernel import geo, names
from tillit.kernel.geo import Place


class TestNames:
    def test_sort_as_norwegians_expect(self) -> None:
        found = sorted(["Åse", "bo", "Øst", "Ærlig", "Zeta", "Aase"], key=names.sort_key)

        assert found == ["bo", "Zeta", "Ærlig", "Øst", "Åse", "Aase"]

    def test_are_found_whatever_the_case(self) -> None:
        assert names.search_key("ÅSE") in names.search_key("Åse", "Øye")


class TestGeo:
    def test_one_degree_of_latitude_is_111_km(self) -> None:
        assert geo.metres_between(Place(60, 10), Place(61, 10)) == pytest.approx(111_195, rel=1e-3)

    def test_a_place_on_the_border_belongs_to_the_area(self) -> None:
        area = geo.polygon([[10, 60], [11, 60], [11, 61], [10, 61]])

        assert geo.covers(area, Place(60.5, 10))
        assert not geo.covers(area, Place(60.5, 9.99))

    def test_neighbours_share_a_border_but_no_ground(self) -> None:
        west = geo.polygon([[10, 60], [11, 60], [11, 61], [10, 61]])
        east = geo.polygon([[11, 60], [12, 60], [12, 61], [11, 61]])

        assert not geo.share_ground(west, east)

    def test_a_seam_along_a_border_is_no_ground_but_a_path_is(self) -> None:
        west = geo.polygon([[10, 60], [11, 60], [11, 61], [10, 61]])
        a_decimetre_in = geo.polygon([[10.999_998, 60], [12, 60], [12, 61], [10.999_998, 61]])
        ten_metres_in = geo.polygon([[10.999_8, 60], [12, 60], [12, 61], [10.999_8, 61]])

        assert not geo.share_ground(west, a_decimetre_in)
        assert geo.share_ground(west, ten_metres_in)
        (outline,) = geo.common_ground(west, ten_metres_in)
        assert sorted(outline) == [(10.9998, 60), (10.9998, 61), (11, 60), (11, 61)]

    def test_what_is_left_when_others_keep_their_ground(self) -> None:
        square = geo.polygon([[10, 60], [11, 60], [11, 61], [10, 61]])
        east = geo.polygon([[10.6, 59], [12, 59], [12, 62], [10.6, 62]])
        across = geo.polygon([[10.4, 59], [10.6, 59], [10.6, 62], [10.4, 62]])
        inside = geo.polygon([[10.4, 60.4], [10.6, 60.4], [10.6, 60.6], [10.4, 60.6]])

        left = geo.without(square, [east])

        assert left is not None
        assert sorted(left) == [(10, 60), (10, 61), (10.6, 60), (10.6, 61)]
        assert geo.without(square, [across]) is None, "two pieces"
        assert geo.without(square, [inside]) is None, "a hole"
        assert geo.without(square, [square]) is None, "nothing"

    def test_the_name_of_an_area_stands_inside_it_also_when_it_is_bent(self) -> None:
        bent = geo.polygon([[10, 60], [11, 60], [11, 60.1], [10.1, 60.1], [10.1, 61], [10, 61]])

        longitude, latitude = geo.inside_point(bent)

        assert geo.covers(bent, Place(latitude, longitude))

    def test_a_ring_that_crosses_itself_is_refused(self) -> None:
        with pytest.raises(geo.UnusablePolygon):
            geo.polygon([[10, 60], [11, 61], [11, 60], [10, 61]])


def test_what_postgresql_cannot_hold_is_no_part_of_a_search() -> None:
    assert names.search_key("Å\x00se", "\x00") == "åse "
