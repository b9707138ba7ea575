"""What the product writes when lists in use change on the day shown: somebody falls ill, and a visit is handed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from tillit.demo.people.staff import Member, Staff
from tillit.demo.store import Store
from tillit.demo.story import solvik
from tillit.kernel import oslo
from tillit.teamwork.planning.models import ListChange, Notice
from tillit.teamwork.planning.queries.lists import as_json
from tillit.teamwork.planning.rules import handing
from tillit.teamwork.planning.rules.changes import NoticeKind
from tillit.teamwork.planning.rules.day import Row as ListRow

if TYPE_CHECKING:
    from tillit.demo.days.recording import Row

GIVEN_AT = time(7, 34)
"""Between the lists were taken into use and Jonas called in sick."""


@dataclass(frozen=True, slots=True)
class Given:
    """A visit that went from one list to another, between the two of them."""

    visit_id: int
    by: Member
    to: Member
    start: int
    at: datetime

    def write(self, store: Store, lists_id: int, edition: int, base: datetime) -> None:
        """Write the step, and the notice to her who got it."""
        starts_at = base + timedelta(minutes=self.start)
        before, after = (ListRow(self.visit_id, one.id, starts_at) for one in (self.by, self.to))
        store.add(
            ListChange,
            lists_id=lists_id,
            edition=edition,
            by_id=self.by.id,
            at=self.at,
            what=handing.HAND_OVER,
            before=as_json([before]),
            after=as_json([after]),
        )
        store.add(
            Notice,
            lists_id=lists_id,
            employee_id=self.to.id,
            visit_id=self.visit_id,
            kind=NoticeKind.NEW,
            becomes_at=starts_at,
            at=self.at,
        )


def given_away(rows: "Iterable[Row]", staff: Staff, day: date, kind: str) -> Given | None:
    """Return what the story's giver has given away, when both are at work on these lists; None when not."""
    family, giver, receiver = solvik.HANDED_OVER
    by = next((one.member for one in staff.present[day] if one.kind == kind and one.member.initials == giver), None)
    for row in rows:
        helpers = row.placed.helpers if row.placed is not None and not row.cancelled_by else ()
        if by is None or row.placed is None or [one.initials for one in helpers] != [receiver]:
            continue
        if row.person.curated is not None and row.person.family == family:
            return Given(row.id, by, helpers[0], row.placed.start, oslo.moment(day, GIVEN_AT))
    return None


def take_off(
    store: Store, lists_id: int, edition: int, gone: "Sequence[Row]", away: int, base: datetime, at: datetime
) -> None:
    """Write what happens when somebody on lists in use falls ill: one step, and a notice of each visit to her."""
    before = [
        ListRow(row.id, away, base + timedelta(minutes=row.day_visit.wished or row.day_visit.earliest)) for row in gone
    ]
    store.add(ListChange, lists_id=lists_id, edition=edition, at=at, what="ABSENCE", before=as_json(before), after=[])
    for each in before:
        store.add(
            Notice,
            lists_id=lists_id,
            employee_id=away,
            visit_id=each.visit_id,
            kind=NoticeKind.GONE,
            was_at=each.starts_at,
            at=at,
        )
