"""The letter on the screen: the same content, with what is new since the last draft marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.template.loader import render_to_string

from tillit.care.letters import rules
from tillit.care.letters.rules import LABELS, Block, Bullets, LetterContent, LetterHead, LetterKind, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they are new since the last draft."""

    text: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ItemView:
    """A point in a list."""

    lead: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block: `kind` is paragraph, bullets or table, and says which of the others is filled."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    items: tuple[ItemView, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section as it is shown."""

    code: str
    heading: str
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """letters/letter.html: one letter, in the kit's `.ti-letter`. Other apps include it beside a case."""

    language: str
    head: LetterHead
    dated: str
    title: str
    sections: tuple[SectionView, ...]
    labels: dict[str, str] = field(metadata={"help": "The few words a letter says by itself, in its language"})
    approved: bool = field(metadata={"help": "It is approved electronically, and says so"})


def view_of(content: LetterContent, changed: Iterable[str] = ()) -> LetterView:
    """Return the letter for `{% include "letters/letter.html" with letter=… only %}`.

    changed: codes of sections, or whole sentences (`rules.changed_sentences`), that are new since the last draft.
    """
    new = frozenset(changed)
    return LetterView(
        language=content.language.value,
        head=content.head,
        dated=rules.short_day(content.head.dated),
        title=content.title,
        sections=tuple(
            SectionView(
                section.code, section.heading, tuple(_block(one, section.code in new, new) for one in section.blocks)
            )
            for section in content.sections
        ),
        labels=LABELS[content.language],
        approved=rules.is_decision(content.kind) or content.kind is LetterKind.APPEAL_FORWARDED,
    )


def as_html(content: LetterContent) -> str:
    """Return the letter as HTML, as it is kept with what was sent."""
    return render_to_string("letters/letter.html", {"letter": view_of(content)})


def _block(block: Block, all_new: bool, new: frozenset[str]) -> BlockView:
    match block:
        case Paragraph(text=text):
            return BlockView("paragraph", pieces=_pieces(text, all_new, new))
        case Bullets(items=items):
            return BlockView(
                "bullets", items=tuple(ItemView(one.lead, _item_pieces(one, all_new, new)) for one in items)
            )
        case Table(columns=columns, rows=rows):
            cells = tuple(tuple(_pieces(cell, all_new, new) for cell in row) for row in rows)
            return BlockView("table", columns=columns, rows=cells)


def _item_pieces(item: rules.Item, all_new: bool, new: frozenset[str]) -> tuple[Piece, ...]:
    """The first sentence of a point was compared with its lead before it."""
    pieces = list(_pieces(item.text, all_new, new))
    if item.lead and pieces and not all_new:
        first = rules.sentences(f"{item.lead} {item.text}")[0]
        pieces[0] = Piece(pieces[0].text, pieces[0].is_new or first in new)
    return tuple(pieces)


def _pieces(text: str, all_new: bool, new: frozenset[str]) -> tuple[Piece, ...]:
    return tuple(Piece(sentence, all_new or sentence in new) for sentence in rules.sentences(text))
