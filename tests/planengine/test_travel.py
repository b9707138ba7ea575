"""Travel times: the estimate by hand, and a road service played by a local server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from planengine import InvalidProblem, Place, TravelUnavailable
from planengine.travel.estimate import Estimate, ModeSpeed, great_circle_metres
from planengine.travel.osrm import Osrm
from planengine.travel.source import travel_matrices

# One thousandth of a degree of latitude is 6 371 000 x pi / 180 000 = 111.19 m.
PLACES = tuple(Place(id=n, latitude=60.0 + n / 1000, longitude=10.0) for n in range(5))


class TestEstimate:
    def test_is_fixed_plus_detour_over_speed_rounded_up(self) -> None:
        # 111.19 m x 1.25 = 138.99 m at 5 m/s = 27.8 s, up to 28, plus 7.
        source = Estimate(speeds={"walk": ModeSpeed(kmh=18.0, detour=1.25, fixed_seconds=7)})

        seconds = source.seconds(PLACES[:2], "walk")

        assert round(float(great_circle_metres(PLACES)[0, 1]), 2) == 111.19
        assert seconds.tolist() == [[0, 35], [35, 0]]

    def test_two_homes_in_one_house_are_no_journey(self) -> None:
        house = (Place(id=0, latitude=60.0, longitude=10.0), Place(id=1, latitude=60.0, longitude=10.0))

        assert Estimate().seconds(house, "car").tolist() == [[0, 0], [0, 0]]

    def test_on_foot_is_slower_far_away_and_no_slower_next_door(self) -> None:
        car, foot = (Estimate().seconds(PLACES, mode) for mode in ("car", "foot"))

        assert foot[0, 4] > car[0, 4]
        assert foot[0, 1] <= car[0, 1]

    def test_refuses_a_mode_without_speed_and_a_place_without_coordinates(self) -> None:
        with pytest.raises(TravelUnavailable, match="boat"):
            Estimate().seconds(PLACES, "boat")
        with pytest.raises(InvalidProblem, match=r"places\[0\].latitude"):
            travel_matrices((Place(id=0),), ("car",))

    def test_finer_ticks_are_as_long(self) -> None:
        [seconds], [ticks] = travel_matrices(PLACES, ("car",)), travel_matrices(PLACES, ("car",), None, 600)

        assert np.array_equal(seconds * 10, ticks)


Answer = Callable[[list[tuple[float, float]], list[int], list[int]], tuple[int, bytes]]


def roads(spots: list[tuple[float, float]], rows: list[int], columns: list[int]) -> tuple[int, bytes]:
    """Ten seconds per thousandth of a degree northwards, twenty southwards, and a bit."""

    def seconds(one: int, other: int) -> float:
        steps = round((spots[other][1] - spots[one][1]) * 1000)
        return 0.0 if steps == 0 else steps * 10 + 0.1 if steps > 0 else -steps * 20 + 0.1

    table = [[seconds(one, other) for other in columns] for one in rows]
    return 200, json.dumps({"code": "Ok", "durations": table}).encode()


class RoadService:
    """A stand-in for OSRM on 127.0.0.1; remembers what it was asked."""

    def __init__(self) -> None:
        self.answer: Answer = roads
        self.asked: list[str] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                service.asked.append(self.path)
                parts = urlsplit(self.path)
                spots = [tuple(map(float, each.split(","))) for each in parts.path.split("/")[-1].split(";")]
                query = parse_qs(parts.query)
                chosen = [
                    [int(n) for n in query[name][0].split(";")] if name in query else list(range(len(spots)))
                    for name in ("sources", "destinations")
                ]
                status, body = service.answer(spots, *chosen)  # type: ignore[arg-type]
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service() -> Iterator[RoadService]:
    stand_in = RoadService()
    thread = threading.Thread(target=stand_in.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield stand_in
    stand_in.server.shutdown()
    thread.join()
    stand_in.server.server_close()


class TestOsrm:
    def test_asks_the_table_service_and_rounds_up(self, service: RoadService) -> None:
        seconds = Osrm(base=service.base, fixed_seconds=60).seconds(PLACES[:3], "bike")

        # North 10.1 -> 11, + 60; south 20.1 -> 21, + 60.
        assert seconds.tolist() == [[0, 71, 81], [81, 0, 71], [101, 81, 0]]
        assert service.asked == [
            "/table/v1/cycling/10.000000,60.000000;10.000000,60.001000;10.000000,60.002000?annotations=duration"
        ]

    def test_asks_for_many_places_in_blocks(self, service: RoadService) -> None:
        whole = Osrm(base=service.base).seconds(PLACES, "car")
        service.asked.clear()

        in_blocks = Osrm(base=service.base, most_coordinates=4).seconds(PLACES, "car")

        assert np.array_equal(whole, in_blocks)
        assert len(service.asked) == 9
        assert max(path.count(";") for path in (p.split("?")[0] for p in service.asked)) <= 3

    @pytest.mark.parametrize(
        "answer",
        [
            (500, b"no"),
            (200, b"<html>"),
            (200, b'{"code": "NoTable"}'),
            (200, b'{"code": "Ok"}'),
            (200, b'{"code": "Ok", "durations": [[0]]}'),
            (200, b'{"code": "Ok", "durations": [[0, -1, 1], [1, 0, 1], [1, 1, 0]]}'),
            (200, b'{"code": "Ok", "durations": [[0, "x", 1], [1, 0, 1], [1, 1, 0]]}'),
        ],
    )
    def test_a_useless_answer_is_retried_then_refused_or_replaced(
        self, service: RoadService, answer: tuple[int, bytes]
    ) -> None:
        service.answer = lambda *_: answer

        with pytest.raises(TravelUnavailable, match="did not answer usefully"):
            Osrm(base=service.base, retries=2).seconds(PLACES[:3], "car")
        assert len(service.asked) == 3
        source = Osrm(base=service.base, retries=0, fallback=Estimate())
        assert np.array_equal(source.seconds(PLACES[:3], "car"), Estimate().seconds(PLACES[:3], "car"))
        assert source.last_fallback is not None

    def test_nobody_at_the_address_is_unavailable(self) -> None:
        with pytest.raises(TravelUnavailable):
            Osrm(base="http://127.0.0.1:1", timeout=0.5, retries=0).seconds(PLACES[:2], "car")

    def test_a_pair_without_a_road_gets_the_fallbacks_time(self, service: RoadService) -> None:
        service.answer = lambda *_: (200, b'{"code": "Ok", "durations": [[0, null], [9, 0]]}')

        with pytest.raises(TravelUnavailable, match="place 0 to place 1"):
            Osrm(base=service.base).seconds(PLACES[:2], "car")
        seconds = Osrm(base=service.base, fallback=Estimate()).seconds(PLACES[:2], "car")

        assert seconds[1, 0] == 9
        assert seconds[0, 1] == Estimate().seconds(PLACES[:2], "car")[0, 1]

    @pytest.mark.parametrize("more", [{"base": "file:///etc/passwd"}, {"timeout": 0}, {"fixed_seconds": -1}])
    def test_refuses_settings_out_of_bounds(self, more: dict[str, Any]) -> None:
        with pytest.raises(InvalidProblem):
            Osrm(**{"base": "http://127.0.0.1", **more})
