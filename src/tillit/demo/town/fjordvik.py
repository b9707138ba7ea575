"""The land of Fjordvik: a fjord from west to east with a small bay on its north side, and who answers for which part.

Drawn in kilometres east and north of a corner near 61.9° N 6.0° E. Neighbouring parts share their corners, so that
they tile the land without gap or overlap; the water belongs to nobody. A larger town is the same one again, laid
beside the first.
"""

import math
from dataclasses import dataclass

CORNER_LATITUDE = 61.875
CORNER_LONGITUDE = 5.95
_KM_PER_DEGREE = 111.195
_KM_PER_DEGREE_EAST = _KM_PER_DEGREE * math.cos(math.radians(61.9))
#: How far apart copies of the town lie, in kilometres east and north, and how many stand in a row.
COPY_EAST, COPY_NORTH, COPIES_IN_A_ROW = 9.0, 6.5, 6

Corner = tuple[float, float]

_HEAD: Corner = (7.0, 3.0)
_SOUTH_SHORE: tuple[Corner, ...] = (
    (0.0, 2.2), (1.2, 2.5), (2.4, 2.3), (3.2, 2.7), (4.2, 2.5), (5.2, 2.8), (6.4, 2.75),
)  # fmt: skip
_NORTH_SHORE: tuple[Corner, ...] = ((0.0, 3.6), (1.0, 3.4), (2.2, 3.6), (3.0, 3.3))
_BAY: tuple[Corner, ...] = ((3.3, 4.1), (3.5, 4.3), (3.9, 3.4))

