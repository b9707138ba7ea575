"""minside/letter.html: a letter as it was sent. Which letters she who looks may open."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tillit.care.consents.permissions import SEE_DECISIONS
from tillit.care.consents.queries import Door, open_door, stands_for_her
from tillit.care.decisions.queries.told import get_told_letter, letters_told
from tillit.care.letters.models import SentLetter
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.pages.minside.contexts.frame import Frame, frame
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A letter in a list."""

    title: str
    sent: str
    href: str


@dataclass(frozen=True, slots=True)
class LetterPage:
    """minside/letter.html."""

    frame: Frame
    title: str
    sent: str
    letter: SafeString = field(metadata={"help": "As it was kept when it was sent; the product made and escaped it"})
    pdf_href: str
    back_href: str


def open_letters(door: Door, *, at: datetime) -> dict[int, LetterPart]:
    """Return the letters behind a door to the decisions, newest first, in a fixed number of queries.

    Those that settle something are open to whoever she has let in to the decisions; receipts and the like to herself
    and those who stand for her. None to others when her address is hidden: an older letter has it.
    """
    if _is_shut(door):
        return {}
    return {
        one.letter_id: LetterPart(
            title=one.title,
            sent=_sent(one.sent_at),
            href=reverse("minside:letter", args=[door.citizen.pk, one.letter_id]),
        )
        for one in letters_told(door.citizen.pk, at=at, every=stands_for_her(door))
    }


def letter_page(*, actor: Actor, citizen_id: int, letter_id: int, at: datetime) -> LetterPage:
    """Return one letter. Raises NotFound."""
    door, letter = _opened(actor, citizen_id, letter_id, at)
    return LetterPage(
        frame=frame(door, "", at=at),
        title=letter.title,
        sent=_sent(letter.sent_at),
        letter=mark_safe(letter.html),  # noqa: S308 – made by letters.rendering, and locked since
        pdf_href=reverse("minside:letter_pdf", args=[citizen_id, letter_id]),
        back_href=reverse("minside:decisions", args=[citizen_id]),
    )


def letter_pdf(*, actor: Actor, citizen_id: int, letter_id: int, at: datetime) -> bytes:
    """Return the file as it was kept. Raises NotFound."""
    return bytes(_opened(actor, citizen_id, letter_id, at)[1].pdf)


def _opened(actor: Actor, citizen_id: int, letter_id: int, at: datetime) -> tuple[Door, SentLetter]:
    door = open_door(actor=actor, citizen_id=citizen_id, permission=SEE_DECISIONS, at=at)
    if _is_shut(door):
        raise NotFound(_("Fant ikke brevet."))
    return door, get_told_letter(citizen_id, letter_id=letter_id, at=at, every=stands_for_her(door))


def _is_shut(door: Door) -> bool:
    return door.citizen.is_secret_address and not door.is_own


def _sent(at: datetime) -> str:
    day = formats.long_date(oslo.day_of(at), page_language(), year=True).partition(" ")[2]
    return _("Sendt %(day)s") % {"day": day}
