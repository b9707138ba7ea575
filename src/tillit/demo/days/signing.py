"""Signs what is written on the days, as the product does when somebody presses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tillit.care.journal.models import Countersign, Entry, EntryKind
from tillit.demo.people.hiring import ROLE_OF
from tillit.demo.store import Store
from tillit.kernel import oslo

COUNTERSIGNED = "HOME_HELPER"
"""Whose words a nurse signs beside them in Fjordvik (`demo.story.journal`)."""
WAITS_DAYS = 4
"""Older words are countersigned; those of the last days wait."""


@dataclass(slots=True)
class Signer:
    """Signs for everybody. known: name and profession of each employee."""

    store: Store
    anchor: date
    known: Mapping[int, tuple[str, str]]

    def sign(
        self,
        kind: EntryKind,
        row_id: int,
        *,
        citizen_id: int,
        author_id: int | None,
        happened_at: datetime,
        at: datetime,
        has_words: bool = True,
        nurse_id: int | None = None,
    ) -> None:
        """Sign a row. nurse_id: who countersigns the next morning, when the municipality wants it."""
        name, profession = self.known.get(author_id or 0, ("", ""))
        wants = profession == COUNTERSIGNED and has_words
        entry_id = self.store.add(
            Entry,
            kind=kind.value,
            row_id=row_id,
            citizen_id=citizen_id,
            author_id=author_id,
            author_name=name,
            author_role=_role(profession),
            author_profession=profession,
            happened_at=happened_at,
            signed_at=at,
            has_words=has_words,
            wants_countersign=wants,
        )
        on = oslo.day_of(at)
        nurse, trained = self.known.get(nurse_id or 0, ("", ""))
        if wants and nurse and nurse_id != author_id and (self.anchor - on).days > WAITS_DAYS:
            self.store.add(
                Countersign,
                entry_id=entry_id,
                employee_id=nurse_id,
                name=nurse,
                role=_role(trained),
                profession=trained,
                at=oslo.moment(on + timedelta(days=1), time(8, 10)),
            )


def _role(profession: str) -> str:
    found = ROLE_OF.get(profession)
    return found.value if found else ""
