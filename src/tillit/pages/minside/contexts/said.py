"""minside/decisions.html and think.html: what has been decided, and the two questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.consents.permissions import SAY_WHAT_SHE_THINKS, SEE_DECISIONS
from tillit.care.consents.queries import open_door
from tillit.care.decisions.contexts.words import OUTCOME_WORDS
from tillit.care.decisions.queries.told import ToldDecision, ToldLine, decisions_told
from tillit.care.decisions.rules.states import Outcome
from tillit.care.evaluations.queries import asked_now
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.pages.minside.contexts.frame import Frame, frame
from tillit.pages.minside.contexts.letters import LetterPart, open_letters
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """A decision in the fewest words; the reasons stand in the letter."""

    title: str
    number: str
    lines: tuple[str, ...]
    letters: tuple[tuple[str, str], ...] = field(metadata={"help": "What is said on the button, and the address"})


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """minside/decisions.html."""

    frame: Frame
    decisions: tuple[DecidedPart, ...]
    replaced: tuple[DecidedPart, ...] = field(metadata={"help": "Those a newer one stands in the place of, folded"})
    other_letters: tuple[LetterPart, ...] = field(metadata={"help": "Letters that belong to no decision here"})


def decisions_page(*, actor: Actor, citizen_id: int, at: datetime) -> DecisionsPage:
    """Return the decisions she has been told. Raises NotFound."""
    door = open_door(actor=actor, citizen_id=citizen_id, permission=SEE_DECISIONS, at=at)
    told = decisions_told(citizen_id, at=at)
    letters = open_letters(door, at=at)
    of_decisions = {pk for one in told for pk in one.letter_ids}
    return DecisionsPage(
        frame=frame(door, "decisions", at=at),
        decisions=tuple(_decided(one, letters) for one in told if not one.replaced),
        replaced=tuple(_decided(one, letters) for one in told if one.replaced),
        other_letters=tuple(part for pk, part in letters.items() if pk not in of_decisions),
    )


def _decided(one: ToldDecision, letters: Mapping[int, LetterPart]) -> DecidedPart:
    day = formats.long_date(one.decided_on, page_language(), year=True).partition(" ")[2]
    kept = [letters[pk].href for pk in one.letter_ids if pk in letters]
    said = (_("Les brevet"), _("Les begrunnelsen du ba om"))
    return DecidedPart(
        title=_("Vedtak %(day)s") % {"day": day},
        number=one.number,
        lines=tuple(_line(line) for line in one.lines),
        letters=tuple(zip(said, kept, strict=False)),
    )


def _line(line: ToldLine) -> str:
    said = f"{line.service}: {str(OUTCOME_WORDS[Outcome(line.outcome)]).lower()}"
    if line.starts_on is None:
        return said
    first = formats.short_date(line.starts_on, page_language())
    if line.until is None:
        return _("%(said)s, fra %(first)s") % {"said": said, "first": first}
    after = formats.short_date(line.until, page_language())
    return _("%(said)s, fra %(first)s til %(after)s") % {"said": said, "first": first, "after": after}


@dataclass(frozen=True, slots=True)
class ThinkPage:
    """minside/think.html: two questions about one goal."""

    frame: Frame
    asked_id: int
    goal_words: str = field(metadata={"help": "Her own words, as they stand in the plan"})


def think_page(*, actor: Actor, citizen_id: int, asked_id: int, at: datetime) -> ThinkPage:
    """Return what she is asked. Raises NotFound when she is not, or has answered."""
    door = open_door(actor=actor, citizen_id=citizen_id, permission=SAY_WHAT_SHE_THINKS, at=at)
    found = next((one for one in asked_now(citizen_id, on=oslo.day_of(at)) if one.asked_id == asked_id), None)
    if found is None:
        raise NotFound(_("Fant ikke spørsmålene."))
    return ThinkPage(frame(door, "", at=at), found.asked_id, found.goal_words)
