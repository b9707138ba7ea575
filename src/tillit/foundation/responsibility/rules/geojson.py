"""Areas as other map programs write them: GeoJSON, RFC 7946. Longitude before latitude, WGS 84."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tillit.kernel.geo import DECIMALS, Ring

#: More corners than this is not an area that people drew; the municipality's own borders have fewer.
MOST_CORNERS = 2_000
_NAMES = ("name", "navn", "Name", "Navn", "NAVN", "NAME", "omrade", "område", "team")
_UNITS = ("enhet", "Enhet", "team", "Team", "TEAM", "unit", "kode", "Kode")
#: More areas than this in one file are not a municipality's teams.
MOST_AREAS = 500


class Trouble(StrEnum):
    """Why a text cannot be read as areas."""

    NOT_JSON = "NOT_JSON"
    NO_AREA = "NO_AREA"
    HOLE = "HOLE"
    SEVERAL_PARTS = "SEVERAL_PARTS"
    NOT_DEGREES = "NOT_DEGREES"
    TURNED_ROUND = "TURNED_ROUND"
    TOO_MANY = "TOO_MANY"
    TOO_MANY_AREAS = "TOO_MANY_AREAS"


class UnreadableGeojson(ValueError):
    """The text holds no area we can use. `feature` counts from 1; 0 is the whole text."""

    def __init__(self, trouble: Trouble, feature: int = 0) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.feature = feature


@dataclass(frozen=True, slots=True)
class ReadArea:
    """One area in the text. unit: what it says of whose the area is, a code or a name; empty when it says nothing."""

    name: str
    ring: Ring
    unit: str = ""


def read_areas(text: str) -> tuple[ReadArea, ...]:
    """Return the areas in a GeoJSON text: a collection, a feature, a polygon, or bare coordinates.

    The last corner, which repeats the first, is left out; heights are left out. Raises UnreadableGeojson, also for
    areas with holes or in several parts, for metres (UTM) instead of degrees, and for latitude before longitude.
    """
    try:
        found = json.loads(text.lstrip("\ufeff"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise UnreadableGeojson(Trouble.NOT_JSON) from None
    features = found.get("features") if isinstance(found, dict) and found.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        return (_area(found, 0),)
    if len(features) > MOST_AREAS:
        raise UnreadableGeojson(Trouble.TOO_MANY_AREAS)
    areas = tuple(_area(feature, number) for number, feature in enumerate(features, 1))
    if not areas:
        raise UnreadableGeojson(Trouble.NO_AREA)
    return areas


def _no_number(name: str) -> float:
    """NaN and the infinities are no places, and no JSON."""
    raise ValueError(name)


def _area(found: Any, number: int) -> ReadArea:
    name = unit = ""
    if isinstance(found, dict) and found.get("type") == "Feature":
        told = found.get("properties")
        properties = told if isinstance(told, dict) else {}
        name = next((str(properties[key]).strip() for key in _NAMES if properties.get(key)), "")
        unit = next((str(properties[key]).strip() for key in _UNITS if properties.get(key)), "")
        found = found.get("geometry")
    if isinstance(found, dict):
        found = _polygon(found, number)
    return ReadArea(name[:100], _ring(found, number), unit[:100])


def _polygon(geometry: dict[str, Any], number: int) -> Any:
    kind, parts = geometry.get("type"), geometry.get("coordinates")
    if not isinstance(parts, list) or not parts or kind not in {"Polygon", "MultiPolygon"}:
        raise UnreadableGeojson(Trouble.NO_AREA, number)
    if kind == "MultiPolygon":
        if len(parts) > 1:
            raise UnreadableGeojson(Trouble.SEVERAL_PARTS, number)
        parts = parts[0]
    if not isinstance(parts, list) or not parts:
        raise UnreadableGeojson(Trouble.NO_AREA, number)
    if len(parts) > 1:
        raise UnreadableGeojson(Trouble.HOLE, number)
    return parts[0]


def _ring(found: Any, number: int) -> Ring:
    if isinstance(found, list) and len(found) == 1 and isinstance(found[0], list):
        found = found[0]  # bare coordinates of a polygon: a list of rings
    if not isinstance(found, list):
        raise UnreadableGeojson(Trouble.NO_AREA, number)
    if len(found) > MOST_CORNERS:
        raise UnreadableGeojson(Trouble.TOO_MANY, number)
    corners = list(_corners(found, number))
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 3:
        raise UnreadableGeojson(Trouble.NO_AREA, number)
    if any(abs(longitude) > 180 or abs(latitude) > 90 for longitude, latitude in corners):
        raise UnreadableGeojson(Trouble.NOT_DEGREES, number)
    if all(longitude > 57 and latitude < 33 for longitude, latitude in corners):  # Norway, mirrored
        raise UnreadableGeojson(Trouble.TURNED_ROUND, number)
    return tuple(corners)


def _corners(found: list[Any], number: int) -> Iterator[tuple[float, float]]:
    for corner in found:
        if (
            not isinstance(corner, list)
            or len(corner) < 2
            or any(isinstance(part, bool) or not isinstance(part, int | float) for part in corner[:2])
        ):
            raise UnreadableGeojson(Trouble.NO_AREA, number)
        if abs(corner[0]) > 1e9 or abs(corner[1]) > 1e9:
            raise UnreadableGeojson(Trouble.NOT_DEGREES, number)
        yield round(float(corner[0]), DECIMALS), round(float(corner[1]), DECIMALS)


def write_areas(areas: Iterable[ReadArea]) -> str:
    """Return the areas as GeoJSON, as short as can be: `read_areas` reads the same back."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": area.name, "enhet": area.unit},
            "geometry": {"type": "Polygon", "coordinates": [[*area.ring, area.ring[0]]]},
        }
        for area in areas
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
