"""Where charts put what they show, and what they never draw."""

import re
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tillit.ui.parts import Part, RadarAxis, RadarChart, RangeBars, RangeRow

values = st.floats(min_value=1, max_value=7)


def draw(part: Part) -> str:
    """Draw it as a Norwegian page does."""
    with translation.override("nb"):
        return engines["django"].from_string("{% load ui %}{% part value %}").render({"value": part})


def numbers_in(drawn: str) -> list[float]:
    """Every place in the picture."""
    ElementTree.fromstring(f"<p>{drawn}</p>")
    found = re.findall(r'\s(?:x|y|cx|cy|x1|x2|y1|y2)="([^"]+)"', drawn)
    corners = re.findall(r'points="([^"]+)"', drawn)
    return [float(each) for each in [*found, *re.split(r"[ ,]", " ".join(corners))] if each]


class TestRadarChart:
    def radar(self, *axes: RadarAxis, least: float = 1) -> RadarChart:
        return RadarChart("r", "Tittel", "Funn", axes, least=least, most=7)

    @given(st.lists(st.tuples(st.text("ab ", min_size=1, max_size=30), values), min_size=3, max_size=9))
    def test_stays_within_the_picture(self, sides: list[tuple[str, float]]) -> None:
        chart = self.radar(*(RadarAxis(name, value) for name, value in sides))

        places = numbers_in(draw(chart))

        assert min(places) >= 0
        assert max(places) <= max(chart.width, chart.height)

    def test_the_least_is_in_the_middle_and_the_most_at_the_ring(self) -> None:
        chart = self.radar(RadarAxis("A", 1), RadarAxis("B", 7), RadarAxis("C", 4))

        assert chart.spots[0].now == chart.middle
        assert chart.spots[1].now == chart.spots[1].end

    def test_a_value_that_is_not_shown_leaves_no_surface_to_read_it_from(self) -> None:
        chart = self.radar(RadarAxis("A", 5, 4), RadarAxis("B", None, 4), RadarAxis("C", 4, 4))

        drawn = draw(chart)

        assert 'class="area"' not in drawn
        assert 'class="area-base"' in drawn
        assert drawn.count('class="dot"') == 2

    def test_lengthy_names_take_two_lines(self) -> None:
        chart = self.radar(RadarAxis("Psykologisk trygghet", 5), RadarAxis("B", 5), RadarAxis("C", 4))

        assert [words for _, words in chart.spots[0].lines] == ["Psykologisk", "trygghet"]

    def test_says_what_it_shows(self) -> None:
        drawn = draw(self.radar(RadarAxis("A", 5.64, 4.9), RadarAxis("B", 5), RadarAxis("C", 4)))

        assert '<desc id="r-d">Funn</desc>' in drawn
        assert '<tspan>4,9</tspan><tspan> → </tspan><tspan class="t-data">5,6</tspan>' in drawn


class TestRangeBars:
    def test_puts_the_ends_of_the_scale_at_the_ends(self) -> None:
        bars = RangeBars("Likt?", (RangeRow("A", "Delt", "", 1, 4, 7),), least=1, most=7)

        (spot,) = bars.drawn
        assert (spot.x1, spot.x, spot.x2) == ("10.0", "160.0", "310.0")
        assert [step for _, step in bars.steps] == [1, 2, 3, 4, 5, 6, 7]

    @pytest.mark.parametrize("missing", ["low", "middle", "high"])
    def test_draws_nothing_when_something_is_not_shown(self, missing: str) -> None:
        known = {"low": 4.0, "middle": 5.0, "high": 6.0} | {missing: None}
        bars = RangeBars("Likt?", (RangeRow("A", "Vises ikke. Færre enn 10.", "", **known),), least=1, most=7)

        drawn = draw(bars)

        assert "ti-midline" not in drawn
        assert "Vises ikke. Færre enn 10." in drawn
