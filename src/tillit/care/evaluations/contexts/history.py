"""What was said of goals before, for showing."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.evaluations.queries import EvaluationLine, ThoughtLine
from tillit.care.evaluations.queries.wording import level_text
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Matters


@dataclass(frozen=True, slots=True)
class Said:
    """One evaluation: her words, then the rest in a few sentences."""

    goal: str
    words: Matters | None = field(metadata={"help": "None: there are none, `lines` says why"})
    lines: tuple[str, ...]
    note: str
    thought: tuple[str, ...] = field(metadata={"help": "What she answered on Min side; empty: she has not"})
    thought_words: Matters | None
    case_href: str = field(metadata={"help": "The case that was taken up; empty: none"})


def said_of(line: EvaluationLine, *, today: date) -> Said:
    """Return one evaluation for showing."""
    lines = []
    if line.why_no_words:
        lines.append(_("Brukerens ord mangler: %(why)s") % {"why": line.why_no_words})
    if not line.own_words and not line.why_no_words:
        lines.append(_("Fjernet fra journalen."))
    outcome = f"{line.outcome_name}."
    if line.next_on:
        outcome += " " + _("Ses på igjen %(day)s.") % {"day": formats.short_date(line.next_on, page_language())}
    lines.append(outcome)
    if line.level is not None:
        lines.append(f"{level_text(line.level)}.")
    if line.seen:
        lines.append(line.seen)
    if line.with_whom:
        lines.append(_("Med: %(who)s.") % {"who": line.with_whom})
    when = formats.near_moment(line.at, today=today, language=page_language())
    return Said(
        goal=line.goal_words,
        words=Matters(text=line.own_words, size="sm") if line.own_words else None,
        lines=tuple(lines),
        note=f"{line.by_name}, {when}" if line.by_name else when,
        thought=_thought(line.thought, today=today) if line.thought else (),
        thought_words=Matters(text=line.thought.words, size="sm") if line.thought and line.thought.words else None,
        case_href=reverse("decisions:case", args=[line.case_id]) if line.case_id else "",
    )


def _thought(thought: ThoughtLine, *, today: date) -> tuple[str, ...]:
    return (
        _("Svarte selv på Min side, %(when)s:")
        % {"when": formats.near_moment(thought.said_at, today=today, language=page_language())},
        _("Gjør hjelpen det lettere å nå målet? %(answer)s.") % {"answer": thought.helped},
        _("Fikk være med og bestemme? %(answer)s.") % {"answer": thought.decided},
    )
