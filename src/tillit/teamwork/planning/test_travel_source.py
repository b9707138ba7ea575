from dataclasses import replace
from typing import Any

from planengine.travel.estimate import Estimate
from planengine.travel.osrm import Osrm
from tillit.teamwork.planning.adapter.travel import chosen_source


class TestWhereTravelTimesComeFrom:
    def test_the_estimate_unless_a_server_is_named(self, settings: Any) -> None:
        assert chosen_source() == Estimate()

    def test_a_routing_server_with_the_estimate_behind_it(self, settings: Any) -> None:
        settings.ENV = replace(settings.ENV, osrm_url="http://osrm.example:5000")

        source = chosen_source()

        assert isinstance(source, Osrm)
        assert (source.base, source.fallback) == ("http://osrm.example:5000", Estimate())
