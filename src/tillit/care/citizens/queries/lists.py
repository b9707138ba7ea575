"""Lists of citizens: a team's, and what a search finds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Min

from tillit.care.citizens.models import Following
from tillit.care.citizens.queries.reach import followed_on, former, reachable, readable
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import at_or_below, in_force, paths_of
from tillit.kernel import names

MOST_FOUND = 50


def list_ids(*, actor: Actor, unit_id: int, on: date) -> list[int]:
    """Return the living whom a unit, or one below it, follows on a day and the actor reaches, in Norwegian order."""
    followed = Following.objects.filter(followed_on(on) & at_or_below([_path_of(unit_id)])).values("citizen_id")
    return list(
        reachable(actor, on=on)
        .filter(pk__in=followed, died_on__isnull=True)
        .order_by("sort_name", "pk")
        .values_list("pk", flat=True)
    )


def former_ids(*, actor: Actor, unit_id: int, on: date) -> list[int]:
    """Return those a unit, or one below it, has followed and who have no help any more, in Norwegian order.

    The dead whom the unit follows till the end of the day are among them.
    """
    at_unit = Following.objects.filter(at_or_below([_path_of(unit_id)]), valid_from__lte=on)
    rows = list(at_unit.values_list("citizen_id", "valid_to", "citizen__died_on"))
    helped = {one for one, valid_to, died_on in rows if died_on is None and (valid_to is None or valid_to > on)}
    perhaps = {one for one, _valid_to, _died_on in rows} - helped
    if not perhaps:
        return []
    dead = reachable(actor, on=on).filter(died_on__isnull=False)
    found = (former(actor, on=on, among=perhaps) | dead).filter(pk__in=perhaps)
    return list(found.order_by("sort_name", "pk").values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    citizen_ids: tuple[int, ...]  # at most MOST_FOUND, in Norwegian order
    more: bool  # whether there were more


def search_citizens(*, actor: Actor, text: str, on: date) -> Found:
    """Return the citizens within reach, former ones too, whose name or address holds every word in `text`.

    Whoever is shown is noted as read. Blank text finds nobody. The text itself is never logged.
    """
    found = readable(actor, on=on)
    words = names.search_key(text).split()
    if not words:
        return Found((), more=False)
    for word in words:
        found = found.filter(search_name__contains=word)
    ids = list(found.order_by("sort_name", "pk").values_list("pk", flat=True)[: MOST_FOUND + 1])
    reading.note_all(ids[:MOST_FOUND])
    return Found(tuple(ids[:MOST_FOUND]), more=len(ids) > MOST_FOUND)


def followed_since(citizen_ids: Iterable[int], *, on: date) -> dict[int, date]:
    """Return the first day of those followings that hold on a day; citizens nobody follows are left out."""
    rows = (
        Following.objects.filter(in_force(on), citizen_id__in=list(citizen_ids))
        .values_list("citizen_id")
        .annotate(since=Min("valid_from"))
        .order_by("citizen_id")
    )
    return dict(rows)


def _path_of(unit_id: int) -> str:
    return paths_of((unit_id,)).get(unit_id, "\x00")  # an unknown unit has nobody below it
