"""Correcting what is written about a citizen: what was different, as it is kept."""

from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """What is written about who a citizen is. Empty text and None: not known."""

    given_name: str
    family_name: str
    call_name: str = ""
    born_on: date | None = None
    phone: str = ""
    language: str = ""
    needs_interpreter: bool = False
    lives_alone: bool | None = None

    def trimmed(self) -> "Facts":
        """Return the facts without blanks around the texts."""
        return Facts(
            given_name=self.given_name.strip(),
            family_name=self.family_name.strip(),
            call_name=self.call_name.strip(),
            born_on=self.born_on,
            phone=self.phone.strip(),
            language=self.language.strip(),
            needs_interpreter=self.needs_interpreter,
            lives_alone=self.lives_alone,
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that became another: its name, and what it was as text."""

    field: str
    was: str


def differences(before: Facts, after: Facts) -> tuple[Difference, ...]:
    """Return the facts that differ, in order, with what they were. Nothing different, nothing returned."""
    return tuple(
        Difference(one.name, as_text(getattr(before, one.name)))
        for one in fields(Facts)
        if getattr(before, one.name) != getattr(after, one.name)
    )


def as_text(value: str | bool | date | None) -> str:
    """Return a fact as it is kept: days as 1940-01-31, yes and no as true and false, nothing as empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value
