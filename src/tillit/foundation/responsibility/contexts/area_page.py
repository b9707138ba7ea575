"""Draw an area: the map, the points, what is wrong with them, and which addresses would change team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation import sources
from tillit.foundation.organisation.actions import Foreseen
from tillit.foundation.organisation.models import Area, Unit
from tillit.foundation.organisation.queries import AreaShown, all_units, areas_shown
from tillit.foundation.organisation.rules import Address
from tillit.foundation.responsibility.contexts.area_moves import Preview, preview_of
from tillit.foundation.responsibility.rules.points import TypedPoint, Wrong, ring_of
from tillit.foundation.responsibility.rules.projection import Frame, frame_around, scale_of
from tillit.kernel import geo
from tillit.kernel.geo import Ring
from tillit.ui.parts import Crumb, Crumbs

#: Homes are drawn on a grid of about 50 metres, so that a dot is a neighbourhood and not a door.
GRID_LATITUDE, GRID_LONGITUDE = 0.0005, 0.001


@dataclass(frozen=True, slots=True)
class Shape:
    """An area on the map. Coordinates are SVG attributes, with decimal points in every language."""

    name: str
    points: str
    label_x: str
    label_y: str
    colour: int
    is_ours: bool = field(metadata={"help": "Belongs to the same team as the one being drawn"})
    collides: bool = field(metadata={"help": "Shares ground with the one being drawn"})


@dataclass(frozen=True, slots=True)
class Base:
    """Where a team starts its work."""

    name: str
    x: str
    y: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class DrawMap:
    """The map one draws on. `west` to `down` say how degrees become points, for the script."""

    width: str
    height: str
    west: str
    north: str
    across: str
    down: str
    areas: tuple[Shape, ...]
    bases: tuple[Base, ...]
    homes: str = field(metadata={"help": "One path of dots; holds nothing of the citizens but where, rounded"})
    shared: str = field(metadata={"help": "One path of the ground that two areas would share"})
    ring: str = field(metadata={"help": "The area being drawn"})
    scale: str = field(metadata={"help": "A path"})
    scale_x: str
    scale_y: str
    scale_text: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point in the table."""

    number: int
    latitude: str
    longitude: str
    error: str


@dataclass(frozen=True, slots=True)
class AreaPage:
    """responsibility/area.html: draw a new area, or change one."""

    title: str
    lead: str
    crumbs: Crumbs
    action: str
    back_href: str
    submit: str
    note: str = field(metadata={"help": "Why what was asked for was not done, when no field is wrong"})
    map: DrawMap | None = field(metadata={"help": "None: there is nothing to draw beside yet"})
    homes_text: str
    points: tuple[PointRow, ...]
    is_new: bool
    geojson: str = field(metadata={"help": "What was pasted, when it could not be read"})
    geojson_error: str
    may_clip: bool = field(metadata={"help": "It shares ground with others, which can be cut away"})
    preview: Preview | None


def area_page(
    *,
    actor: Actor,
    unit: Unit,
    area: Area | None,
    points: Sequence[TypedPoint],
    on: date,
    today: date,
    foreseen: Foreseen | None = None,
    collides_with: Iterable[int] = (),
    note: str = "",
    geojson: str = "",
    geojson_error: str = "",
    blank: int = 0,
) -> AreaPage:
    """Return the page in a constant number of queries.

    area: the one that is changed; None for a new one. on: the day whose neighbours are shown. blank: empty rows.
    collides_with: ids of areas that share ground with the one drawn.
    """
    ring = ring_of(points)
    homes = sources.addresses(actor=actor, on=today)
    hit = frozenset(collides_with)
    others = [one for one in areas_shown(on=on) if area is None or one.area_id != area.pk]
    drawn, shown = _map(unit, ring, others, all_units(actor=actor, on=today), homes or (), hit)
    rows = [
        PointRow(number, point.latitude, point.longitude, _wrong(point.wrong)) for number, point in enumerate(points, 1)
    ]
    rows += [PointRow(len(rows) + number, "", "", "") for number in range(1, blank + 1)]
    return AreaPage(
        title=_("Endre området %(area)s") % {"area": area.name}
        if area
        else _("Nytt område for %(unit)s") % {"unit": unit.name},
        lead=_("Endringen gjelder fra den dagen du velger. Før det gjelder området slik det var.")
        if area
        else _("Nye brukere som bor i området, hører til teamet fra den dagen du velger."),
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(unit.name, reverse("organisation:unit", args=[unit.pk])),
                Crumb(area.name if area else _("Nytt område")),
            )
        ),
        action=reverse("organisation:change-area", args=[area.pk])
        if area
        else reverse("organisation:new-area", args=[unit.pk]),
        back_href=reverse("organisation:unit", args=[unit.pk]),
        submit=_("Lagre endringen") if area else _("Legg til området"),
        note=note,
        map=drawn,
        homes_text=_homes_text(homes, shown),
        points=tuple(rows),
        is_new=area is None,
        geojson=geojson,
        geojson_error=geojson_error,
        may_clip=bool(hit) and len(ring) >= 3,
        preview=None if foreseen is None else preview_of(foreseen),
    )


