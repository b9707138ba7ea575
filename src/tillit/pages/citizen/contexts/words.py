"""Words this room uses: parts of the day, goals in words, marks."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from tillit.care.citizens.queries import CitizenBrief
from tillit.care.citizens.rules.followers import Followers
from tillit.foundation.workforce.queries import Mark
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import HelperMark

PARTS_OF_DAY = ("MORNING", "MIDDAY", "AFTERNOON", "EVENING", "NIGHT")


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
    return f"{formats.number(value, decimals, page_language())} {unit}".strip()


def died(on: date) -> str:
    """Return the day somebody died: «Død 12.11.2026»."""
    return _("Død %(day)s") % {"day": formats.short_date(on, page_language())}


def died_of(brief: CitizenBrief) -> str:
    """Return when a citizen died; empty for the living."""
    return died(brief.died_on) if brief.died_on is not None else ""


def unit_names(followers: Followers, unit_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of units whose visits stand beside each other; nothing when they are all one unit's."""
    found = dict.fromkeys(unit_ids)
    names = {one.unit_id: one.unit_name for one in followers.units}
    return {unit_id: names.get(unit_id, "") for unit_id in found} if len(found) > 1 else {}


def joined(parts: Iterable[str], *, between: str = " · ") -> str:
    """Return the parts that are not empty, with a sign between."""
    return between.join(part for part in parts if part)
