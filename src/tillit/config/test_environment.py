"""Settings from the environment: each one documented, and addresses that are asked read strictly."""

import re
from datetime import timedelta

import pytest

from tillit.config import environment
from tillit.config.environment import UnreadableSetting, read
from tillit.foundation.login.rules.limits import BOUNDS, Bound, Door


def test_the_operator_finds_every_variable_in_the_guide() -> None:
    source = (environment.PROJECT_ROOT / "src/tillit/config/environment.py").read_text(encoding="utf-8")
    guide = (environment.PROJECT_ROOT / "docs/operations.md").read_text(encoding="utf-8")

    asked = set(re.findall(r'"((?:TILLIT|DATABASE)_[A-Z_]+)"', source))
    told = set(re.findall(r"^\| `([A-Z_]+)`", guide, re.MULTILINE))
    assert asked == told


class TestRoadServices:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            ("", {}),
            ("http://osrm:5000", {"car": "http://osrm:5000"}),
            ("https://roads.example/routed-car/", {"car": "https://roads.example/routed-car"}),
            (
                "car=http://osrm:5000 bike=http://osrm:5001 foot=http://[::1]:5002",
                {"car": "http://osrm:5000", "bike": "http://osrm:5001", "foot": "http://[::1]:5002"},
            ),
            ("bike=http://osrm:5001,car=http://osrm:5000", {"car": "http://osrm:5000", "bike": "http://osrm:5001"}),
        ],
    )
    def test_one_address_for_each_mode_a_plain_one_is_the_cars(self, value: str, expected: dict[str, str]) -> None:
        assert read({"TILLIT_OSRM_URL": value}).road_services == expected

    @pytest.mark.parametrize(
        "value",
        [
            "osrm:5000",
            "ftp://osrm/",
            "file:///etc/passwd",
            "http://",
            "http://osrm:0",
            "http://osrm:99999",
            "http://[::1",
            "http://osrm/?profile=car",
            "http://osrm/#car",
            "boat=http://osrm:5000",
            "car=http://osrm:5000 car=http://osrm:5001",
            "http://osrm:5000 http://osrm:5001",
        ],
    )
    def test_anything_else_stops_the_start(self, value: str) -> None:
        with pytest.raises(UnreadableSetting, match="TILLIT_OSRM_URL"):
            read({"TILLIT_OSRM_URL": value})

    def test_a_password_in_an_address_is_refused_and_not_repeated(self) -> None:
        with pytest.raises(UnreadableSetting) as refused:
            read({"TILLIT_OSRM_URL": "http://user:hemmelig@osrm:5000"})
        assert "hemmelig" not in str(refused.value)


class TestPasswords:
    def test_alone_they_open_nothing_in_production_whatever_is_set(self) -> None:
        production = {"TILLIT_MODE": "production", "TILLIT_SECRET_KEY": "0123456789" * 5}

        assert read(production).password_login == "with-second-step"
        assert read({**production, "TILLIT_PASSWORD_LOGIN": "no"}).password_login == "no"
        with pytest.raises(UnreadableSetting, match="TILLIT_PASSWORD_LOGIN"):
            read({**production, "TILLIT_PASSWORD_LOGIN": "alone"})

    @pytest.mark.parametrize("mode", ["demo", "test"])
    def test_alone_they_do_in_the_demo_and_in_tests(self, mode: str) -> None:
        assert read({"TILLIT_MODE": mode}).password_login == "alone"

    @pytest.mark.parametrize("value", ["-1", "5", "two"])
    def test_a_number_of_proxies_that_cannot_be_stops_the_start(self, value: str) -> None:
        with pytest.raises(UnreadableSetting, match="TILLIT_PROXIES"):
            read({"TILLIT_PROXIES": value})


class TestLimits:
    def test_are_widened_by_the_operator(self) -> None:
        assert read({"TILLIT_LIMITS": "SEARCH=500/1"}).limits[Door.SEARCH] == Bound(500, timedelta(seconds=1))
        assert read({}).limits == BOUNDS

    @pytest.mark.parametrize("value", ["SEARCH", "SEARCH=0/1", "ALL=1/1", "off"])
    def test_anything_else_stops_the_start_and_says_which_doors_there_are(self, value: str) -> None:
        with pytest.raises(UnreadableSetting, match=r"TILLIT_LIMITS.*EMERGENCY"):
            read({"TILLIT_LIMITS": value})
