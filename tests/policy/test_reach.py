"""Who reaches whom, written out by hand: the same world that every address is tried in (R18)."""

import pytest

from tests.policy.matrix import PEOPLE
from tests.policy.test_matrix_around import PEOPLE as AROUND
from tests.policy.test_matrix_leader import PEOPLE as LEADER
from tests.policy.test_matrix_nurse import PEOPLE as NURSE
from tests.policy.test_matrix_team import PEOPLE as TEAM
from tests.policy.world import Stands, World
from tillit.foundation.access.grounds import Ground
from tillit.foundation.access.models import RefusedEntry

#: Towards a nurse of Bekkedal. None: out of reach.
NURSES: dict[Stands, Ground | None] = {
    Stands.OWN: Ground.FOLLOWS,
    Stands.NEIGHBOUR: None,
    Stands.FAR: None,
    Stands.ENDED: None,
    Stands.FORMER: Ground.FORMER,
    Stands.MOVED: None,
    Stands.BARRED: None,
    Stands.ASKED_IN: Ground.REQUEST,
    Stands.EMERGENCY: Ground.EMERGENCY,
    Stands.HIDDEN: Ground.FOLLOWS,
    Stands.GROUP: Ground.FOLLOWS,
    Stands.OTHER_GROUP: None,
    Stands.SELF: None,
    Stands.RELATIVE: None,
    Stands.DANGER: Ground.FOLLOWS,
}


def test_everybody_is_in_the_matrix_once() -> None:
    assert sorted((*NURSE, *LEADER, *TEAM, *AROUND)) == sorted(PEOPLE)


def test_a_nurse_reaches_these_and_no_others_R18(world: World) -> None:
    assert {stands: world.ground("NURSE", stands) for stands in Stands} == NURSES


def test_a_work_group_that_shares_lists_reaches_its_team_and_one_that_does_not_keeps_to_itself_R02(
    world: World,
) -> None:
    asked = (Stands.OWN, Stands.GROUP, Stands.OTHER_GROUP, Stands.NEIGHBOUR)

    assert [world.ground("GROUP_MEMBER", one) for one in asked] == [Ground.FOLLOWS, Ground.FOLLOWS, None, None]
    assert [world.ground("APART_MEMBER", one) for one in asked] == [None, None, None, None]


@pytest.mark.parametrize("who", ["PROJECT_LEADER", "REPRESENTATIVE", "ADMINISTRATOR", "PRIVACY_REVIEWER", "RESEARCHER"])
def test_who_does_not_work_with_citizens_reaches_none_R18(world: World, who: str) -> None:
    assert {stands for stands in Stands if world.ground(who, stands)} == set()


@pytest.mark.parametrize("stands", [Stands.SELF, Stands.RELATIVE])
def test_ones_own_and_ones_familys_record_stays_closed_and_the_log_says_that_she_tried_R18(
    world: World, stands: Stands
) -> None:
    nurse = world.people["NURSE"]
    citizen = world.citizens[stands]

    answer = nurse.client().get(f"/brukere/{citizen.pk}/")

    assert answer.status_code == 404
    tried = RefusedEntry.objects.get(user=nurse.user, asked_for__contains=f":{citizen.pk}")
    assert (tried.door, tried.status) == ("citizens:page", 404)
