"""What a team must do with its cases now: what is late or due this week, and offers that wait (R22)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from tillit.care.decisions.models import Case, Holding
from tillit.care.decisions.queries.facts import dates_of, practice_on, targets
from tillit.care.decisions.queries.queue import waiting
from tillit.care.decisions.rules.due import Due, Duty, Practice, dues
from tillit.care.decisions.rules.states import State
from tillit.foundation.organisation.queries import at_or_below, paths_of
from tillit.kernel import oslo

AHEAD = timedelta(days=7)


class BoardKind(StrEnum):
    """What there is to do."""

    DECIDE = "DECIDE"  # proposed, and waits for whoever may decide
    REASSESS = "REASSESS"
    APPEAL = "APPEAL"
    DEADLINE = "DEADLINE"  # anything else with a day
    OFFERED = "OFFERED"


_KINDS: dict[Duty, BoardKind] = {
    Duty.REASSESS: BoardKind.REASSESS,
    Duty.RENEW: BoardKind.REASSESS,
    Duty.REVIEW_APPEAL: BoardKind.APPEAL,
    Duty.DECIDE_STAY: BoardKind.APPEAL,
    Duty.COMPLETE_APPEAL: BoardKind.APPEAL,
}
#: Their day is the citizen's, or another's: nothing to press this week for the team that holds the case.
_NOT_OURS = frozenset({Duty.REPLY_WINDOW, Duty.ANSWER_HANDOVER})


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One kind of thing to do: how many cases, and the first of them."""

    kind: BoardKind
    count: int
    by: date | None = field(metadata={"help": "The last day of the first of them; None: nothing has a day"})
    citizen_id: int
    case_id: int


def lines_for_board(unit_ids: Iterable[int], *, on: date) -> tuple[BoardLine, ...]:
    """Return what units, and those below them, must do with their cases; the most urgent first. Ten queries.

    A case stands on one line, by what comes first in it. Callers have checked the units, and note whom they name.
    """
    paths = list(paths_of(unit_ids).values())
    if not paths:
        return ()
    practice = targets(practice_on(on))
    cases = list(Case.objects.filter(at_or_below(paths)).filter(waiting(on, practice)).order_by("pk"))
    dates = dates_of(cases)
    found: dict[BoardKind, list[tuple[date, Case]]] = {}
    for case in cases:
        first = _first(dues(dates[case.pk], on=on, practice=practice), on)
        if State(case.state) is State.PROPOSED:
            found.setdefault(BoardKind.DECIDE, []).append((first.by if first else date.max, case))
        elif first is not None:
            found.setdefault(_KINDS.get(first.duty, BoardKind.DEADLINE), []).append((first.by, case))
    found |= _offered(paths, practice)
    lines = []
    for kind, rows in found.items():
        rows.sort(key=lambda row: (row[0], row[1].pk))
        by, case = rows[0]
        lines.append(BoardLine(kind, len(rows), None if by == date.max else by, case.citizen_id, case.pk))
    return tuple(sorted(lines, key=lambda line: (line.by or date.max, list(BoardKind).index(line.kind))))


def _first(found: tuple[Due, ...], on: date) -> Due | None:
    """The first thing that is late or due within a week and ours to do."""
    return next((due for due in found if due.duty not in _NOT_OURS and due.by <= on + AHEAD), None)


def _offered(paths: list[str], practice: Practice) -> dict[BoardKind, list[tuple[date, Case]]]:
    offers = Holding.objects.filter(at_or_below(paths), answer="").select_related("case").order_by("offered_at")
    rows = [(oslo.day_of(one.offered_at) + timedelta(days=practice.handover), one.case) for one in offers]
    return {BoardKind.OFFERED: rows} if rows else {}
