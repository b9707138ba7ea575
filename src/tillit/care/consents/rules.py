"""Which parts of her page a citizen has let somebody in to. Plain values; nothing here knows a database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tillit.kernel.periods import Days


class Part(StrEnum):
    """A part of a citizen's own page that can be given to somebody, each by itself."""

    VISITS = "VISITS"
    GOALS = "GOALS"
    DECISIONS = "DECISIONS"
    LOOKUPS = "LOOKUPS"
    CANCEL = "CANCEL"
    MESSAGES = "MESSAGES"


class Basis(StrEnum):
    """What somebody is let in by (grunnlag)."""

    CONSENT = "CONSENT"
    AUTHORITY = "AUTHORITY"
    GUARDIAN = "GUARDIAN"


#: What one must see to be able to do.
NEEDS = {Part.CANCEL: Part.VISITS}
#: What the citizen herself has given, and so takes back herself. A guardian's mandate is not hers to end.
HERS_TO_END = frozenset({Basis.CONSENT, Basis.AUTHORITY})


@dataclass(frozen=True, slots=True)
class Given:
    """A part given in a consent. ended_at: when somebody took it back, aware UTC; it closes at that very moment."""

    part: Part
    given_at: datetime
    ended_at: datetime | None = None


def open_parts(days: Days, given: Iterable[Given], *, on: date, at: datetime) -> frozenset[Part]:
    """Return the parts a consent opens on a day in Oslo and at a moment in it.

    A part that needs another is closed while that one is: nobody cancels a visit she may not see.
    """
    if not days.contains(on):
        return frozenset()
    held = {one.part for one in given if one.given_at <= at and (one.ended_at is None or at < one.ended_at)}
    return frozenset(part for part in held if NEEDS.get(part, part) in held)


def lacking(parts: Iterable[Part]) -> frozenset[Part]:
    """Return the parts that must be given too, for those that are given to be of use."""
    wanted = frozenset(parts)
    return frozenset(NEEDS[part] for part in wanted if part in NEEDS) - wanted
