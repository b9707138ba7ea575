"""A number of one citizen's under the address of another: never shown, never changed, whoever asks (R18).

The one who asks has every role over both teams, so that reach alone does not stop her: what an address says about the
citizen, the unit or the case must be true of everything else it names.
"""

from itertools import permutations

import pytest
from django.test import Client

from tests import builders
from tests.builders_consents import let_in
from tests.policy.matrix import PRESS
from tests.policy.world import Stands, World, marker
from tillit.care.consents.rules import Part
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.naming import Reach
from tillit.foundation.access.roles import Role

#: Two names that are both chosen by the one who asks: which belongs to which is the question itself.
BOTH_CHOSEN = {
    "citizens:merge": "Which two registrations to put together is what is asked",
    "workforce:extend-absence": "An absence is a person's: the unit is where one came from, and goes back to",
    "workforce:withdraw-absence": "An absence is a person's: the unit is where one came from, and goes back to",
}
NOT_ROWS = (Reach.WORD, Reach.EVERYBODY, Reach.OWN)


def nested() -> list[Address]:
    """The addresses that name two or more things which belong together."""
    return [
        address
        for address in every_address()
        if address.door not in BOTH_CHOSEN
        and sum(thing is not None and thing.reach not in NOT_ROWS for thing in address.names.values()) > 1
    ]


def crossed(world: World, address: Address) -> list[dict[str, object]]:
    """The address filled with one thing of the neighbour's and the rest of one's own, and the other way round."""
    found = []
    for mine, hers in permutations((Stands.OWN, Stands.NEIGHBOUR), 2):
        own, other = world.kwargs(address, mine), world.kwargs(address, hers)
        if own is None or other is None:
            continue
        for name, thing in address.names.items():
            if thing is not None and thing.reach not in NOT_ROWS and own[name] != other[name]:
                found.append(own | {name: other[name]})
    return found


@pytest.fixture
def everything(world: World) -> World:
    """The district's leader, who also holds every role of the teams in both."""
    person = world.people["DISTRICT_LEADER"]
    for role in set(Role) - {Role.DISTRICT_LEADER}:
        builders.role(person.employee, role, world.cast.south)
    return world


def test_there_are_nested_addresses(world: World) -> None:
    assert len(nested()) > 30
    missing = [address.door for address in nested() if world.kwargs(address, Stands.OWN) is None]
    assert missing == ["citizens:undo_merge"]  # merged ones: citizens/test_undoing.py


def _let_in_to_both(world: World) -> Client:
    """A daughter who sees all that can be given of both citizens' own pages."""
    for stands in (Stands.OWN, Stands.NEIGHBOUR):
        user, _consent = let_in(world.citizens[stands], *Part, name="Datter av begge")
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_number_under_anothers_address_is_not_found_R18(everything: World, method: str) -> None:
    world = everything
    leader = world.people["DISTRICT_LEADER"].client()
    wrong = []
    tried = 0
    both_doors = _let_in_to_both(world)
    for address in nested():
        if method not in address.methods:
            continue
        client = both_doors if address.door.startswith("minside:") else leader
        for kwargs in crossed(world, address):
            before = AuditEntry.objects.count()
            path = world.path(address, kwargs)
            answer = client.get(path) if method == "GET" else client.post(path, PRESS)
            tried += 1
            if answer.status_code == 404:
                continue
            body = answer.content.decode(errors="replace") if not answer.streaming else ""
            wrote = AuditEntry.objects.count() != before
            both = all(marker(stands) in body for stands in (Stands.OWN, Stands.NEIGHBOUR))
            if answer.status_code in (409, 422) and not wrote and not both:
                continue  # refused for another reason before the two were looked at; nothing is told or done
            wrong.append(f"{method} {address.door} {kwargs}: {answer.status_code}{' wrote' * wrote}{' both' * both}")

    assert tried > 15
    assert not wrong, "\n".join(wrong)
