"""Points and areas on the map: WGS 84 degrees, longitude first in GeoJSON, latitude first in our own calls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shapely import prepare, union_all
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
#: Two borders drawn along each other never meet exactly: ground narrower than this is a seam, not shared. It is about
#: half a metre from south to north and a quarter of a metre from west to east at 60° north.
SEAM_DEGREES = 0.000_005
#: Decimals kept of a corner: about a decimetre.
DECIMALS = 6

Ring = tuple[tuple[float, float], ...]
"""Corners as (longitude, latitude), the first not repeated at the end."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map in degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("Latitude is within ±90 and longitude within ±180 degrees.")


def metres_between(one: Place, other: Place) -> float:
    """Return the great-circle distance in metres (haversine)."""
    lat_1, lat_2 = math.radians(one.latitude), math.radians(other.latitude)
    half_lat = (lat_2 - lat_1) / 2
    half_lon = math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


class UnusablePolygon(ValueError):
    """The ring is not a simple polygon with at least three corners."""


def polygon(ring: Sequence[Sequence[float]]) -> Polygon:
    """Return the area inside a GeoJSON ring of [longitude, latitude] corners.

    Raises UnusablePolygon when the ring crosses itself or has fewer than three corners.
    """
    if len(ring) < 3:
        raise UnusablePolygon("An area needs at least three corners.")
    area = Polygon([(float(corner[0]), float(corner[1])) for corner in ring])
    if not area.is_valid or area.area == 0:
        raise UnusablePolygon("The line around the area crosses itself.")
    prepare(area)
    return area


def far_apart(ring: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> bool:
    """Whether two rings' outermost corners already say that they share nothing: a quick yes for most pairs."""
    return any(
        max(corner[axis] for corner in one) < min(corner[axis] for corner in two)
        for axis in (0, 1)
        for one, two in ((ring, other), (other, ring))
    )


def inside_point(area: Polygon) -> tuple[float, float]:
    """Return (longitude, latitude) of a point well inside the area, for its name."""
    point = area.centroid if area.contains(area.centroid) else area.representative_point()
    return point.x, point.y


def near(area: Polygon, place: Place) -> bool:
    """Whether the place lies within the area's outermost corners: a quick no for most places."""
    west, south, east, north = area.bounds
    return bool(west <= place.longitude <= east and south <= place.latitude <= north)


def covers(area: Polygon, place: Place) -> bool:
    """Whether the place lies in the area or on its border."""
    return bool(area.covers(Point(place.longitude, place.latitude)))


def share_ground(one: Polygon, other: Polygon) -> bool:
    """Whether two areas overlap by more than a common border, or a seam along it."""
    return bool(common_ground(one, other))


def common_ground(one: Polygon, other: Polygon) -> tuple[Ring, ...]:
    """Return the outlines of what two areas share; seams along a common border are left out."""
    if not one.intersects(other):
        return ()
    return tuple(_outline(part) for part in _parts(one.intersection(other)))


def without(area: Polygon, others: Sequence[Polygon]) -> Ring | None:
    """Return what is left of an area when the others keep their ground; None when that is nothing, or not one whole.

    A hole is not one whole: an area is stored as a single line around it.
    """
    left = _parts(area.difference(union_all(list(others))))
    if len(left) != 1 or left[0].interiors:
        return None
    return _outline(left[0])


def _parts(found: BaseGeometry) -> list[Polygon]:
    """Return the polygons in a geometry that are wider than a seam somewhere."""
    pieces = getattr(found, "geoms", [found])
    return [piece for piece in pieces if isinstance(piece, Polygon) and not piece.buffer(-SEAM_DEGREES / 2).is_empty]


def _outline(found: Polygon) -> Ring:
    corners = [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in found.exterior.coords[:-1]]
    return tuple(corner for number, corner in enumerate(corners) if corner != corners[number - 1])
