"""stays/list.html: those a team follows who are not at home."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.permissions import READ_CITIZEN
from tillit.care.citizens.queries.stays import StayLine, stays_of_unit
from tillit.care.citizens.rules.stays import IN_BEDS
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.pages.stays.contexts.counted import counted_table
from tillit.pages.stays.contexts.reading import read_for
from tillit.pages.stays.contexts.rows import StayRow, stay_row
from tillit.ui.parts import Crumb, Crumbs, DataTable


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading."""

    code: str
    title: str
    rows: tuple[StayRow, ...]


@dataclass(frozen=True, slots=True)
class StaysPage:
    """stays/list.html."""

    unit_id: int
    crumbs: Crumbs
    title: str
    lead: str
    groups: tuple[Group, ...] = field(metadata={"help": "Those with somebody in them, the most urgent first"})
    counted: DataTable | None


def stays_page(*, actor: Actor, unit_id: int, at: datetime) -> StaysPage:
    """Return the list. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_CITIZEN, scope_of(unit))
    lines = stays_of_unit(unit=unit, at=at)
    read = read_for(lines, actor=actor, unit=unit, at=at)
    sorted_in: dict[str, list[StayRow]] = {"mangler": [], "folges": [], "hjemme": [], "bortreist": []}
    for line in lines:
        sorted_in[_group(line, at)].append(stay_row(line, read, at=at, on_list=True))
    titles = {
        "mangler": _("Noen må ta tak"),
        "folges": _("Følges opp"),
        "hjemme": _("Nettopp kommet hjem"),
        "bortreist": _("Bortreist"),
    }
    return StaysPage(
        unit_id=unit.pk,
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(_("Ikke hjemme")))),
        title=_("Ikke hjemme"),
        lead=_lead(lines, unit.name, at),
        groups=tuple(Group(code, titles[code], tuple(rows)) for code, rows in sorted_in.items() if rows),
        counted=counted_table(unit=unit, at=at),
    )


def _group(line: StayLine, at: datetime) -> str:
    if line.kind not in IN_BEDS:
        return "bortreist"
    if line.lacks(at):
        return "mangler"
    return "hjemme" if line.is_home(at) else "folges"


def _lead(lines: Sequence[StayLine], unit: str, at: datetime) -> str:
    away = [line for line in lines if not line.is_home(at)]
    if not away:
        return _("Alle %(unit)s følger, er hjemme.") % {"unit": unit}
    count = ngettext("%(count)s bruker er ikke hjemme.", "%(count)s brukere er ikke hjemme.", len(away))
    told = [count % {"count": len(away)}]
    ready = sum(line.ready_at is not None and line.to_at is None for line in away)
    if ready:
        text = ngettext("%(count)s er utskrivningsklar.", "%(count)s er utskrivningsklare.", ready)
        told.append(text % {"count": ready})
    lacking = sum(line.lacks(at) for line in lines)
    if lacking:
        text = ngettext("%(count)s trenger at noen tar tak.", "%(count)s trenger at noen tar tak.", lacking)
        told.append(text % {"count": lacking})
    return " ".join(told)
