"""Two roles are not one: a role that sees no citizen, held in the whole municipality, opens nobody elsewhere (R18).

Whoever reads citizens in her own team and represents, administers or studies the municipality besides, gets the same
answers about citizens of other teams as if she only worked in her own.
"""

from collections.abc import Container

import pytest
from django.db import transaction
from django.test import Client

from tests import builders
from tests.policy.matrix import PRESS
from tests.policy.one_actor import actors_kept
from tests.policy.world import Stands, World, marker
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.naming import ABOUT_A_CITIZEN, reach_of
from tillit.foundation.access.roles import BESIDE_THE_WORK
from tillit.foundation.workforce.models import RoleHolding

Key = tuple[str, str, Stands]
Answers = dict[Key, tuple[int, bool]]


def _answers(world: World, client: Client, method: str, only: Container[Key] | None = None) -> Answers:
    found: Answers = {}
    for address in every_address():
        if method not in address.methods or address.door.startswith(("login:", "minside:")):
            continue
        for stands in (Stands.NEIGHBOUR, Stands.FAR) if address.names else (Stands.FAR,):
            if method == "POST" and not _is_about_a_citizen(address):
                continue
            key = (address.door, method, stands)
            kwargs = world.kwargs(address, stands) if only is None or key in only else None
            if kwargs is not None:
                found[key] = _answer(client, method, world.path(address, kwargs))
    return found


def _is_about_a_citizen(address: Address) -> bool:
    return reach_of(address.door, address.names) in ABOUT_A_CITIZEN


def _answer(client: Client, method: str, path: str) -> tuple[int, bool]:
    """Return the status, and whether somebody of another team is named; undo what it did."""
    with transaction.atomic():
        answer = client.get(path) if method == "GET" else client.post(path, PRESS)
        transaction.set_rollback(True)
    body = answer.content.decode(errors="replace") if not answer.streaming else ""
    return answer.status_code, any(marker(one) in body for one in (Stands.NEIGHBOUR, Stands.FAR))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_role_without_citizens_opens_none_in_other_teams_R18(world: World, method: str) -> None:
    nurse = world.people["NURSE"]
    added = [builders.role(nurse.employee, role, world.cast.municipality).pk for role in BESIDE_THE_WORK]
    with actors_kept():
        both = _answers(world, nurse.client(), method)
    RoleHolding.objects.filter(pk__in=added).delete()
    worth_asking = {key for key, (status, is_named) in both.items() if is_named or status not in (403, 404)}
    with actors_kept():
        alone = _answers(world, nurse.client(), method, worth_asking)

    about = {address.door for address in every_address() if _is_about_a_citizen(address)}
    opened = {
        key: (status, both[key][0])
        for key, (status, _named) in alone.items()
        if key[0] in about and status in (403, 404) and both[key][0] not in (403, 404)
    }
    named = sorted(key for key, (_status, is_named) in both.items() if is_named and not alone[key][1])
    assert opened == {}
    assert named == []
    assert sum(status == 404 for status, _named in both.values()) > 60
