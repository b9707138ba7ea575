"""What must be mended before an own instrument is put in use (problems), and what one should think of (warnings).

Pure findings; the words for them are in `contexts/building/findings.py`. Only bokmål is read for words: it is what must
be there.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tillit.learning.surveys.rules.building.scales import answers_on, can_lead
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item
from tillit.learning.surveys.rules.steps import seconds_of

#: Longer than this, people give up or answer without reading; the shipped staff survey takes six.
MOST_MINUTES = 8
#: Fewer questions than this together give no reliable mean (Cronbach's alpha grows with the number of items).
LEAST_IN_A_PART = 3


class Problem(StrEnum):
    """It cannot be put in use."""

    NO_NAME = "NO_NAME"
    NO_ITEMS = "NO_ITEMS"
    ROUTE_GONE = "ROUTE_GONE"
    ROUTE_BACK = "ROUTE_BACK"
    ROUTE_WORDS = "ROUTE_WORDS"
    ROUTE_STEPS = "ROUTE_STEPS"
    PART_MIXED = "PART_MIXED"
    PART_WORDS = "PART_WORDS"


class Warn(StrEnum):
    """It can be put in use, but think of it."""

    TOO_LONG = "TOO_LONG"
    DOUBLE = "DOUBLE"
    NAMES = "NAMES"
    HEALTH = "HEALTH"
    FEW_IN_PART = "FEW_IN_PART"
    ONLY_REVERSED = "ONLY_REVERSED"
    PART_EMPTY = "PART_EMPTY"
    ROUTED_IN_PART = "ROUTED_IN_PART"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found. item, part: codes of what it is about; other: the question it points to, or the word
    it was found by; number: how many questions, or minutes.
    """

    what: Problem | Warn
    item: str = ""
    part: str = ""
    other: str = ""
    number: int = 0


def problems(instrument: Instrument) -> tuple[Found, ...]:
    """Return what must be mended. Empty: it can be put in use.

    The way through: a question may hang only on answers, that can be given, to a question before it. Then every
    question can be reached, and whatever is answered, the way leads on to the last page.
    """
    found = [] if instrument.name.nb.strip() else [Found(Problem.NO_NAME)]
    found += [] if instrument.items else [Found(Problem.NO_ITEMS)]
    found += [one for item in instrument.items for one in _route(instrument, item)]
    for part in instrument.parts:
        items = instrument.items_of(part.code)
        words = [item for item in items if instrument.scale_of(item).asks is Asks.TEXT]
        found += [Found(Problem.PART_WORDS, item=item.code, part=part.code) for item in words]
        if len({item.scale for item in items if item not in words}) > 1:
            found.append(Found(Problem.PART_MIXED, part=part.code))
    return tuple(found)


def _route(instrument: Instrument, item: Item) -> Iterator[Found]:
    if item.only_if is None:
        return
    code, steps = item.only_if
    order = [one.code for one in instrument.items]
    if code not in order:
        yield Found(Problem.ROUTE_GONE, item=item.code)
        return
    if order.index(code) >= order.index(item.code):
        yield Found(Problem.ROUTE_BACK, item=item.code, other=code)
    scale = instrument.scale_of(instrument.items[order.index(code)])
    if not can_lead(scale):
        yield Found(Problem.ROUTE_WORDS, item=item.code, other=code)
    elif not steps or not set(steps) <= set(answers_on(scale)):
        yield Found(Problem.ROUTE_STEPS, item=item.code, other=code)


def warnings(instrument: Instrument) -> tuple[Found, ...]:
    """Return what one should think of, question by question, then theme by theme."""
    found = [one for item in instrument.items for one in _of_item(instrument, item)]
    found += [one for part in instrument.parts for one in _of_part(instrument, part.code)]
    if (minutes := minutes_of(instrument)) > MOST_MINUTES:
        found.append(Found(Warn.TOO_LONG, number=minutes))
    return tuple(found)


def minutes_of(instrument: Instrument) -> int:
    """Return how long all of it takes in whole minutes, rounded up: 10 seconds for each question, 40 for own words.

    The longest way: as if everybody was asked everything.
    """
    return math.ceil(sum(seconds_of(instrument, item) for item in instrument.items) / 60)


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


_AND_OR = _words("og/eller", "og", "eller")
#: «Verken … eller» and «enten … eller» ask one thing; so do these pairs.
_ONE_THING = _words("(?:verken|enten) .* eller", "mer og mer", "nå og da", "av og til", "til og fra", "først og fremst")
_NAME = _words("navn(?:et|ene|gi)?", "heter", "(?:fødsels|telefon)nummer(?:et)?", "fødselsdato(?:en)?")
_WHO = _words("hvem", "hvilken (?:kollega|leder|ansatt|bruker)", "hvilke (?:kolleg\\w+|ledere|ansatte|brukere)")
_HEALTH = _words(
    r"(?:diagnose|sykdom|medisin|legemid|blodtrykk|blodsukker|demens|kreft|psykisk|rusmid|symptom|smerte)\w*",
    r"(?:inkontinens|helseopplysning|sykehistori)\w*", "diabetes", "ruser",
)  # fmt: skip


def _of_item(instrument: Instrument, item: Item) -> Iterator[Found]:
    text = item.text.nb
    if both := _AND_OR.search(_ONE_THING.sub("", text)):
        yield Found(Warn.DOUBLE, item=item.code, other=both.group().lower())
    name = _NAME.search(text) or (_WHO.search(text) if instrument.scale_of(item).asks is Asks.TEXT else None)
    if name:
        yield Found(Warn.NAMES, item=item.code, other=name.group().lower())
    if health := _HEALTH.search(text):
        yield Found(Warn.HEALTH, item=item.code, other=health.group().lower())


def _of_part(instrument: Instrument, part: str) -> Iterator[Found]:
    items = instrument.items_of(part)
    if not items:
        yield Found(Warn.PART_EMPTY, part=part)
        return
    if len(items) < LEAST_IN_A_PART:
        yield Found(Warn.FEW_IN_PART, part=part, number=len(items))
    if all(item.reverse for item in items):
        yield Found(Warn.ONLY_REVERSED, part=part)
    if any(item.only_if for item in items):
        yield Found(Warn.ROUTED_IN_PART, part=part)
