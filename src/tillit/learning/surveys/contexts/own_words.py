"""surveys/own_words.html: what a team's people wrote, when one person has read all of it."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.permissions import ASK_SURVEY
from tillit.learning.surveys.queries import View
from tillit.learning.surveys.rules import wording
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class Answers:
    """One question with what was written to it, in random order. note: how many are not shown; empty: all are."""

    question: str
    texts: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """surveys/own_words.html."""

    note: str = field(metadata={"help": "Why nothing is shown yet, or at all; empty when it is"})
    reader_href: str = field(default="", metadata={"help": "Where a reader is named or changed; empty: not hers"})
    is_named: bool = field(default=False, metadata={"help": "Whether somebody reads already"})
    answers: tuple[Answers, ...] = ()


def own_words(actor: Actor, campaign: Campaign, instrument: Instrument, view: View) -> OwnWords | None:
    """Return what a team sees of its own words, None when nothing is asked so. Three queries at most."""
    codes = wording.worded(instrument)
    if not codes:
        return None
    if view.is_sum:
        return words_above(actor, campaign)
    found = queries.waiting_words(campaign, view.groups)
    if found is None:
        return OwnWords(
            _("Færre enn ti har svart, eller færre enn fem har skrevet noe. Det som var skrevet, er slettet ulest.")
        )
    if not found.screening.finished_at:
        return _waiting(actor, campaign, found)
    said = {one.question: one for one in queries.said_by(view.groups)}
    texts = {item.code: item.text.in_language(page_language()) for item in instrument.items}
    return OwnWords(
        "",
        answers=tuple(Answers(texts[code], said[code].texts, _held(said[code].held)) for code in codes if code in said),
    )


def words_above(actor: Actor, campaign: Campaign) -> OwnWords:
    """Return what those above the teams see of own words: never a text; how far the reader has come when they ask."""
    only = _("Det som er skrevet med egne ord, ser bare teamet selv.")
    screening = queries.screening_of(campaign)
    if screening is None or screening.finished_at is not None or not queries.holds_in_all(actor, ASK_SURVEY, campaign):
        return OwnWords(only)
    href = reverse("surveys:screener", args=[campaign.pk])
    if screening.screener is None:
        return OwnWords(f"{only} " + _("Ingen er valgt til å lese gjennom ennå."), reader_href=href)
    reading = queries.reading_of(screening)
    how_far = _("%(name)s leser gjennom først. %(read)d av %(total)d er lest.") % {
        "name": screening.screener.name, "read": reading.read, "total": reading.total,
    }  # fmt: skip
    return OwnWords(f"{only} {how_far}", reader_href=href, is_named=True)


def _waiting(actor: Actor, campaign: Campaign, found: queries.Reading) -> OwnWords:
    if found.screening.screener_id is None:
        may_name = queries.holds_in_all(actor, ASK_SURVEY, campaign)
        return OwnWords(
            _("Ingen er valgt til å lese gjennom ennå. Teamet ser det når en utenfor teamet har lest alt."),
            reader_href=reverse("surveys:screener", args=[campaign.pk]) if may_name else "",
        )
    return OwnWords(
        _("En utenfor teamet leser gjennom først. %(read)d av %(total)d er lest.")
        % {"read": found.read, "total": found.total}
    )


def _held(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d er holdt tilbake.", "%(count)d er holdt tilbake.", count) % {"count": count}
