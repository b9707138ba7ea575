"""One change of a proposal as it is shown: what moves, what speaks for and against, who else could."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import Where, mark_of
from tillit.teamwork.planning.queries import ChangeLine, ProposalView, TeamDay
from tillit.teamwork.planning.rules.day import Row
from tillit.teamwork.planning.rules.grouping import ChangeKind
from tillit.teamwork.planning.rules.sturdier import STURDIER, STURDIER_TOGETHER
from tillit.teamwork.planning.words import Names
from tillit.ui.parts import Action, Arrow, Proposal, Reason
from tillit.ui.parts.part import Part

MOST_REASONS = 5
"""Of each sign: what speaks against is never crowded out."""
MOST_SMALL = 30
"""Of a change that is only small moves: each is one short line."""
MADE_FOR = (STURDIER, STURDIER_TOGETHER)
MOST_NAMED = 4
"""Visits named in a chain of moves."""
_WORST_FIRST = ("LEFT_OUT", "RATHER_NOT", "OVERTIME", "TOO_LATE", "TOO_EARLY", "NEVER_THERE")


def proposed_change(
    team_day: TeamDay,
    names: Names,
    change: ChangeLine,
    where: Where,
    proposal: ProposalView,
    *,
    may_allocate: bool,
    open_: bool,
) -> Proposal:
    stored = list(change.reasons.get("reasons", ()))
    reasons = _reasons(stored, names, MOST_SMALL if change.kind == ChangeKind.SMALL_MOVES else MOST_REASONS)
    title = _plain_move(change, team_day, names)
    edition = str(team_day.head.edition)
    best, second_action = _second(change, team_day, names, where)
    return Proposal(
        move=_move(change, team_day, names),
        why=_why(stored, names, change, team_day),
        reasons=reasons,
        moves=_every_move(change, team_day, names) if _is_long(change) else (),
        accept=Action(
            _("Godta"),
            where.href("accept", proposal.proposal_id, change.change_id),
            post=True,
            fields={"edition": edition},
            icon="Checkmark",
            tight=True,
            describe=title,
        )
        if may_allocate
        else None,
        reject=Action(
            _("Avvis"),
            where.href("reject", proposal.proposal_id, change.change_id),
            post=True,
            variant="tertiary",
            tight=True,
            describe=title,
        )
        if may_allocate
        else None,
        second_best=best,
        second_action=second_action if may_allocate else None,
        open=open_,
    )


def _reasons(stored: Sequence[Mapping[str, Any]], names: Names, most: int) -> tuple[Reason, ...]:
    """The first few for, and the worst few against, each said once."""

    def badness(each: Mapping[str, Any]) -> int:
        code = str(each["code"])
        return _WORST_FIRST.index(code) if code in _WORST_FIRST else len(_WORST_FIRST)

    plus = dict.fromkeys(words.reason(each, names) for each in stored if each["sign"] == "+")
    minus = dict.fromkeys(words.reason(each, names) for each in sorted(stored, key=badness) if each["sign"] != "+")
    return (
        *(Reason(text, "plus") for text in list(plus)[:most]),
        *(Reason(text, "minus") for text in list(minus)[:most]),
    )


def _most_telling(change: ChangeLine) -> tuple[list[int], int]:
    """The visits a change names, and how many more: newly covered, left out, given to others, moved, in that order."""

    def rank(visit_id: int) -> tuple[int, int]:
        old = {row.employee_id for row in change.before if row.visit_id == visit_id}
        new = {row.employee_id for row in change.after if row.visit_id == visit_id}
        kind = 0 if len(new) > len(old) else 1 if len(new) < len(old) else 2 if new != old else 3
        return kind, visit_id

    every = sorted({row.visit_id for row in (*change.before, *change.after)}, key=rank)
    return every[:MOST_NAMED], max(0, len(every) - MOST_NAMED)


def _is_long(change: ChangeLine) -> bool:
    """Whether the headline does not name every visit. A whole round, and small moves, have lines of their own."""
    return bool(_most_telling(change)[1]) and change.kind not in (ChangeKind.ROUND, ChangeKind.SMALL_MOVES)


def _at(rows: Sequence[Row]) -> str:
    return words.clock(rows[0].starts_at) if rows else ""


def _move(change: ChangeLine, team_day: TeamDay, names: Names) -> tuple[str | Part, ...]:
    day = team_day.day
    if change.kind == ChangeKind.ROUND:
        worker = day.worker_by_id.get(change.after[0].employee_id)
        count = ngettext("%(count)d besøk", "%(count)d besøk", len(change.after)) % {"count": len(change.after)}
        return (count, Arrow(), mark_of(worker).small(), worker.name) if worker else (count,)
    if change.kind == ChangeKind.SMALL_MOVES:
        moved = len({row.visit_id for row in change.after})
        return (
            ngettext("%(count)d besøk flyttes inntil 10 minutter", "%(count)d besøk flyttes inntil 10 minutter", moved)
            % {"count": moved},
        )
    pieces: list[str | Part] = []
    named, more = _most_telling(change)
    for visit_id in named:
        before = [row for row in change.before if row.visit_id == visit_id]
        after = [row for row in change.after if row.visit_id == visit_id]
        old, new = {row.employee_id for row in before}, {row.employee_id for row in after}
        if pieces:
            pieces.append("·")
        pieces.append(_("%(who)s kl. %(time)s") % {"who": names.visit(visit_id), "time": _at(after or before)})
        if not after:
            pieces += [Arrow(), _("uten utfører")]
        elif new - old:
            pieces.append(Arrow())
            for employee_id in sorted(new - old):
                worker = day.worker_by_id[employee_id]
                pieces += [mark_of(worker).small(), worker.name]
        else:
            pieces.append(_("(før kl. %(time)s)") % {"time": _at(before)})
    if more:
        pieces.append(
            ngettext("og %(count)d besøk til flyttes", "og %(count)d besøk til flyttes", more) % {"count": more}
        )
    return tuple(pieces)


def _plain_move(change: ChangeLine, team_day: TeamDay, names: Names) -> str:
    return " ".join(piece for piece in _move(change, team_day, names) if isinstance(piece, str))


def _every_move(change: ChangeLine, team_day: TeamDay, names: Names) -> tuple[str, ...]:
    """Each visit of a long chain by itself, in the order of the day: who went and when, who goes and when."""
    people = team_day.day.worker_by_id

    def said(rows: Sequence[Row]) -> str:
        if not rows:
            return _("uten utfører")
        who = words.joined([people[row.employee_id].given_name for row in rows if row.employee_id in people])
        return _("%(who)s kl. %(time)s") % {"who": who, "time": _at(rows)}

    moves: list[tuple[datetime, str]] = []
    for visit_id in {row.visit_id for row in (*change.before, *change.after)}:
        before = [row for row in change.before if row.visit_id == visit_id]
        after = [row for row in change.after if row.visit_id == visit_id]
        text = _("%(whose)s: %(becomes)s, før %(was)s") % {
            "whose": names.visit(visit_id),
            "becomes": said(after),
            "was": said(before),
        }
        moves.append(((after or before)[0].starts_at, text))
    return tuple(text for _moment, text in sorted(moves))


def _why(stored: Sequence[Mapping[str, Any]], names: Names, change: ChangeLine, team_day: TeamDay) -> str:
    """One sentence: the two best reasons for, of the visits named first; or what it costs when there is none."""
    named = {visit_id: number for number, visit_id in enumerate(_most_telling(change)[0])}

    def place(each: Mapping[str, Any]) -> int:  # what the change was made for stands before what it does to each visit
        return -1 if each["code"] in MADE_FOR else named.get(int(each.get("visit_id") or 0), MOST_NAMED)

    first = sorted(stored, key=place)
    best = [words.reason(each, names) for each in first if each["sign"] == "+"]
    order = list(dict.fromkeys(best))[:2]
    if not order and change.kind == ChangeKind.COVER:
        return _("Da får besøket noen som drar.")
    if not order:
        return _("Gjør plass til andre besøk.")
    return ". ".join(order) + "."


def _second(change: ChangeLine, team_day: TeamDay, names: Names, where: Where) -> tuple[str, Action | None]:
    stored = change.reasons.get("next_best")
    if not stored:
        return "", None
    employee_id, visit_id = int(stored["employee_id"]), int(stored["visit_id"])
    worker = team_day.day.worker_by_id.get(employee_id)
    if worker is None or visit_id not in team_day.day.call_by_id:
        return "", None
    said = _("%(who)s kl. %(time)s.") % {"who": worker.name, "time": words.clock(stored["starts_at"])}
    against = [words.against(code, names, minutes_=length) for code, length in stored["against"]]
    if against:
        said = f"{said} {'. '.join(against)}."
    present = team_day.day.rows_of_visit.get(visit_id, ())
    action = Action(
        _("Velg %(who)s") % {"who": worker.given_name},
        where.href("give", visit_id),
        post=True,
        fields={
            "edition": str(team_day.head.edition),
            "from": str(present[0].employee_id if present else 0),
            "to": str(employee_id),
            "start": words.datetime_field(stored["starts_at"]),
        },
        variant="tertiary",
        tight=True,
    )
    return said, action
