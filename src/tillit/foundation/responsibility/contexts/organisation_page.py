"""The municipality on one page: districts, teams, work groups, areas, who leads, how many they are."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.permissions import DRAW_AREA
from tillit.foundation.organisation.queries import AreaShown, all_units, areas_shown
from tillit.foundation.organisation.sources import count_citizens
from tillit.foundation.responsibility.queries import FollowedModel, followed_models
from tillit.foundation.workforce.models import Profession
from tillit.foundation.workforce.permissions import GIVE_LOGIN
from tillit.foundation.workforce.queries import Mark, Staffing, leaders_of, staffing, total_full_time_equivalents
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, ListRow, Map, MapArea, MapStop, RowList, TableRow

#: The order of units inside a district: teams first, then what stands beside them.
_KIND_ORDER = {UnitKind.TEAM: 0, UnitKind.SPECIAL_TEAM: 1, UnitKind.OFFICE: 2}
#: So many teams are seen at a glance; with more, one district is open at a time.
WHOLE_UP_TO = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A district, or what lies directly below the municipality."""

    part_id: str
    name: str
    href: str
    leader: str
    summary: str = field(metadata={"help": "«3 team · 28,5 årsverk»"})
    table: DataTable | None = field(metadata={"help": "None: nothing below it yet"})


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """responsibility/organisation.html: the municipality, its districts, and the teams of those that are open."""

    name: str
    lead: str
    districts: RowList | None = field(metadata={"help": "To choose among; None when all are open"})
    parts: tuple[Part, ...]
    professions: DataTable | None = field(metadata={"help": "Full-time equivalents by team and profession"})
    map: Map | None = field(metadata={"help": "None: nobody has an area yet"})
    has_units: bool
    gives_logins: bool
    draws_areas: bool


def organisation_page(*, actor: Actor, on: date, chosen: int | None = None) -> OrganisationPage:
    """Return the organisation as it is on the day, in a constant number of queries. Open to all who work here.

    A municipality with few teams is shown whole. In a larger one, one district is open: the chosen one, else the
    reader's own, else the first.
    """
    units = all_units(actor=actor, on=on)
    top = next((unit for unit in units if unit.kind == UnitKind.MUNICIPALITY), None)
    districts = sorted((unit for unit in units if unit.kind == UnitKind.DISTRICT), key=lambda unit: unit.name)
    teams = [unit for unit in units if unit.kind == UnitKind.TEAM]
    heads = list(districts)
    if top is not None and any(unit.parent_id == top.pk and unit.kind != UnitKind.DISTRICT for unit in units):
        heads.append(top)
    is_whole = len(teams) <= WHOLE_UP_TO or len(heads) < 2
    shown = heads if is_whole else [_open(heads, chosen, actor)]
    inside = units if is_whole else _inside(shown[0], units)
    ids = [unit.pk for unit in inside]
    positions = staffing(ids, on=on)
    facts = _Facts(
        leaders=leaders_of(ids, on=on),
        equivalents=_sums(positions),
        models=followed_models(on=on, units=inside),
        citizens=count_citizens(ids, on=on),
    )
    return OrganisationPage(
        name=top.name if top else _("Organisasjon"),
        lead=_lead(districts, teams, total_full_time_equivalents(on=on)),
        districts=None if is_whole else _districts(heads, shown[0], units),
        parts=tuple(_part(head, inside, facts) for head in shown),
        professions=_professions(inside, positions),
        map=area_map(areas_shown(on=on, unit_ids=None if is_whole else ids), inside, map_id="kart"),
        has_units=len(units) > 1,
        gives_logins=holds_anywhere(actor, GIVE_LOGIN),
        draws_areas=holds_anywhere(actor, DRAW_AREA),
    )


def _open(heads: Sequence[Unit], chosen: int | None, actor: Actor) -> Unit:
    """The head to open: as asked, else the district the reader works in, else the first."""
    wanted = next((head for head in heads if head.pk == chosen), None)
    own = next((head for head in heads if head.parent_id and actor.home_path.startswith(head.path)), None)
    return wanted or own or heads[0]


