"""No search finds, and no time or word betrays, a citizen out of reach (R18).

That no page in reach tells of her is asked with the matrix (`matrix.wrong_gets`).
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.policy.matrix import NOBODYS, READERS
from tests.policy.world import Stands, World, marker
from tillit.foundation.access.addresses import every_address


def out_of_reach(world: World, who: str) -> set[Stands]:
    """Those the pure rule says she does not reach."""
    return {stands for stands in Stands if world.ground(who, stands) is None}


@pytest.mark.parametrize("who", READERS)
def test_a_search_finds_nobody_out_of_reach_R18(world: World, who: str) -> None:
    client = world.people[who].client()
    for stands in Stands:
        body = client.post("/brukere/sok/", {"q": marker(stands)[:8] + marker(stands)[8:]}).content.decode()
        found = f"/brukere/{world.citizens[stands].pk}/" in body
        if stands in out_of_reach(world, who):
            assert not found, stands
        elif stands is Stands.OWN:
            assert found


@pytest.mark.parametrize(
    "door", ["citizens:page", "decisions:case", "myday:visit", "letters:pdf", "questions:show", "handover:show"]
)
def test_what_is_out_of_reach_costs_what_does_not_exist_costs_R18(world: World, door: str) -> None:
    address = next(one for one in every_address() if one.door == door)
    client = world.people["NURSE"].client()
    client.get("/brukere/")
    asked = world.kwargs(address, Stands.FAR)
    assert asked is not None
    nobodys = dict.fromkeys(asked, NOBODYS)

    there, there_text = _asked(client, world.path(address, asked))
    nothing, nothing_text = _asked(client, world.path(address, nobodys))

    assert there == nothing
    assert there_text == nothing_text


def _asked(client: Client, path: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    assert answer.status_code == 404
    return len(queries), answer.content.decode().replace(path, "")
