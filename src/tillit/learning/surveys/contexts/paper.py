"""surveys/paper.html: all the questions on paper, in large print, for those who answer with a pen."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.answering import Block, blocks_of
from tillit.learning.surveys.contexts.routing import asked_when
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.rules import cards
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item
from tillit.ui.language import page_language
from tillit.ui.parts import ToggleGroup, ToggleLink

#: The languages it is printed in, with their own names for themselves: who prints it is not who answers.
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
#: Lines to write on for a question in own words.
LINES = 6


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question. numbers: it is answered on a row of numbers, with the words of the two ends."""

    number: int
    text: str
    easy: str = field(metadata={"help": "What it means; empty: it says so itself"})
    when: str = field(metadata={"help": "After which answers it is answered; empty: by everybody"})
    blocks: tuple[Block, ...] = field(metadata={"help": "Empty for one in own words"})
    numbers: bool
    lines: range


@dataclass(frozen=True, slots=True)
class PaperPage:
    """surveys/paper.html."""

    title: str
    back_href: str
    languages: ToggleGroup
    places: range = field(metadata={"help": "One for each sign of the card's code"})
    questions: tuple[PaperQuestion, ...]


def paper_page(campaign: Campaign) -> PaperPage:
    """Return the questions in the page's language."""
    instrument = queries.get_instrument(campaign.instrument, campaign.version)
    here = reverse("surveys:paper", args=[campaign.pk])
    links = tuple(
        ToggleLink(name, f"{here}?sprak={code}", current=code == page_language()) for code, name in LANGUAGES.items()
    )
    return PaperPage(
        title=campaign.title,
        back_href=reverse("surveys:show", args=[campaign.pk]),
        languages=ToggleGroup(_("Språk på arket"), links),
        places=range(cards.LENGTH),
        questions=tuple(_question(instrument, item, number) for number, item in enumerate(instrument.items, 1)),
    )


def _question(instrument: Instrument, item: Item, number: int) -> PaperQuestion:
    scale, language = instrument.scale_of(item), page_language()
    is_text = scale.asks is Asks.TEXT
    return PaperQuestion(
        number,
        item.text.in_language(language),
        item.text.easy if language == "nb" else "",
        asked_when(instrument, item),
        () if is_text else blocks_of(item, scale, {}, language),
        scale.asks is Asks.NUMBER,
        range(LINES if is_text else 0),
    )
