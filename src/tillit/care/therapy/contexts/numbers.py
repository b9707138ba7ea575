"""therapy/numbers.html and therapy/groups.html: how long people wait for a group, and which lists there are."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.therapy.contexts.words import tabs
from tillit.care.therapy.models import TherapyGroup
from tillit.care.therapy.permissions import DECIDE_TERMS
from tillit.care.therapy.queries import all_groups, count_waiting, groups_of, levels_on, waited
from tillit.care.therapy.queries.groups import line_of
from tillit.care.therapy.rules.waiting import LEAST, Counted, by_level, counted
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import units_of
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, ListRow, RowList, TableRow, Tabs

#: So many days back from today, today not among them.
PERIOD_DAYS = 365


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """therapy/numbers.html: for the group, never for one employee."""

    title: str
    tabs: Tabs
    lead: str
    now: str
    table: DataTable | None = field(metadata={"help": "None: too few to tell"})
    least: int


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """therapy/groups.html: the lists whose frame she decides."""

    rows: RowList | None
    units: tuple[tuple[int, str], ...]


def numbers_page(*, actor: Actor, group: TherapyGroup, at: datetime) -> NumbersPage:
    """Return how long people waited for a group. Callers have come through `get_group`."""
    today = oslo.day_of(at)
    first = today - timedelta(days=PERIOD_DAYS)
    rows = waited(group.pk, first=first, after=today)
    whole = counted(rows)
    waiting, late = count_waiting((group.pk,), on=today)[group.pk]
    return NumbersPage(
        title=line_of(group).name,
        tabs=tabs(actor, groups_of(actor), here="numbers", group_id=group.pk),
        lead=_("Fra henvist til en terapeut har tatt saken, for saker som er tatt fra %(first)s til i går.")
        % {"first": formats.short_date(first, page_language())},
        now=_("%(waiting)d venter nå, %(late)d av dem over fristen.") % {"waiting": waiting, "late": late},
        table=_table(whole, by_level(rows), {one.priority: one.days for one in levels_on(group.pk, on=today)})
        if whole
        else None,
        least=LEAST,
    )


def groups_page(*, actor: Actor, at: datetime) -> GroupsPage:
    """Return the lists at or below where the actor decides the frame, and the units that may get one."""
    today = oslo.day_of(at)
    paths = actor.paths_for(DECIDE_TERMS.roles)
    groups = [one for one in all_groups(on=today) if one.path.startswith(paths)]
    rows = tuple(ListRow(title=one.name, href=reverse("therapy:terms", args=[one.group_id])) for one in groups)
    units = [unit for unit in units_of(actor, on=today) if unit.path.startswith(paths)]
    return GroupsPage(rows=RowList(rows) if rows else None, units=tuple((unit.pk, unit.name) for unit in units))


def _table(whole: Counted, levels: dict[int, Counted | None], days: dict[int, int]) -> DataTable:
    rows = [_row(_("Alle"), whole)]
    for level, found in levels.items() if any(levels.values()) else ():
        label = _("Prioritet %(priority)d, innen %(days)d dager nå") % {"priority": level, "days": days[level]}
        rows.append(_row(label, found))
    return DataTable(
        caption=_("Ventetid"),
        columns=(
            Column(_("Saker")),
            Column(_("Antall"), right=True),
            Column(_("Median, dager"), right=True),
            Column(_("Tatt innen fristen"), right=True),
        ),
        rows=tuple(rows),
        in_panel=False,
    )


def _row(label: str, found: Counted | None) -> TableRow:
    if found is None:
        return TableRow((label, _("for få"), "–", "–"))
    decimals = 0 if found.median == int(found.median) else 1
    median = formats.number(found.median, decimals, page_language())
    return TableRow((label, str(found.count), median, formats.percent(found.share, 0, page_language())))
