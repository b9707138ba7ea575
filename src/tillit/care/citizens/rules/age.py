"""Age in whole years."""

from datetime import date


def age(born_on: date | None, *, on: date, died_on: date | None = None) -> int | None:
    """Return the whole years lived on a day; None when the birthday is not known or lies ahead.

    Somebody born on 29 February turns a year older on 1 March in years without that day. Who has died grows no older.
    """
    if died_on is not None:
        on = min(on, died_on)
    if born_on is None or born_on > on:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
