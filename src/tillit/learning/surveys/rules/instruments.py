"""What an instrument is: questions in a fixed order with fixed words. Pure values; the shipped ones are in `shipped`.

An instrument is never reworded. A change of one letter makes a new version (`fingerprint`, kept by a test and by each
campaign), for two waves can be compared only when they asked the same (`measure_the_same`).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple


class Text(NamedTuple):
    """One text in three languages, and what it means in easy words (bokmål, may be empty).

    What a municipality writes itself may be in bokmål alone.
    """

    nb: str
    nn: str = ""
    en: str = ""
    easy: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in «nb», «nn» or «en»; bokmål for any other, and where there is no such text."""
        return {"nn": self.nn, "en": self.en}.get(language, "") or self.nb


class Asks(StrEnum):
    """How a question is answered."""

    STEPS = "STEPS"  # one of some steps in words
    TWICE = "TWICE"  # the same steps twice: as it is, as it should be
    NUMBER = "NUMBER"  # a number from least to most, with words at the ends
    TEXT = "TEXT"  # own words
    KIND = "KIND"  # one of some kinds in words, in no order: counted (`helped`), never reckoned with


@dataclass(frozen=True, slots=True)
class Scale:
    """The steps of a question. words: one for each step from least to most; for NUMBER the words of the two ends.
    For KIND the steps are names alone: none is more than another.

    beside: a last choice that is no step («Ikke aktuelt», «Vet ikke»); None when there is none.
    """

    code: str
    asks: Asks
    least: int = 0
    most: int = 0
    words: tuple[Text, ...] = ()
    beside: Text | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One question. reverse: agreeing says something bad, so the answer is turned before it is reckoned (6 − x on 1–5).

    only_if: code of an earlier question and the answers to it that lead here, steps or `steps.BESIDE`; None: asked of
    everybody.
    """

    code: str
    text: Text
    scale: str
    part: str = ""
    reverse: bool = False
    only_if: tuple[str, tuple[int | str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that make one number together (delskala). says: what a high number means, as the team would say it."""

    code: str
    name: Text
    says: Text


@dataclass(frozen=True, slots=True)
class Instrument:
    """A set of questions.

    for_whom: "TEAM", "CITIZENS", "RELATIVES" or "GATHERING". scored: False for questions that are facts one by one and
    no scale (bruker): then each question has a number of its own and there is no sum.
    """

    code: str
    version: int
    name: Text
    about: Text
    for_whom: str
    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    status: str = "egenutviklet, ikke validert"
    licence: str = "CC0-1.0"
    scored: bool = True
    seconds: int = field(default=10, metadata={"help": "About how long one question takes"})

    def scale_of(self, item: Item) -> Scale:
        """Return the scale of a question."""
        return next(scale for scale in self.scales if scale.code == item.scale)

    def items_of(self, part: str) -> tuple[Item, ...]:
        """Return the questions of a part, in order."""
        return tuple(item for item in self.items if item.part == part)


def fingerprint(instrument: Instrument) -> str:
    """Return what changes when anything one is asked changes: SHA-256 of all texts, scales, order and reversals."""
    said: Mapping[str, object] = asdict(instrument)
    asked = {key: said[key] for key in ("code", "version", "name", "parts", "items", "scales", "scored", "for_whom")}
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def about_answering(instrument: Instrument) -> tuple[Item, ...]:
    """Return the questions of kinds that come last: about the answering itself («Fikk du hjelp til å svare?»)."""
    found: list[Item] = []
    for item in reversed(instrument.items):
        if instrument.scale_of(item).asks is not Asks.KIND:
            break
        found.insert(0, item)
    return tuple(found)


def measure_the_same(one: Instrument, other: Instrument) -> bool:
    """Whether waves of the two can be compared: word for word the same, but for what is asked last about the answering.

    Such a question comes when all the others are answered, so it cannot change what was meant by them, and no number
    rests on it. A question put anywhere else, or that a number rests on, makes another measurement.
    """
    return fingerprint(_measured(one)) == fingerprint(_measured(other))


def _measured(instrument: Instrument) -> Instrument:
    """Return an instrument without what is asked last about the answering, and without its version."""
    items = instrument.items[: len(instrument.items) - len(about_answering(instrument))]
    used = {item.scale for item in items}
    scales = tuple(scale for scale in instrument.scales if scale.code in used)
    return replace(instrument, version=0, items=items, scales=scales)


#: Instruments others own: named so that people know what is not asked here and why. No item of theirs is here.
OTHERS = (
    ("Kirkman & Rosen: team empowerment", "© Academy of Management, ingen åpen lisens funnet"),
    ("Spreitzer 1995: psychological empowerment", "© Academy of Management, venter på skriftlig ja"),
    ("Edmondson 1999: team psychological safety", "© ASQ/SAGE, ingen åpen lisens funnet"),
    ("BPNSFW (Olafsen mfl. 2021)", "lisensen er ikke sjekket"),
    ("PIRK / high-involvement (Lawler; Vandenberg mfl.)", "© SAGE/Jossey-Bass"),
    ("10-FAKTOR (KS)", "© Linda Lai/KS 2015, kjøres hos KS"),
    ("COPSOQ III", "CC BY-NC-ND 4.0, kan ikke bygges inn her"),
    ("PasOpp, CQ-index", "vilkår ikke funnet"),
    ("WHO-5", "CC BY-NC-SA 3.0 IGO, kan ikke bygges inn her"),
    ("QPSNordic", "vilkår ikke sjekket"),
)
