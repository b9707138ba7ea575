"""Where travel times come from: the estimate, or a routing server that is asked once and remembered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from planengine.problem import Place as EnginePlace
from planengine.travel.estimate import Estimate
from planengine.travel.osrm import Osrm
from planengine.weights import Weights
from tests import builders_planning as build
from tests.cast import Cast
from tests.road_service import RoadService, answers, resets, serving
from tillit.kernel import oslo
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.adapter import engine, travel, why
from tillit.teamwork.planning.adapter.travel import DayWays, RoadTravel, chosen_source, faults_of, forget_old
from tillit.teamwork.planning.models import Proposal, RoadTimes
from tillit.teamwork.planning.rules.day import Day

NOW = datetime(2026, 11, 24, 5, tzinfo=UTC)
HOMES = tuple(EnginePlace(id=n, latitude=60.0 + n / 1000, longitude=10.0) for n in range(4))
#: The stand-in's ten or twenty seconds a thousandth of a degree and a bit, and the estimate's two minutes of parking.
BY_ROAD = [[0, 131, 141], [141, 0, 131], [161, 141, 0]]


@pytest.fixture
def service() -> Iterator[RoadService]:
    with serving() as stand_in:
        yield stand_in


@pytest.fixture
def roads(service: RoadService, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> RoadService:
    """The stand-in, named in the settings for cars; nobody has failed us before."""
    settings.ENV = replace(settings.ENV, road_services={"car": service.base})
    monkeypatch.setattr(travel, "_silent_until", {})
    return service


def ask(places: tuple[EnginePlace, ...] = HOMES[:3], at: datetime = NOW, mode: str = "car") -> list[list[int]]:
    rows: list[list[int]] = chosen_source(at=at).seconds(places, mode).tolist()
    return rows


def faults(places: tuple[EnginePlace, ...] = HOMES[:3], at: datetime | None = NOW) -> tuple[str, ...]:
    source = chosen_source(at=at)
    source.seconds(places, "car")
    return faults_of(source)


class TestWhereTravelTimesComeFrom:
    def test_the_estimate_unless_a_server_is_named(self, settings: Any) -> None:
        settings.ENV = replace(settings.ENV, road_services={})

        assert chosen_source(at=NOW) == Estimate()
        assert faults_of(chosen_source(at=NOW)) == ()

    def test_a_routing_server_by_road_with_time_to_park(self, roads: RoadService) -> None:
        assert isinstance(chosen_source(at=NOW), RoadTravel)
        assert ask() == BY_ROAD
        assert faults() == ()

    def test_a_mode_without_a_server_is_estimated_and_no_fault(self, roads: RoadService) -> None:
        source = chosen_source(at=NOW)

        assert np.array_equal(source.seconds(HOMES, "bike"), Estimate().seconds(HOMES, "bike"))
        assert faults_of(source) == ()
        assert roads.asked == []


class TestRemembering:
    def test_the_server_is_asked_once_for_the_same_places(self, roads: RoadService) -> None:
        first = ask()
        again = ask(at=NOW + timedelta(days=3))
        fewer_and_turned = ask((HOMES[2], HOMES[0]))

        assert first == again == BY_ROAD
        assert fewer_and_turned == [[0, 161], [141, 0]]
        assert len(roads.asked) == 1

    def test_only_a_new_home_is_asked_about(self, roads: RoadService) -> None:
        ask(HOMES[:3])
        roads.asked.clear()

        seconds = ask(HOMES)

        queries_ = [path.split("?")[1] for path in roads.asked]
        assert queries_ == [
            "annotations=duration&sources=0&destinations=1;2;3;4",
            "annotations=duration&sources=0;1;2&destinations=3",
        ]
        assert [row[:3] for row in seconds[:3]] == BY_ROAD
        assert (seconds[0][3], seconds[3][0]) == (151, 181)
        roads.asked.clear()
        assert ask(HOMES) == seconds
        assert roads.asked == []

    def test_a_month_old_time_is_asked_for_again(self, roads: RoadService) -> None:
        ask()

        ask(at=NOW + travel.REMEMBERED - timedelta(seconds=1))
        assert len(roads.asked) == 1
        ask(at=NOW + travel.REMEMBERED)
        assert len(roads.asked) == 2

    def test_a_new_home_does_not_keep_old_times_young(self, roads: RoadService) -> None:
        ask(HOMES[:3])
        ask(HOMES, at=NOW + timedelta(days=20))
        roads.asked.clear()

        ask(HOMES, at=NOW + timedelta(days=30))

        assert len(roads.asked) > 0
        assert RoadTimes.objects.filter(asked_at=NOW).count() == 0

    def test_another_server_has_other_times(self, roads: RoadService, settings: Any) -> None:
        ask()
        with serving() as other:
            settings.ENV = replace(settings.ENV, road_services={"car": other.base})
            ask()

            assert len(other.asked) == 1

    def test_nothing_in_the_store_says_where_a_home_is(self, roads: RoadService, settings: Any) -> None:
        ask()

        stored = [(row.source, row.origin, *row.seconds) for row in RoadTimes.objects.all()]
        assert len(stored) == 3
        assert all(len(word) == 16 and not set(word) - set("0123456789abcdef") for row in stored for word in row)
        names = {row[1] for row in stored}
        settings.SECRET_KEY = "another key, another municipality"
        assert travel.name_of(HOMES[0]) not in names

    def test_what_is_too_old_is_deleted_at_night(self, roads: RoadService) -> None:
        ask()

        assert forget_old(at=NOW + travel.REMEMBERED - timedelta(seconds=1)) == 0
        assert forget_old(at=NOW + travel.REMEMBERED) == 3
        assert not RoadTimes.objects.exists()


class TestWhenTheServerFails:
    def test_the_estimate_steps_in_and_it_is_told(self, roads: RoadService) -> None:
        roads.always = resets

        assert ask() == Estimate().seconds(HOMES[:3], "car").tolist()
        assert faults() == ("NO_ANSWER",)

    def test_what_is_remembered_is_still_by_road(self, roads: RoadService) -> None:
        ask(HOMES[:3])
        roads.always = answers(503, b"")

        source = chosen_source(at=NOW)
        seconds = source.seconds(HOMES, "car")

        assert [row[:3] for row in seconds.tolist()[:3]] == BY_ROAD
        assert seconds[0, 3] == Estimate().seconds(HOMES, "car")[0, 3]
        assert faults_of(source) == ("PARTLY_NO_ANSWER",)

    def test_it_is_left_alone_for_a_while(self, roads: RoadService, monkeypatch: pytest.MonkeyPatch) -> None:
        moments = [1000.0]
        monkeypatch.setattr(travel, "monotonic", lambda: moments[0])
        roads.always = resets
        ask()
        asked = len(roads.asked)

        assert faults() == ("NO_ANSWER",)
        assert len(roads.asked) == asked
        moments[0] += travel.SILENCE_SECONDS
        roads.always = None
        assert (ask(), faults()) == (BY_ROAD, ())

    def test_places_without_a_road_between_them_are_estimated_and_not_asked_again(self, roads: RoadService) -> None:
        roads.islands = {(10.0, 60.002)}

        seconds = ask()

        assert seconds[0][1] == BY_ROAD[0][1]
        assert seconds[0][2] == Estimate().seconds(HOMES[:3], "car")[0, 2]
        assert faults() == ("NO_ROAD",)
        assert len(roads.asked) == 1


class TestPagesNeverWait:
    def test_the_screen_reads_what_is_remembered(self, roads: RoadService) -> None:
        places = [(place.latitude, place.longitude) for place in HOMES if place.latitude and place.longitude]
        before = DayWays(places).minutes("CAR", places[0], places[2])
        ask(HOMES)
        roads.asked.clear()

        assert before == -(-int(Estimate().seconds(HOMES, "car")[0, 2]) // 60)
        assert DayWays(places).minutes("CAR", places[0], places[2]) == -(-141 // 60)
        assert roads.asked == []
        assert faults(at=None) == ()

    def test_in_one_query_for_each_mode(self, roads: RoadService, django_assert_num_queries: Any) -> None:
        places = [(60.0 + number / 1000, 10.0) for number in range(30)]
        ways = DayWays(places)

        with django_assert_num_queries(1):
            for place in places:
                ways.minutes("CAR", places[0], place)


class TestProposal:
    @pytest.fixture
    def asked(self, roads: RoadService, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Ask for a proposal of the small day and let it be found, in few steps."""
        morning = build.morning(cast)
        real = engine.propose

        def few_steps(day: Day, **more: Any) -> Any:
            return real(day, **{**more, "seconds": None, "iterations": 500, "at": oslo.whole_day(day.on).start})

        monkeypatch.setattr(engine, "propose", few_steps)

        def ask_again() -> Proposal:
            proposal = actions.ask_for_proposal(
                actor=cast.kari.actor, unit_id=morning.unit.pk, on=morning.on, shift_kind="DAY",
                keep_present=False, preset="", at=oslo.whole_day(morning.on).start,
            )  # fmt: skip
            proposal.refresh_from_db()
            return proposal

        return ask_again

    def test_a_second_one_does_not_ask_the_server_again(self, asked: Any, roads: RoadService) -> None:
        first = asked()
        requests = len(roads.asked)
        second = asked()

        assert requests >= 1
        assert len(roads.asked) == requests
        assert first.problem["travel"] == second.problem["travel"]
        assert second.result["travel_faults"] == []

    def test_says_on_the_page_that_the_times_are_estimates(
        self, asked: Any, roads: RoadService, cast: Cast, client_of: Any
    ) -> None:
        roads.always = resets

        proposal = asked()

        assert proposal.result["travel_faults"] == ["NO_ANSWER"]
        lists = proposal.lists
        page = client_of(cast.kari).get(f"/team/{lists.unit_id}/arbeidslister/{lists.on.isoformat()}/DAY/")
        assert "Veitjenesten svarte ikke. Reisetidene er anslått." in page.content.decode()
        assert queries.newest_proposal(lists.pk) is not None

    def test_why_is_reckoned_with_the_ways_of_the_plan_it_explains_R26(self, asked: Any, roads: RoadService) -> None:
        """A page asks no server: it reads what the proposal left behind, and has the same times to the second."""
        proposal = asked()
        lists, requests = proposal.lists, len(roads.asked)
        day = queries.team_day(unit=lists.unit, on=lists.on, shift_kind=lists.shift_kind).day

        stands = why.standing(day, at=oslo.whole_day(day.on).start, weights=Weights())

        problem = stands.translated.problem
        ways = {mode: matrix.tolist() for mode, matrix in zip(problem.modes, problem.travel, strict=True)}
        assert ways == proposal.problem["travel"]
        assert stands.travel == ()
        assert len(roads.asked) == requests

    def test_why_says_that_ways_nobody_has_asked_about_are_estimates(self, asked: Any, roads: RoadService) -> None:
        lists = asked().lists
        day = queries.team_day(unit=lists.unit, on=lists.on, shift_kind=lists.shift_kind).day
        at, row = oslo.whole_day(day.on).start, RoadTimes.objects.order_by("origin")[0]

        row.delete()
        assert why.standing(day, at=at, weights=Weights()).travel == ("PARTLY_NOT_ASKED",)
        RoadTimes.objects.all().delete()
        assert why.standing(day, at=at, weights=Weights()).travel == ("NOT_ASKED",)

    def test_says_nothing_when_all_went_well(self, asked: Any, cast: Cast, client_of: Any) -> None:
        lists = asked().lists

        page = client_of(cast.kari).get(f"/team/{lists.unit_id}/arbeidslister/{lists.on.isoformat()}/DAY/")

        assert "Veitjenesten" not in page.content.decode()


def test_a_server_is_asked_with_the_settings_address(roads: RoadService) -> None:
    source = RoadTravel(Osrm(bases={"car": roads.base}), at=NOW)

    source.seconds(HOMES[:2], "car")

    assert roads.asked[0].startswith("/table/v1/driving/10.000000,60.000000;10.000000,60.001000")