def _wrong(found: Wrong | None) -> str:
    if found is None:
        return ""
    if found is Wrong.LATITUDE:
        return _("Skriv breddegraden som et tall, for eksempel 61,905.")
    return _("Skriv lengdegraden som et tall, for eksempel 6,012.")


def _homes_text(homes: Sequence[Address] | None, shown: int) -> str:
    if homes is None:
        return _("Rollen din ser ikke hvor brukere bor, så de er ikke på kartet.")
    text = ngettext(
        "Prikken er hjemmet til %(count)s bruker, flyttet til nærmeste 50 meter.",
        "Prikkene er hjemmene til %(count)s brukere, flyttet til nærmeste 50 meter.",
        shown,
    )
    return f"{text % {'count': shown}} {_('Hemmelige adresser er ikke med.')}"


def _map(
    unit: Unit,
    ring: Ring,
    others: Sequence[AreaShown],
    units: Sequence[Unit],
    homes: Sequence[Address],
    hit: frozenset[int],
) -> tuple[DrawMap | None, int]:
    """Return the map, and how many homes are on it."""
    frame = _frame(unit, ring, others, units, homes)
    if frame is None:
        return None, 0
    east, south = frame.place(frame.width, frame.height)
    near = [
        one
        for one in others
        if one.ring
        and min(x for x, _y in one.ring) < east
        and max(x for x, _y in one.ring) > frame.west
        and min(y for _x, y in one.ring) < frame.north
        and max(y for _x, y in one.ring) > south
    ]
    dots = [
        (home.place.longitude, home.place.latitude)
        for home in homes
        if home.place is not None
        and frame.west < home.place.longitude < east
        and south < home.place.latitude < frame.north
    ]
    cells = sorted(
        {(round(x / GRID_LONGITUDE) * GRID_LONGITUDE, round(y / GRID_LATITUDE) * GRID_LATITUDE) for x, y in dots}
    )
    colours = {one: number % 12 + 1 for number, one in enumerate(dict.fromkeys(area.unit_id for area in near))}
    metres, units_long = scale_of(frame)
    left, bottom = frame.width * 0.02, frame.height - frame.width * 0.02
    return DrawMap(
        width=_number(frame.width),
        height=_number(frame.height),
        west=repr(frame.west),
        north=repr(frame.north),
        across=repr(frame.across),
        down=repr(frame.down),
        areas=tuple(_shape(one, frame, unit, colours[one.unit_id], one.area_id in hit) for one in near),
        bases=tuple(
            Base(one.name, *_xy(frame, one.base_longitude, one.base_latitude), one.pk == unit.pk)
            for one in units
            if one.base_longitude is not None
            and one.base_latitude is not None
            and frame.west < one.base_longitude < east
            and south < one.base_latitude < frame.north
        ),
        homes="".join(f"M{x} {y}h0" for x, y in (_xy(frame, *cell) for cell in cells)),
        shared=_shared(ring, [one for one in near if one.area_id in hit], frame),
        ring=_points(ring, frame),
        scale=f"M{_number(left)} {_number(bottom)}h{_number(units_long)}",
        scale_x=_number(left),
        scale_y=_number(bottom - frame.width * 0.012),
        scale_text=_("%(number)s km") % {"number": metres // 1000} if metres >= 1000 else f"{metres} m",
    ), len(dots)


def _frame(
    unit: Unit, ring: Ring, others: Sequence[AreaShown], units: Sequence[Unit], homes: Sequence[Address]
) -> Frame | None:
    """Around the team and its neighbours under the same roof; else around all there is."""
    siblings = {one.pk for one in units if one.parent_id == unit.parent_id}
    bases = {
        one.pk: (one.base_longitude, one.base_latitude)
        for one in units
        if one.base_longitude is not None and one.base_latitude is not None
    }
    around = [*ring, *(corner for one in others if one.unit_id in siblings for corner in one.ring)]
    around += [place for pk, place in bases.items() if pk in siblings]
    everything = [*bases.values(), *(corner for one in others for corner in one.ring)]
    everything += [(home.place.longitude, home.place.latitude) for home in homes if home.place]
    return frame_around(around) or frame_around(everything)


def _shape(area: AreaShown, frame: Frame, unit: Unit, colour: int, collides: bool) -> Shape:
    x, y = _xy(frame, *geo.inside_point(geo.polygon(area.ring)))
    return Shape(area.unit_name, _points(area.ring, frame), x, y, colour, area.unit_id == unit.pk, collides)


def _shared(ring: Ring, hit: Sequence[AreaShown], frame: Frame) -> str:
    try:
        mine = geo.polygon(ring)
    except geo.UnusablePolygon:
        return ""
    outlines = [outline for one in hit for outline in geo.common_ground(mine, geo.polygon(one.ring))]
    return "".join(f"M{_points(outline, frame).replace(' ', 'L')}z" for outline in outlines)


def _points(ring: Ring, frame: Frame) -> str:
    return " ".join(",".join(_xy(frame, *corner)) for corner in ring)


def _xy(frame: Frame, longitude: float, latitude: float) -> tuple[str, str]:
    x, y = frame.point(longitude, latitude)
    return _number(x), _number(y)


def _number(value: float) -> str:
    """A number for SVG: a decimal point in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
