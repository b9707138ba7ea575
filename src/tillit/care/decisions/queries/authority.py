"""Who may decide what of a proposal: asked of the register line by line, on the day of the decision (R06)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tillit.care.decisions.models import Case, Line
from tillit.care.decisions.queries.facts import disqualified_in, open_lines
from tillit.care.decisions.rules.states import GIVES, Outcome
from tillit.foundation.access.actor import Actor
from tillit.foundation.authority.queries import Answer, Asked, may_decide_many


@dataclass(frozen=True, slots=True)
class LineAnswer:
    """One open line, and whether the actor may decide it."""

    line: Line
    answer: Answer

    @property
    def unit_id(self) -> int | None:
        """Where the first of those who may decide it holds her role; None: a named person, or nobody."""
        return next((one.place.unit_id for one in self.answer.deciders if one.place.unit_id), None)


@dataclass(frozen=True, slots=True)
class Asking:
    """The answers for all open lines of a case."""

    lines: tuple[LineAnswer, ...]

    @property
    def mine(self) -> tuple[LineAnswer, ...]:
        """What the actor may decide."""
        return tuple(one for one in self.lines if one.answer.may)

    @property
    def others(self) -> tuple[LineAnswer, ...]:
        """What she may not."""
        return tuple(one for one in self.lines if not one.answer.may)


def ask_authority(*, actor: Actor, case: Case, on: date, lines: Sequence[Line] | None = None) -> Asking:
    """Return who may decide each open line on a day, as the register says it that day. Seven queries.

    Ten when somebody is disqualified. Whoever wrote the proposal has prepared it. An actor behind whom no person stands
    is asked about as nobody: the system never decides, whatever roles it is given.
    """
    wanted = open_lines(case) if lines is None else list(lines)
    if not wanted:
        return Asking(())
    person = None if actor.is_system else actor.employee_id
    asked_as = actor if person is not None else Actor(user_id=None, name=actor.name)
    answers = may_decide_many(
        actor=asked_as,
        asked=[Asked(line.service_id, *_limits(line)) for line in wanted],
        unit_id=case.unit_id,
        on=on,
        prepared_by_id=case.proposed_by_id,
        disqualified_ids=disqualified_in(case.citizen_id, on=on),
    )
    return Asking(tuple(LineAnswer(line, answer) for line, answer in zip(wanted, answers, strict=True)))


def _limits(line: Line) -> tuple[Decimal | None, int | None]:
    """What the line gives, in the service's own count, and for how many days; both days counted."""
    if not line.outcome or Outcome(line.outcome) not in GIVES:
        return (Decimal(0), 0) if line.outcome else (line.extent, None)
    if line.starts_on is None or line.ends_on is None:
        return line.extent, None
    return line.extent, (line.ends_on - line.starts_on).days + 1
