"""Norwegian public holidays ("red days")."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=64)
def _of_year(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=year, language="no"))


def name_of(day: date) -> str:
    """Return the holiday's Norwegian name, or an empty string on other days. Ordinary Sundays have no name."""
    return _of_year(day.year).get(day, "")


def is_red(day: date) -> bool:
    """Whether the day is a Sunday or a public holiday (helligdagsfredloven § 2, lov om 1 og 17 mai)."""
    return day.isoweekday() == 7 or day in _of_year(day.year)
