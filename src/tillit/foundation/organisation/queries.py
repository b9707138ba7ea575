"""Reads of the map: units within reach, units for all to see, areas, meetings, which unit answers for an address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.foundation.organisation import rules
from tillit.foundation.organisation.models import Area, TeamMeeting, Unit, UnitKind
from tillit.foundation.organisation.rules import AreaLine, AreaMap, Family, Joining, WorkGroup
from tillit.kernel.errors import NotFound
from tillit.kernel.geo import Place, Ring
from tillit.kernel.periods import Days

#: Units that do the daily work with citizens and have a board, duties and shifts of their own.
TEAM_KINDS = (UnitKind.TEAM, UnitKind.SPECIAL_TEAM)


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A fixed meeting of a unit. `weekdays` as stored: "13" is Monday and Wednesday."""

    meeting_id: int
    unit_id: int
    name: str
    weekdays: str
    starts: time
    minutes: int


@dataclass(frozen=True, slots=True)
class AreaShown:
    """An area in force, for the map and its table. Ring as (longitude, latitude)."""

    area_id: int
    unit_id: int
    unit_name: str
    name: str
    ring: tuple[tuple[float, float], ...]
    postal_codes: tuple[str, ...]
    valid_from: date


def in_force(on: date, prefix: str = "") -> Q:
    """Rows whose half-open days contain `on`. prefix: the way to the row, such as "followings__"."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    )


def within_reach(actor: Actor, permission: Permission | None = None) -> QuerySet[Unit]:
    """Return the units where the actor holds a role, and those below.

    permission: only where one of her roles holds it. Whatever is about citizens asks for it: somebody may hold one
    role in her team and another, that sees no citizens, in the whole municipality.
    """
    reached = Q(pk__in=())
    paths = actor.paths_for(permission.roles) if permission else {grant.path for grant in actor.grants}
    for path in paths:
        reached |= Q(path__startswith=path)
    return Unit.objects.filter(reached)


def get_unit(*, actor: Actor, unit_id: int, lock: bool = False) -> Unit:
    """Return a unit the actor reaches.

    Raises NotFound out of reach too. For pages that every employee may see, use `see_unit`.
    lock: hold the unit's row until the transaction ends, for actions.
    """
    units = within_reach(actor)
    if lock:
        units = units.select_for_update()
    try:
        return units.get(pk=unit_id)
    except Unit.DoesNotExist:
        raise NotFound(_("Fant ikke enheten.")) from None


def see_unit(*, actor: Actor, unit_id: int) -> Unit:
    """Return any unit of the municipality to somebody who works in it: the organisation is no secret.

    Raises NotFound for an unknown unit, and for an actor without any role.
    """
    found = Unit.objects.filter(pk=unit_id).first() if actor.grants else None
    if found is None:
        raise NotFound(_("Fant ikke enheten."))
    return found


def units_of(actor: Actor, *, on: date | None = None) -> list[Unit]:
    """Return the teams and special teams the actor reaches, by name: those she may choose to work in.

    on: leave out those that are not in force that day.
    """
    units = within_reach(actor).filter(kind__in=TEAM_KINDS)
    if on is not None:
        units = units.filter(in_force(on))
    return list(units.order_by("name", "pk"))


def all_units(*, actor: Actor, on: date) -> list[Unit]:
    """Return every unit in force, parents before children, for the organisation page."""
    if not actor.grants:
        return []
    return list(Unit.objects.filter(in_force(on)).order_by("path", "name"))


def units_below(unit: Unit, *, on: date | None = None, kinds: Sequence[str] = ()) -> list[Unit]:
    """Return the units below `unit`, not itself, parents before children."""
    units = Unit.objects.filter(path__startswith=unit.path).exclude(pk=unit.pk)
    if on is not None:
        units = units.filter(in_force(on))
    if kinds:
        units = units.filter(kind__in=kinds)
    return list(units.order_by("path", "name"))


def chain_of(unit: Unit) -> list[Unit]:
    """Return the units above `unit`, from the top down, not itself."""
    above = rules.ids_in(unit.path)[:-1]
    return list(Unit.objects.filter(pk__in=above).order_by("path"))


def phone_of(unit_id: int) -> str:
    """Return the telephone of a unit, or of the nearest above that has one; empty when none has. Two queries."""
    unit = Unit.objects.get(pk=unit_id)
    return next((one.phone for one in (unit, *reversed(chain_of(unit))) if one.phone), "")


def team_and_groups(unit_id: int) -> Q:
    """Rows of a unit and of the work groups directly below it: a team divided into groups is still one team (R02)."""
    units = Unit.objects.filter(Q(pk=unit_id) | Q(parent_id=unit_id, kind=UnitKind.WORK_GROUP))
    return Q(unit_id__in=units.values("pk"))


def family_of(unit_id: int) -> Family:
    """Return who shares lists with whom around a unit, for any day and part of it, in one query.

    `Family` says on whose lists visits and shifts lie; everything that makes or shows lists asks it (R02).
    """
    units = Unit.objects.filter(Q(pk=unit_id) | Q(parent_id=unit_id, kind=UnitKind.WORK_GROUP))
    team_id, team_name = unit_id, ""
    groups: dict[int, WorkGroup] = {}
    rows = units.order_by("name", "pk", "joined_lists__valid_from").values_list(
        "pk", "kind", "name", "parent_id", "parent__name", "valid_from", "valid_to", "joined_lists__evening",
        "joined_lists__night", "joined_lists__weekend", "joined_lists__valid_from", "joined_lists__valid_to",
    )  # fmt: skip
    for pk, kind, name, parent, parent_name, first, after, evening, night, weekend, since, until in rows:
        if kind != UnitKind.WORK_GROUP:
            team_name = name
            continue
        if pk == unit_id and parent is not None:
            team_id, team_name = parent, parent_name or ""
        known = groups.get(pk) or WorkGroup(pk, name, Days(first, after))
        if since is not None:
            decided = Joining(bool(evening), bool(night), bool(weekend), Days(since, until))
            known = replace(known, joinings=(*known.joinings, decided))
        groups[pk] = known
    return Family(unit_id, team_id, team_name, tuple(groups.values()))


def at_or_below(paths: Iterable[str], column: str = "unit") -> Q:
    """Rows of the units at these paths and of all below them. column: the row's key to the unit.

    The units are found first: a condition on the row's own unit lets the database use the row's index.
    """
    units = Q(pk__in=[])
    for path in paths:
        units |= Q(path__startswith=path)
    return Q(**{f"{column}_id__in": Unit.objects.filter(units).values("pk")})


def names_of(unit_ids: Iterable[int]) -> dict[int, str]:
    """Return unit id → name."""
    return dict(Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "name"))


def paths_of(unit_ids: Iterable[int]) -> dict[int, str]:
    """Return unit id → path."""
    return dict(Unit.objects.filter(pk__in=set(unit_ids)).values_list("pk", "path"))


def names_by_path(paths: Iterable[str]) -> dict[str, str]:
    """Return path → name."""
    return dict(Unit.objects.filter(path__in=set(paths)).values_list("path", "name"))


def scope_of(unit: Unit) -> Scope:
    """Return what an act on the unit touches."""
    return Scope((unit.path,))


def everywhere() -> Scope:
    """Return what an act on the whole municipality touches: its top unit, or everything before there is one."""
    paths = Unit.objects.filter(kind=UnitKind.MUNICIPALITY).order_by("pk").values_list("path", flat=True)
    return Scope(tuple(paths) or ("",))


def area_lines(*, on: date | None = None) -> list[AreaLine]:
    """Return all areas as the rules see them; `on` leaves out those not in force that day."""
    areas = Area.objects.all() if on is None else Area.objects.filter(in_force(on))
    return [_line(area) for area in areas.order_by("pk")]


def area_map(on: date) -> AreaMap:
    """Return the areas in force on a day, prepared for many addresses (imports)."""
    return AreaMap(area_lines(on=on), on)


def unit_for_address(
    *, place: Place | None = None, postal_code: str = "", on: date, areas: AreaMap | None = None
) -> int | None:
    """Return the id of the unit that answers for an address on a day, or None when no area covers it."""
    return (areas or area_map(on)).unit_for(place, postal_code)


def areas_shown(*, on: date, unit_ids: Iterable[int] | None = None) -> list[AreaShown]:
    """Return the areas in force with their units' names, by unit name and area name."""
    areas = Area.objects.filter(in_force(on)).select_related("unit")
    if unit_ids is not None:
        areas = areas.filter(unit_id__in=list(unit_ids))
    return [
        AreaShown(
            area.pk,
            area.unit_id,
            area.unit.name,
            area.name,
            stored_ring(area),
            tuple(sorted(str(code) for code in area.postal_codes)),
            area.valid_from,
        )
        for area in areas.order_by("unit__name", "name", "pk")
    ]


