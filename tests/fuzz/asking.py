"""Who asks in the tests of this folder, and which addresses."""

from collections.abc import Iterator

from django.db.models import CharField, Value
from django.db.models.functions import Cast as As
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.cast import Cast
from tests.policy.world import Stands, World
from tillit.care.visits.models import Visit
from tillit.foundation.access.addresses import Address, every_address
from tillit.foundation.access.models import User
from tillit.foundation.access.roles import Role

LEFT_OUT = {
    "login:log-out": "Ends the session the others are tried in",
    "decisions:letter_pdf": "The world's letter has no content; letters/test_rendering.py makes real ones",
}


def everything(cast: Cast) -> Client:
    """A browser for somebody who holds every role, so that nothing is refused at the door."""
    for role in Role:
        builders.role(cast.marit.employee, role, cast.municipality)
    # The world's visits are added by people: their place in the day is named as the product names it.
    Visit.objects.update(slot=Concat(Value("ADDED:"), As("pk", CharField())))
    client = Client(raise_request_exception=False)
    client.force_login(cast.marit.user)
    return client


def asker(world: World, app: str) -> Client:
    """Who asks for an app's addresses: the citizen herself for her own page, else somebody with every role."""
    client = everything(world.cast)
    if app == "minside":
        client.force_login(User.objects.get(private_account__citizen=world.citizens[Stands.OWN]))
    return client


def filled(world: World, address: Address) -> str | None:
    """The address with what is one's own in it; None when the world has no such thing."""
    kwargs = world.kwargs(address, Stands.OWN)
    return None if kwargs is None else reverse(address.door, kwargs=kwargs)


def apps_with_addresses() -> list[str]:
    """The name spaces there are, in order."""
    return sorted({address.door.partition(":")[0] for address in every_address()})


def addresses_of(app: str) -> Iterator[Address]:
    """The addresses of a name space that are asked for."""
    for address in every_address():
        if address.door.partition(":")[0] == app and address.door not in LEFT_OUT:
            yield address
