"""Ways in, sessions and links to login services are one's own: nobody else's can be seen, named or ended (R18)."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.policy.matrix import PEOPLE
from tests.policy.world import World
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.access.naming import Reach, reach_of
from tillit.foundation.login.models import Identity, LoginSession, Passkey


def of_login() -> list[Address]:
    """The addresses that name somebody's way in."""
    return [
        address
        for address in every_address()
        if address.door.startswith("login:") and reach_of(address.door, address.names) is Reach.OWN
    ]


def ways_in_of(user: User) -> dict[str, int]:
    """Store a passkey, a session and a link of hers; return their numbers by the names in addresses."""
    passkey = Passkey.objects.create(
        user=user, credential_id=f"id-{user.pk}", credential=b"x", name=f"Telefonen til {user.name}", made_at=MONDAY
    )
    session = LoginSession.objects.create(
        user=user, mark="m", door="password", browser="Firefox, Windows", kind="OFFICE",
        began_at=MONDAY - timedelta(hours=1), used_at=MONDAY, proved_at=MONDAY,
    )  # fmt: skip
    identity = Identity.objects.create(
        user=user, issuer="https://example.invalid", subject=str(user.pk), made_at=MONDAY
    )
    return {"passkey_id": passkey.pk, "session_id": session.pk, "identity_id": identity.pk}


def left() -> tuple[object, ...]:
    """What a press could change."""
    return (
        AuditEntry.objects.count(),
        *Passkey.objects.order_by("pk").values_list("pk", "name"),
        *LoginSession.objects.order_by("pk").values_list("pk", "ended_at").filter(browser="Firefox, Windows"),
        *Identity.objects.order_by("pk").values_list("pk", "user_id"),
    )


def test_every_kind_is_tried() -> None:
    assert {name for address in of_login() for name in address.names} == {"passkey_id", "session_id", "identity_id"}


@pytest.mark.parametrize("who", PEOPLE)
def test_anothers_is_not_found_and_not_touched_R18(world: World, who: str) -> None:
    hers = ways_in_of(world.cast.frida.user)
    client = world.people[who].client()
    before = left()
    wrong = []
    for address in of_login():
        path = world.path(address, {name: hers[name] for name in address.names})
        for method in address.methods:
            if method not in ("GET", "POST"):
                continue
            answer = client.get(path) if method == "GET" else client.post(path, {"name": "Min nå"})
            if answer.status_code != 404:
                wrong.append(f"{method} {address.door}: {answer.status_code}")

    assert wrong == []
    assert left() == before
    assert "Frida" not in client.get("/meg/innlogging/").content.decode()


def test_ones_own_session_can_be_ended(world: World) -> None:
    nurse = world.people["NURSE"]
    hers = ways_in_of(nurse.user)

    answer = nurse.client().post(f"/meg/innlogging/okter/{hers['session_id']}/")

    assert answer.status_code == 302
    assert LoginSession.objects.get(pk=hers["session_id"]).ended_at is not None
