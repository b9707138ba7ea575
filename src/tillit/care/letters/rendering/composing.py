"""From a template and its fields to a letter. Values are text: what they hold is never read as template or markup."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from tillit.care.letters import rules
from tillit.care.letters.rules import (
    FIELD,
    POINT,
    Block,
    Bullets,
    Item,
    Language,
    LetterContent,
    LetterHead,
    Paragraph,
    Section,
    Table,
    Template,
)
from tillit.kernel.errors import ActionRefused

Value = str | date | Table | Sequence[str | Item | tuple[str, str]] | None
"""What a field may be given: a text, a day, a list (a pair is a lead in bold and its text), a table; None is empty."""


class MissingField(ActionRefused):
    """A field the letter needs is not filled in. `name` is the field's."""

    def __init__(self, name: str) -> None:
        super().__init__(_("Brevet mangler noe: feltet «%(name)s» er ikke fylt ut.") % {"name": name})
        self.name = name


def compose(template: Template, fields: Mapping[str, Value], *, head: LetterHead) -> LetterContent:
    """Return the letter: every field filled in, lines with an empty optional field left out, empty sections too.

    Raises MissingField naming the first required field without a value, and ValueError for a field that letters of
    this kind do not have (a mistake in the code that calls).
    """
    known = rules.fields_of(template.kind)
    if strangers := sorted(set(fields) - set(known)):
        raise ValueError(f"{template.kind} has no field {', '.join(strangers)}.")
    values = {name: _cleaned(value) for name, value in (_head_fields(head) | dict(fields)).items()}
    for rule in known.values():
        if rule.required and _is_empty(values.get(rule.name)):
            raise MissingField(rule.name)
    filler = _Filler(template.language, {name: value for name, value in values.items() if not _is_empty(value)})
    for name in _unknown_in(template, known):
        raise MissingField(name)
    left_out = {
        rule.code
        for rule in rules.sections_of(template.kind).values()
        if rule.unless in filler.values or (rule.when and rule.when not in filler.values)
    }
    written = (filler.section(one.code, one.heading, one.text) for one in template.sections if one.code not in left_out)
    title = filler.line(template.title)
    return LetterContent(
        kind=template.kind,
        language=template.language,
        head=_clean_head(head),
        title=title[:1].upper() + title[1:],
        sections=tuple(section for section in written if section.blocks),
    )


class _Filler:
    """The values of one letter, put into texts."""

    def __init__(self, language: Language, values: Mapping[str, Any]) -> None:
        self.language = language
        self.values = values

    def section(self, code: str, heading: str, text: str) -> Section:
        """Return the section; its blocks are empty when nothing is left of it."""
        blocks: list[Block] = []
        for paragraph in text.replace("\r\n", "\n").split("\n\n"):
            blocks.extend(self._paragraph(paragraph))
        used = frozenset(name for name in rules.fields_in(f"{heading}\n{text}") if name in self.values)
        return Section(code, self.line(heading), tuple(blocks), used - set(rules.HEAD_FIELDS))

    def line(self, text: str) -> str:
        """Return the text with its fields filled in, or "" when one of them is empty."""
        if any(name not in self.values for name in rules.fields_in(text)):
            return ""
        return " ".join(FIELD.sub(lambda found: self._inline(self.values[found.group(1)]), text).split(" ")).strip()

    def _paragraph(self, paragraph: str) -> list[Block]:
        blocks: list[Block] = []
        running: list[str] = []
        points: list[Item] = []

        def close() -> None:
            if running:
                blocks.append(Paragraph(" ".join(running)))
                running.clear()
            if points:
                blocks.append(Bullets(tuple(points)))
                points.clear()

        for raw in paragraph.splitlines():
            line = raw.strip()
            name = rules.alone(line)
            if name:
                if name in self.values:
                    close()
                    blocks.extend(_blocks(self.values[name]))
                continue
            filled = self.line(line.removeprefix(POINT))
            if not filled:
                continue
            if line.startswith(POINT):
                if running:
                    close()
                points.append(Item(filled))
            else:
                if points:
                    close()
                running.append(filled)
        close()
        return blocks

    def _inline(self, value: Any) -> str:
        match value:
            case date():
                return rules.day(value)
            case str():
                return " ".join(value.split())
            case Table():
                return rules.listed([" ".join(row) for row in value.rows], self.language)
            case _:
                return rules.listed([" ".join(f"{item.lead} {item.text}".split()) for item in value], self.language)


