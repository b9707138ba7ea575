"""How far back the page goes: one, two or three years, chosen in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import ngettext

from tillit.kernel.periods import Days
from tillit.ui.parts import ToggleGroup, ToggleLink

YEARS = (1, 2, 3)
USUAL = 2
"""Two years: a number counted by the month then has twice the points that are needed to say anything."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the address asks for. code: the indicator drawn large; empty: the page chooses."""

    years: int = USUAL
    code: str = ""

    def within(self, today: date) -> Days:
        """Return the days asked for, up to and with today."""
        try:
            first = today.replace(year=today.year - self.years)
        except ValueError:  # 29 February
            first = today.replace(year=today.year - self.years, day=28)
        return Days(first, today)

    def query(self, **changes: str | int) -> str:
        """Return the address's question mark and what follows, with these changed; empty when all is as usual."""
        asked = {"tall": self.code, "aar": self.years, **changes}
        kept = {key: value for key, value in asked.items() if value and (key, value) != ("aar", USUAL)}
        return f"?{urlencode(kept)}" if kept else ""


def chosen(asked: Mapping[str, str]) -> Chosen:
    """Return what the address asks for; what cannot be read is as usual."""
    years = asked.get("aar", "")
    return Chosen(int(years) if years in {str(each) for each in YEARS} else USUAL, asked.get("tall", "")[:40])


def chooser(here: Chosen, label: str) -> ToggleGroup:
    """Return the choice of period."""
    return ToggleGroup(
        label,
        tuple(
            ToggleLink(
                ngettext("%(count)s år", "%(count)s år", years) % {"count": years},
                here.query(aar=years) or "?",
                current=years == here.years,
            )
            for years in YEARS
        ),
    )
