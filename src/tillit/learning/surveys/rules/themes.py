"""Notes from gatherings: short statements, each with themes, and how often a theme was said. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tillit.learning.surveys.rules.instruments import Instrument

LEAST_PEOPLE = 5
"""Fewer at a gathering, and only the one who held it sees what was said."""
MOST_PEOPLE = 200
MOST_CHARACTERS = 300
MOST_THEMES, LONGEST_THEME = 3, 40
NEAR_DAYS = 90
"""A gathering that names no survey is shown beside one that was open within so many days before or after it."""


@dataclass(frozen=True, slots=True)
class Theme:
    """How often something was said. statements: with the theme; gatherings: in which one or more of them were."""

    name: str
    statements: int
    gatherings: int


def themes_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return themes as they are stored: one space between words, a capital first, each once whatever its capitals."""
    found: dict[str, str] = {}
    for word in words:
        name = " ".join(word.split())
        if name:
            found.setdefault(name.casefold(), name[0].upper() + name[1:])
    return tuple(found.values())


def counted(statements: Iterable[tuple[int, Iterable[str]]]) -> tuple[Theme, ...]:
    """Count themes over (gathering id, themes), those said most first, then in most gatherings, then by name.

    By hand: in one gathering «Autonomi», «Autonomi, Tid»; in another «tid»: Tid 2 statements in 2 gatherings, Autonomi
    2 in 1. A statement with the theme twice counts once.
    """
    names: dict[str, str] = {}
    said: dict[str, int] = defaultdict(int)
    places: dict[str, set[int]] = defaultdict(set)
    for gathering, words in statements:
        for name in themes_of(words):
            key = name.casefold()
            names[key] = min(names.get(key, name), name)  # the same whatever came first
            said[key] += 1
            places[key].add(gathering)
    found = [Theme(names[key], said[key], len(places[key])) for key in names]
    return tuple(sorted(found, key=lambda one: (-one.statements, -one.gatherings, one.name.casefold())))


def suggested_themes(instrument: Instrument | None, language: str) -> tuple[str, ...]:
    """Return the names of the instrument's scales, as themes one may choose. None: no survey."""
    return () if instrument is None else themes_of(part.name.in_language(language) for part in instrument.parts)
