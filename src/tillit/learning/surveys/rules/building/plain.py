"""An instrument as it is stored, and back: JSON with all its words, so that no release of the product rewords it."""

from collections.abc import Mapping
from typing import Any

from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item, Part, Scale, Text

STATUS = "laget i kommunen, ikke validert"
LICENCE = ""


def to_plain(instrument: Instrument) -> dict[str, Any]:
    """Return what is asked as JSON. Code and version stand beside it in the row."""
    return {
        "name": list(instrument.name),
        "about": list(instrument.about),
        "for_whom": instrument.for_whom,
        "parts": [[part.code, list(part.name), list(part.says)] for part in instrument.parts],
        "items": [
            {
                "code": item.code,
                "text": list(item.text),
                "scale": item.scale,
                "part": item.part,
                "reverse": item.reverse,
                "only_if": [item.only_if[0], list(item.only_if[1])] if item.only_if else None,
            }
            for item in instrument.items
        ],
        "scales": [
            {
                "code": scale.code,
                "asks": scale.asks.value,
                "least": scale.least,
                "most": scale.most,
                "words": [list(word) for word in scale.words],
                "beside": list(scale.beside) if scale.beside else None,
            }
            for scale in instrument.scales
        ],
    }


def from_plain(said: Mapping[str, Any], *, code: str, version: int) -> Instrument:
    """Return the instrument that was stored. It is scored when it has themes; then each has a number together."""
    parts = tuple(Part(part, Text(*name), Text(*says)) for part, name, says in said["parts"])
    return Instrument(
        code=code, version=version, name=Text(*said["name"]), about=Text(*said["about"]), for_whom=said["for_whom"],
        parts=parts,
        items=tuple(
            Item(
                one["code"], Text(*one["text"]), one["scale"], one["part"], one["reverse"],
                (one["only_if"][0], tuple(one["only_if"][1])) if one["only_if"] else None,
            )
            for one in said["items"]
        ),
        scales=tuple(
            Scale(
                one["code"], Asks(one["asks"]), one["least"], one["most"],
                tuple(Text(*word) for word in one["words"]), Text(*one["beside"]) if one["beside"] else None,
            )
            for one in said["scales"]
        ),
        status=STATUS, licence=LICENCE, scored=bool(parts),
    )  # fmt: skip
