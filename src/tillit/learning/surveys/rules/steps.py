"""The way through an instrument: one question at a time, what is skipped, and what is taken as an answer."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item, about_answering

#: What is stored for «Ikke aktuelt» and «Vet ikke»: she has looked at it. Nothing stored: she passed it by.
BESIDE = "NA"
MOST_CHARACTERS = 1000
TEXT_SECONDS = 40

Given = Mapping[str, Any]
"""Answers by the question's code: a step, BESIDE, a text, or {"has": step, "should": step}."""


def read_answer(instrument: Instrument, item: Item, said: Mapping[str, str]) -> Any:
    """Return what was answered to one question, None for no answer.

    said: the form's values by field («A1», «G1.has», «G1.should»). What no page of ours can send is no answer.
    """
    scale = instrument.scale_of(item)
    if scale.asks is Asks.TEXT:
        return said.get(item.code, "").strip()[:MOST_CHARACTERS] or None
    if scale.asks is Asks.TWICE:
        both = {way: _step(said.get(f"{item.code}.{way}", ""), scale.least, scale.most) for way in ("has", "should")}
        given = {way: step for way, step in both.items() if step is not None}
        return given or None
    if scale.beside is not None and said.get(item.code) == BESIDE:
        return BESIDE
    return _step(said.get(item.code, ""), scale.least, scale.most)


def _step(text: str, least: int, most: int) -> int | None:
    if not text.isdecimal() or len(text) > 3:
        return None
    return int(text) if least <= int(text) <= most else None


def fields_of(instrument: Instrument, item: Item) -> tuple[str, ...]:
    """Return the names of the form's fields for one question."""
    if instrument.scale_of(item).asks is Asks.TWICE:
        return (f"{item.code}.has", f"{item.code}.should")
    return (item.code,)


def read_all(instrument: Instrument, said: Mapping[str, str]) -> dict[str, Any]:
    """Return every answer in a form, without those to questions that these answers do not lead to."""
    found: dict[str, Any] = {}
    for item in instrument.items:
        if is_asked(item, found) and (answer := read_answer(instrument, item, said)) is not None:
            found[item.code] = answer
    return found


def led_past(instrument: Instrument, said: Mapping[str, str]) -> tuple[Item, ...]:
    """Return the questions that have an answer in a form though these answers do not lead to them, in order.

    On a page with one question at a time they are no fault: she went back and changed an answer. On a paper they are:
    somebody has misread it, or filled in what should have been passed by.
    """
    given = read_all(instrument, said)
    return tuple(
        item for item in instrument.items
        if not is_asked(item, given) and read_answer(instrument, item, said) is not None
    )  # fmt: skip


def ballot_of(instrument: Instrument, said: Mapping[str, str]) -> dict[str, Any]:
    """Return what goes into the urn. Who says only how she answered has answered nothing: an empty ballot."""
    given = read_all(instrument, said)
    return given if given.keys() - {item.code for item in about_answering(instrument)} else {}


def is_asked(item: Item, given: Given) -> bool:
    """Whether the answers so far lead to a question."""
    if item.only_if is None:
        return True
    code, steps = item.only_if
    return given.get(code) in steps


def asked(instrument: Instrument, given: Given) -> tuple[Item, ...]:
    """Return the questions that these answers lead through, in order."""
    return tuple(item for item in instrument.items if is_asked(item, given))


def seconds_of(instrument: Instrument, item: Item) -> int:
    """Return about how long one question takes: the instrument's usual, more for own words."""
    return TEXT_SECONDS if instrument.scale_of(item).asks is Asks.TEXT else instrument.seconds


def minutes_left(instrument: Instrument, items: Sequence[Item]) -> int:
    """Return the whole minutes that these questions take, rounded up; 0 when it is under one."""
    seconds = sum(seconds_of(instrument, item) for item in items)
    return 0 if seconds < 60 else math.ceil(seconds / 60)
