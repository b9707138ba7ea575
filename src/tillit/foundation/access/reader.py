"""Who reads while one request runs, for lists that gather many citizens for everybody in a team.

What stands on a team's board or lists is the same for all who work there, except for what one of them must not see: a
citizen who has objected to her, a hidden address. Queries that hand out such rows ask here who reads, so that a new
page cannot forget it. Whoever opened the door (the middleware) says it; in commands and tasks nobody reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from tillit.foundation.access.actor import Actor

_reader: ContextVar[Actor | None] = ContextVar("tillit_reader", default=None)


def reader() -> Actor | None:
    """Return who reads now; None when no person does."""
    return _reader.get()


def barred_now() -> frozenset[int]:
    """Return the citizens whom the reader must not see, for lists that are the same for a whole team."""
    me = _reader.get()
    return me.barred if me else frozenset()


@contextmanager
def reading_as(actor: Actor | None) -> Iterator[None]:
    """Let `actor` be who reads until the block ends."""
    token = _reader.set(actor)
    try:
        yield
    finally:
        _reader.reset(token)
