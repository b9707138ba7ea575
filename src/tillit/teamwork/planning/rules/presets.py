"""What a proposal puts first, in three ways a team can choose between. The adapter gives each its weights."""

from enum import StrEnum


class Preset(StrEnum):
    """What counts most."""

    KNOWN_FACES = "KNOWN_FACES"
    """Known faces, then competence, then driving."""
    WISHED_TIMES = "WISHED_TIMES"
    """The times citizens want, then known faces, then driving."""
    SHORT_WAYS = "SHORT_WAYS"
    """Driving, then known faces, then wished times."""


def read(code: str) -> Preset:
    """Return the preset a form names; the first when it names none we know."""
    return Preset(code) if code in set(Preset) else Preset.KNOWN_FACES
