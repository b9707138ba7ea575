"""decisions/write_letter.html: a few fields beside the letter they make, before it is sent."""

from dataclasses import dataclass, field

from tillit.care.decisions.contexts.case_head import case_crumbs
from tillit.care.decisions.models import Case
from tillit.care.decisions.queries.letter_fields import LetterDraft
from tillit.care.letters.rendering import LetterView, view_of
from tillit.care.letters.wording import gap_text
from tillit.ui.parts import Crumbs


@dataclass(frozen=True, slots=True)
class WritePage:
    """decisions/write_letter.html, and decisions/say_why.html when there is no letter."""

    case_id: int
    crumbs: Crumbs
    title: str
    lead: str
    submit: str
    letter: LetterView | None
    missing: tuple[str, ...] = field(metadata={"help": "What the letter lacks; it cannot be sent before"})
    warning: str = ""


def write_page(
    case: Case, *, title: str, lead: str, submit: str, letter: LetterDraft | None = None, warning: str = ""
) -> WritePage:
    """Return the page."""
    return WritePage(
        case_id=case.pk,
        crumbs=case_crumbs(case, title),
        title=title,
        lead=lead,
        submit=submit,
        letter=view_of(letter.content) if letter else None,
        missing=tuple(gap_text(gap) for gap in letter.gaps if gap.blocks) if letter else (),
        warning=warning,
    )
