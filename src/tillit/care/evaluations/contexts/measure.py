"""evaluations/measure.html: the numbers of one scale."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.queries import get_citizen
from tillit.care.evaluations.models import Tool
from tillit.care.evaluations.queries import measures_of_citizen
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs

_HOW: Mapping[str, str | Promise] = {
    "COPM": gettext_lazy(
        "Bruk kommunens eget COPM-skjema i samtalen. Her står bare aktivitetene og tallene, fra 1 til 10."
    ),
    "PSFS": gettext_lazy("Brukeren velger tre til fem aktiviteter. 0 er «klarer ikke», 10 er «som før»."),
    "SPPB": gettext_lazy("Skriv sekundene. Poengene regnes ut. En del som ikke er testet, står tom."),
}


@dataclass(frozen=True, slots=True)
class MeasurePage:
    """evaluations/measure.html."""

    citizen_id: int
    crumbs: Crumbs
    tool: str
    title: str
    name: str
    lead: str
    before: str = field(metadata={"help": "When it was measured last; empty: never"})
    activities: tuple[str, ...] = field(metadata={"help": "The words from the last time"})
    today: date
    back: str
    autosave: str
    user_id: int


def measure_page(*, actor: Actor, citizen_id: int, tool: str, course: str, at: datetime) -> MeasurePage:
    """Return the frame around a scale's form. course: the one to go back to.

    Raises NotFound out of reach, and for a scale there is not.
    """
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    if tool not in Tool.values:
        raise NotFound(_("Fant ikke måleverktøyet."))
    last = next((one for one in reversed(measures_of_citizen(citizen.pk)) if one.tool == tool), None)
    back = reverse("evaluations:citizen", args=[citizen.pk])
    if course.isascii() and course.isdigit() and len(course) < 18:
        back = reverse("courses:course", args=[int(course)])
    title = _("Mål med %(tool)s") % {"tool": Tool(tool).label}
    return MeasurePage(
        citizen_id=citizen.pk,
        crumbs=Crumbs(
            (
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Evaluering"), back),
                Crumb(title),
            )
        ),
        tool=tool,
        title=title,
        name=citizen.name,
        lead=str(_HOW[tool]),
        before=_("Sist målt %(day)s. Aktivitetene derfra står i feltene, så de kan sammenlignes.")
        % {"day": formats.long_date(last.measured_on, page_language(), year=True)}
        if last and tool != "SPPB"
        else "",
        activities=tuple(row["text"] for row in last.numbers.get("activities", ())) if last else (),
        today=oslo.day_of(at),
        back=back,
        autosave=f"maling-{tool.lower()}-{citizen.pk}",
        user_id=actor.user_id or 0,
    )
