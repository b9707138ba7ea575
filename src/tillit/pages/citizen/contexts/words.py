"""Words this room uses: parts of the day, goals in words, marks."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tillit.foundation.workforce.queries import Mark
from tillit.ui import formats
from tillit.ui.parts import HelperMark

PARTS_OF_DAY = ("MORNING", "MIDDAY", "AFTERNOON", "EVENING", "NIGHT")


def language() -> str:
    """Return the language of the page."""
    return get_language() or "nb"


def part_of_day(code: str) -> str:
    """Return the part of the day in plain words."""
    return {
        "MORNING": _("Morgen"),
        "MIDDAY": _("Midt på dagen"),
        "AFTERNOON": _("Ettermiddag"),
        "EVENING": _("Kveld"),
        "NIGHT": _("Natt"),
    }.get(code, code)


def mark_of(marks: Mapping[int, Mark], employee_id: int, *, small: bool = False, spoken: bool = False) -> HelperMark:
    """Return the mark of a colleague; somebody unknown is a grey question mark."""
    found = marks.get(employee_id)
    if found is None:
        return HelperMark(initials="?", name=_("Ukjent"), size="sm" if small else "", spoken=spoken)
    return HelperMark(
        initials=found.initials,
        name=found.name,
        colour=found.colour,
        kind="temp" if found.is_temp else "",
        size="sm" if small else "",
        spoken=spoken,
    )


def measured(value: Decimal | None, unit: str) -> str:
    """Return a value with its unit: «60 meter», «6,5 kg»; empty without a value."""
    if value is None:
        return ""
    decimals = 0 if value == value.to_integral_value() else 1
    return f"{formats.number(value, decimals, language())} {unit}".strip()


def joined(parts: Iterable[str], *, between: str = " · ") -> str:
    """Return the parts that are not empty, with a sign between."""
    return between.join(part for part in parts if part)
