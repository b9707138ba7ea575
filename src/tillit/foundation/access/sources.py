"""Questions that access asks the floors above. They register an answer at start-up (`config.wiring`)."""

from datetime import datetime
from typing import Protocol

from tillit.foundation.access.actor import Actor


class ActorSource(Protocol):
    """Knows which employee a user is and which roles she holds in which units."""

    def __call__(self, *, user_id: int, name: str, at: datetime) -> Actor:
        """Return the actor at a moment (aware UTC)."""


def _without_roles(*, user_id: int, name: str, at: datetime) -> Actor:
    return Actor(user_id=user_id, name=name)


_actor_source: ActorSource = _without_roles


def register_actor_source(source: ActorSource) -> None:
    """Let `source` answer for the rest of the process."""
    global _actor_source
    _actor_source = source


def actor_for(*, user_id: int, name: str, at: datetime) -> Actor:
    """Return the actor behind a user at a moment (aware UTC)."""
    return _actor_source(user_id=user_id, name=name, at=at)
