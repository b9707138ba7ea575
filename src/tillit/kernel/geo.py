"""Points and areas on the map: WGS 84 degrees, longitude first in GeoJSON, latitude first in our own calls."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shapely import prepare
from shapely.geometry import Point, Polygon

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG


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


def covers(area: Polygon, place: Place) -> bool:
    """Whether the place lies in the area or on its border."""
    return bool(area.covers(Point(place.longitude, place.latitude)))


def share_ground(one: Polygon, other: Polygon) -> bool:
    """Whether two areas overlap by more than a common border."""
    return bool(one.intersection(other).area > 1e-12)