#: The parts of the land, each a ring of corners; the first is not repeated.
PARTS: dict[str, tuple[Corner, ...]] = {
    "Lia": (_SOUTH_SHORE[0], _SOUTH_SHORE[1], _SOUTH_SHORE[2], (2.6, 0.0), (0.0, 0.0)),
    "Solvik": (*_SOUTH_SHORE[2:6], (5.1, 1.4), (5.0, 0.0), (2.6, 0.0)),
    "Havna": (_SOUTH_SHORE[5], _SOUTH_SHORE[6], _HEAD, (8.0, 3.0), (8.0, 1.2), (5.1, 1.4)),
    "Vika": ((5.1, 1.4), (8.0, 1.2), (8.0, 0.0), (5.0, 0.0)),
    "Neset": (*_NORTH_SHORE, _BAY[0], _BAY[1], (3.6, 5.6), (0.0, 5.6)),
    "Bjørkåsen": (_BAY[1], _BAY[2], (5.0, 3.5), (5.2, 5.6), (3.6, 5.6)),
    "Fjellgrend": ((5.0, 3.5), (6.2, 3.3), _HEAD, (8.0, 3.0), (8.0, 5.6), (5.2, 5.6)),
}
#: The fjord, for maps and for the test that nobody lives in it.
WATER: tuple[Corner, ...] = (
    *_SOUTH_SHORE, _HEAD, (6.2, 3.3), (5.0, 3.5), *reversed(_BAY), *reversed(_NORTH_SHORE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Street:
    """A straight street: where it starts, where it goes, metres between house numbers."""

    name: str
    postal_code: str
    start: Corner
    end: Corner


#: Streets by part, each wholly inside it: name, from, to (kilometres).
_STREETS: dict[str, tuple[tuple[str, float, float, float, float], ...]] = {
    "Lia": (
        ("Liavegen", 0.3, 1.9, 2.2, 2.0), ("Kvernhusvegen", 0.4, 1.3, 1.7, 1.1), ("Bruvegen", 1.9, 0.5, 2.1, 1.8),
        ("Skogheimen", 0.3, 0.5, 1.3, 0.9), ("Kapellbakken", 1.0, 1.5, 1.6, 2.2), ("Eplehagen", 0.7, 2.1, 1.3, 2.3),
        ("Sagtunet", 0.2, 0.9, 0.9, 1.6), ("Lidarende", 1.3, 0.3, 1.9, 0.2), ("Fagerlia", 1.8, 1.2, 2.3, 1.7),
    ),
    "Solvik": (
        ("Strandveien", 2.8, 2.3, 4.8, 2.4), ("Fjellveien", 2.9, 0.6, 4.4, 0.4), ("Solvikgata", 3.1, 1.8, 4.7, 1.9),
        ("Skolebakken", 3.5, 0.9, 3.7, 2.1), ("Prestegata", 4.1, 1.1, 4.2, 2.2), ("Tunveien", 2.8, 1.2, 3.4, 1.6),
        ("Myrullveien", 4.4, 0.7, 4.9, 1.6), ("Nausttunet", 3.0, 2.4, 3.3, 2.5), ("Bakkegata", 2.7, 1.9, 3.3, 1.2),
        ("Solbergsvingen", 4.5, 2.1, 5.0, 2.6),
    ),
    "Havna": (
        ("Kaigata", 5.4, 2.6, 6.9, 2.6), ("Havnegata", 5.3, 2.2, 7.1, 2.3), ("Sjøbodveien", 6.5, 2.7, 7.2, 2.8),
        ("Fabrikkgata", 5.5, 1.7, 6.8, 1.6), ("Tollbodallmenningen", 5.9, 1.8, 6.0, 2.5),
        ("Verftsveien", 6.9, 1.5, 7.6, 2.4), ("Fyrveien", 7.3, 2.6, 7.9, 2.9), ("Trandamperen", 6.3, 1.9, 6.7, 2.4),
        ("Kirkegata", 5.3, 1.6, 5.7, 2.4),
    ),
    "Vika": (("Nye Vika", 5.6, 0.5, 7.2, 0.6), ("Torvmyra", 6.2, 0.9, 7.4, 0.9)),
    "Neset": (
        ("Nesvegen", 0.2, 3.8, 2.8, 3.8), ("Fyrlyktvegen", 0.3, 4.3, 1.6, 4.6), ("Storgata", 1.4, 4.1, 2.9, 4.3),
        ("Gamle Kongeveg", 0.5, 5.2, 3.2, 5.1), ("Rognelia", 2.0, 4.5, 2.7, 5.4), ("Notbakken", 1.1, 3.6, 1.9, 4.1),
        ("Øyrane", 2.5, 3.6, 3.1, 4.2), ("Klokkargarden", 0.2, 4.7, 1.0, 5.3), ("Sildehola", 2.9, 4.4, 3.4, 5.2),
        ("Prestøyra", 1.7, 4.7, 1.9, 5.4), ("Byfogdvegen", 0.6, 4.0, 1.2, 4.0), ("Elvebakken", 2.1, 4.0, 2.4, 4.9),
    ),
    "Bjørkåsen": (
        ("Bjørkåsveien", 4.0, 3.7, 4.9, 4.9), ("Åsveien", 3.8, 4.5, 4.9, 4.3), ("Blokkveien", 4.0, 5.0, 5.0, 5.1),
        ("Hellingen", 4.2, 3.6, 4.9, 3.7), ("Granholtet", 3.8, 5.2, 4.6, 5.4), ("Trekanten", 4.4, 4.0, 4.9, 4.1),
        ("Lyngveien", 3.8, 4.2, 4.2, 4.8), ("Tjernsvingen", 4.6, 4.6, 5.1, 5.4),
    ),
    "Fjellgrend": (
        ("Fjellgrendvegen", 5.3, 3.7, 7.6, 4.4), ("Stølsvegen", 5.6, 4.8, 7.2, 5.3), ("Hjelle", 6.3, 3.5, 7.4, 3.4),
        ("Ytste Haugen", 7.2, 4.6, 7.8, 5.3), ("Setervegen", 5.4, 4.4, 6.4, 4.5), ("Bygdetunet", 6.4, 3.8, 7.0, 3.8),
        ("Heggebakken", 5.5, 5.1, 6.2, 5.4),
    ),
}  # fmt: skip

_POSTAL_CODES = {
    "Lia": "6773", "Solvik": "6771", "Havna": "6770", "Vika": "6774", "Neset": "6776", "Bjørkåsen": "6777",
    "Fjellgrend": "6778",
}  # fmt: skip


def degrees(corner: Corner, copy: int = 0) -> tuple[float, float]:
    """Return (latitude, longitude) of a corner in the given copy of the town, to about a metre."""
    row, column = divmod(copy, COPIES_IN_A_ROW)
    east, north = corner[0] + column * COPY_EAST, corner[1] - row * COPY_NORTH
    return (
        round(CORNER_LATITUDE + north / _KM_PER_DEGREE, 5),
        round(CORNER_LONGITUDE + east / _KM_PER_DEGREE_EAST, 5),
    )


def ring(part: str, copy: int = 0) -> list[list[float]]:
    """Return a part as a GeoJSON ring of [longitude, latitude]."""
    return [[longitude, latitude] for latitude, longitude in (degrees(corner, copy) for corner in PARTS[part])]


def streets(part: str) -> list[Street]:
    """Return the streets of a part."""
    code = _POSTAL_CODES[part]
    return [Street(name, code, (x_1, y_1), (x_2, y_2)) for name, x_1, y_1, x_2, y_2 in _STREETS[part]]


def length_m(street: Street) -> float:
    """Return the street's length in metres."""
    return 1000 * math.dist(street.start, street.end)


def house(street: Street, number: int) -> Corner:
    """Return where a house stands: twelve metres further for each number, odd ones on the left side.

    Numbers beyond the street's end stand at its end.
    """
    along = min(number * 12 / max(length_m(street), 1.0), 1.0)
    east, north = street.end[0] - street.start[0], street.end[1] - street.start[1]
    length = math.hypot(east, north) or 1.0
    side = 0.012 if number % 2 else -0.012
    return (
        street.start[0] + along * east - side * north / length,
        street.start[1] + along * north + side * east / length,
    )


def highest_number(street: Street) -> int:
    """Return the last house number of the street."""
    return max(2, int(length_m(street) // 12))
