"""Somebody with two roles: reaching a team by one of them gives nothing of what the other may do elsewhere."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders, builders_responsibility
from tests.cast import Cast, Member
from tillit.foundation.access.roles import Role

SignIn = Callable[[Member], Client]


@pytest.mark.parametrize("door", ["workforce:shifts", "responsibility:new-duty", "responsibility:arrange-duty"])
def test_a_representative_who_also_works_in_a_team_does_not_work_in_the_others_R18(
    cast: Cast, client_of: SignIn, door: str
) -> None:
    builders.role(cast.amir.employee, Role.REPRESENTATIVE, cast.municipality)
    duty = {unit: builders_responsibility.duty(unit) for unit in (cast.bekkedal, cast.solvik)}
    client = client_of(cast.amir)

    found = {
        unit.name: client.get(reverse(door, args=[duty[unit].pk if door.endswith("arrange-duty") else unit.pk]))
        for unit in (cast.bekkedal, cast.solvik)
    }

    assert {name: answer.status_code for name, answer in found.items()} == {"Team Bekkedal": 200, "Team Solvik": 403}
