"""A hidden address is in no sheet for whoever is not going there, and on the page of whoever answers for her (R18).

That no page in reach tells it is asked with the matrix (`matrix.wrong_gets`).
"""

import pytest

from tests.cast import MONDAY_DATE
from tests.policy.telling import opened, place_told
from tests.policy.world import HIDDEN_STREET, Stands, World, marker
from tillit.care.citizens.models import Responsible


@pytest.mark.parametrize("who", ["TEAM_LEADER", "DISTRICT_LEADER", "ADMINISTRATOR"])
def test_no_sheet_tells_where_she_lives_or_of_those_out_of_reach_R18(world: World, who: str) -> None:
    answer = world.people[who].client().post("/import/uttrekk/")

    assert answer.status_code == 200
    content = opened(answer.content)
    assert len(content) > 5_000
    assert place_told(content) == []
    reached = {stands for stands in Stands if world.ground(who, stands)}
    told = {stands for stands in Stands if marker(stands).encode() in content}
    assert told <= reached
    assert (Stands.OWN in told) is (who != "ADMINISTRATOR")


def test_whoever_answers_for_her_is_told(world: World) -> None:
    nurse, citizen = world.people["NURSE"], world.citizens[Stands.HIDDEN]
    Responsible.objects.create(
        citizen=citizen, employee=nurse.employee, kind="SERVICE_RESPONSIBLE", valid_from=MONDAY_DATE
    )

    assert HIDDEN_STREET in nurse.client().get(f"/brukere/{citizen.pk}/").content.decode()
