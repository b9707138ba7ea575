"""Which citizens an actor reaches. Everything about a citizen goes through here first."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen, Following
from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.organisation.queries import at_or_below, in_force, paths_of
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound


def reachable(actor: Actor, *, on: date) -> QuerySet[Citizen]:
    """Return the citizens followed, on a day, by a unit at or below one where the actor may read citizens.

    Lazy and unordered. The caller notes whom it hands out (`access.reading`).
    """
    return _reached(actor, Following.objects.filter(in_force(on)))


def get_citizen(*, actor: Actor, citizen_id: int, at: datetime, lock: bool = False) -> Citizen:
    """Return the citizen if a unit that the actor reaches follows her at `at` (aware UTC), and note the reading.

    lock: hold the citizen's row until the transaction ends, for actions.
    Raises NotFound also when the citizen exists out of reach, so that nobody learns who gets help.
    """
    citizens = _reached(actor, Following.objects.filter(in_force(oslo.day_of(at)), citizen_id=citizen_id))
    if lock:
        citizens = citizens.select_for_update()
    try:
        citizen = citizens.get(pk=citizen_id)
    except Citizen.DoesNotExist:
        raise NotFound(_("Fant ikke brukeren.")) from None
    reading.note(citizen.pk)
    return citizen


def _reached(actor: Actor, followings: QuerySet[Following]) -> QuerySet[Citizen]:
    """Return those of the followed whom the actor may read."""
    paths = actor.paths_for(READ_CITIZEN.roles)
    if not paths:
        return Citizen.objects.none()
    if "" in paths:
        return Citizen.objects.all()
    return Citizen.objects.filter(pk__in=followings.filter(at_or_below(paths)).values("citizen_id"))


def scope_of(citizen_id: int, *, on: date) -> Scope:
    """Return the units that follow the citizen on a day, as the scope of an act. Without units nobody may act."""
    return scopes_of((citizen_id,), on=on)[citizen_id]


def scopes_of(citizen_ids: Iterable[int], *, on: date) -> dict[int, Scope]:
    """Return the scope of each citizen, in one query; a citizen whom nobody follows has a scope without paths."""
    wanted = list(dict.fromkeys(citizen_ids))
    paths: dict[int, list[str]] = {citizen_id: [] for citizen_id in wanted}
    rows = (
        Following.objects.filter(in_force(on), citizen_id__in=wanted)
        .order_by("citizen_id", "part", "unit__path")
        .values_list("citizen_id", "unit__path")
    )
    for citizen_id, path in rows:
        paths[citizen_id].append(path)
    return {citizen_id: Scope(tuple(found), citizen_id) for citizen_id, found in paths.items()}


def citizen_ids_of_unit(unit_id: int, on: date) -> list[int]:
    """Return, by number, the citizens whom a unit or one below it follows on a day. Callers have checked the unit."""
    path = paths_of((unit_id,)).get(unit_id)
    if path is None:
        return []
    return list(
        Following.objects.filter(in_force(on) & at_or_below([path]))
        .order_by("citizen_id")
        .values_list("citizen_id", flat=True)
        .distinct()
    )


def unit_ids_of(citizen_ids: Iterable[int], *, on: date) -> dict[int, tuple[int, ...]]:
    """Return the units that follow each citizen on a day, the one that follows everything first."""
    wanted = list(dict.fromkeys(citizen_ids))
    found: dict[int, list[int]] = {citizen_id: [] for citizen_id in wanted}
    rows = (
        Following.objects.filter(in_force(on), citizen_id__in=wanted)
        .order_by("citizen_id", "part", "unit__path")
        .values_list("citizen_id", "unit_id")
    )
    for citizen_id, unit_id in rows:
        found[citizen_id].append(unit_id)
    return {citizen_id: tuple(units) for citizen_id, units in found.items()}
