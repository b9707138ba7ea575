"""What a conversation template must be."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

WORDS = "words"
GOOD_DAYS = "good_days"
RATHER_NOT = "rather_not"

KINDS = (WORDS, "text")
MOST_QUESTIONS = 40
_CODE = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `kind` words: the citizen's own words, verbatim; text: what we write ourselves."""

    code: str
    part: str
    text: str
    help: str = ""
    kind: str = "text"
    short: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Questions under one heading."""

    title: str
    questions: tuple[Question, ...]


class TemplateProblem(StrEnum):
    """Why a template cannot be used."""

    NO_QUESTIONS = "no-questions"
    TOO_MANY = "too-many"
    NO_WORDS = "no-words"  # exactly one question asks for the citizen's own words, with the code "words"
    EMPTY_TEXT = "empty-text"
    CODE_TWICE = "code-twice"
    CODE_UNREADABLE = "code-unreadable"
    UNKNOWN_KIND = "unknown-kind"


def problems_in(questions: Sequence[Question]) -> tuple[TemplateProblem, ...]:
    """Return what is wrong, each problem once, in the order of TemplateProblem; empty when the template can be used."""
    found: set[TemplateProblem] = set()
    if not questions:
        found.add(TemplateProblem.NO_QUESTIONS)
    if len(questions) > MOST_QUESTIONS:
        found.add(TemplateProblem.TOO_MANY)
    own_words = [question for question in questions if question.kind == WORDS]
    if [question.code for question in own_words] != [WORDS]:
        found.add(TemplateProblem.NO_WORDS)
    codes = [question.code for question in questions]
    if len(set(codes)) != len(codes):
        found.add(TemplateProblem.CODE_TWICE)
    for question in questions:
        if not question.text.strip() or not question.part.strip():
            found.add(TemplateProblem.EMPTY_TEXT)
        if not _CODE.match(question.code):
            found.add(TemplateProblem.CODE_UNREADABLE)
        if question.kind not in KINDS:
            found.add(TemplateProblem.UNKNOWN_KIND)
    return tuple(problem for problem in TemplateProblem if problem in found)


def read(stored: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """Return the questions as they are stored in a template."""
    return tuple(
        Question(
            code=str(row["code"]),
            part=str(row.get("part", "")),
            text=str(row["text"]),
            help=str(row.get("help", "")),
            kind=str(row.get("kind", "text")),
            short=bool(row.get("short", False)),
        )
        for row in stored
    )


def write(questions: Iterable[Question]) -> list[dict[str, Any]]:
    """Return the questions as they are stored."""
    return [
        {
            "code": question.code,
            "part": question.part,
            "text": question.text,
            "help": question.help,
            "kind": question.kind,
            "short": question.short,
        }
        for question in questions
    ]


def parts_of(questions: Iterable[Question]) -> tuple[Part, ...]:
    """Return the questions by heading, in order; a heading that comes again is one more part."""
    found: list[tuple[str, list[Question]]] = []
    for question in questions:
        if not found or found[-1][0] != question.part:
            found.append((question.part, []))
        found[-1][1].append(question)
    return tuple(Part(title=title, questions=tuple(inside)) for title, inside in found)


def code_for(text: str, taken: Iterable[str]) -> str:
    """Return a code for a new question, made of its text, that nobody has taken."""
    plain = text.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    base = "_".join(re.findall(r"[a-z0-9]+", plain))[:30].strip("_")
    base = base if base and base[0].isalpha() else f"q_{base}".rstrip("_")
    used, code, number = set(taken), base, 2
    while code in used:
        code, number = f"{base}_{number}", number + 1
    return code
