"""Travel times: the estimate by hand, and a road service played by a local server."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from planengine import InvalidProblem, Place, TravelUnavailable
from planengine.travel import osrm
from planengine.travel.estimate import Estimate, ModeSpeed, great_circle_metres
from planengine.travel.osrm import Osrm
from planengine.travel.source import travel_matrices
from tests.road_service import RoadService, answers, drips, never_answers, resets, serving, stops_halfway

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

    def test_a_long_way_goes_faster_beyond_its_first_part(self) -> None:
        # 0.1 degree is 11 119.49 m: 5 000 m at 5 m/s is 1 000 s; 6 119.49 m at 10 m/s is 611.949 s.
        far = (PLACES[0], Place(id=1, latitude=60.1, longitude=10.0))
        source = Estimate(
            speeds={"van": ModeSpeed(kmh=18.0, detour=1.0, fixed_seconds=0, far_metres=5_000.0, far_kmh=36.0)}
        )

        assert source.seconds(far, "van").tolist() == [[0, 1612], [1612, 0]]
        assert Estimate().seconds(far, "car")[0, 1] == 120 + math.ceil(1.35 * (8_000 / 32 + 3_119.49 / 70) * 3.6)

    @pytest.mark.parametrize("more", [{"far_metres": -1.0}, {"far_kmh": 10.0}, {"far_kmh": math.nan}])
    def test_refuses_speeds_that_make_no_sense(self, more: dict[str, float]) -> None:
        with pytest.raises(InvalidProblem):
            ModeSpeed(**{"kmh": 18.0, "detour": 1.0, "fixed_seconds": 0, **more})  # type: ignore[arg-type]

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


@pytest.fixture
def service() -> Iterator[RoadService]:
    with serving() as stand_in:
        yield stand_in


def roads(service: RoadService, **more: Any) -> Osrm:
    """A source that asks the stand-in for every mode."""
    return Osrm(bases=dict.fromkeys(("car", "bike", "foot"), service.base), **more)


class TestOsrm:
    def test_asks_the_table_service_and_rounds_up(self, service: RoadService) -> None:
        seconds = roads(service, fixed_seconds=60).seconds(PLACES[:3], "bike")

        # North 10.1 -> 11, + 60; south 20.1 -> 21, + 60.
        assert seconds.tolist() == [[0, 71, 81], [81, 0, 71], [101, 81, 0]]
        assert service.asked == [
            "/table/v1/cycling/10.000000,60.000000;10.000000,60.001000;10.000000,60.002000?annotations=duration"
        ]

    @pytest.mark.parametrize("packs", [True, False])
    def test_reads_answers_packed_or_not(self, service: RoadService, packs: bool) -> None:
        service.packs = packs

        assert roads(service).seconds(PLACES[:2], "car").tolist() == [[0, 11], [21, 0]]
        assert service.headers[0]["Accept-Encoding"] == "gzip"

    def test_asks_for_many_places_in_blocks(self, service: RoadService) -> None:
        whole = roads(service).seconds(PLACES, "car")
        service.asked.clear()
        service.max_table_size = 4

        in_blocks = roads(service, most_coordinates=4).seconds(PLACES, "car")

        assert np.array_equal(whole, in_blocks)
        assert len(service.asked) == 9
        assert max(path.count(";") for path in (p.split("?")[0] for p in service.asked)) <= 3

    @pytest.mark.parametrize(("size", "requests"), [(100, 1), (101, 9), (230, 25)])
    def test_keeps_within_the_hundred_places_a_server_allows(
        self, service: RoadService, size: int, requests: int
    ) -> None:
        places = tuple(Place(id=n, latitude=60.0 + n / 1000, longitude=10.0) for n in range(size))

        seconds = roads(service).seconds(places, "car")

        assert len(service.asked) == requests
        assert (seconds[0, size - 1], seconds[size - 1, 0]) == ((size - 1) * 10 + 1, (size - 1) * 20 + 1)

    def test_tries_smaller_blocks_when_the_server_says_too_big(self, service: RoadService) -> None:
        whole = roads(service).seconds(PLACES, "car")
        service.max_table_size = 3

        assert np.array_equal(roads(service).seconds(PLACES, "car"), whole)

    def test_asks_only_for_the_rows_and_columns_wanted(self, service: RoadService) -> None:
        table = roads(service).table(PLACES, "car", [4], [0, 1])

        assert table.tolist() == [[81, 61]]
        assert service.asked[0].split("?")[1] == "annotations=duration&sources=0&destinations=1;2"

    def test_each_mode_has_its_own_server(self, service: RoadService) -> None:
        with serving() as bikes:
            source = Osrm(bases={"car": service.base, "bike": f"{bikes.base}/"})
            source.seconds(PLACES[:2], "car")
            source.seconds(PLACES[:2], "bike")

            assert [path.split("/")[3] for path in (*service.asked, *bikes.asked)] == ["driving", "cycling"]
            with pytest.raises(TravelUnavailable, match="'foot'"):
                source.seconds(PLACES[:2], "foot")

    @pytest.mark.parametrize(
        "answer",
        [
            answers(500, b"no"),
            answers(200, b"<html>"),
            answers(200, b""),
            answers(200, {"code": "Ok"}),
            answers(200, {"code": "Ok", "durations": [[0]]}),
            answers(200, {"code": "Ok", "durations": [[0, -1, 1], [1, 0, 1], [1, 1, 0]]}),
            answers(200, {"code": "Ok", "durations": [[0, "x", 1], [1, 0, 1], [1, 1, 0]]}),
            answers(200, b'{"code": "Ok", "durations": [[0, NaN, 1], [1, 0, 1], [1, 1, 0]]}'),
            answers(200, b"not packed at all", Content_Encoding="gzip"),
            answers(200, gzip.compress(b'{"code": "Ok"}')[:-9], Content_Encoding="gzip"),
            answers(200, b"{}", Content_Encoding="br"),
            resets,
            stops_halfway,
        ],
    )
    def test_a_useless_answer_is_retried_then_refused_or_replaced(self, service: RoadService, answer: Any) -> None:
        service.always = answer

        with pytest.raises(TravelUnavailable, match="did not answer usefully"):
            roads(service, retries=2).seconds(PLACES[:3], "car")
        assert len(service.asked) == 3
        source = roads(service, retries=0, fallback=Estimate())
        assert np.array_equal(source.seconds(PLACES[:3], "car"), Estimate().seconds(PLACES[:3], "car"))
        assert source.last_fallback is not None

    def test_one_mishap_is_no_harm(self, service: RoadService) -> None:
        service.mishaps = [resets]

        assert roads(service).seconds(PLACES[:2], "car").tolist() == [[0, 11], [21, 0]]
        assert len(service.asked) == 2

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_server_is_given_a_moment(
        self, service: RoadService, status: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pauses: list[float] = []
        monkeypatch.setattr("planengine.travel.osrm.time.sleep", pauses.append)
        service.mishaps = [answers(status, {"message": "Too Many Requests"}, Retry_After="3600")]

        assert roads(service).seconds(PLACES[:2], "car").tolist() == [[0, 11], [21, 0]]
        assert pauses == [osrm.LONGEST_PAUSE]

    @pytest.mark.parametrize("code", ["NoTable", "InvalidQuery", "InvalidValue", "NoSegment", "NotImplemented"])
    @pytest.mark.parametrize("status", [400, 200])
    def test_a_refusal_is_not_asked_again(self, service: RoadService, status: int, code: str) -> None:
        service.always = answers(status, {"code": code, "message": "…"})

        with pytest.raises(TravelUnavailable, match=code):
            roads(service, retries=5).seconds(PLACES[:2], "car")
        assert len(service.asked) == 1

    def test_too_big_for_two_places_is_a_refusal(self, service: RoadService) -> None:
        service.always = answers(400, {"code": "TooBig"})

        with pytest.raises(TravelUnavailable, match="TooBig"):
            roads(service).seconds(PLACES, "car")

    def test_silence_ends_with_the_time_out(self, service: RoadService) -> None:
        service.always = never_answers(service)

        with pytest.raises(TravelUnavailable, match="TimeoutError"):
            roads(service, timeout=0.05, retries=1).seconds(PLACES[:2], "car")
        assert len(service.asked) == 2

    def test_an_answer_that_drips_ends_with_the_time_out_too(self, service: RoadService) -> None:
        service.always = drips(service)

        with pytest.raises(TravelUnavailable, match="too slowly"):
            roads(service, timeout=0.1, retries=0).seconds(PLACES[:2], "car")

    def test_all_requests_for_a_table_share_one_limit(self, service: RoadService) -> None:
        service.always = never_answers(service)

        with pytest.raises(TravelUnavailable):
            roads(service, timeout=0.05, most_seconds=0.08, retries=10).seconds(PLACES[:2], "car")
        assert len(service.asked) <= 3

    def test_a_redirect_is_not_followed(self, service: RoadService) -> None:
        with serving() as elsewhere:
            service.always = answers(302, b"", Location=f"{elsewhere.base}/table/v1/driving/10,60;10,60.001")

            with pytest.raises(TravelUnavailable, match="302"):
                roads(service, retries=0).seconds(PLACES[:2], "car")

            assert elsewhere.asked == []

    def test_a_proxy_of_the_environment_is_not_used(
        self, service: RoadService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with serving() as proxy:
            monkeypatch.setenv("http_proxy", proxy.base)
            monkeypatch.delenv("no_proxy", raising=False)

            roads(service).seconds(PLACES[:2], "car")

            assert (len(service.asked), proxy.asked) == (1, [])

    def test_a_huge_answer_is_not_unpacked(self, service: RoadService, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(osrm, "LARGEST_ANSWER", 10_000)
        service.always = answers(200, gzip.compress(b" " * 10_000_000), Content_Encoding="gzip")

        with pytest.raises(TravelUnavailable, match="too large"):
            roads(service, retries=0).seconds(PLACES[:2], "car")

    def test_nobody_at_the_address_is_unavailable(self) -> None:
        with pytest.raises(TravelUnavailable):
            Osrm(bases={"car": "http://127.0.0.1:1"}, timeout=0.5, retries=0).seconds(PLACES[:2], "car")

    def test_a_pair_without_a_road_gets_the_fallbacks_time(self, service: RoadService) -> None:
        service.islands = {(10.0, 60.002)}

        with pytest.raises(TravelUnavailable, match="place 0 to place 2"):
            roads(service).seconds(PLACES[:3], "car")
        source = roads(service, fallback=Estimate())
        seconds = source.seconds(PLACES[:3], "car")

        assert seconds[1, 0] == 21
        assert seconds[0, 2] == Estimate().seconds(PLACES[:3], "car")[0, 2]
        assert source.last_fallback == "no road between 4 pairs of places"

    @pytest.mark.parametrize(
        "base",
        [
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "http://",
            "127.0.0.1:5000",
            "http://user:secret@127.0.0.1:5000",
            "http://127.0.0.1:5000/?x=1",
            "http://127.0.0.1:5000/#x",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:5000/a b",
            "http://127.0.0.1\r\nHost: elsewhere/",
        ],
    )
    def test_refuses_what_is_no_plain_web_address(self, base: str) -> None:
        with pytest.raises(InvalidProblem, match="plain web address"):
            Osrm(bases={"car": base})

    @pytest.mark.parametrize("more", [{"timeout": 0}, {"fixed_seconds": -1}, {"most_seconds": 0}, {"retries": 11}])
    def test_refuses_settings_out_of_bounds(self, more: dict[str, Any]) -> None:
        with pytest.raises(InvalidProblem):
            Osrm(**{"bases": {"car": "http://127.0.0.1"}, **more})
