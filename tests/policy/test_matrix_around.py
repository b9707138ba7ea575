"""Those above and around the team, temps who rest, and those of work groups (R18)."""

import pytest

from tests.policy.matrix import wrong_gets, wrong_presses
from tests.policy.world import World

PEOPLE = (
    "DISTRICT_LEADER", "PROJECT_LEADER", "REPRESENTATIVE", "ADMINISTRATOR", "PRIVACY_REVIEWER",
    "RESEARCHER", "RESTING_TEMP", "GROUP_MEMBER", "APART_MEMBER",
)  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_answers_and_tells_what_the_policy_says_R18(world: World, who: str) -> None:
    assert wrong_gets(world, who) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_a_press_out_of_reach_is_refused_and_writes_nothing_R18(world: World, who: str) -> None:
    assert wrong_presses(world, who) == []
