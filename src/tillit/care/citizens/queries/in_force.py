"""Which dated rows hold on a day: `valid_from` is the first day, `valid_to` the first it no longer holds."""

from datetime import date

from django.db.models import Q


def in_force(on: date, prefix: str = "") -> Q:
    """Return the condition that a row holds on `on`. prefix: the way to the row, such as "followings__"."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )
