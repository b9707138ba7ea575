"""A map without tiles: areas, numbered stops and routes, with the same in a table."""

from dataclasses import dataclass, field
from typing import Any

from tillit.ui.parts.part import Part
from tillit.ui.parts.tables import DataTable

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS84."""


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area with its name."""

    name: str
    ring: tuple[Point, ...]
    colour: int = 0


@dataclass(frozen=True, slots=True)
class MapStop:
    """A stop on a route: its number and who is there."""

    at: Point
    number: str = field(metadata={"help": "Order on the route; empty: a faint dot for one who is not concerned"})
    title: str = field(metadata={"help": "«Rønning, 09.15, Hanne Lie»; no names where names must not be"})
    colour: int = 0
    new: bool = field(default=False, metadata={"help": "A ring around it: this stop is proposed"})
    label: str = field(default="", metadata={"help": "Always shown beside the stop"})


@dataclass(frozen=True, slots=True)
class MapRoute:
    """A helper's route through points, in the helper's colour."""

    name: str
    points: tuple[Point, ...]
    colour: int
    old: bool = field(default=False, metadata={"help": "Grey and dotted: as it was"})


@dataclass(frozen=True, slots=True)
class Map(Part):
    """A map. `table` says the same in words, for those who do not see it, and before scripts arrive."""

    id: str
    label: str = field(metadata={"help": "The finding: «Rutene til Hanne og Samira med forslaget»"})
    table: DataTable
    areas: tuple[MapArea, ...] = ()
    stops: tuple[MapStop, ...] = ()
    routes: tuple[MapRoute, ...] = ()
    note: str = ""
    tile_url: str = field(default="", metadata={"help": "Leaflet's template; its host must be in img-src"})
    tile_credit: str = ""

    @property
    def data(self) -> dict[str, Any]:
        """What map.js reads."""
        return {
            "areas": [{"name": area.name, "ring": area.ring, "colour": area.colour} for area in self.areas],
            "stops": [
                {
                    "at": stop.at,
                    "number": stop.number,
                    "title": stop.title,
                    "colour": stop.colour,
                    "new": stop.new,
                    "label": stop.label,
                }
                for stop in self.stops
            ],
            "routes": [
                {"name": route.name, "points": route.points, "colour": route.colour, "old": route.old}
                for route in self.routes
            ],
            "tileUrl": self.tile_url,
            "tileCredit": self.tile_credit,
        }

    @property
    def data_id(self) -> str:
        """Id of the JSON."""
        return f"{self.id}-data"