def _inside(head: Unit, units: Sequence[Unit]) -> list[Unit]:
    """The head, what lies directly below it, and the work groups there. Districts are not inside the municipality."""
    direct = {unit.pk for unit in units if unit.parent_id == head.pk and unit.kind != UnitKind.DISTRICT}
    return [unit for unit in units if unit.pk == head.pk or unit.pk in direct or unit.parent_id in direct]


def _districts(heads: Sequence[Unit], shown: Unit, units: Sequence[Unit]) -> RowList:
    rows = []
    for head in heads:
        count = sum(unit.parent_id == head.pk and unit.kind == UnitKind.TEAM for unit in units)
        others = sum(
            unit.parent_id == head.pk and unit.kind not in {UnitKind.TEAM, UnitKind.DISTRICT} for unit in units
        )
        rows.append(
            ListRow(
                _head_name(head),
                note=ngettext("%(count)s team", "%(count)s team", count) % {"count": count}
                if count
                else ngettext("%(count)s enhet", "%(count)s enheter", others) % {"count": others},
                href="" if head.pk == shown.pk else f"{reverse('organisation:index')}?distrikt={head.pk}",
                end=_("Vises nå") if head.pk == shown.pk else "",
            )
        )
    return RowList(tuple(rows), label=_("Velg distrikt"))


def _head_name(head: Unit) -> str:
    return head.name if head.kind == UnitKind.DISTRICT else _("Felles for kommunen")


@dataclass(frozen=True, slots=True)
class _Facts:
    leaders: Mapping[int, tuple[Mark, ...]]
    equivalents: Mapping[int, float]
    models: Mapping[int, FollowedModel]
    citizens: Mapping[int, int] | None


def _sums(positions: Sequence[Staffing]) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for position in positions:
        found[position.unit_id] += position.full_time_equivalents
    return found


def _lead(districts: Sequence[Unit], teams: Sequence[Unit], equivalents: float) -> str:
    if not teams:
        return ""
    total = formats.number(equivalents, 1, page_language())
    in_teams = ngettext("%(count)s team", "%(count)s team", len(teams)) % {"count": len(teams)}
    if not districts:
        return _("%(teams)s med %(total)s årsverk til sammen.") % {"teams": in_teams, "total": total}
    in_districts = ngettext("%(count)s distrikt", "%(count)s distrikter", len(districts)) % {"count": len(districts)}
    return _("%(teams)s i %(districts)s, med %(total)s årsverk til sammen.") % {
        "teams": in_teams,
        "districts": in_districts,
        "total": total,
    }


def _part(head: Unit, units: Sequence[Unit], facts: _Facts) -> Part:
    below = sorted(
        (unit for unit in units if unit.parent_id == head.pk and unit.kind in _KIND_ORDER),
        key=lambda unit: (_KIND_ORDER[UnitKind(unit.kind)], unit.name),
    )
    groups = defaultdict(list)
    for unit in units:
        if unit.kind == UnitKind.WORK_GROUP:
            groups[unit.parent_id].append(unit)
    ordered = [one for unit in below for one in (unit, *sorted(groups[unit.pk], key=lambda group: group.name))]
    total = sum(facts.equivalents.get(unit.pk, 0.0) for unit in ordered)
    teams = sum(unit.kind == UnitKind.TEAM for unit in below)
    return Part(
        part_id=f"enhet-{head.pk}",
        name=_head_name(head),
        href=reverse("organisation:unit", args=[head.pk]),
        leader=people(facts.leaders.get(head.pk, ())),
        summary=_("%(units)s · %(total)s årsverk")
        % {
            "units": ngettext("%(count)s team", "%(count)s team", teams) % {"count": teams}
            if teams
            else ngettext("%(count)s enhet", "%(count)s enheter", len(ordered)) % {"count": len(ordered)},
            "total": formats.number(total, 1, page_language()),
        },
        table=_units_table(head, ordered, facts) if ordered else None,
    )


