"""The packet: one's own day and its visits, drawn by the same templates as the pages, for a phone without coverage.

It holds parts of pages, not facts: what a visit's page shows with coverage is what it shows without. No door code, no
token and no press key stands in it; the phone makes the press keys itself. Kept encrypted there (docs/offline.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tillit.care.visits import queries as visits
from tillit.care.visits.queries import VisitRow
from tillit.foundation.access.actor import Actor
from tillit.pages.myday.contexts.change import change_form, change_page, destinations, owners_of
from tillit.pages.myday.contexts.day import DayRead, day_note, read_day
from tillit.pages.myday.contexts.lines import Line, card_of, press_of, timed_lines
from tillit.pages.myday.contexts.visit import Known, known, page_of
from tillit.pages.myday.contexts.visit_form import form_of
from tillit.pages.myday.pocket.beside import beside_visits
from tillit.pages.myday.pocket.drawing import Drawn, draw, parted
from tillit.ui.parts import DayRow

#: Changed when the scripts on the phone would not understand an older packet.
VERSION = 1


@dataclass(frozen=True, slots=True)
class PocketLine:
    """A line of the day. Of a visit still to come the phone shows card, row or kept, by what has been done since."""

    begins: str = field(metadata={"help": "ISO, UTC"})
    ends: str = field(metadata={"help": "ISO, UTC: when a break or a meeting is over; empty for a visit"})
    visit: int | None
    state: str
    row: str
    card: str = field(default="", metadata={"help": "The visit as the next one; empty when it is not to come"})
    kept: str = field(default="", metadata={"help": "The row when something about it waits to be sent"})


@dataclass(frozen=True, slots=True)
class Packet:
    """Everything the phone keeps of one working day."""

    on: str
    note: str
    language: str
    scheme: str
    lines: tuple[PocketLine, ...]
    visits: Mapping[str, Drawn]
    changes: Mapping[str, Drawn]
    pages: Mapping[str, Drawn] = field(metadata={"help": "What else is said from the visits, by its address"})
    version: int = VERSION

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def packet(*, actor: Actor, me: int, now: datetime, language: str, scheme: str) -> Packet:
    """Return the day that is going on at `now`. The same number of queries for any list of one team."""
    read = read_day(me=me, on=None, now=now)
    reached = visits.visits_in_reach(actor=actor, visit_ids=[row.visit_id for row in read.rows], at=now)
    about = known(reached, me=me, now=now) if reached else None
    within = frozenset(row.visit_id for row in reached)
    return Packet(
        on=read.on.isoformat(),
        note=day_note(read.on, read.rows),
        language=language,
        scheme=scheme,
        lines=_lines(read, within, now=now),
        visits={str(row.visit_id): _visit(about, actor, row, now=now) for row in reached} if about else {},
        changes=_changes(about, actor, reached, now=now) if about else {},
        pages=beside_visits(about, actor, reached, now=now) if about else {},
    )


def _lines(read: DayRead, within: frozenset[int], *, now: datetime) -> tuple[PocketLine, ...]:
    by_id = {row.visit_id: row for row in read.rows}
    lines = timed_lines(read.rows, read.rows, read.mine, read.meetings, read.around, now=now, whole_day=True)
    return tuple(_line(line, by_id.get(line.visit_id or 0), read, within, now=now) for line in lines)


def _line(line: Line, row: VisitRow | None, read: DayRead, within: frozenset[int], *, now: datetime) -> PocketLine:
    begins, ends = line.begins.isoformat(), line.ends.isoformat() if line.ends else ""
    if row is None or row.visit_id not in within:
        return PocketLine(begins, ends, None, "", draw("ui/day_row.html", day_row=line.row))
    drawn = draw("ui/day_row.html", day_row=line.row)
    kept = DayRow(line.row.starts, line.row.name, line.row.ends, _("Lagret på telefonen"), line.row.href, state="done")
    card = ""
    if row.state == "PLANNED":
        card = draw(
            "myday/next_visit.html",
            card=card_of(row, read.around, now=now),
            finish=press_of(row, read.around, press_key=""),
        )
    return PocketLine(begins, ends, row.visit_id, row.state, drawn, card, draw("ui/day_row.html", day_row=kept))


def _visit(about: Known, actor: Actor, row: VisitRow, *, now: datetime) -> Drawn:
    form = form_of(row, about.tasks.get(row.visit_id, []), about.reports.get(row.visit_id))
    page = page_of(about, actor=actor, row=row, form=form, now=now, press_key="")
    return parted("myday/visit.html", page=page, form=form)


def _changes(about: Known, actor: Actor, rows: Sequence[VisitRow], *, now: datetime) -> dict[str, Drawn]:
    going_to = destinations(about.briefs.values(), at=now)
    owners = owners_of(going_to.values())
    drawn = {}
    for row in rows:
        form = change_form(going_to[row.citizen_id], now=now)
        page = change_page(
            actor=actor,
            row=row,
            brief=about.briefs[row.citizen_id],
            going_to=going_to[row.citizen_id],
            form=form,
            press_key="",
            owners=owners,
        )
        drawn[str(row.visit_id)] = parted("myday/change.html", page=page, form=form)
    return drawn