def _blocks(value: Any) -> list[Block]:
    """Return a value that stands alone: a list as points, a text as its paragraphs, lines with a dash as points."""
    match value:
        case Table():
            return [value]
        case date():
            return [Paragraph(rules.day(value))]
        case str():
            return _prose(value)
        case _:
            return [Bullets(value)]


def _prose(text: str) -> list[Block]:
    blocks: list[Block] = []
    points: list[Item] = []
    for raw in [*text.splitlines(), ""]:
        line = raw.strip()
        is_point = line.startswith((POINT, "• "))
        if is_point:
            points.append(Item(line[2:].strip()))
            continue
        if points:
            blocks.append(Bullets(tuple(points)))
            points = []
        if line:
            blocks.append(Paragraph(line))
    return blocks


def _cleaned(value: Value) -> Any:
    """Return the value with plain lists turned into items, and without signs nobody can see or print."""
    match value:
        case None:
            return ""
        case str():
            return _printable(value)
        case date():
            return value
        case Table():
            return Table(
                tuple(_printable(cell) for cell in value.columns),
                tuple(tuple(_printable(cell) for cell in row) for row in value.rows),
            )
        case _:
            return tuple(item for item in map(_item, value) if item.text or item.lead)


def _item(thing: str | Item | tuple[str, str]) -> Item:
    match thing:
        case Item():
            return Item(_flat(thing.text), _flat(thing.lead))
        case str():
            return Item(_flat(thing))
        case _:
            return Item(_flat(thing[1]), _flat(thing[0]))


def _flat(text: str) -> str:
    return " ".join(_printable(text).split())


def _printable(text: str) -> str:
    """Return the text in composed form, without control characters, lone surrogates and direction overrides."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(
        sign
        for sign in composed
        if (sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")) and sign not in _OVERRIDES
    ).strip()


_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == () or (isinstance(value, Table) and not value.rows)


def _head_fields(head: LetterHead) -> dict[str, Value]:
    return {
        "municipality": head.sender.municipality,
        "unit": head.sender.unit,
        "phone": head.sender.phone,
        "case_worker": head.case_worker,
        "case_reference": head.case_reference,
        "recipient_name": head.recipient.name,
    }


def _clean_head(head: LetterHead) -> LetterHead:
    return replace(
        head,
        sender=replace(
            head.sender,
            municipality=_flat(head.sender.municipality),
            unit=_flat(head.sender.unit),
            address=tuple(filter(None, map(_flat, head.sender.address))),
            phone=_flat(head.sender.phone),
        ),
        recipient=replace(
            head.recipient,
            name=_flat(head.recipient.name),
            address=tuple(filter(None, map(_flat, head.recipient.address))),
        ),
        case_reference=_flat(head.case_reference),
        case_worker=_flat(head.case_worker),
        signers=tuple(
            replace(one, name=_flat(one.name), title=_flat(one.title), phone=_flat(one.phone)) for one in head.signers
        ),
        copies_to=tuple(filter(None, map(_flat, head.copies_to))),
    )


def _unknown_in(template: Template, known: Mapping[str, object]) -> list[str]:
    """Return fields that the template names and letters of this kind do not have: a kept template from before."""
    texts = [template.title, *(f"{one.heading}\n{one.text}" for one in template.sections)]
    return [name for text in texts for name in rules.fields_in(text) if name not in known]
