"""surveys/cards.html: the sheet of cards; surveys/card.html: the door; surveys/enter.html: a paper typed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.answering import AnswerPage, Block, Option, blocks_of
from tillit.learning.surveys.contexts.open import crumbs_of
from tillit.learning.surveys.contexts.routing import asked_when, led_past
from tillit.learning.surveys.models import Campaign, Group
from tillit.learning.surveys.rules import cards, steps
from tillit.learning.surveys.rules.instruments import Asks
from tillit.ui.language import page_language
from tillit.ui.parts import Crumbs, ToggleGroup, ToggleLink


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """One card. qr: SVG, made here; safe."""

    code: str
    qr: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """surveys/cards.html."""

    crumbs: Crumbs
    title: str
    unit_name: str
    address: str = field(metadata={"help": "Where the code is typed, without https://"})
    teams: ToggleGroup | None
    cards: tuple[PrintedCard, ...]


def sheet_page(campaign: Campaign, groups: Sequence[Group], group: Group, *, address: str) -> SheetPage:
    """Return the cards of one group. address: of the door, whole. The code is behind # there: it reaches no log."""
    show = reverse("surveys:cards", args=[campaign.pk])
    links = tuple(ToggleLink(one.unit.name, f"{show}?enhet={one.unit_id}", current=one == group) for one in groups)
    return SheetPage(
        crumbs=crumbs_of(campaign),
        title=campaign.title,
        unit_name=group.unit.name,
        address=address.split("://", 1)[-1],
        teams=ToggleGroup(_("Kort for"), links) if len(links) > 1 else None,
        cards=tuple(
            PrintedCard(
                cards.spaced(code),
                segno.make(f"{address}#{code}", error="m").svg_inline(
                    scale=3, border=1, dark="#000", light="#fff", omitsize=True
                ),
            )
            for code in queries.cards_of(campaign, group)
        ),
    )


def with_card(page: AnswerPage, card: str, *, large: bool) -> AnswerPage:
    """Return the page of a question for one who came in by a card: the card and the size go with each press.

    The next card begins with the usual size.
    """
    return replace(
        page, back_href=reverse("surveys:card"), back_label=_("Til neste kort"), large=large,
        hidden=(("card", card), *page.hidden),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class EnterRow:
    """One question on paper. code: in the id of the row. text_field: empty for one with steps."""

    code: str
    question: str = field(metadata={"help": "With its number first"})
    when: str = field(metadata={"help": "After which answers it is asked; empty: asked of everybody"})
    blocks: tuple[Block, ...]
    text_field: str
    text: str
    error: str = field(default="", metadata={"help": "Why its answer cannot be stored; empty: it can"})


@dataclass(frozen=True, slots=True)
class EnterPage:
    """surveys/enter.html: every question on one page, as on the paper."""

    crumbs: Crumbs
    title: str
    card: str
    error: str
    rows: tuple[EnterRow, ...]
    wrong: tuple[tuple[str, str], ...] = field(
        default=(), metadata={"help": "Code and words of each question whose answer cannot be stored"}
    )
    most_characters: int = steps.MOST_CHARACTERS


def enter_page(campaign: Campaign, said: Mapping[str, str], *, error: str = "", past: Sequence[str] = ()) -> EnterPage:
    """Return the page with what has been typed so far. past: codes of what is answered and should be passed by."""
    instrument, language = queries.get_instrument(campaign.instrument, campaign.version), page_language()
    rows = []
    for number, item in enumerate(instrument.items, 1):
        scale = instrument.scale_of(item)
        is_text = scale.asks is Asks.TEXT
        rows.append(
            EnterRow(
                item.code,
                f"{number}. {item.text.in_language(language)}",
                asked_when(instrument, item),
                () if is_text else tuple(_with_none(one, said) for one in blocks_of(item, scale, said, language)),
                item.code if is_text else "",
                said.get(item.code, "") if is_text else "",
                led_past(instrument, item, past) if item.code in past else "",
            )
        )
    wrong = tuple(
        (row.code, _("Spørsmål %(number)d") % {"number": number}) for number, row in enumerate(rows, 1) if row.error
    )
    return EnterPage(crumbs_of(campaign), campaign.title, said.get("card", ""), error, tuple(rows), wrong)


def _with_none(block: Block, said: Mapping[str, str]) -> Block:
    """Return the choices with a last one that says that the paper has no answer: a press can be taken back."""
    none = Option("", _("Uten svar"), "", said.get(block.field_name) == "")
    return replace(block, options=(*block.options, none))
