"""Areas from the municipality's map, many at once: whose each is, what it replaces, what is wrong, who changes team."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.organisation.actions import AreaOutlook, AreaRefused, ForeseenAreas
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import AreaShown, areas_shown
from tillit.foundation.responsibility.contexts.area_moves import Preview, preview_of_many
from tillit.foundation.responsibility.contexts.organisation_page import area_map
from tillit.foundation.responsibility.rules.geojson import ReadArea, write_areas
from tillit.ui.parts import Crumb, Crumbs, Map

#: Chosen instead of a unit: the area is not taken in.
LEFT_OUT = 0
#: The id of an area that is not stored yet.
_NEW = 0


@dataclass(frozen=True, slots=True)
class UnitOption:
    """A unit to choose."""

    unit_id: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AreaInFile:
    """One area in the file."""

    number: int
    name: str
    units: tuple[UnitOption, ...]
    left_out: bool
    what: str = field(metadata={"help": "«Nytt», «Erstatter …», or that it stands so already; empty when refused"})
    name_error: str
    unit_error: str
    error: str = field(metadata={"help": "What is wrong with the line around it"})


@dataclass(frozen=True, slots=True)
class ManyAreasPage:
    """responsibility/many_areas.html: read a file of areas, look it over, take it in."""

    crumbs: Crumbs
    action: str
    back_href: str
    is_read: bool = field(metadata={"help": "There is a file to look over"})
    geojson: str = field(metadata={"help": "The areas that were read, or what was pasted and could not be"})
    geojson_error: str
    note: str = field(metadata={"help": "Why it was not done, when no row is wrong"})
    summary: str
    wrong: str = field(metadata={"help": "How many rows must be put right first; empty when none"})
    nothing_to_do: bool = field(metadata={"help": "All that is to be taken in stands so already"})
    rows: tuple[AreaInFile, ...]
    preview: Preview | None = field(metadata={"help": "None while something must be put right"})
    submit: str
    map: Map | None = field(metadata={"help": "All areas as they would be"})


def many_areas_page(
    *,
    units: Sequence[Unit],
    chosen: Sequence[int | None],
    areas: Sequence[ReadArea] = (),
    foreseen: ForeseenAreas | None = None,
    on: date,
    unit_id: int | None = None,
    geojson: str = "",
    geojson_error: str = "",
    note: str = "",
) -> ManyAreasPage:
    """Return the page.

    areas: as read, with the names typed since. chosen: whose each is. unit_id: whose page led here.
    """
    here = reverse("organisation:many-areas")
    home = reverse("organisation:unit", args=[unit_id]) if unit_id else reverse("organisation:index")
    outlooks: Sequence[AreaOutlook | None] = foreseen.rows if foreseen else [None] * len(areas)
    wrong = sum(one is not None and one.refused is not None for one in outlooks)
    ready = foreseen is not None and not wrong
    return ManyAreasPage(
        crumbs=Crumbs((Crumb(_("Organisasjon"), reverse("organisation:index")), Crumb(_("Områder fra kart")))),
        action=f"{here}?enhet={unit_id}" if unit_id else here,
        back_href=home,
        is_read=bool(areas),
        geojson=write_areas(areas) if areas else geojson,
        geojson_error=geojson_error,
        note=note,
        summary=_summary(foreseen) if foreseen else "",
        wrong=ngettext("%(count)s område må rettes først", "%(count)s områder må rettes først", wrong)
        % {"count": wrong}
        if wrong
        else "",
        nothing_to_do=ready and foreseen is not None and not foreseen.to_store,
        rows=tuple(
            _row(number, area, units, unit, outlook)
            for number, (area, unit, outlook) in enumerate(zip(areas, chosen, outlooks, strict=True), 1)
        ),
        preview=preview_of_many(foreseen) if ready and foreseen is not None and foreseen.to_store else None,
        submit=ngettext("Legg inn %(count)s område", "Legg inn %(count)s områder", foreseen.to_store)
        % {"count": foreseen.to_store}
        if foreseen
        else "",
        map=_map(foreseen, areas, chosen, units, on) if ready and foreseen is not None else None,
    )


def _row(
    number: int, area: ReadArea, units: Sequence[Unit], chosen: int | None, outlook: AreaOutlook | None
) -> AreaInFile:
    refused: AreaRefused | None = outlook.refused if outlook else None
    fields = {refused.field: refused.text} if refused else {}
    return AreaInFile(
        number=number,
        name=area.name,
        units=tuple(UnitOption(unit.pk, unit.name, unit.pk == chosen) for unit in units),
        what=_what(outlook, area.name) if outlook and refused is None and chosen != LEFT_OUT else "",
        left_out=chosen == LEFT_OUT,
        name_error=fields.pop("name", ""),
        unit_error=fields.pop("unit", ""),
        error=next(iter(fields.values()), ""),
    )


def _what(outlook: AreaOutlook, name: str) -> str:
    if outlook.replaces is None:
        return _("Nytt område")
    if not outlook.is_changed:
        return _("Står slik fra før")
    return _("Erstatter «%(name)s»") % {"name": name}


def _summary(foreseen: ForeseenAreas) -> str:
    new = sum(row.replaces is None and row.is_changed and row.refused is None for row in foreseen.rows)
    same = sum(row.replaces is not None and not row.is_changed and row.refused is None for row in foreseen.rows)
    instead = sum(row.replaces is not None and row.is_changed and row.refused is None for row in foreseen.rows)
    parts = [
        ngettext("%(count)s nytt", "%(count)s nye", new) % {"count": new} if new else "",
        ngettext("%(count)s erstatter et som står", "%(count)s erstatter noen som står", instead) % {"count": instead}
        if instead
        else "",
        ngettext("%(count)s står slik fra før", "%(count)s står slik fra før", same) % {"count": same} if same else "",
    ]
    return " · ".join(part for part in parts if part)


def _map(
    foreseen: ForeseenAreas, areas: Sequence[ReadArea], chosen: Sequence[int | None], units: Sequence[Unit], on: date
) -> Map | None:
    """Return all areas as they would be on the day."""
    names = {unit.pk: unit.name for unit in units}
    gone = {row.replaces for row in foreseen.rows if row.is_changed}
    shown = [one for one in areas_shown(on=on) if one.area_id not in gone]
    shown += [
        AreaShown(_NEW, unit, names[unit], area.name, area.ring, (), on)
        for area, unit, row in zip(areas, chosen, foreseen.rows, strict=True)
        if unit in names and unit is not None and row.is_changed
    ]
    return area_map(sorted(shown, key=lambda one: (one.unit_name, one.name)), units, map_id="kart")
