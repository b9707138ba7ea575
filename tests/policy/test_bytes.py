"""No page, list, search, sheet or paper in reach says anything of a citizen out of reach: looked for in the bytes (R18).

Each citizen of the world has a word of her own in her name, her street and every text about her.
"""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.policy.expected import Answer, Asked
from tests.policy.matrix import NOBODYS
from tests.policy.world import Stands, World, marker
from tillit.foundation.access.addresses import every_address
from tillit.foundation.access.naming import Reach, reach_of
from tillit.foundation.access.roles import BESIDE_THE_WORK, Role

#: Between two units, by agreement: what stands in an offer, a question or a shared case is for both.
SHARED = frozenset({"handover:list", "questions:list", "decisions:queue", "decisions:appeals"})
#: The leader goes through the emergency accesses of those she leads, whoever they opened.
REVIEWED = "emergency:list"
READERS = tuple(
    role.value for role in (Role.CARE_WORKER, Role.NURSE, Role.CASE_WORKER, Role.TEAM_LEADER, Role.DISTRICT_LEADER)
)
OTHERS = (*(role.value for role in Role if role in BESIDE_THE_WORK), "RESTING_TEMP")


def gathering(world: World, who: str) -> Iterator[tuple[str, str]]:
    """Every page that is not about one citizen and is in reach: lists, boards, overviews."""
    person = world.people[who]
    actor = person.actor()
    for address in every_address():
        if "GET" not in address.methods or reach_of(address.door, address.names) not in (
            None,
            Reach.UNIT,
            Reach.EVERYBODY,
            Reach.WORD,
        ):
            continue
        if address.door.startswith(("ui:", "login:", "health")):
            continue
        kwargs = world.kwargs(address, Stands.OWN)
        if kwargs is None:
            continue
        asked = Asked(world, person, actor, address, Stands.OWN)
        if asked.answer() in (Answer.IN_REACH, Answer.MAYBE):
            yield address.door, asked.path(kwargs)


def out_of_reach(world: World, who: str) -> set[Stands]:
    """Those the pure rule says she does not reach."""
    return {stands for stands in Stands if world.ground(who, stands) is None}


@pytest.mark.parametrize("who", [*READERS, *OTHERS])
def test_lists_say_nothing_of_those_out_of_reach_R18(world: World, who: str) -> None:
    client = world.people[who].client()
    hidden = out_of_reach(world, who)
    wrong = []
    shown = 0
    for door, path in gathering(world, who):
        body = client.get(path).content.decode(errors="replace")
        shown += marker(Stands.OWN) in body
        for stands in hidden:
            if stands in (Stands.ENDED, Stands.FORMER) and door in SHARED:
                continue  # the unit has her case, or has offered her to others, until it is closed
            if door == REVIEWED and stands is not Stands.BARRED:
                continue
            if marker(stands) in body:
                wrong.append(f"{door} shows {stands} to {who}")

    assert shown > 4 if who in READERS else shown == 0
    assert not wrong, "\n".join(wrong)


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