def _units_table(head: Unit, ordered: Sequence[Unit], facts: _Facts) -> DataTable:
    columns = [Column(_("Enhet")), Column(_("Slag")), Column(_("Leder"))]
    if facts.citizens is not None:
        columns.append(Column(_("Brukere"), right=True))
    columns += [Column(_("Årsverk"), right=True), Column(_("Modell"))]
    rows = []
    for unit in ordered:
        cells = [unit.name, str(UnitKind(unit.kind).label), _leader(unit, facts)]
        if facts.citizens is not None:
            cells.append(_citizens(unit, facts.citizens))
        equivalents = facts.equivalents.get(unit.pk)
        cells.append(formats.number(equivalents, 1, page_language()) if equivalents else "–")
        model = facts.models.get(unit.pk)
        cells.append(model.name if model else _("Ikke valgt"))
        rows.append(TableRow(tuple(cells), href=reverse("organisation:unit", args=[unit.pk])))
    return DataTable(_("Enheter i %(name)s") % {"name": head.name}, tuple(columns), tuple(rows))


def _leader(unit: Unit, facts: _Facts) -> str:
    """A work group without a leader of its own has the team's."""
    found = people(facts.leaders.get(unit.pk, ()))
    return found or ("–" if unit.kind == UnitKind.WORK_GROUP else _("Ingen"))


def _citizens(unit: Unit, counts: Mapping[int, int]) -> str:
    """Offices follow nobody; a team that follows nobody yet says 0."""
    count = counts.get(unit.pk, 0)
    return str(count) if count or unit.kind == UnitKind.TEAM else "–"


def _professions(units: Sequence[Unit], positions: Sequence[Staffing]) -> DataTable | None:
    used = [value for value in Profession.values if any(position.profession == value for position in positions)]
    if not used:
        return None
    language = page_language()
    by_unit: dict[int, dict[str, float]] = defaultdict(dict)
    for position in positions:
        by_unit[position.unit_id][position.profession] = position.full_time_equivalents
    return DataTable(
        _("Årsverk etter yrke"),
        (Column(_("Enhet")), *(Column(str(Profession(value).label), right=True) for value in used)),
        tuple(
            TableRow(
                (
                    unit.name,
                    *(
                        formats.number(by_unit[unit.pk][value], 1, language) if value in by_unit[unit.pk] else "–"
                        for value in used
                    ),
                ),
                href=reverse("organisation:unit", args=[unit.pk]),
            )
            for unit in sorted(units, key=lambda unit: unit.name)
            if unit.pk in by_unit
        ),
        stack=False,
    )


def area_map(areas: Sequence[AreaShown], units: Sequence[Unit], *, map_id: str) -> Map | None:
    """Return the areas on a map with the teams' bases, and the same as a table; None when nothing can be shown."""
    if not areas:
        return None
    colour = {unit_id: number % 12 + 1 for number, unit_id in enumerate(dict.fromkeys(area.unit_id for area in areas))}
    return Map(
        id=map_id,
        label=_("Områdene og hvilket team som har hvert av dem"),
        areas=tuple(
            MapArea(
                area.unit_name if area.name in area.unit_name else f"{area.unit_name}: {area.name}",
                tuple((latitude, longitude) for longitude, latitude in area.ring),
                colour[area.unit_id],
            )
            for area in areas
            if area.ring
        ),
        stops=tuple(
            MapStop(
                (unit.base_latitude, unit.base_longitude),
                "",
                f"{unit.base_name or _('Base')}, {unit.name}",
                colour[unit.pk],
            )
            for unit in units
            if unit.pk in colour and unit.base_latitude is not None and unit.base_longitude is not None
        ),
        table=DataTable(
            _("Områder"),
            (Column(_("Team")), Column(_("Område")), Column(_("Postnumre")), Column(_("Gjelder fra"))),
            tuple(
                TableRow(
                    (
                        area.unit_name,
                        area.name,
                        ", ".join(area.postal_codes) or _("Tegnet på kartet"),
                        formats.short_date(area.valid_from, page_language()),
                    ),
                    href=reverse("organisation:unit", args=[area.unit_id]),
                )
                for area in areas
            ),
        ),
        note="" if any(area.ring for area in areas) else _("Områdene er gitt med postnumre og er ikke tegnet."),
    )


def people(found: Sequence[Mark]) -> str:
    """Names with «og» before the last."""
    names = [mark.name for mark in found]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s og %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
