"""The others who work with citizens (R18)."""

import pytest

from tests.policy.matrix import wrong_gets, wrong_presses
from tests.policy.world import World

PEOPLE = ("CARE_WORKER", "THERAPIST", "CASE_WORKER")


@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_answers_and_tells_what_the_policy_says_R18(world: World, who: str) -> None:
    assert wrong_gets(world, who) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_a_press_out_of_reach_is_refused_and_writes_nothing_R18(world: World, who: str) -> None:
    assert wrong_presses(world, who) == []
