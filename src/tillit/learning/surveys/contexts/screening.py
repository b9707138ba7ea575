"""surveys/words.html: one text at a time, apart from all else; surveys/screener.html: who is to read."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.open import crumbs_of
from tillit.learning.surveys.models import Campaign, Screening, Words
from tillit.learning.surveys.rules import wording
from tillit.learning.surveys.rules.wording import Verdict, Why
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class Word:
    """One word that can be covered. is_suggested: it may say who somebody is. A help, nothing more."""

    place: int
    text: str
    is_covered: bool
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a text can be held back."""

    code: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class WordsPage:
    """surveys/words.html. kind: "open" before it is opened today, "read" with a text, "end" when all is read, or
    "shown" when the teams see it."""

    kind: str
    crumbs: Crumbs
    title: str
    campaign_id: int
    read: int
    total: int
    progress: str = field(metadata={"help": "«12 av 30 lest»"})
    edition: int = field(metadata={"help": "Of the text that is shown; of the whole reading on the last page"})
    number: int = field(default=0, metadata={"help": "Place of the text in the random order, from 1"})
    question: str = ""
    words_id: int = 0
    words: tuple[Word, ...] = ()
    reasons: tuple[Reason, ...] = ()
    is_held: bool = False
    so_far: str = field(default="", metadata={"help": "What was said of the text; empty: not read"})
    back_href: str = ""
    on_href: str = ""
    error: str = ""
    counts: tuple[tuple[str, int], ...] = field(default=(), metadata={"help": "On the last page: words and how many"})


def words_page(
    screening: Screening,
    *,
    today: date,
    number: int | None = None,
    typed: Collection[int] | None = None,
    why: str = "",
    error: str = "",
) -> WordsPage:
    """Return the page of one who reads. number: of the text, from 1; None: the first unread. typed: places she has
    ticked, when the page comes back. Six queries at most.
    """
    campaign = screening.campaign
    if screening.finished_at is not None:
        return _page("shown", screening, queries.list_words(screening))
    if screening.opened_on != today:
        return _page("open", screening, queries.list_words(screening))
    rows = queries.list_words(screening)
    place = number - 1 if number and number <= len(rows) else _first_unread(rows)
    if place is None:
        return _page("end", screening, rows)
    row, here = rows[place], reverse("surveys:words", args=[campaign.pk])
    instrument = queries.get_instrument(campaign.instrument, campaign.version)
    chosen = frozenset(row.places if typed is None else typed)
    hints = wording.suggested(row.words, queries.names_around(campaign))
    return replace(
        _page("read", screening, rows),
        error=error,
        edition=row.edition,
        number=place + 1,
        question=next(one.text for one in instrument.items if one.code == row.question).in_language(page_language()),
        words_id=row.pk,
        words=tuple(
            Word(at, word, at in chosen, at in hints) for at, word in enumerate(wording.words_of(row.words))
        ),
        reasons=tuple(Reason(one.value, words, one.value == (why or row.why)) for one, words in reasons().items()),
        is_held=row.verdict == Verdict.HELD or bool(error),
        so_far=_so_far(row),
        back_href=f"{here}?nr={place}" if place else "",
        on_href=f"{here}?nr={place + 2}" if place + 1 < len(rows) and row.verdict else "",
    )  # fmt: skip


def reasons() -> dict[Why, str]:
    """Return why a text can be held back, in words."""
    return {
        Why.WHO: _("Sier hvem noen er, også når ord dekkes"),
        Why.HEALTH: _("Forteller om en brukers helse eller privatliv"),
        Why.HURTS: _("Henger ut eller truer en person"),
        Why.EMPTY: _("Sier ingenting, for eksempel bare et tegn"),
    }


def _page(kind: str, screening: Screening, rows: list[Words]) -> WordsPage:
    campaign = screening.campaign
    read = sum(row.verdict != Verdict.UNREAD for row in rows)
    counts = (
        (_("Slippes gjennom som de er"), sum(row.verdict == Verdict.THROUGH for row in rows)),
        (_("Slippes gjennom med noe dekket"), sum(row.verdict == Verdict.COVERED for row in rows)),
        (_("Holdes tilbake"), sum(row.verdict == Verdict.HELD for row in rows)),
    )
    return WordsPage(
        kind=kind, crumbs=crumbs_of(campaign), title=campaign.title, campaign_id=campaign.pk, read=read,
        total=len(rows), progress=_("%(read)d av %(total)d lest") % {"read": read, "total": len(rows)},
        edition=screening.edition, counts=counts,
    )  # fmt: skip


def _first_unread(rows: list[Words]) -> int | None:
    return next((place for place, row in enumerate(rows) if row.verdict == Verdict.UNREAD), None)


def _so_far(row: Words) -> str:
    return {
        Verdict.THROUGH: _("Sluppet gjennom"),
        Verdict.COVERED: _("Sluppet gjennom med noe dekket"),
        Verdict.HELD: _("Holdt tilbake"),
    }.get(Verdict(row.verdict), "")


@dataclass(frozen=True, slots=True)
class ScreenerPage:
    """surveys/screener.html. people: (employee id, name, is she named) of those who may be."""

    crumbs: Crumbs
    title: str
    edition: int = field(metadata={"help": "0: nobody has been named"})
    people: tuple[tuple[int, str, bool], ...]
    error: str


def screener_page(campaign: Campaign, *, on: date, error: str = "", typed: int | None = None) -> ScreenerPage:
    """Return the page where a reader is named, in a constant number of queries."""
    screening = Screening.objects.filter(campaign=campaign).first()
    named = typed or (screening.screener_id if screening else None)
    way = crumbs_of(campaign).items
    show = reverse("surveys:show", args=[campaign.pk])
    return ScreenerPage(
        crumbs=Crumbs((*way[:-1], Crumb(campaign.title, show), Crumb(_("Hvem leser gjennom?")))),
        title=campaign.title,
        edition=screening.edition if screening else 0,
        people=tuple((pk, name, pk == named) for pk, name in queries.screeners_for(campaign, on=on)),
        error=error,
    )
