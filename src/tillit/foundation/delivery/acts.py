"""What can be done without coverage: acts, known by name. Each lies beside what it calls and is registered at start-up.

An act carries out an order exactly as the page would: through the ordinary named action, as its author, at the moment
it was said. It never asks who carried the envelope.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from django.utils.functional import Promise

from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import ActionRefused

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What an act is asked for. edition: what the author had seen; empty when she had seen nothing."""

    fields: Fields
    edition: str
    press_key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an order. already: the same press, or the same words, were there before."""

    href: str
    already: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said: «Notat» and the words."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """One of two versions. who, when: as shown on the page. edition: what carries on from here."""

    lines: tuple[Line, ...]
    who: str = ""
    when: str = ""
    edition: str = ""
    title: str = ""
    href: str = ""


class Clash(ActionRefused):
    """Somebody else has said something since the author looked. Nothing was overwritten."""


class Act(Protocol):
    """One thing that can be done without coverage."""

    @property
    def title(self) -> str | Promise:
        """What was said or done, in a few words."""

    @property
    def words(self) -> str:
        """The field with the author's own words, which she can write anew; empty when there are none."""

    def citizen_of(self, fields: Fields) -> int | None:
        """Return the citizen it is about, whoever asks; None when there is no such thing."""

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Do it, in the caller's transaction. Raises Clash, ActionRefused, NotAllowed, NotFound."""

    def mine(self, fields: Fields) -> Version:
        """Return what the author said, readable."""

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return what stands now, for one who reaches it; None when nothing does. Raises NotFound."""


@runtime_checkable
class Pictured(Protocol):
    """An act that carries a photo: a human who chooses must see it."""

    def picture(self, fields: Fields) -> bytes:
        """Return it as a JPEG drawn here, never as it came; empty when it cannot be read."""


class Names(Protocol):
    """Who citizens are, for one who may know it; asked of the floor above."""

    def __call__(self, *, actor: Actor, citizen_ids: Iterable[int], at: datetime) -> dict[int, str]:
        """Return the names of those the actor reaches, and note the reading."""


_acts: dict[str, Act] = {}
_names: list[Names] = []


def register(name: str, act: Act) -> None:
    """Make an act known. Registering again changes nothing."""
    _acts[name] = act


def act_of(name: str) -> Act | None:
    """Return the act of a name; None when this edition of the product has none."""
    return _acts.get(name)


def register_names(names: Names) -> None:
    """Make known who says whom a thing is about. The last one counts."""
    _names[:] = [names]


def names_of(*, actor: Actor, citizen_ids: Iterable[int], at: datetime) -> dict[int, str]:
    """Return the names of those in the actor's reach; nothing for the others."""
    asked = set(citizen_ids)
    return _names[0](actor=actor, citizen_ids=asked, at=at) if _names and asked else {}
