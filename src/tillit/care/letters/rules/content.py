"""What stands in one letter, as plain values: the same for the screen, the paper and the archive.

A letter is data until it is drawn. It holds no markup: a star, an angle bracket or a hash in a name is a character.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tillit.care.letters.rules.kinds import Language, LetterKind


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the municipality and the unit, with the address that answers and appeals are sent to."""

    municipality: str
    unit: str
    address: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom, as it shall stand in the window of the envelope."""

    name: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs. `title` is the person's own, as in "teamleder"; the phone only when the reader may ring her."""

    name: str
    title: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Everything around the text. The case worker and the one who decides are both named (2025 act §58)."""

    sender: Sender
    recipient: Recipient
    case_reference: str
    dated: date
    case_worker: str
    signers: tuple[Signer, ...]
    copies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One point in a list. `lead` stands first in bold: the name of the service."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, without line breaks."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A small table with a heading for each column; the first cell of a row names the row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Bullets | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the letter. Without a heading it goes on where the one before ended.

    fields: names of the fields that were filled in here; what `missing_parts` looks for.
    """

    code: str
    heading: str
    blocks: tuple[Block, ...]
    fields: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class LetterContent:
    """One letter, whole."""

    kind: LetterKind
    language: Language
    head: LetterHead
    title: str
    sections: tuple[Section, ...]

    @property
    def filled(self) -> frozenset[str]:
        """The fields that were filled in anywhere in the letter."""
        return frozenset().union(*(section.fields for section in self.sections))


def texts_of(section: Section) -> Iterator[str]:
    """Yield what the reader reads in a section, in order: paragraphs, points with their lead, cells row by row."""
    for block in section.blocks:
        match block:
            case Paragraph(text=text):
                yield text
            case Bullets(items=items):
                yield from (f"{item.lead} {item.text}".strip() for item in items)
            case Table(rows=rows):
                yield from (cell for row in rows for cell in row)


def write(content: LetterContent) -> dict[str, Any]:
    """Return the letter as JSON can keep it. `read` gives it back."""
    head = content.head
    return {
        "kind": content.kind.value,
        "language": content.language.value,
        "title": content.title,
        "head": {
            "sender": {
                "municipality": head.sender.municipality,
                "unit": head.sender.unit,
                "address": list(head.sender.address),
                "phone": head.sender.phone,
            },
            "recipient": {"name": head.recipient.name, "address": list(head.recipient.address)},
            "case_reference": head.case_reference,
            "dated": head.dated.isoformat(),
            "case_worker": head.case_worker,
            "signers": [{"name": one.name, "title": one.title, "phone": one.phone} for one in head.signers],
            "copies_to": list(head.copies_to),
        },
        "sections": [
            {
                "code": section.code,
                "heading": section.heading,
                "blocks": [_write_block(block) for block in section.blocks],
                "fields": sorted(section.fields),
            }
            for section in content.sections
        ],
    }


def read(kept: Mapping[str, Any]) -> LetterContent:
    """Return the letter that `write` kept. Raises KeyError or ValueError when it is something else."""
    head = kept["head"]
    return LetterContent(
        kind=LetterKind(kept["kind"]),
        language=Language(kept["language"]),
        title=kept["title"],
        head=LetterHead(
            sender=Sender(
                head["sender"]["municipality"],
                head["sender"]["unit"],
                tuple(head["sender"]["address"]),
                head["sender"]["phone"],
            ),
            recipient=Recipient(head["recipient"]["name"], tuple(head["recipient"]["address"])),
            case_reference=head["case_reference"],
            dated=date.fromisoformat(head["dated"]),
            case_worker=head["case_worker"],
            signers=tuple(Signer(one["name"], one["title"], one["phone"]) for one in head["signers"]),
            copies_to=tuple(head["copies_to"]),
        ),
        sections=tuple(
            Section(
                one["code"],
                one["heading"],
                tuple(_read_block(block) for block in one["blocks"]),
                frozenset(one["fields"]),
            )
            for one in kept["sections"]
        ),
    )


def _write_block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(text=text):
            return {"is": "paragraph", "text": text}
        case Bullets(items=items):
            return {"is": "bullets", "items": [{"lead": item.lead, "text": item.text} for item in items]}
        case Table(columns=columns, rows=rows):
            return {"is": "table", "columns": list(columns), "rows": [list(row) for row in rows]}


def _read_block(kept: Mapping[str, Any]) -> Block:
    match kept["is"]:
        case "paragraph":
            return Paragraph(kept["text"])
        case "bullets":
            return Bullets(tuple(Item(one["text"], one["lead"]) for one in kept["items"]))
        case "table":
            return Table(tuple(kept["columns"]), tuple(tuple(row) for row in kept["rows"]))
    raise ValueError(f"Unknown block {kept['is']!r}")
