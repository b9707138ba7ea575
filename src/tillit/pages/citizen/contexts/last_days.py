"""The last days in a few lines: a short piece of the timeline."""

from collections.abc import Iterable
from datetime import date

from tillit.kernel import oslo
from tillit.pages.citizen.contexts.timeline_page import row_of
from tillit.pages.citizen.rules.timeline import Happening
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import RowList

MOST_LINES = 8


def last_days(found: Iterable[Happening], *, today: date, since: date) -> RowList | None:
    """Return what happened, newest first, at most MOST_LINES; what is open stays however old it is."""
    recent = [row for row in found if row.is_open or oslo.day_of(row.at) >= since]
    recent.sort(key=lambda row: row.at, reverse=True)
    if not recent:
        return None
    language = page_language()
    rows = (
        row_of(
            row,
            when=(formats.near_date if row.of_day else formats.near_moment)(row.at, today=today, language=language),
        )
        for row in recent[:MOST_LINES]
    )
    return RowList(tuple(rows), ordered=True, look="timeline")
