"""Who somebody is, asked once for many requests between which nothing is changed: a fifth of a request's time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

from tillit.foundation.access import sources


@contextmanager
def actors_kept() -> Iterator[None]:
    """Let each user be the same actor for all requests within, at the same moment.

    For requests that only read, are refused, or are undone: no role, shift or opening may change within.
    """
    with patch.object(sources, "actor_for", cache(sources.actor_for)):
        yield
