"""evaluations/due.html: which goals a team is to look at, and which it should have looked at already (R22)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans.queries import Evaluation as DueGoal
from tillit.care.careplans.queries import evaluations_due
from tillit.care.citizens.queries import briefs, citizen_ids_of_unit
from tillit.care.evaluations.contexts.tabs import tabs
from tillit.care.evaluations.permissions import READ_EVALUATIONS
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList, Tabs

AHEAD = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class DuePage:
    """evaluations/due.html."""

    crumbs: Crumbs
    tabs: Tabs
    lead: str
    over: RowList | None
    coming: RowList | None
    over_title: str = field(metadata={"help": "With how many"})


def due_page(*, actor: Actor, unit_id: int, at: datetime) -> DuePage:
    """Return the list, in a number of queries that does not grow with it. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_EVALUATIONS, scope_of(unit))
    today = oslo.day_of(at)
    ids = citizen_ids_of_unit(unit.pk, today)
    found = evaluations_due(citizen_ids=ids, until=today + AHEAD)
    names = {
        citizen_id: brief.name for citizen_id, brief in briefs({one.citizen_id for one in found}, on=today).items()
    }
    found = [one for one in found if one.citizen_id in names]
    over = [one for one in found if one.evaluate_on < today]
    coming = [one for one in found if one.evaluate_on >= today]
    return DuePage(
        crumbs=Crumbs((Crumb(unit.name), Crumb(_("Evaluering")))),
        tabs=tabs(unit.pk, here="due"),
        lead=_lead(len(over), len(coming)),
        over=_rows(over, names, today=today),
        coming=_rows(coming, names, today=today),
        over_title=_("Skulle vært gjort (%(number)d)") % {"number": len(over)},
    )


def _rows(found: list[DueGoal], names: dict[int, str], *, today: date) -> RowList | None:
    if not found:
        return None
    return RowList(
        tuple(
            ListRow(
                title=f"«{one.words}»",
                note=names[one.citizen_id],
                href=reverse("evaluations:evaluate", args=[one.citizen_id, one.goal_id]),
                end=formats.deadline_of(one.evaluate_on, today=today, language=page_language()),
            )
            for one in found
        )
    )


def _lead(over: int, coming: int) -> str:
    if not over and not coming:
        return _("Ingen mål skal evalueres de neste fire ukene.")
    late = ngettext("%(number)d mål skulle vært evaluert.", "%(number)d mål skulle vært evaluert.", over)
    soon = ngettext(
        "%(number)d skal evalueres de neste fire ukene.", "%(number)d skal evalueres de neste fire ukene.", coming
    )
    said = [late % {"number": over}] if over else [_("Ingen er over tida.")]
    if coming:
        said.append(soon % {"number": coming})
    return " ".join(said)
