"""News that travels upwards: typed, immutable, published inside the transaction that made it true.

Who hears what is written in one place, `tillit.config.wiring`.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

E = TypeVar("E")

_listeners: dict[type[Any], list[Callable[[Any], None]]] = defaultdict(list)


def listen(event_type: type[E], listener: Callable[[E], None]) -> None:
    """Let `listener` hear every `event_type`. Listening twice with the same function is hearing once."""
    if listener not in _listeners[event_type]:
        _listeners[event_type].append(listener)


def publish(event: object) -> None:
    """Tell all listeners, in the order they were wired, in the caller's transaction.

    A listener that fails fails the action: half-told news is worse than none. Effects outside the database
    (messages, e-mail) belong in `transaction.on_commit` inside the listener.
    """
    for listener in tuple(_listeners[type(event)]):
        listener(event)


def wired() -> dict[type[Any], tuple[Callable[[Any], None], ...]]:
    """Return who hears what, for the documentation and its test."""
    return {event_type: tuple(found) for event_type, found in _listeners.items()}
