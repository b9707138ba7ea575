"""Which citizens an actor reaches. Everything about a citizen goes through here first."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from tillit.care.citizens import rules
from tillit.care.citizens.models import Citizen, Following
from tillit.care.citizens.permissions import READ_CITIZEN, READ_FORMER
from tillit.care.citizens.queries.standing import terms_on
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.foundation.access.reader import barred_now
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.queries import at_or_below, in_force, paths_of
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days, Period

_MOST_STEPS = 10
"""How many mergers after each other an old address is followed through."""


def followed_on(on: date) -> Q:
    """Followings whose half-open days contain `on`: what `in_force` says, without its OR.

    With the OR, a database that knows how many followings are open reads all of those, whichever units are asked for
    (`bench reach`); said so, it begins at the units.
    """
    return Q(valid_from__lte=on) & ~Q(valid_to__lte=on)


def reachable(actor: Actor, *, on: date) -> QuerySet[Citizen]:
    """Return the citizens followed, on a day, by a unit at or below one where the actor may read citizens.

    Those she is asked to read, or reads in an emergency, are among them; those she is barred from never (`Actor`).
    Lazy and unordered. The caller notes whom it hands out (`access.reading`). Former citizens are not among them
    (`readable`), nor those who turned out to be somebody else we know. The same as `rules.reaching` says of one.
    """
    return _reached(actor, READ_CITIZEN, Following.objects.filter(followed_on(on)), opened=True)


def readable(actor: Actor, *, on: date) -> QuerySet[Citizen]:
    """Return those in reach and, for whoever may read former citizens, those whose help has ended a short while ago.

    Lazy and unordered. For reading only: nobody holds a permission over a citizen whom no unit follows.
    """
    return reachable(actor, on=on) | former(actor, on=on)


def former(actor: Actor, *, on: date, among: Collection[int] | None = None) -> QuerySet[Citizen]:
    """Return the citizens nobody follows on a day, but a unit in the actor's reach was the last to do so, lately.

    How long is the municipality's terms, by role. One query is done at once, for the terms.
    among: ask about these alone. Without it the followings of the whole municipality are gone through.
    """
    last, now = _last_followings(on), Following.objects.filter(followed_on(on), citizen_id=OuterRef("pk"))
    if among is not None:
        last, now = last.filter(citizen_id__in=among), now.filter(citizen_id__in=among)
    return _formerly_reached(actor, last, on=on).exclude(Exists(now))


def get_citizen(*, actor: Actor, citizen_id: int, at: datetime, lock: bool = False) -> Citizen:
    """Return the citizen if a unit that the actor reaches follows her at `at` (aware UTC), and note the reading.

    Whoever may read former citizens also gets those her unit was the last to follow. A barred actor gets nobody, with
    the same queries and the same words.
    lock: hold the citizen's row until the transaction ends, for actions.
    Raises NotFound also when the citizen exists out of reach, so that nobody learns who gets help.
    """
    today = oslo.day_of(at)
    its_own = Following.objects.filter(in_force(today), citizen_id=citizen_id)
    citizens = _reached(actor, READ_CITIZEN, its_own, opened=True)
    if lock:
        citizens = citizens.select_for_update()
    citizen = citizens.filter(pk=citizen_id).first() or _former_citizen(actor, citizen_id, on=today, lock=lock)
    if citizen is None:
        raise NotFound(_("Fant ikke brukeren."))
    reading.note(citizen.pk)
    return citizen


def _former_citizen(actor: Actor, citizen_id: int, *, on: date, lock: bool) -> Citizen | None:
    """One whom the actor's unit was the last to follow; one whom others follow costs what one nobody knows does."""
    its_own = Following.objects.filter(citizen_id=citizen_id)
    last = _last_followings(on).filter(citizen_id=citizen_id)
    citizens = _formerly_reached(actor, last, on=on).exclude(pk__in=its_own.filter(in_force(on)).values("citizen_id"))
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


