"""The board itself: lanes with bars, placed in slots of five minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from string import ascii_uppercase

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import Where, mark_of, where_of
from tillit.teamwork.planning.queries import ProposalView, TeamDay
from tillit.teamwork.planning.rules import board, breaks, changes
from tillit.teamwork.planning.rules.board import Frame
from tillit.teamwork.planning.rules.day import Call, Day, Row, Worker
from tillit.teamwork.planning.rules.grouping import ChangeKind
from tillit.teamwork.planning.words import Names
from tillit.ui.parts import HourMark, Lane, LaneBar, Lanes, Span
from tillit.ui.parts.planning import BarKind

NURSE_LEVEL = 2
SHEET = "visit-sheet"
BOARD = "board"
LOWEST_ROW = 3
"""Visits at the same time stand under each other in a lane, down to this row."""


def frame_of(team_day: TeamDay) -> Frame:
    """The hours the board shows."""
    day = team_day.day
    spans = [(worker.starts_at, worker.ends_at) for worker in day.workers]
    spans += [(day.starts_at(call.visit_id), day.starts_at(call.visit_id) + call.length) for call in day.calls]
    return board.frame(on=day.on, shift_kind=day.shift_kind, spans=spans)


def lanes_of(
    team_day: TeamDay, names: Names, *, proposal: ProposalView | None, may_allocate: bool, now: datetime
) -> Lanes:
    """The board with everybody who has a shift, the visits nobody has on top."""
    return _Board(team_day, names, proposal, may_allocate, now).drawn()


class _Board:
    def __init__(
        self, team_day: TeamDay, names: Names, proposal: ProposalView | None, may_allocate: bool, now: datetime
    ) -> None:
        self.team_day, self.names, self.may_allocate, self.now = team_day, names, may_allocate, now
        self.day: Day = team_day.day
        self.where: Where = where_of(team_day)
        self.frame = frame_of(team_day)
        self.pairs = pair_letters(self.day)
        self.pending = pending_of(proposal)
        self.with_proposal = self.day.with_rows(self.pending.rows_with(self.day.rows))

    def drawn(self) -> Lanes:
        people = [self._lane(worker) for worker in sorted(self.day.workers, key=lambda worker: worker.is_absent)]
        # The line down to the same visit in the next lane.
        for number, (upper, lower) in enumerate(pairwise(people)):
            people[number] = _linked(upper, lower)
        return Lanes(
            id=BOARD,
            label=_("Tavle med %(count)d på vakt") % {"count": sum(worker.visits for worker in self.day.workers)},
            lanes=(*self._uncovered(), *people),
            slots=self.frame.slots,
            hours=_hours(self.frame),
            now_slot=self.frame.slot_of(self.now),
            move_href=self._move_href() if self.may_allocate else "",
            sheet=SHEET,
        )

    def _move_href(self) -> str:
        """Holds the edition seen and where slot 1 begins, so that a drop means what it looked like."""
        began = int(self.frame.starts_at.timestamp())
        return f"{self.where.href('move')}?edition={self.team_day.head.edition}&from={began}"

    def _uncovered(self) -> list[Lane]:
        calls = [
            call
            for call in self.day.uncovered
            if call.visit_id not in self.pending.in_rounds
            for _half in range(self.day.missing(call.visit_id))
        ]
        if not calls:
            return []
        spans = [(self.day.starts_at(call.visit_id), self.day.starts_at(call.visit_id) + call.length) for call in calls]
        rows = board.stacked(spans)
        count = len({call.visit_id for call in calls})
        note = ngettext("%(count)d besøk", "%(count)d besøk", count) % {"count": count}
        lanes = []
        for number in range(max(rows) + 1):
            bars = tuple(
                self._bar(call, None, start, kind="uncovered")
                for call, (start, _end), row in zip(calls, spans, rows, strict=True)
                if row == number
            )
            lanes.append(
                Lane(
                    name=_("Uten utfører"),
                    note=note if number == 0 else _("flere"),
                    bars=bars,
                    kind="uncovered",
                    helper="0",
                    visits=len(bars),
                )
            )
        return lanes

    def _lane(self, worker: Worker) -> Lane:
        rows = () if worker.is_absent else self.day.rows_of_worker.get(worker.employee_id, ())
        clashes = self._clashes(rows)
        deep = board.stacked([self._of(row) for row in rows])
        visits = [
            self._bar(
                self.day.call_by_id[row.visit_id],
                worker,
                row.starts_at,
                kind=self._kind(row, worker),
                locked=row.is_locked,
                clashes=clashes.get(row.visit_id, ""),
                row=min(LOWEST_ROW, 1 + under),
            )
            for row, under in zip(rows, deep, strict=True)
            if not self._gives_way(row)
        ]
        visits += [
            self._bar(self.day.call_by_id[row.visit_id], worker, row.starts_at, kind="proposed", draggable=False)
            for row in self.pending.coming.get(worker.employee_id, ())
            if row.visit_id in self.day.call_by_id
        ]
        others = [] if worker.is_absent else self._others(worker)
        gone = self._cancelled(worker)
        lacks = not worker.is_absent and breaks.lacks_room(self.day, worker)
        return Lane(
            name=worker.name,
            note=_note(worker),
            warning=_warning(list(clashes), self.day, lacks_break=lacks),
            bars=tuple(sorted([*visits, *others, *gone], key=lambda bar: (bar.start_slot, bar.width_slots))),
            mark=mark_of(worker),
            kind="away" if worker.is_absent else "",
            helper=str(worker.employee_id),
            shift=None if worker.is_absent else self._span(worker.starts_at, worker.ends_at),
            travel=Lanes.travel_between([bar for bar in (*visits, *others) if bar.kind != "leaving"]),
            visits=len(rows),
            locked=not self.may_allocate or worker.is_office,
        )

    def _clashes(self, rows: Sequence[Row]) -> dict[int, str]:
        """Visits at the same time as another of hers → the names of those others. In order of start."""
        spans = [self._of(row) for row in rows]
        at_once = sorted(board.clashing(spans))
        return {
            rows[one].visit_id: words.joined(
                [
                    self.names.visit(rows[other].visit_id)
                    for other in at_once
                    if other != one and board.clashing([spans[one], spans[other]])
                ]
            )
            for one in at_once
        }

    def _of(self, row: Row) -> tuple[datetime, datetime]:
        return row.starts_at, row.starts_at + self.day.call_by_id[row.visit_id].length

    def _gives_way(self, row: Row) -> bool:
        """A row that goes, and stands where a proposed one would come: only the coming one is drawn."""
        if (row.visit_id, row.employee_id) not in self.pending.leaving:
            return False
        end = row.starts_at + self.day.call_by_id[row.visit_id].length
        return any(
            coming.starts_at < end and row.starts_at < coming.starts_at + self.day.call_by_id[coming.visit_id].length
            for coming in self.pending.coming.get(row.employee_id, ())
            if coming.visit_id in self.day.call_by_id
        )

    def _others(self, worker: Worker) -> list[LaneBar]:
        found = [self._other(meeting.name, meeting.starts_at, meeting.ends_at) for meeting in worker.meetings]
        if worker.is_office:
            found.append(self._other(_("Kontor"), worker.starts_at, worker.ends_at))
        elif (start := breaks.of_worker(self.with_proposal, worker)) is not None:
            found.append(self._other(_("Pause"), start, start + breaks.LENGTH))
        return found

    def _other(self, label: str, start: datetime, end: datetime) -> LaneBar:
        span = self._span(start, end)
        title = _("%(what)s, %(from)s–%(to)s") % {
            "what": label,
            "from": words.clock(start),
            "to": words.clock(end),
        }
        return LaneBar(span.start, span.width, label, title, kind="other")

    def _cancelled(self, worker: Worker) -> list[LaneBar]:
        """Visits she was to make that were cancelled after the lists were taken into use."""
        found = []
        for row in self.team_day.visits.values():
            if row.state != "CANCELLED" or row.starts_at is None or worker.employee_id not in row.helper_ids:
                continue
            span = self._span(row.starts_at, row.starts_at + timedelta(minutes=row.minutes))
            label = self.names.visit(row.visit_id)
            found.append(LaneBar(span.start, span.width, label, _("%(who)s, avlyst") % {"who": label}, kind="leaving"))
        return found

    def _kind(self, row: Row, worker: Worker) -> BarKind:
        call = self.day.call_by_id[row.visit_id]
        if (row.visit_id, row.employee_id) in self.pending.leaving:
            return "leaving"
        if not self.day.known_count(worker.employee_id, call.citizen_id):
            return "new"
        return "nurse" if call.level >= NURSE_LEVEL else ""

    def _bar(
        self,
        call: Call,
        worker: Worker | None,
        start: datetime,
        *,
        kind: BarKind,
        locked: bool = False,
        draggable: bool = True,
        clashes: str = "",
        row: int = 1,
    ) -> LaneBar:
        span = self._span(start, start + call.length)
        visit = self.team_day.visits[call.visit_id]
        done = visit.state == "DONE"
        moves = draggable and self.may_allocate and not done
        helper_id = worker.employee_id if worker else 0
        return LaneBar(
            start_slot=span.start,
            width_slots=span.width,
            label=self.names.visit(call.visit_id),
            title=", ".join(
                [
                    self._title(call, worker, start, kind, locked=locked, done=done),
                    *([_("samtidig med %(others)s") % {"others": clashes}] if clashes else []),
                ]
            ),
            kind=kind,
            href=f"{self.where.href('visit', call.visit_id)}?helper={helper_id}",
            visit=f"{call.visit_id}-{helper_id}" if moves else "",
            pair=self.pairs.get(call.visit_id, ""),
            icon=_icon(locked=locked, done=done, clashes=bool(clashes)),
            warns=bool(clashes),
            row=row,
        )

    def _title(
        self, call: Call, worker: Worker | None, start: datetime, kind: BarKind, *, locked: bool, done: bool
    ) -> str:
        parts = [
            self.names.visit(call.visit_id),
            f"{words.clock(start)}–{words.clock(start + call.length)}",
        ]
        if group := self.team_day.group_of(call.visit_id):
            parts.append(group)
        if call.level >= NURSE_LEVEL:
            parts.append(_("krever sykepleier"))
        if kind == "uncovered":
            parts.append(_("mangler utfører"))
        elif kind == "proposed":
            parts.append(_("foreslått"))
        elif kind == "leaving":
            parts.append(_("flyttes i forslaget"))
        elif worker is not None and not self.day.known_count(worker.employee_id, call.citizen_id):
            parts.append(_("har ikke vært der de siste 28 dagene"))
        beside = [
            self.names.person(row.employee_id)
            for row in self.day.rows_of_visit.get(call.visit_id, ())
            if worker is None or row.employee_id != worker.employee_id
        ]
        if call.helpers > 1:
            parts.append(_("sammen med %(who)s") % {"who": words.joined(beside)} if beside else _("to sammen"))
        if locked:
            parts.append(_("låst"))
        if done:
            parts.append(_("gjennomført"))
        return ", ".join(parts)

    def _span(self, start: datetime, end: datetime) -> Span:
        found = Span.of(start, end, board_starts_at=self.frame.starts_at)
        return Span(found.start, max(1, min(found.width, self.frame.slots + 1 - found.start)))


def _icon(*, locked: bool, done: bool, clashes: bool) -> str:
    if locked:
        return "PadlockLocked"
    if done:
        return "Checkmark"
    return "ExclamationmarkTriangleFill" if clashes else ""


def pair_letters(day: Day) -> dict[int, str]:
    """A letter for each visit for two, in the order of the day; after Z comes A again."""
    pairs = sorted(
        (call for call in day.calls if call.helpers > 1),
        key=lambda call: (day.starts_at(call.visit_id), call.visit_id),
    )
    return {call.visit_id: ascii_uppercase[number % 26] for number, call in enumerate(pairs)}


@dataclass(frozen=True, slots=True)
class Pending:
    """What undecided changes would do: rows that come, by helper, and rows that go."""

    coming: Mapping[int, Sequence[Row]]
    leaving: frozenset[tuple[int, int]]
    in_rounds: frozenset[int]
    """Visits of whole rounds: they are drawn where they would go, not also as uncovered."""
    replaced: frozenset[int]
    after: tuple[Row, ...]

    def rows_with(self, rows: Sequence[Row]) -> tuple[Row, ...]:
        """The rows as they would be with all of it."""
        return changes.replaced(rows, self.replaced, self.after)


def pending_of(proposal: ProposalView | None) -> Pending:
    """Return what is undecided in an open proposal; nothing when there is none."""
    coming: dict[int, list[Row]] = {}
    leaving: set[tuple[int, int]] = set()
    rounds: set[int] = set()
    replaced: set[int] = set()
    all_after: list[Row] = []
    undecided = [] if proposal is None or not proposal.is_open else proposal.changes
    for change in undecided:
        if change.accepted is not None:
            continue
        before = {(row.visit_id, row.employee_id, row.starts_at) for row in change.before}
        after = {(row.visit_id, row.employee_id, row.starts_at) for row in change.after}
        for row in change.after:
            if (row.visit_id, row.employee_id, row.starts_at) not in before:
                coming.setdefault(row.employee_id, []).append(row)
        leaving |= {(visit_id, employee_id) for visit_id, employee_id, _start in before - after}
        visit_ids = {row.visit_id for row in (*change.before, *change.after)}
        replaced |= visit_ids
        all_after += change.after
        if change.kind == ChangeKind.ROUND:
            rounds |= visit_ids
    return Pending(coming, frozenset(leaving), frozenset(rounds), frozenset(replaced), tuple(all_after))


def _linked(upper: Lane, lower: Lane) -> Lane:
    below = {(bar.visit.split("-")[0], bar.start_slot) for bar in lower.bars if bar.pair and bar.visit}
    if not below:
        return upper
    bars = tuple(
        replace(bar, linked_below=bool(bar.pair) and (bar.visit.split("-")[0], bar.start_slot) in below)
        for bar in upper.bars
    )
    return replace(upper, bars=bars)


def _hours(frame: Frame) -> tuple[HourMark, ...]:
    """A mark at every whole hour; wall-clock hours, also on the days with 23 or 25."""
    return tuple(HourMark(slot, words.clock(frame.moment_of(slot))) for slot in range(1, frame.slots + 1, 12))


def _warning(clashes: Sequence[int], day: Day, *, lacks_break: bool) -> str:
    """What is wrong with somebody's list: visits at the same time before no room for the break."""
    if clashes:
        return _("To samtidig kl. %(time)s") % {"time": words.clock(day.starts_at(clashes[-1]))}
    return _("Ingen plass til pause") if lacks_break else ""


def _note(worker: Worker) -> str:
    if worker.is_absent:
        return _("borte")
    profession = worker.profession[:1].lower() + worker.profession[1:]
    if worker.is_temp:
        profession = _("%(who)s, vikar") % {"who": profession}
    if not worker.group:
        return profession
    # The lane's head is narrow: «Arbeidslag demens» is «Demens» here; the page has the whole name above.
    group = worker.group.removeprefix("Arbeidslag ")
    return f"{group[:1].upper()}{group[1:]} · {profession}"
