"""Where charts put what they show, and what they never draw."""

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tillit.ui.parts import (
    Column,
    DataTable,
    Figure,
    IntervalChart,
    IntervalRow,
    Measured,
    Part,
    RadarAxis,
    RadarChart,
    RangeBars,
    RangeRow,
    SeriesChart,
    SeriesMark,
    SeriesPoint,
    TableRow,
)
from tillit.ui.parts.series_chart import nice_steps

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
        asked = RangeBars("Likt?", (RangeRow("Vet du hvem du kan ringe i teamet?", "Delt", "", 1, 2, 4),), 1, 4)
        assert (bars.long, asked.long) == (False, True)

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


numbers = st.one_of(st.none(), st.floats(min_value=-1000, max_value=1000))


class TestSeriesChart:
    def chart(self, *drawn: float | None, **more: Any) -> SeriesChart:
        points = tuple(SeriesPoint(f"uke {at}", value, "2026") for at, value in enumerate(drawn, 1))
        return SeriesChart("s", "Tittel", "Funn", "prosent", points, **more)

    @given(st.lists(numbers, min_size=1, max_size=120), numbers, st.booleans())
    def test_everything_lies_within_the_picture(
        self, drawn: list[float | None], centre: float | None, small: bool
    ) -> None:
        chart = self.chart(*drawn, centre=centre, small=small, marks=(SeriesMark(0, "Først"), SeriesMark(99, "Sist")))

        places = numbers_in(draw(chart))

        assert min(places) >= 0
        assert max(places) <= max(chart.width, chart.height)

    @given(st.lists(st.floats(min_value=-1000, max_value=1000), min_size=2, max_size=30))
    def test_higher_values_lie_higher(self, drawn: list[float]) -> None:
        heights = [float(dot.y) for dot in self.chart(*drawn).dots]

        by_value = [height for _, height in sorted(zip(drawn, heights, strict=True))]
        assert all(later <= earlier + 0.1 for earlier, later in pairwise(by_value))

    @given(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.integers(3, 8))
    def test_the_scale_is_round_and_holds_all(self, least: float, over: float, about: int) -> None:
        steps, decimals = nice_steps(least, least + over, about=about)

        assert steps[0] <= least + 1e-6 * max(1, abs(least))
        assert steps[-1] >= least + over - 1e-6 * max(1, abs(least + over))
        assert 2 <= len(steps) <= 2 * about + 2
        assert all(abs(round(step, decimals) - step) < 1e-6 * max(1, abs(step)) for step in steps)

    def test_a_point_without_a_value_breaks_the_line_and_is_marked(self) -> None:
        chart = self.chart(1, 2, None, 4, 5)

        assert len(chart.lines) == 2
        assert len(chart.empty) == 1
        assert len(chart.dots) == 4

    def test_signals_are_rhombs_and_not_only_coloured(self) -> None:
        chart = SeriesChart(
            "s", "T", "F", "", (SeriesPoint("uke 1", 1, signal=True), SeriesPoint("uke 2", 2)), centre=1.5
        )

        drawn = draw(chart)

        assert drawn.count("dot-signal") == 1
        assert drawn.count("<circle") == 1

    def test_the_baseline_is_shaded_to_between_its_last_point_and_the_next(self) -> None:
        chart = self.chart(*range(11), baseline=4)

        assert chart.band is not None
        x, wide = (float(each) for each in chart.band)
        fourth, fifth = float(chart.dots[3].x), float(chart.dots[4].x)
        assert fourth < x + wide < fifth

    def test_words_of_marks_never_lie_on_each_other(self) -> None:
        chart = self.chart(*range(40), marks=tuple(SeriesMark(at, "Noe langt som hendte") for at in (1, 2, 3, 39)))

        assert [text.y for _, _, text in chart.events] == ["38", "53", "68", "38"]

    def test_the_scale_does_not_pass_what_can_be(self) -> None:
        steps = [tick.value for tick in self.chart(97.0, 99.5, 100.0, least=0, most=100).ticks]

        assert max(steps) == 100

    def test_each_year_is_named_once(self) -> None:
        points = tuple(SeriesPoint("jan", 1.0, year) for year in ("2025", "2025", "2026", "2026"))

        texts = [each.text for each in SeriesChart("s", "T", "F", "", points).times]

        assert texts.count("2025") == texts.count("2026") == 1


class TestIntervalChart:
    @given(st.lists(st.tuples(values, values, values).map(sorted), min_size=1, max_size=8))
    def test_the_dot_lies_on_its_line(self, drawn: list[list[float]]) -> None:
        rows = tuple(IntervalRow("A", now=Measured(middle, low, high)) for low, middle, high in drawn)

        for one in IntervalChart("i", "T", "F", "poeng", rows).drawn:
            assert one.now is not None
            assert float(one.now.x1) <= float(one.now.x) <= float(one.now.x2)

    def test_a_row_that_is_not_shown_says_why_and_draws_nothing(self) -> None:
        chart = IntervalChart("i", "T", "F", "", (IntervalRow("A", why="Vises ikke. Færre enn 5."),))

        drawn = draw(chart)

        assert "Vises ikke. Færre enn 5." in drawn
        assert "<circle" not in drawn

    def test_before_is_hollow_and_above(self) -> None:
        row = IntervalRow("A", now=Measured(5, 4, 6), before=Measured(3, 2, 4))

        (one,) = IntervalChart("i", "T", "F", "", (row,)).drawn

        assert one.before is not None and one.now is not None
        assert one.before.y < one.now.y


class TestFigure:
    def test_the_numbers_stand_in_a_table_beside_the_picture(self) -> None:
        table = DataTable(caption="Tallene", columns=(Column("Uke"),), rows=(TableRow(("1",)),))
        picture = SeriesChart("s", "T", "F", "", (SeriesPoint("uke 1", 1),))

        drawn = draw(Figure(picture, table, "Diagrammet", "Regelen"))

        assert "Vis tallene som tabell" in drawn
        assert drawn.index("<svg") < drawn.index("Regelen") < drawn.index("<table")
