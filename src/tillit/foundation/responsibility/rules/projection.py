"""Places on a drawing: longitude and latitude as x and y, and back.

Equirectangular: across and down are straight lines of the degrees, with longitude shortened by the cosine of the
middle latitude. Inside a municipality it differs from the ground by less than the width of the line that is drawn.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

#: The smallest stretch of ground that is shown, in degrees of latitude: about two kilometres.
LEAST_DEGREES = 0.018
METRES_PER_DEGREE = 111_195.0
#: Lengths a scale may have, in metres.
_SCALES = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a drawing shows. x grows eastwards from `west`, y southwards from `north`."""

    west: float
    north: float
    across: float
    """Units per degree of longitude."""
    down: float
    """Units per degree of latitude."""
    width: float
    height: float

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return (x, y) of a place; outside the frame too."""
        return (longitude - self.west) * self.across, (self.north - latitude) * self.down

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return (longitude, latitude) of a point: the other way round."""
        return self.west + x / self.across, self.north - y / self.down

    @property
    def metres(self) -> float:
        """Metres on the ground per unit."""
        return METRES_PER_DEGREE / self.down


def frame_around(
    places: Iterable[tuple[float, float]], *, width: float = 1000.0, tallest: float = 0.8, flattest: float = 0.5
) -> Frame | None:
    """Return a frame with every place inside and a tenth of free ground around; None when there is no place.

    places: (longitude, latitude). tallest, flattest: the height is between these parts of the width.
    """
    found = list(places)
    if not found:
        return None
    west, east = min(place[0] for place in found), max(place[0] for place in found)
    south, north = min(place[1] for place in found), max(place[1] for place in found)
    shorter = math.cos(math.radians((south + north) / 2))
    wide = max((east - west) * shorter, LEAST_DEGREES) * 1.2
    high = max(north - south, LEAST_DEGREES * flattest) * 1.2
    shape = min(max(high / wide, flattest), tallest)
    wide = max(wide, high / shape)
    high = wide * shape
    down = width / wide
    return Frame(
        west=(west + east) / 2 - wide / shorter / 2,
        north=(south + north) / 2 + high / 2,
        across=down * shorter,
        down=down,
        width=width,
        height=width * shape,
    )


def scale_of(frame: Frame, *, longest: float = 0.25) -> tuple[int, float]:
    """Return (metres, units) of a scale: the longest round number within a part of the width."""
    most = frame.width * longest * frame.metres
    metres = max((length for length in _SCALES if length <= most), default=_SCALES[0])
    return metres, metres / frame.metres