def meetings_of(unit_ids: Iterable[int], *, on: date) -> list[MeetingLine]:
    """Return the units' fixed meetings in force, by first weekday and clock."""
    meetings = TeamMeeting.objects.filter(in_force(on), unit_id__in=list(unit_ids))
    return [
        MeetingLine(meeting.pk, meeting.unit_id, meeting.name, meeting.weekdays, meeting.starts, meeting.minutes)
        for meeting in meetings.order_by("weekdays", "starts", "pk")
    ]


def meetings_on(unit_id: int, *, on: date) -> list[MeetingLine]:
    """Return the meetings a unit (and the team a work group belongs to) has on one day, by clock."""
    meetings = TeamMeeting.objects.filter(
        in_force(on),
        Q(unit_id=unit_id) | Q(unit__children=unit_id, unit__kind__in=TEAM_KINDS),
        weekdays__contains=str(on.isoweekday()),
    )
    return [
        MeetingLine(meeting.pk, meeting.unit_id, meeting.name, meeting.weekdays, meeting.starts, meeting.minutes)
        for meeting in meetings.order_by("starts", "pk").distinct()
    ]


def get_area(*, actor: Actor, area_id: int) -> Area:
    """Return an area of a unit the actor reaches. Raises NotFound."""
    found = Area.objects.select_related("unit").filter(pk=area_id, unit__in=within_reach(actor)).first()
    if found is None:
        raise NotFound(_("Fant ikke området."))
    return found


def get_meeting(*, actor: Actor, meeting_id: int) -> TeamMeeting:
    """Return a meeting of a unit the actor reaches. Raises NotFound."""
    found = TeamMeeting.objects.select_related("unit").filter(pk=meeting_id, unit__in=within_reach(actor)).first()
    if found is None:
        raise NotFound(_("Fant ikke møtet."))
    return found


def unit_by_code(code: str) -> Unit | None:
    """Return the unit an import names, or None."""
    return Unit.objects.filter(code=code).first()


def paths_by_code() -> dict[str, str]:
    """Return code → path of every unit, for imports."""
    return dict(Unit.objects.values_list("code", "path"))


def stored_ring(area: Area) -> Ring:
    """Return the stored line around an area, as (longitude, latitude) corners; empty for postal codes alone."""
    return tuple((float(corner[0]), float(corner[1])) for corner in area.ring)


def _line(area: Area) -> AreaLine:
    return AreaLine(
        area.pk,
        area.unit_id,
        stored_ring(area),
        frozenset(str(code) for code in area.postal_codes),
        Days(area.valid_from, area.valid_to),
    )
