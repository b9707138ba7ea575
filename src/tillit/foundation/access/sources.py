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


class ReachSource(Protocol):
    """Knows which citizens an employee reaches, or never reaches, whatever her roles say."""

    def __call__(self, actor: Actor, *, at: datetime) -> Actor:
        """Return the same actor with her `openings` and whom she is `barred` from at a moment (aware UTC)."""


def _roles_alone(actor: Actor, *, at: datetime) -> Actor:
    return actor


_reach_source: ReachSource = _roles_alone


def register_reach_source(source: ReachSource) -> None:
    """Let `source` answer for the rest of the process."""
    global _reach_source
    _reach_source = source


def actor_for(*, user_id: int, name: str, at: datetime) -> Actor:
    """Return the actor behind a user at a moment (aware UTC), with everything that opens and bars."""
    return _reach_source(_actor_source(user_id=user_id, name=name, at=at), at=at)
