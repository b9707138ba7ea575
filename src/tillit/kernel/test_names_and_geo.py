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

    def test_a_ring_that_crosses_itself_is_refused(self) -> None:
        with pytest.raises(geo.UnusablePolygon):
            geo.polygon([[10, 60], [11, 61], [11, 60], [10, 61]])
