"""insight/behind.html: the citizens a number rests on, for those who see the citizens anyway."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.queries import CitizenBrief, briefs
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import scope_of
from tillit.learning.insight.contexts.judged import Judged
from tillit.learning.insight.permissions import SEE_CITIZENS_BEHIND
from tillit.learning.insight.queries.behind import PointBehind, citizens_behind
from tillit.learning.insight.rules.behind import CODES, Behind
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.words import behind as words
from tillit.learning.insight.words import figures
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList


@dataclass(frozen=True, slots=True)
class BehindPage:
    """insight/behind.html."""

    crumbs: Crumbs
    title: str
    lead: str
    unit_name: str
    rows: RowList | None = field(metadata={"help": "None: there is nobody to show"})
    order: str = field(metadata={"help": "Heading of the list: who stands first"})
    more: str = field(metadata={"help": "How many more there are; empty: all are listed"})
    nothing: str = field(metadata={"help": "Why the list is empty"})


def behind_href(actor: Actor, unit: Unit, one: Judged) -> str:
    """Return the address of those behind the newest value, or nothing where there are none or she may not see."""
    code = one.series.indicator.code
    if one.last is None or code not in CODES or not holds(actor, SEE_CITIZENS_BEHIND, scope_of(unit)):
        return ""
    return reverse("insight:behind", args=[unit.pk, code, one.last.starts_on])


def behind_page(*, actor: Actor, unit_id: int, code: str, on: date, today: date) -> BehindPage:
    """Return the page. Raises NotFound as `citizens_behind`. Notes the reading of those it shows."""
    found = citizens_behind(actor=actor, unit_id=unit_id, code=code, on=on, today=today)
    indicator = found.series.indicator
    people = briefs({one.citizen for one in found.found}, on=today)
    rows = tuple(
        _row(indicator, one, people[one.citizen])
        for one in found.found
        if one.citizen in people and not people[one.citizen].is_barred
    )
    when = figures.time_and_year(indicator.step, found.starts_on)
    home = reverse("insight:unit", args=[unit_id])
    own = reverse("insight:indicator", args=[unit_id, code])
    return BehindPage(
        crumbs=Crumbs((Crumb(_("Innsikt"), home), Crumb(indicator.name, own), Crumb(when))),
        title=_("Brukerne bak tallet"),
        lead=_lead(found, when),
        unit_name=found.series.unit_name,
        rows=RowList(rows, ordered=True) if rows else None,
        order=words.order(indicator.code),
        more=_more(found.left),
        nothing=_nothing(found),
    )


def _lead(found: PointBehind, when: str) -> str:
    indicator, point = found.series.indicator, found.point
    if point is None or point.value is None:
        return _("%(name)s, %(when)s") % {"name": indicator.name, "when": when}
    value = figures.value_text(indicator, point.value)
    return _("%(name)s, %(when)s: %(value)s") % {"name": indicator.name, "when": when, "value": value}


def _nothing(found: PointBehind) -> str:
    if found.point is None:
        return _("Tallet er ikke talt ennå, eller det er ikke vist for deg ennå.")
    if found.point.hidden:
        return _("Tallet bygger på så få at det ikke vises. Da vises heller ikke hvem det bygger på.")
    if found.point.value is None:
        return _("Det var ingenting å telle da.")
    return _("Tallet bygger på brukere som du ikke når i dag.")


def _more(left: int) -> str:
    if not left:
        return ""
    return ngettext(
        "Lista viser de 25 første. %(count)s til er ikke med.",
        "Lista viser de 25 første. %(count)s til er ikke med.",
        left,
    ) % {"count": left}


def _row(indicator: Indicator, one: Behind, brief: CitizenBrief) -> ListRow:
    return ListRow(
        brief.name,
        words.told(indicator, one),
        href=reverse("citizens:page", args=[one.citizen]),
        number=words.number(indicator, one),
    )
