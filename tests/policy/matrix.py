"""Every address × every role × every way of standing to a citizen: the cells, and what is wrong with the answers.

The addresses come from the URL configuration, what they name and the permission from their declarations, and what is
expected from both (`expected`). A new address is in the matrix the moment it exists. The tests are a file for each
handful of people (`test_matrix_*.py`), so that they run side by side.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.test import Client

from tests.policy.expected import STATUSES, Answer, Asked
from tests.policy.one_actor import actors_kept
from tests.policy.telling import is_gathering, opened, place_told, strangers_told
from tests.policy.world import BESIDE, Stands, World, marker
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.naming import ABOUT_A_CITIZEN, Reach, reach_of
from tillit.foundation.access.roles import BESIDE_THE_WORK, Role

#: A press that most forms take, so that reach is what stops it.
PRESS = {
    "edition": "1", "words": "Noe er nytt.", "reason": "OTHER", "why": "Skal skje.", "on": "24.11.2026",
    "day": "24.11.2026", "kind": "BETTER", "text": "Noe", "answer": "Svar", "outcome": "AS_PLANNED",
    "press_key": "en-press",
}  # fmt: skip
#: The rule of who reaches whom is the same for all who read citizens: two are asked about everybody, the rest about
#: those one of each kind stands for.
THOROUGHLY = ("NURSE", "TEAM_LEADER")
EVERY_WAY = (Stands.OWN, Stands.FAR, Stands.BARRED, Stands.SELF)
#: A number nobody has.
NOBODYS = 987_654_321
PEOPLE = (*(role.value for role in Role), *BESIDE)


#: Those whose reach is the question: asked about every citizen in the other team's or group's way too.
GROUPED = ("GROUP_MEMBER", "APART_MEMBER")
IN_GROUPS = (Stands.OWN, Stands.GROUP, Stands.OTHER_GROUP, Stands.NEIGHBOUR)


@cache
def _addresses() -> tuple[Address, ...]:
    return tuple(every_address())


def cells(world: World, who: str, method: str) -> Iterator[tuple[Asked, dict[str, object]]]:
    """Every address that names something and takes the method, asked by one person about each citizen.

    What cannot differ is asked once: a role that lacks the permission is refused before anything is looked up, pages
    in reach are the same page, and what is not about a citizen lies in one unit or another.
    """
    person = world.people[who]
    actor = person.actor()
    for address in _addresses():
        if method not in address.methods or not _names_a_row(address):
            continue
        for stands in _worth_asking(address, who):
            kwargs = world.kwargs(address, stands)
            if kwargs is None:
                continue
            asked = Asked(world, person, actor, address, stands)
            answer = asked.answer()
            if (
                answer is Answer.NOT_FOUND
                or stands is Stands.OWN
                or (method == "GET" and answer is Answer.MAYBE and who == "NURSE")
            ):
                yield asked, kwargs


def _worth_asking(address: Address, who: str) -> tuple[Stands, ...]:
    reach = reach_of(address.door, address.names)
    if reach in ABOUT_A_CITIZEN:
        if who in GROUPED:
            return IN_GROUPS
        return tuple(stands for stands in Stands if who in THOROUGHLY or stands in EVERY_WAY)
    if reach in (Reach.UNIT, Reach.STAFF):
        return (Stands.OWN, Stands.NEIGHBOUR, Stands.FAR)
    return (Stands.OWN,)


def _names_a_row(address: Address) -> bool:
    return any(thing is not None and thing.reach is not Reach.WORD for thing in address.names.values())


#: In reach, but there is nothing to show: by address, why. What her own role may not is said by the app, with 403.
NOTHING_THERE = {
    "citizens:move_in": "She has not moved here from elsewhere",
    "citizens:resume_help": "Her help has not ended",
    "workforce:extend-absence": "An absence is one's own, or one leads the team",
    "planning:progress": "No search is going on",
    "planning:weeks-progress": "No search is going on",
    "decisions:letter_pdf": "Nothing is proposed in the case",
    "insight:picture": "Nothing has been counted",
    "journal:answer": "The demand is not answered yet",
}


#: Those on whose lists and boards the team's own citizen is; those beside the work, on whose pages nobody is.
READERS = ("CARE_WORKER", "NURSE", "CASE_WORKER", "TEAM_LEADER", "DISTRICT_LEADER")
READ_NOBODY = (*(role.value for role in BESIDE_THE_WORK), "RESTING_TEMP")


def wrong_gets(world: World, who: str) -> list[str]:
    """Open every address as one person, and return the answers that the policy does not give, or that tell too much."""
    client = world.people[who].client()
    out_of_reach = [stands for stands in Stands if world.ground(who, stands) is None]
    wrong = []
    tried = shown = 0
    with actors_kept():
        for asked, kwargs in (*cells(world, who, "GET"), *_in_reach_beside(world, who)):
            answer, response = asked.answer(), client.get(asked.path(kwargs))
            content, cell = opened(response.getvalue()), f"{asked.address.door} {asked.stands}"
            tried += 1
            if not _as_expected(client, asked, kwargs, response):
                wrong.append(f"{cell}: {response.status_code}, the policy says {answer}")
            wrong += [f"{cell}: tells where she lives, {trace}" for trace in place_told(content)]
            if is_gathering(asked.address):
                shown += marker(Stands.OWN).encode() in content
                wrong += [f"{cell}: shows {one}" for one in strangers_told(asked.address.door, content, out_of_reach)]
            elif response.status_code in (403, 404) and marker(asked.stands).encode() in content:
                wrong.append(f"{cell}: the refusal names her")
    assert tried > 50
    assert shown > 4 or who not in READERS
    assert shown == 0 or who not in READ_NOBODY
    return wrong


def _in_reach_beside(world: World, who: str) -> Iterator[tuple[Asked, dict[str, object]]]:
    """What is in reach beside the cells: pages that name no row, and those about her with the hidden address."""
    person = world.people[who]
    actor = person.actor()
    for address in _addresses():
        if "GET" not in address.methods:
            continue
        if reach_of(address.door, address.names) in ABOUT_A_CITIZEN:
            stands = Stands.HIDDEN
        elif is_gathering(address) and not _names_a_row(address):
            stands = Stands.OWN
        else:
            continue
        kwargs = world.kwargs(address, stands)
        asked = Asked(world, person, actor, address, stands)
        if kwargs is not None and asked.answer() in (Answer.IN_REACH, Answer.MAYBE):
            yield asked, kwargs


def _as_expected(client: Client, asked: Asked, kwargs: dict[str, object], response: Any) -> bool:
    answer, status = asked.answer(), response.status_code
    return (
        status in STATUSES[answer]
        or (status in (403, 404) and asked.address.door in NOTHING_THERE)
        or (answer is Answer.NOT_FOUND and _as_for_nothing(client, "get", asked, kwargs, response))
    )


def wrong_presses(world: World, who: str) -> list[str]:
    """Press every button that is not hers, and return those that are not refused, or leave something."""
    client = world.people[who].client()
    wrong = []
    tried = 0
    with actors_kept():
        for asked, kwargs in cells(world, who, "POST"):
            answer = asked.answer()
            if answer not in (Answer.REFUSED, Answer.NOT_FOUND):
                continue
            before = _written(asked)
            response = client.post(asked.path(kwargs), PRESS)
            tried += 1
            if response.status_code not in STATUSES[answer] and not _as_for_nothing(
                client, "post", asked, kwargs, response
            ):
                wrong.append(f"{asked.address.door} {asked.stands}: {response.status_code}, the policy says {answer}")
            if _written(asked) != before:
                wrong.append(f"{asked.address.door} {asked.stands}: wrote something")
    assert tried > 50
    return wrong


def _as_for_nothing(client: Client, method: str, asked: Asked, kwargs: dict[str, object], response: Any) -> bool:
    """Whether a number nobody has gets the same answer: then it says nothing about what is out of reach."""
    nobodys = {
        name: NOBODYS if isinstance(value, int) and (name != "unit_id" or asked.is_in_a_unit()) else value
        for name, value in kwargs.items()
    }
    other = getattr(client, method)(asked.path(nobodys), PRESS if method == "post" else None)
    return other.status_code == response.status_code and _leads(other, nobodys) == _leads(response, kwargs)


def _leads(response: Any, kwargs: dict[str, object]) -> str:
    place = response.headers.get("Location", "")
    for value in kwargs.values():
        place = place.replace(f"/{value}/", "/N/")
    return str(place)


def _written(asked: Asked) -> tuple[int, int]:
    """What a press could leave: changes, and looks at the citizen."""
    citizen = asked.world.citizens[asked.stands]
    return AuditEntry.objects.count(), AccessEntry.objects.filter(citizen_id=citizen.pk).count()
