"""Levels and numbers in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.evaluations.rules import copm, psfs, sppb
from tillit.care.evaluations.rules.numbers import copm_of, psfs_of, sppb_of
from tillit.ui import formats
from tillit.ui.language import page_language

LEVEL_WORDS: Mapping[int, str | Promise] = {
    2: gettext_lazy("Mye bedre enn ventet"),
    1: gettext_lazy("Bedre enn ventet"),
    0: gettext_lazy("Som ventet: målet er nådd"),
    -1: gettext_lazy("Ikke så langt som ventet"),
    -2: gettext_lazy("Mye mindre enn ventet"),
}
PARTS: Mapping[str, str | Promise] = {
    "BALANCE": gettext_lazy("Balanse"),
    "GAIT": gettext_lazy("Gange 4 meter"),
    "CHAIR": gettext_lazy("Reise seg fra stol"),
}


def level_text(level: int) -> str:
    """«Som ventet: målet er nådd (0)»."""
    return f"{LEVEL_WORDS[level]} ({signed(level)})"


def signed(number: int | Decimal) -> str:
    """A number with its sign, as Norwegians write it: +2, −1, +2,33."""
    if isinstance(number, int):
        return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "0"
    text = decimal(abs(number))
    return f"+{text}" if number > 0 else f"−{text}" if number < 0 else text


def decimal(number: Decimal | int) -> str:
    """4,67, and 3 for 3,00."""
    places = 0 if number == int(number) else 2
    return formats.number(float(number), decimals=places, language=page_language())


def measured_text(tool: str, numbers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was measured, one sentence each; what was not scored is not said."""
    if tool == "COPM":
        return tuple(_copm_text(one) for one in copm_of(numbers))
    if tool == "PSFS":
        return tuple(_psfs_text(one) for one in psfs_of(numbers))
    points = sppb.points(sppb_of(numbers))
    said = [f"{PARTS[code]}: {_points(part)}." for code, part in points.parts.items() if part is not None]
    if points.total is not None:
        said.append(_("Til sammen %(points)s av 12.") % {"points": points.total})
    return tuple(said)


def _points(number: int) -> str:
    return _("%(number)s av 4 poeng") % {"number": number}


def _copm_text(one: copm.Activity) -> str:
    scores = (
        (_("betydning %(score)s"), one.importance),
        (_("utførelse %(score)s"), one.performance),
        (_("tilfredshet %(score)s"), one.satisfaction),
    )
    said = ", ".join(text % {"score": score} for text, score in scores if score is not None)
    return f"{one.text}: {said or _('ikke skåret')}."


def _psfs_text(one: psfs.Activity) -> str:
    return f"{one.text}: {one.score if one.score is not None else _('ikke skåret')}."
