"""Which citizens an actor reaches. Everything about a citizen goes through here first."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from tillit.care.citizens.models import Citizen, Following
from tillit.care.citizens.permissions import READ_CITIZEN, READ_FORMER
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.foundation.organisation.queries import at_or_below, in_force, paths_of
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound

_MOST_STEPS = 10
"""How many mergers after each other an old address is followed through."""


def reachable(actor: Actor, *, on: date) -> QuerySet[Citizen]:
    """Return the citizens followed, on a day, by a unit at or below one where the actor may read citizens.

    Lazy and unordered. The caller notes whom it hands out (`access.reading`). Former citizens are not among them
    (`readable`), nor those who turned out to be somebody else we know.
    """
    return _reached(actor, READ_CITIZEN, Following.objects.filter(in_force(on)))


def readable(actor: Actor, *, on: date) -> QuerySet[Citizen]:
    """Return those in reach and, for whoever may read former citizens, those whose help has ended.

    Lazy and unordered. For reading only: nobody holds a permission over a citizen whom no unit follows.
    """
    return reachable(actor, on=on) | former(actor, on=on)


def former(actor: Actor, *, on: date, among: Collection[int] | None = None) -> QuerySet[Citizen]:
    """Return the citizens nobody follows on a day, but a unit in the actor's reach was the last to do so.

    among: ask about these alone. Without it the followings of the whole municipality are gone through.
    """
    last, now = _last_followings(on), Following.objects.filter(in_force(on))
    if among is not None:
        last, now = last.filter(citizen_id__in=among), now.filter(citizen_id__in=among)
    return _reached(actor, READ_FORMER, last).exclude(pk__in=now.values("citizen_id"))


def get_citizen(*, actor: Actor, citizen_id: int, at: datetime, lock: bool = False) -> Citizen:
    """Return the citizen if a unit that the actor reaches follows her at `at` (aware UTC), and note the reading.

    Whoever may read former citizens also gets those her unit was the last to follow.
    lock: hold the citizen's row until the transaction ends, for actions.
    Raises NotFound also when the citizen exists out of reach, so that nobody learns who gets help.
    """
    today = oslo.day_of(at)
    its_own = Following.objects.filter(in_force(today), citizen_id=citizen_id)
    citizens = _reached(actor, READ_CITIZEN, its_own)
    if lock:
        citizens = citizens.select_for_update()
    citizen = citizens.filter(pk=citizen_id).first() or _former_citizen(actor, citizen_id, on=today, lock=lock)
    if citizen is None:
        raise NotFound(_("Fant ikke brukeren."))
    reading.note(citizen.pk)
    return citizen


def _former_citizen(actor: Actor, citizen_id: int, *, on: date, lock: bool) -> Citizen | None:
    if Following.objects.filter(in_force(on), citizen_id=citizen_id).exists():
        return None  # others follow her now
    citizens = _reached(actor, READ_FORMER, _last_followings(on).filter(citizen_id=citizen_id))
    if lock:
        citizens = citizens.select_for_update()
    return citizens.filter(pk=citizen_id).first()


def merged_into(*, actor: Actor, citizen_id: int, at: datetime) -> int | None:
    """Return the citizen this one turned out to be, if the actor reaches that one; else None."""
    for _step in range(_MOST_STEPS):
        into = Citizen.objects.filter(pk=citizen_id).values_list("merged_into_id", flat=True).first()
        if into is None:
            return None
        if readable(actor, on=oslo.day_of(at)).filter(pk=into).exists():
            return into
        citizen_id = into  # merged again, or out of reach
    return None


def _reached(actor: Actor, permission: Permission, followings: QuerySet[Following]) -> QuerySet[Citizen]:
    """Return those of the followed whom the actor may read."""
    citizens = Citizen.objects.filter(merged_into__isnull=True)
    paths = actor.paths_for(permission.roles)
    if not paths:
        return citizens.none()
    if "" in paths:
        return citizens
    return citizens.filter(pk__in=followings.filter(at_or_below(paths)).values("citizen_id"))


def _last_followings(on: date) -> QuerySet[Following]:
    """Return, of those that have ended, each citizen's last ones: several when they ended on the same day."""
    ended = Following.objects.filter(valid_to__lte=on, valid_to__gt=F("valid_from"))
    newest = ended.filter(citizen_id=OuterRef("citizen_id")).order_by("-valid_to").values("valid_to")[:1]
    return ended.filter(valid_to=Subquery(newest))


def last_scope_of(citizen_id: int, *, on: date) -> Scope:
    """Return the units that follow the citizen on a day or, when none does, those that did so last."""
    scope = scope_of(citizen_id, on=on)
    if scope.paths:
        return scope
    rows = _last_followings(on).filter(citizen_id=citizen_id).order_by("part", "unit__path")
    return Scope(tuple(rows.values_list("unit__path", flat=True)), citizen_id)


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
    """Return, by number, the living citizens whom a unit or one below it follows on a day.

    Callers have checked the unit.
    """
    path = paths_of((unit_id,)).get(unit_id)
    if path is None:
        return []
    return list(
        Following.objects.filter(in_force(on) & at_or_below([path]), citizen__died_on__isnull=True)
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
