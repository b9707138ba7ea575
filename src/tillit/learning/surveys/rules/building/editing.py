"""Changes of an instrument that is being made: each gives a new one. Codes of questions are never used for another."""

from dataclasses import replace

from tillit.learning.surveys.rules.building.plain import LICENCE, STATUS
from tillit.learning.surveys.rules.building.scales import scale
from tillit.learning.surveys.rules.instruments import Instrument, Item, Part, Scale, Text

MOST_ITEMS = 60
MOST_PARTS = 10
#: What codes of own instruments begin with; no shipped one does.
OWN = "own"


def is_own(instrument: Instrument) -> bool:
    """Whether it was made in the municipality."""
    return instrument.code.startswith(OWN)


def blank(name: Text, about: Text, for_whom: str) -> Instrument:
    """Return an instrument without questions."""
    return Instrument(
        OWN, 1, name, about, for_whom, (), (), (), status=STATUS, licence=LICENCE, scored=False
    )  # fmt: skip


def with_item(instrument: Instrument, item: Item) -> Instrument:
    """Return it with a question changed, or, when its code is new, put last. An empty code gets the next."""
    if not item.code:
        item = replace(item, code=next_code("Q", [one.code for one in instrument.items]))
    if any(one.code == item.code for one in instrument.items):
        return _rescaled(instrument, tuple(item if one.code == item.code else one for one in instrument.items))
    return _rescaled(instrument, (*instrument.items, item))


def without_item(instrument: Instrument, code: str) -> Instrument:
    """Return it without a question. Call `leads_to` first: what hangs on the answer to it would hang in the air."""
    return _rescaled(instrument, tuple(one for one in instrument.items if one.code != code))


def leads_to(instrument: Instrument, code: str) -> tuple[Item, ...]:
    """Return the questions that are asked by the answer to this one."""
    return tuple(one for one in instrument.items if one.only_if is not None and one.only_if[0] == code)


def moved(instrument: Instrument, code: str, by: int) -> Instrument:
    """Return it with a question moved one up (−1) or down (1); as it was when it stands first or last."""
    items = list(instrument.items)
    at = next(number for number, one in enumerate(items) if one.code == code)
    to = min(len(items) - 1, max(0, at + by))
    items.insert(to, items.pop(at))
    return _rescaled(instrument, tuple(items))


def with_part(instrument: Instrument, part: Part) -> Instrument:
    """Return it with a theme changed, or put last. An empty code gets the next."""
    if not part.code:
        part = replace(part, code=next_code("T", [one.code for one in instrument.parts]))
    known = any(one.code == part.code for one in instrument.parts)
    parts = tuple(part if one.code == part.code else one for one in instrument.parts)
    return replace(instrument, parts=parts if known else (*parts, part), scored=True)


def without_part(instrument: Instrument, code: str) -> Instrument:
    """Return it without a theme: its questions stand for themselves, and none of them is turned."""
    parts = tuple(one for one in instrument.parts if one.code != code)
    items = tuple(replace(one, part="", reverse=False) if one.part == code else one for one in instrument.items)
    return replace(instrument, parts=parts, items=items, scored=bool(parts))


def ready(instrument: Instrument) -> Instrument:
    """Return it as it is put in use: themes without questions are left out, for they have no number."""
    parts = tuple(part for part in instrument.parts if instrument.items_of(part.code))
    return replace(instrument, parts=parts, scored=bool(parts))


def next_code(letter: str, codes: list[str]) -> str:
    """Return the code after the highest that is there: Q4 after Q1, Q3."""
    return f"{letter}{1 + max((int(code[1:]) for code in codes), default=0)}"


def _rescaled(instrument: Instrument, items: tuple[Item, ...]) -> Instrument:
    """Return it with these questions and the scales they use, in the order of first use. Words kept as they were."""
    had = {one.code: one for one in instrument.scales}
    used: list[Scale] = []
    for item in items:
        found = had.get(item.scale) or scale(item.scale)
        assert found is not None, f"no scale {item.scale}"
        if found not in used:
            used.append(found)
    return replace(instrument, items=items, scales=tuple(used))
