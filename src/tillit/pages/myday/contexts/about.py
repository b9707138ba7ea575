"""What a note can hang on, as chips under it: suggestions from the plan, never filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tillit.care.journal.models import EntryKind
from tillit.care.journal.queries import pegs_of_rows
from tillit.care.journal.rules.pegs import Peg, PegKind
from tillit.care.visits.queries import TaskRow
from tillit.pages.myday.contexts import words


@dataclass(frozen=True, slots=True)
class Chip:
    """One goal or intervention the note may be about."""

    code: str
    label: str
    checked: bool


def chips(tasks: Iterable[TaskRow], chosen: frozenset[str]) -> tuple[Chip, ...]:
    """Return the goals of the visit's tasks, then the tasks: each once, those that stand in no plan left out."""
    rows = list(tasks)
    goals = [Peg(PegKind.GOAL, task.goal_line, task.goal_words) for task in rows if task.goal_line and task.goal_words]
    done = [Peg(PegKind.INTERVENTION, task.intervention_line, task.title) for task in rows if task.intervention_line]
    found = {peg.code: peg for peg in (*goals, *done)}
    return tuple(Chip(code, _label(peg), code in chosen) for code, peg in found.items())


def said_about(report_id: int) -> list[str]:
    """Return what the note of a report hangs on, for the form that says it anew."""
    return [peg.code for peg in pegs_of_rows(EntryKind.REPORT, [report_id]).get(report_id, ())]


def heading(pegs: Sequence[Peg]) -> str:
    """Return what a note hangs on, over it: «Gå i trappa» · Morgenstell."""
    return " · ".join(_label(peg) for peg in pegs)


def _label(peg: Peg) -> str:
    text = words.shortened(peg.words, words.IN_A_LIST)
    return _("«%(goal)s»") % {"goal": text} if peg.kind is PegKind.GOAL else text
