"""The points of the line around an area, as people type them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tillit.kernel.geo import DECIMALS, Ring


class Wrong(StrEnum):
    """Which of the two numbers of a point cannot be read."""

    LATITUDE = "LATITUDE"
    LONGITUDE = "LONGITUDE"


@dataclass(frozen=True, slots=True)
class TypedPoint:
    """One row of the table of points, as typed."""

    latitude: str
    longitude: str
    wrong: Wrong | None = None


def read_points(latitudes: Sequence[str], longitudes: Sequence[str]) -> tuple[TypedPoint, ...]:
    """Return the rows with what is wrong with each; rows where nothing is typed are left out."""
    return tuple(
        TypedPoint(latitude.strip(), longitude.strip(), _wrong(latitude, longitude))
        for latitude, longitude in zip(latitudes, longitudes, strict=False)
        if latitude.strip() or longitude.strip()
    )


def points_of(ring: Ring) -> tuple[TypedPoint, ...]:
    """Return the rows of a stored or read ring, with decimal commas."""
    return tuple(TypedPoint(_typed(latitude), _typed(longitude)) for longitude, latitude in ring)


def ring_of(points: Sequence[TypedPoint]) -> Ring:
    """Return the corners, (longitude, latitude), of the rows that can be read."""
    return tuple((_degrees(point.longitude), _degrees(point.latitude)) for point in points if point.wrong is None)


def _typed(degrees: float) -> str:
    return f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".").replace(".", ",")


def _degrees(text: str) -> float:
    """Return the number; decimal comma or point. Raises ValueError for anything else, and for more than 180."""
    found = float(text.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    if not abs(found) <= 180:
        raise ValueError(text)
    return round(found, DECIMALS)


def _wrong(latitude: str, longitude: str) -> Wrong | None:
    for text, most, which in ((latitude, 90, Wrong.LATITUDE), (longitude, 180, Wrong.LONGITUDE)):
        try:
            if abs(_degrees(text)) > most:
                return which
        except ValueError:
            return which
    return None
