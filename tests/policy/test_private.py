"""Citizens and relatives: only their own pages, only the parts that are open, and nothing of the work (R18).

Every address of the product is asked: what is the work's is refused, whatever it names; what is hers opens; what is
another's, or a part that is not given or is taken back, is as if it were not there.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.policy.matrix import NOBODYS, PRESS
from tests.policy.one_actor import actors_kept
from tests.policy.world import Stands, World, marker
from tillit.care.consents.models import Consent, ConsentPart
from tillit.care.consents.permissions import ALL_HERS, OPEN_PAGE, SEE_GOALS, SEE_VISITS, WITH_ANY_PART
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.access.permissions import LOGGED_IN, PUBLIC, all_permissions

#: What is open of her own page, to each. The one whose consent is over is let in to nothing.
OPENS = {
    "CITIZEN": frozenset(one.code for one in ALL_HERS),
    "RELATIVE": frozenset(one.code for one in (*WITH_ANY_PART, SEE_VISITS, SEE_GOALS)),
    "ENDED": frozenset[str](),
}


def _user(world: World, who: str) -> User:
    citizen = world.citizens[Stands.OWN]
    if who == "CITIZEN":
        return User.objects.get(private_account__citizen=citizen)
    if who == "ENDED":
        consent = Consent.objects.get(citizen=citizen)
        ConsentPart.objects.filter(consent=consent).update(ended_at=consent.recorded_at)
    return User.objects.get(private_account__consents__citizen=citizen)


def _client(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(_user(world, who))
    return client


def _asked(world: World, *stands: Stands, hers: bool) -> Iterator[tuple[Address, str, str, Stands]]:
    """Her own pages, or all the others; filled with what is about each of the citizens."""
    for address in every_address():
        if address.door.startswith("minside:") is not hers or address.permission is None:
            continue
        for one in stands if address.names else stands[:1]:
            kwargs = world.kwargs(address, one)
            if kwargs is not None:
                for method in sorted(set(address.methods) & {"GET", "POST"}):
                    yield address, method, world.path(address, kwargs), one


def _answer(client: Client, method: str, path: str) -> tuple[int, str]:
    """Ask, and undo what it did."""
    with transaction.atomic():
        answer = client.get(path) if method == "GET" else client.post(path, PRESS)
        transaction.set_rollback(True)
    return answer.status_code, answer.content.decode()


def test_a_private_permission_is_no_roles_and_opens_pages_of_her_own_alone_R18() -> None:
    private = {one for one in all_permissions() if one.private} - {LOGGED_IN}

    assert not [one.code for one in private if one.roles]
    assert set(ALL_HERS) == private
    assert {one.door.partition(":")[0] for one in every_address() if one.permission in private} == {"minside"}
    assert sorted(one.door for one in every_address() if one.permission is LOGGED_IN) == [
        "home:front_door", "login:in-use", "login:lock", "login:locked", "login:pin",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["CITIZEN", "RELATIVE"])
def test_no_page_of_the_work_opens_whatever_it_names_R18(world: World, who: str) -> None:
    client, user, before = _client(world, who), _user(world, who), AuditEntry.objects.count()
    wrong, tried = [], 0
    with actors_kept():
        for address, method, path, _stands in _asked(world, Stands.OWN, hers=False):
            if address.permission in (PUBLIC, LOGGED_IN) or (who != "CITIZEN" and method == "POST"):
                continue
            status, body = _answer(client, method, path)
            tried += 1
            if status != 403 or marker(Stands.OWN) in body.replace(user.name, ""):
                wrong.append(f"{method} {address.door}: {status}")

    assert wrong == []
    assert tried > 150
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("who", OPENS)
def test_hers_opens_and_every_other_page_is_as_if_it_were_not_there_R18(world: World, who: str) -> None:
    client = _client(world, who)
    wrong, tried = [], 0
    for address, method, path, stands in _asked(world, Stands.OWN, Stands.NEIGHBOUR, hers=True):
        assert address.permission is not None
        opens = stands is Stands.OWN and address.permission.code in OPENS[who]
        expected = {200, 302, 409, 422} if opens or not address.names else {404}
        status, body = _answer(client, method, path)
        tried += 1
        if status not in expected or marker(Stands.NEIGHBOUR) in body:
            wrong.append(f"{method} {address.door} {stands}: {status}")

    assert wrong == []
    assert tried > 20


def test_what_is_not_hers_answers_as_what_nobody_has_R18(world: World) -> None:
    client = _client(world, "RELATIVE")
    place = next(one for one in every_address() if one.permission is OPEN_PAGE and one.names)
    neighbour = world.path(place, {"citizen_id": world.citizens[Stands.NEIGHBOUR].pk})
    nobodys = world.path(place, {"citizen_id": NOBODYS})

    there, nothing = client.get(neighbour), client.get(nobodys)

    assert (there.status_code, nothing.status_code) == (404, 404)
    assert there.content.decode().replace(neighbour, "") == nothing.content.decode().replace(nobodys, "")


def test_no_employee_opens_min_side_with_any_role_R18(world: World) -> None:
    for who in ("NURSE", "ADMINISTRATOR"):
        client = world.people[who].client()
        asked = _asked(world, Stands.OWN, hers=True)
        assert [one.door for one, method, path, _s in asked if _answer(client, method, path)[0] != 403] == [], who
