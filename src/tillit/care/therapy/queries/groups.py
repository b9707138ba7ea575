"""The therapists' lists: which there are, whose they are, how long each priority may wait."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.care.therapy.models import GroupProfession, TherapyGroup, TherapyTerms
from tillit.care.therapy.permissions import READ_LIST
from tillit.care.therapy.rules.waiting import LEVELS, SHIPPED_DAYS
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.queries import in_force
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One list. path: of its unit."""

    group_id: int
    name: str = field(metadata={"help": "«Ergoterapi, Distrikt Sør»"})
    profession: str
    profession_name: str
    unit_id: int
    unit_name: str
    path: str


@dataclass(frozen=True, slots=True)
class Level:
    """One priority on a list."""

    priority: int
    days: int
    criteria: str


def all_groups(*, on: date) -> list[GroupLine]:
    """Return every list, by unit and profession. What lists there are is no secret."""
    return [line_of(row) for row in _groups().filter(in_force(on, "unit__"))]


def groups_of(actor: Actor) -> list[GroupLine]:
    """Return the lists the actor works or leads, by name."""
    return [line_of(row) for row in _groups().filter(_hers(actor, ""))]


def get_group(*, actor: Actor, group_id: int) -> TherapyGroup:
    """Return a list the actor works or leads. Raises NotFound."""
    try:
        return _groups().filter(_hers(actor, "")).get(pk=group_id)
    except TherapyGroup.DoesNotExist:
        raise NotFound(_("Fant ikke lista.")) from None


def group_to_arrange(*, actor: Actor, group_id: int, permission: Permission) -> TherapyGroup:
    """Return a list whose frame the actor may say something about: she holds it there or above. Raises NotFound."""
    reached = Q(pk__in=())
    for path in actor.paths_for(permission.roles):
        reached |= Q(unit__path__startswith=path)
    try:
        return _groups().filter(reached).get(pk=group_id)
    except TherapyGroup.DoesNotExist:
        raise NotFound(_("Fant ikke lista.")) from None


def on_her_lists(actor: Actor) -> Q:
    """Return which cases stand on lists the actor works or leads."""
    return _hers(actor, "group__")


def scope_on_list(actor: Actor, group: TherapyGroup, citizen_id: int | None = None) -> Scope:
    """Return the scope of an act on a list: where she works under it as a therapist, and the list's own unit.

    A role below the list counts for nobody but therapists: they work it together.
    """
    path = group.unit.path
    own = [grant.path for grant in actor.grants if grant.role == Role.THERAPIST and grant.path.startswith(path)]
    return Scope(tuple(dict.fromkeys((*own, path))), citizen_id)


def _hers(actor: Actor, prefix: str) -> Q:
    """Lists at or below where she holds a role that reads them; for a therapist, also those above where she works."""
    found = Q(pk__in=())
    for path in actor.paths_for(READ_LIST.roles):
        found |= Q(**{f"{prefix}unit__path__startswith": path})
    above = {
        path[: end + 1] for path in actor.paths_for({Role.THERAPIST}) for end, sign in enumerate(path) if sign == "."
    }
    return found | Q(**{f"{prefix}unit__path__in": sorted(above)})


def levels_on(group_id: int, *, on: date) -> tuple[Level, ...]:
    """Return the priorities of a list on a day: what the list has said, else what is shipped."""
    row = TherapyTerms.objects.filter(group_id=group_id, valid_from__lte=on).order_by("-valid_from").first()
    return tuple(_level(level, row.levels if row else {}) for level in LEVELS)


def levels_of_many(group_ids: list[int], *, on: date) -> tuple[Level, ...]:
    """Return the priorities as they are said of several lists at once: no days where the lists differ."""
    each = [levels_on(group_id, on=on) for group_id in group_ids] or [levels_on(0, on=on)]
    return tuple(
        one if all(other[index] == one for other in each) else Level(one.priority, 0, one.criteria)
        for index, one in enumerate(each[0])
    )


def days_on(group_id: int, *, on: date) -> dict[int, int]:
    """Return how many days each priority may wait."""
    return {one.priority: one.days for one in levels_on(group_id, on=on)}


def edition_of_terms(group_id: int) -> int:
    """Return which edition this is of all terms that have been decided for a list. One query."""
    rows = TherapyTerms.objects.filter(group_id=group_id).order_by("pk").values_list("pk", "decided_at")
    return edition_of([(pk, at.isoformat()) for pk, at in rows])


def criteria_shipped() -> dict[int, str]:
    """Return what each priority is meant for, until a list says otherwise: our own words."""
    return {
        1: _(
            "Brått tap av funksjon, fare for fall eller skade, kort tid igjen å leve, eller kan ikke reise hjem uten."
        ),
        2: _("Klarer stadig mindre nå, og kan ta det igjen med hjelp tidlig."),
        3: _("Har klart mindre en tid, og kan få til mer i hverdagen."),
        4: _("Er stabil. Har nytte av det, og kan vente."),
    }


def _level(level: int, levels: Mapping[str, list[object]]) -> Level:
    days, criteria = levels.get(str(level), [SHIPPED_DAYS[level], criteria_shipped()[level]])
    return Level(level, int(str(days)), str(criteria))


def _groups() -> QuerySet[TherapyGroup]:
    return TherapyGroup.objects.select_related("unit").order_by("unit__path", "profession")


def line_of(row: TherapyGroup) -> GroupLine:
    """Return a list, for showing."""
    profession = str(GroupProfession(row.profession).label)
    name = _("%(profession)s, %(unit)s") % {"profession": profession, "unit": row.unit.name}
    return GroupLine(row.pk, name, row.profession, profession, row.unit_id, row.unit.name, row.unit.path)
