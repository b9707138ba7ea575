"""Means for indicators: the same as on the page, nothing of too few, nothing that gives a team away (R40)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.builders_surveys import alike, answered, closed, launched, people
from tests.cast import MONDAY, Cast
from tillit.learning.surveys import facts

CONSTANT_QUERIES = 3


class TestMeans:
    def test_are_the_groups_own_with_n_in_a_band(self, cast: Cast) -> None:
        asked = people(cast.bekkedal, 6, family="Berg")
        campaign = launched(cast)
        answered(campaign, asked, [alike("team", step) for step in (2, 3, 4, 4, 5, 3)])
        closed(campaign)

        rows = facts.means().to_dicts()

        assert {row["code"] for row in rows} == {"STYRKE", "AUTONOMI", "VIRKNING", "MENING"}
        assert {(row["unit"], row["is_sum"], row["n"]) for row in rows} == {(cast.bekkedal.pk, False, "5–9")}
        assert all(row["mean"] == pytest.approx(3.5) for row in rows)
        assert all(row["low"] < 3.5 < row["high"] for row in rows)

    def test_are_empty_when_few_of_the_asked_have_answered(self, cast: Cast) -> None:
        asked = people(cast.bekkedal, 14, family="Berg")
        campaign = launched(cast)
        answered(campaign, asked[:6], [alike("team", step) for step in (2, 3, 4, 4, 5, 3)])
        closed(campaign)

        assert facts.means()["mean"].null_count() == 4

    def test_open_surveys_have_none(self, cast: Cast) -> None:
        asked = people(cast.bekkedal, 6, family="Berg")
        answered(launched(cast), asked, [alike("team", 3)] * 6)

        assert facts.means().is_empty()

    def test_hold_no_sum_that_gives_a_team_away(self, cast: Cast) -> None:
        """The sum of two teams that see their own numbers is shown: each may take her own from it and gets five."""
        first = people(cast.bekkedal, 6, family="Berg")
        second = people(cast.solvik, 5, family="Sol")
        campaign = launched(cast, cast.bekkedal, cast.solvik)
        answered(campaign, first, [alike("team", step) for step in (2, 3, 4, 4, 5, 3)])
        answered(campaign, second, [{**alike("team", step), **missing} for step, missing in zip(
            (2, 3, 4, 4, 5), ({}, {}, {}, {}, {"A1": "", "A2": "", "A3": ""}), strict=True
        )])  # fmt: skip
        closed(campaign)

        rows = facts.means()
        sums = {row["code"]: row for row in rows.to_dicts() if row["is_sum"]}
        solvik = {row["code"]: row for row in rows.to_dicts() if row["unit"] == cast.solvik.pk}

        assert solvik["STYRKE"]["mean"] is None
        assert sums["STYRKE"]["mean"] is None
        assert sums["MENING"]["mean"] is not None

    def test_ask_the_same_number_of_queries_however_many_waves(
        self, cast: Cast, django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        asked = people(cast.bekkedal, 6, family="Berg")
        for weeks in (0, 9):
            at = MONDAY + timedelta(weeks=weeks)
            campaign = launched(cast, at=at)
            answered(campaign, asked, [alike("team", step) for step in (2, 3, 4, 4, 5, 3)], at)
            closed(campaign)

        with django_assert_num_queries(CONSTANT_QUERIES):
            found = facts.means(instrument="team")

        assert found.height == 8
        assert found["fingerprint"].n_unique() == 1
        assert found["opened_on"].is_sorted()
