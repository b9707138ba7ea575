"""Codes people make themselves: who can be known again, what is kept of it, and when nobody can (R40)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests import builders_surveys
from tests.builders_surveys import alike, answered, closed, people
from tests.cast import MONDAY, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts.paired import paired_panel
from tillit.learning.surveys.models import Answer, Campaign, PairedChange, Series, Urn, Waiting
from tillit.learning.surveys.rules import pairing
from tillit.learning.surveys.rules import urn as urns

KEY = "k" * 64
CODE = {"pair1": "a", "pair2": "7", "pair3": "Ø", "pair4": "x"}


def those(scores: Sequence[float], first: int = 0) -> list[pairing.Waiting]:
    return [pairing.Waiting(f"m{first + number}", {"P": score}) for number, score in enumerate(scores)]


class TestCodes:
    def test_the_same_code_gives_the_same_mark_however_it_is_typed_and_with_another_key_another(self) -> None:
        mark = pairing.mark_of(KEY, CODE)
        assert mark and len(mark) == 32
        assert mark == pairing.mark_of(KEY, {"pair1": " A ", "pair2": "07", "pair3": "ø", "pair4": "X", "A1": "3"})
        assert mark != pairing.mark_of(KEY[1:], CODE)
        assert mark != pairing.mark_of(KEY, {**CODE, "pair1": "b"})

    def test_nobody_has_to_and_half_a_code_is_none(self) -> None:
        assert pairing.mark_of(KEY, {"A1": "3", "pair1": "  "}) is None
        for wrong in ({"pair2": "32"}, {"pair2": "0"}, {"pair2": ""}, {"pair1": "ab"}, {"pair1": "4"}, {"pair2": "²"}):
            with pytest.raises(pairing.NotWhole) as refused:
                pairing.mark_of(KEY, {**CODE, **wrong})
            assert refused.value.fields == tuple(wrong)


class TestChanges:
    def test_is_that_of_those_in_both_by_the_formula_of_measures(self) -> None:
        found = pairing.change("P", those([4, 4, 3, 5, 2]), those([3, 2, 3, 4, 2]), all_now=5, all_then=5)
        assert found is not None
        assert (found.pairs, found.difference, found.dz) == (5, 0.8, 1.0)  # (1 + 2 + 0 + 1 + 0) / 5
        assert (found.low, found.high) == (-0.2, 1.8)  # 0.8 ± 2.776 · 0.837 / √5, as it is shown

    def test_under_five_pairs_and_where_one_to_four_are_outside_there_is_nothing_R40(self) -> None:
        now, then = those([4, 4, 3, 5]), those([3, 2, 3, 4])
        assert pairing.change("P", now, then, all_now=9, all_then=9) is None
        five, before = those([4, 4, 3, 5, 2]), those([3, 2, 3, 4, 2])
        assert pairing.change("P", five, before, all_now=6, all_then=5) is None  # her answer, by subtraction
        assert pairing.change("P", five, before, all_now=7, all_then=7) is None  # four outside
        assert pairing.change("P", five, before, all_now=10, all_then=5) is not None
        assert pairing.change("P", five, those([3, 3, 2, 4, 1]), all_now=5, all_then=5) is None  # all by one: known

    def test_a_code_that_two_made_is_nobodys(self) -> None:
        twice = [*those([4, 4, 3, 5, 2]), *those([1])]
        assert pairing.change("P", twice, those([3, 2, 3, 4, 2]), all_now=6, all_then=5) is None  # four pairs

    def test_what_waits_is_packed_round_and_comes_back(self) -> None:
        rows = tuple(those([4, 2.5]))
        assert pairing.unpacked(pairing.packed(rows)) == rows and pairing.unpacked(b"") == ()
        assert len(pairing.packed(rows)) == len(pairing.packed(rows * 20)) == urns.SMALLEST


@pytest.fixture
def team(cast: Cast) -> list[Employee]:
    return people(cast.bekkedal, 10, family="Berg")


def wave(cast: Cast, team: list[Employee], steps: Sequence[int], weeks: int, coded: int = 10) -> Campaign:
    """A closed wave in which the first `coded` made a code of their own."""
    at = MONDAY + timedelta(weeks=weeks)
    campaign = actions.ask_survey(
        actor=builders_surveys.KEEPER, instrument="team", version=1, unit_ids=[cast.bekkedal.pk], title="Teamet vårt",
        closes_on=oslo.day_of(at), at=at, pairs=True,
    )  # fmt: skip
    said: list[dict[str, Any]] = []
    for number, step in enumerate(steps):
        code = {**CODE, "pair2": str(1 + number)} if number < coded else {}
        said.append({**alike("team", step), **code})
    answered(campaign, team[: len(steps)], said, at)
    return closed(campaign, at=at + timedelta(minutes=5))


@pytest.mark.django_db
class TestSeries:
    def test_from_wave_to_wave_only_sums_are_kept_and_the_key_goes_in_the_end_R40(
        self, cast: Cast, team: list[Employee], client: Client
    ) -> None:
        first = wave(cast, team, [2, 3, 3, 2, 3, 2, 3, 3, 2, 3], -8)
        key = Series.objects.get().key
        assert not PairedChange.objects.exists() and Waiting.objects.count() == 1
        assert not any(pairing.MARK in one.given for one in Answer.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM surveys_waiting")
            assert str(pairing.mark_of(key, {**CODE, "pair2": "1"})).encode() not in bytes(cursor.fetchone()[0])

        second = wave(cast, team, [3, 4, 3, 4, 4, 3, 4, 3, 3, 4], -4)

        assert second.series_id == first.series_id and Waiting.objects.get().group.campaign == second
        found = {one.code: one for one in PairedChange.objects.all()}
        assert {one.pairs for one in found.values()} == {10} and found["STYRKE"].group.campaign == second
        assert found["STYRKE"].difference == 0.9  # 35 − 26, over ten
        client.force_login(cast.marit.employee.user)  # type: ignore[arg-type]
        page = client.get(f"/undersokelser/{second.pk}/").content.decode()
        assert "De samme, to ganger" in page and "+0,9" in page and "Slett nøkkelen" in page
        assert "er uparet: alle som svarte" in page
        (own,) = queries.views_of(actor=cast.marit.actor, campaign=second)
        asked = queries.get_instrument(second.instrument, second.version)
        above = paired_panel(cast.marit.actor, second, asked, replace(own, is_sum=True))
        assert above and above.table is None and above.may_end  # above the teams: no numbers, but the press
        assert paired_panel(cast.ingrid.actor, second, asked, replace(own, is_sum=True)) is None

        at = MONDAY - timedelta(weeks=1)
        keeper: dict[str, Any] = {"actor": builders_surveys.KEEPER, "campaign_id": second.pk, "at": at}
        with pytest.raises(ChangedMeanwhile):
            actions.end_series(edition=7, **keeper)
        actions.end_series(edition=1, **keeper)
        series = Series.objects.get()
        assert series.key == "" and series.ended_at and not Waiting.objects.exists() and PairedChange.objects.exists()
        assert AuditEntry.objects.filter(subject=str(series)).get().change == {"key": "deleted"}
        with pytest.raises(ActionRefused):
            actions.end_series(edition=2, **keeper)
        assert wave(cast, team, [3] * 5, 0).series_id != series.pk  # a new key: nobody is known again

    def test_ends_by_itself_long_after_its_last_wave(self, cast: Cast, team: list[Employee]) -> None:
        last = wave(cast, team, [2, 3, 3, 2, 3], 0)
        assert last.closed_at is not None
        over = last.closed_at + timedelta(days=pairing.LONGEST_DAYS)
        assert actions.end_over(at=over) == 0 and Series.objects.get().key
        assert actions.end_over(at=over + timedelta(seconds=1)) == 1
        assert Series.objects.get().key == "" and not Waiting.objects.exists()

    def test_who_makes_no_code_answers_all_the_same_and_half_a_code_comes_back(
        self, cast: Cast, team: list[Employee]
    ) -> None:
        wave(cast, team, [2, 3, 3, 2, 3, 2, 3, 3, 2, 3], 0)
        second = wave(cast, team, [3, 4, 3, 4, 4, 3, 4, 3, 3, 4], 4, coded=4)
        assert second.groups.get().answered == 10 and not PairedChange.objects.exists()
        with pytest.raises(ActionRefused):
            actions.ask_survey(
                actor=builders_surveys.KEEPER, instrument="pulse", version=1, unit_ids=[cast.bekkedal.pk], title="Puls",
                closes_on=oslo.day_of(MONDAY), at=MONDAY, pairs=True,
            )  # fmt: skip
        at = MONDAY + timedelta(weeks=8)
        third = actions.ask_survey(
            actor=builders_surveys.KEEPER, instrument="team", version=1, unit_ids=[cast.bekkedal.pk], title="Tre",
            closes_on=oslo.day_of(at), at=at, pairs=True,
        )  # fmt: skip
        with pytest.raises(actions.CodeNotWhole):
            answered(third, team[:1], [{**alike("team", 3), "pair1": "A"}], at)
        assert Urn.objects.get(group__campaign=third).ballots == 0