def _reached(
    actor: Actor, permission: Permission, followings: QuerySet[Following], *, opened: bool = False
) -> QuerySet[Citizen]:
    """Return those of the followed whom the actor may read. opened: and those opened for her."""
    citizens = Citizen.objects.filter(merged_into__isnull=True)
    paths = actor.paths_for(permission.roles)
    if not paths:
        return citizens.none()
    if actor.barred:
        citizens = citizens.exclude(pk__in=actor.barred)
    if "" in paths:
        return citizens
    hers = Q(pk__in=followings.filter(at_or_below(paths)).values("citizen_id"))
    if opened and actor.openings:
        hers |= Q(pk__in=[one.citizen_id for one in actor.openings])
    return citizens.filter(hers)


def ground_of(*, actor: Actor, citizen_id: int, at: datetime) -> rules.Ground | None:
    """Return why the actor reaches a citizen at `at` (aware UTC), or None: the pure rule asked with what is stored.

    What `get_citizen` decides in the database, said in words; in at most two queries. Notes nothing: for the log, for
    the page that tells who sees, and for tests that walk every address as every role.
    """
    on = oslo.day_of(at)
    rows = Following.objects.filter(citizen_id=citizen_id, citizen__merged_into__isnull=True)
    followed = tuple(
        rules.Followed(path, Days(first, after))
        for path, first, after in rows.values_list("unit__path", "valid_from", "valid_to")
        if after is None or first <= after
    )
    opened = actor.opening_to(citizen_id)
    forever = Days(on)
    return rules.ground_of(
        rules.Reader(frozenset(actor.paths_for(READ_CITIZEN.roles)), former_days(actor, terms_on(on))),
        rules.Between(
            followed=followed,
            barriers=(rules.Barrier(rules.Bar.DECIDED, forever),) if citizen_id in actor.barred else (),
            emergencies=(rules.Emergency("", Period(at, max(at, opened.until))),)
            if opened and opened.ground == rules.Ground.EMERGENCY
            else (),
            asked=(forever,) if opened and opened.ground == rules.Ground.REQUEST else (),
            cases=(forever,) if opened and opened.ground == rules.Ground.THERAPY else (),
        ),
        on=on,
        at=at,
    )


#: What the terms say for each role that may read former citizens.
_FORMER_DAYS = {
    Role.NURSE: "clinical_days",
    Role.THERAPIST: "clinical_days",
    Role.CASE_WORKER: "case_worker_days",
    Role.TEAM_LEADER: "leader_days",
    Role.DISTRICT_LEADER: "leader_days",
}


def former_days(actor: Actor, terms: rules.Terms) -> dict[str, int]:
    """Return, by path, for how many days after their help ended the actor reads those her units followed."""
    found: dict[str, int] = {}
    for grant in actor.grants:
        if grant.role in READ_FORMER.roles:
            days = getattr(terms, _FORMER_DAYS[grant.role])
            found[grant.path] = max(days, found.get(grant.path, 0))
    return found


def _formerly_reached(actor: Actor, last: QuerySet[Following], *, on: date) -> QuerySet[Citizen]:
    """Return the citizens whose last followings ended so lately that the actor may still read."""
    citizens = Citizen.objects.filter(merged_into__isnull=True).exclude(pk__in=actor.barred)
    if actor.is_system:
        return _reached(actor, READ_FORMER, last)
    if not actor.paths_for(READ_FORMER.roles):
        return citizens.none()
    lately = Q(pk__in=())
    for path, days in former_days(actor, terms_on(on)).items():
        lately |= at_or_below((path,)) & Q(valid_to__gt=on - timedelta(days=days))
    return citizens.filter(pk__in=last.filter(lately).values("citizen_id"))


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

    Callers have checked the unit. Those whom the reader (`access.reader`) is barred from are left out.
    """
    path = paths_of((unit_id,)).get(unit_id)
    if path is None:
        return []
    rows = Following.objects.filter(followed_on(on) & at_or_below([path]), citizen__died_on__isnull=True)
    # Sorted here: asked to sort, a database goes through the followings of the whole municipality in that order.
    return sorted(set(rows.exclude(citizen_id__in=barred_now()).values_list("citizen_id", flat=True)))


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
