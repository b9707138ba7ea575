"""What a template is, how its text is read, and what is wrong with one.

The text of a section is plain: an empty line begins a new paragraph, a line beginning with "- " is a point in a list,
and {{name}} is a field. A list, a longer text or a table stands on a line of its own.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from tillit.care.letters.rules.catalogue import Shape, fields_of, sections_of
from tillit.care.letters.rules.kinds import Language, LetterKind

FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
POINT = "- "
MOST_SECTIONS = 30
LONGEST_TEXT = 4000
LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class TemplateSection:
    """One section as it is written. An empty heading: it goes on where the section before ended."""

    code: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a template. template_id: None for the text as shipped, before it is stored."""

    kind: LetterKind
    language: Language
    title: str
    sections: tuple[TemplateSection, ...]
    version: int = 0
    template_id: int | None = None
    in_use_from: date | None = None


class ProblemCode(StrEnum):
    """What may be wrong with a template."""

    NO_TITLE = "NO_TITLE"
    NO_TEXT = "NO_TEXT"
    SECTION_MISSING = "SECTION_MISSING"
    SECTION_TWICE = "SECTION_TWICE"
    FIELD_UNKNOWN = "FIELD_UNKNOWN"
    FIELD_MISSING = "FIELD_MISSING"
    FIELD_NOT_ALONE = "FIELD_NOT_ALONE"
    BRACES = "BRACES"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"


@dataclass(frozen=True, slots=True)
class TemplateProblem:
    """One thing to mend before the template can be used.

    section: code of the section it stands in; "title" for the title, "" for the whole template.
    name: the field or the section it is about. nearest: the field that was probably meant, or "".
    """

    code: ProblemCode
    section: str
    name: str = ""
    nearest: str = ""


def fields_in(text: str) -> tuple[str, ...]:
    """Return the names of the fields in a text, in order, each as often as it stands there."""
    return tuple(found.group(1) for found in FIELD.finditer(text))


def alone(line: str) -> str:
    """Return the field's name when the line is one field and nothing else; else ""."""
    found = FIELD.fullmatch(line.strip())
    return found.group(1) if found else ""


def problems_in(kind: LetterKind, title: str, sections: Iterable[TemplateSection]) -> tuple[TemplateProblem, ...]:
    """Return what must be mended, in the order one reads: the title, each section, then what is missing."""
    found: list[TemplateProblem] = []
    known = fields_of(kind)
    written = tuple(sections)
    if not title.strip():
        found.append(TemplateProblem(ProblemCode.NO_TITLE, "title"))
    found.extend(_in_text(kind, "title", title, one_line=True))
    seen: set[str] = set()
    for section in written:
        if section.code in seen:
            found.append(TemplateProblem(ProblemCode.SECTION_TWICE, section.code, section.code))
        seen.add(section.code)
        if not section.text.strip():
            found.append(TemplateProblem(ProblemCode.NO_TEXT, section.code))
        if len(section.text) > LONGEST_TEXT or len(section.heading) > LONGEST_HEADING:
            found.append(TemplateProblem(ProblemCode.TOO_LONG, section.code))
        found.extend(_in_text(kind, section.code, section.heading, one_line=True))
        found.extend(_in_text(kind, section.code, section.text, one_line=False))
    if len(written) > MOST_SECTIONS:
        found.append(TemplateProblem(ProblemCode.TOO_MANY, ""))
    found.extend(
        TemplateProblem(ProblemCode.SECTION_MISSING, "", code) for code in sections_of(kind) if code not in seen
    )
    # The title is no place for what the law wants explained: only the sections count.
    used = {name for section in written for name in fields_in(f"{section.heading}\n{section.text}")}
    used_anywhere = used | set(fields_in(title))
    found.extend(
        TemplateProblem(ProblemCode.FIELD_MISSING, "", rule.name)
        for rule in known.values()
        if rule.required and rule.name not in (used_anywhere if rule.name in IN_TITLE else used)
    )
    return tuple(found)


#: What the title may say alone: the sections below it say it with more words.
IN_TITLE = frozenset({"services", "refused_services"})


def _in_text(kind: LetterKind, section: str, text: str, *, one_line: bool) -> list[TemplateProblem]:
    known = fields_of(kind)
    found = []
    for name in fields_in(text):
        if name not in known:
            nearest = get_close_matches(name.casefold(), known, n=1, cutoff=0.5)
            found.append(TemplateProblem(ProblemCode.FIELD_UNKNOWN, section, name, nearest[0] if nearest else ""))
    for line in text.splitlines():
        for name in fields_in(line):
            shape = known[name].shape if name in known else None
            if shape in (Shape.PROSE, Shape.TABLE) and (one_line or alone(line) != name) and not _quoted(line, shape):
                found.append(TemplateProblem(ProblemCode.FIELD_NOT_ALONE, section, name))
    rest = FIELD.sub("", text)
    if "{{" in rest or "}}" in rest:
        found.append(TemplateProblem(ProblemCode.BRACES, section))
    return found


def _quoted(line: str, shape: Shape) -> bool:
    """Whether a longer text stands in quotation marks: the citizen's own words go on one line."""
    return shape is Shape.PROSE and re.search(r"«\s*\{\{[^{}]*\}\}\s*»", line) is not None


def write_sections(sections: Iterable[TemplateSection]) -> list[dict[str, str]]:
    """Return the sections as JSON keeps them."""
    return [{"code": one.code, "heading": one.heading, "text": one.text} for one in sections]


def read_sections(kept: Iterable[Mapping[str, Any]]) -> tuple[TemplateSection, ...]:
    """Return the sections that `write_sections` kept."""
    return tuple(TemplateSection(one["code"], one["heading"], one["text"]) for one in kept)


def code_for(heading: str, taken: Iterable[str]) -> str:
    """Return a code for a section that the municipality adds: readable, and not taken."""
    plain = heading.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    stem = "own-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24] or "del")
    used = set(taken)
    code, number = stem, 2
    while code in used:
        code, number = f"{stem}-{number}", number + 1
    return code
