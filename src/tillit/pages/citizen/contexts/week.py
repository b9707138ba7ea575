"""The citizen's week: one row for each visit of the day, one column for each day, who comes in the cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from tillit.care.citizens.rules.followers import Followers
from tillit.care.visits.queries import VisitRow
from tillit.care.visits.rules.generation import part_named_by
from tillit.foundation.workforce.queries import Mark
from tillit.pages.citizen.contexts.words import PARTS_OF_DAY, mark_of, part_of_day, unit_names
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import HelperMark


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A column."""

    on: date
    label: str
    spoken: str
    today: bool


@dataclass(frozen=True, slots=True)
class WeekCell:
    """Who comes at one of the week's visits; `text` instead of, or after, the marks."""

    marks: tuple[HelperMark, ...] = ()
    text: str = ""
    faint: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One of the day's visits through the week."""

    label: str
    cells: tuple[WeekCell, ...]
    unit: str = field(default="", metadata={"help": "Whose visits they are; empty when all are one unit's"})


@dataclass(frozen=True, slots=True)
class Week:
    """citizen/page.html#week."""

    citizen_id: int
    title: str = field(metadata={"help": "«Uke 48»"})
    region: str = field(metadata={"help": "Name of the scroll region for screen readers"})
    days: tuple[WeekDay, ...]
    rows: tuple[WeekRow, ...]
    previous: date
    following: date


def week(
    visits: Sequence[VisitRow],
    marks: Mapping[int, Mark],
    *,
    citizen_id: int,
    first_name: str,
    monday: date,
    today: date,
    followers: Followers,
) -> Week:
    """Return the week that begins on `monday`. Visits outside it are left out.

    A row says whose visits they are when the week holds those of several units.
    """
    days = tuple(monday + timedelta(days=number) for number in range(7))
    inside = [visit for visit in visits if visit.on in days and visit.cancelled_by != "PLAN"]
    units = unit_names(followers, (visit.unit_id for visit in inside))
    slots: dict[tuple[str, int], list[VisitRow]] = {}
    for visit in sorted(inside, key=_order):
        slots.setdefault((visit.slot, visit.unit_id), []).append(visit)
    rows = tuple(
        WeekRow(
            label=_label(found),
            unit=units.get(unit_id, ""),
            cells=tuple(_cell([visit for visit in found if visit.on == day], marks, today=today) for day in days),
        )
        for (_slot, unit_id), found in slots.items()
    )
    name = formats.week(monday, page_language())
    return Week(
        citizen_id=citizen_id,
        title=name[:1].upper() + name[1:],
        region=_("Uka til %(name)s, kan rulles sidelengs") % {"name": first_name},
        days=tuple(
            WeekDay(
                on=day,
                label=f"{formats.weekday_short(day, page_language()).capitalize()} {day.day}.",
                spoken=formats.long_date(day, page_language()),
                today=day == today,
            )
            for day in days
        ),
        rows=rows,
        previous=monday - timedelta(days=7),
        following=monday + timedelta(days=7),
    )


def _order(visit: VisitRow) -> tuple[int, str]:
    known = visit.part_of_day in PARTS_OF_DAY
    return (PARTS_OF_DAY.index(visit.part_of_day) if known else len(PARTS_OF_DAY), visit.slot)


def _label(visits: Sequence[VisitRow]) -> str:
    minutes = Counter(visit.minutes for visit in visits).most_common(1)[0][0]
    gathered = part_named_by(visits[0].slot)
    name = part_of_day(gathered) if gathered else visits[0].title
    return _("%(name)s, %(minutes)d min") % {"name": name, "minutes": minutes}


def _cell(visits: Sequence[VisitRow], marks: Mapping[int, Mark], *, today: date) -> WeekCell:
    if not visits:
        return WeekCell(text="–", faint=True)
    visit = visits[0]
    if visit.state == "CANCELLED":
        return WeekCell(text=_("Avlyst"), faint=True)
    shown = tuple(mark_of(marks, helper_id, small=True, spoken=True) for helper_id in visit.helper_ids)
    if shown:
        return WeekCell(marks=shown)
    return WeekCell(text=_("Ikke fordelt") if visit.on >= today else _("Ukjent"), faint=True)
