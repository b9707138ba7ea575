"""An address with the way in, as somebody wrote it."""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class HomeText:
    """An address with the way in, as somebody wrote it."""

    street: str
    postal_code: str
    place: str
    floor: str = ""
    latitude: float | None = None
    longitude: float | None = None
    way_in: str = ""
    door_code: str = ""
    key_note: str = ""
    practical: str = ""

    def trimmed(self) -> "HomeText":
        """Return the same without blanks around the texts."""
        said: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        said.update({name: value.strip() for name, value in said.items() if isinstance(value, str)})
        return HomeText(**said)

    @property
    def is_at(self) -> tuple[str, str, str]:
        """Where it is, without who one rings for or how one gets in."""
        return self.street, self.postal_code, self.place
