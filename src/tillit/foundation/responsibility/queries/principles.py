"""The municipality's principles, version by version (R57)."""

from dataclasses import dataclass
from datetime import datetime

from tillit.foundation.responsibility.models import Principle, Principles


@dataclass(frozen=True, slots=True)
class PrincipleLine:
    """One principle."""

    principle_id: int
    rank: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PrinciplesShown:
    """One version of them."""

    number: int
    source: str
    made_by: str
    made_at: datetime
    entries: tuple[PrincipleLine, ...]


def list_principles() -> list[PrinciplesShown]:
    """Return every version, the newest first. Two queries."""
    rows = Principles.objects.select_related("made_by").prefetch_related("entries").order_by("-number")
    return [_shown(row) for row in rows]


def principles_now() -> PrinciplesShown | None:
    """Return the newest version, or None before any is stored. Two queries."""
    row = Principles.objects.select_related("made_by").prefetch_related("entries").order_by("-number").first()
    return _shown(row) if row else None


def _shown(row: Principles) -> PrinciplesShown:
    entries: list[Principle] = sorted(row.entries.all(), key=lambda one: one.rank)
    return PrinciplesShown(
        number=row.number,
        source=row.source,
        made_by=row.made_by.name if row.made_by else "",
        made_at=row.made_at,
        entries=tuple(PrincipleLine(one.pk, one.rank, one.title, one.text) for one in entries),
    )
