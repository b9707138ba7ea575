"""Replacing what holds by something else from a day, without deleting what was."""

from datetime import date


def may_replace(*, held_from: date, new_from: date) -> bool:
    """Whether something that has held from `held_from` can be replaced from `new_from`.

    The same day is a correction: the old one is kept, but holds no day. An earlier day would rewrite history.
    """
    return new_from >= held_from
