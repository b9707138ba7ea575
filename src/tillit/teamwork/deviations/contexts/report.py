"""deviations/report.html: what happened, in two presses."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import briefs, get_citizen
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import get_unit
from tillit.foundation.workforce.queries import employee_units
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.teamwork.deviations.models import DeviationKind
from tillit.ui.parts import Choices


@dataclass(frozen=True, slots=True)
class KindButton:
    """One press that says what happened, and sends it."""

    value: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """deviations/report.html."""

    unit_name: str
    back_href: str
    about: Choices
    kinds: tuple[KindButton, ...]
    without_citizen: bool = field(metadata={"help": "True: it was not opened from a citizen's page or visit"})


_ICONS = {
    "FALL": "Figure", "MEDICINE": "PillCircle", "MISSED": "Clock", "INJURY": "Bandage", "THREAT": "ShieldLock",
    "EQUIPMENT": "Cog", "INFORMATION": "FileText", "OTHER": "MenuElipsisHorizontal",
}  # fmt: skip


def report_page(*, unit: Unit, form: Form, visit_id: int | None) -> ReportPage:
    """Return the page for a unit of hers (`whose`)."""
    return ReportPage(
        unit_name=unit.name,
        back_href=reverse("myday:visit", args=[visit_id]) if visit_id else reverse("deviations:list"),
        about=Choices.of(form["about"]),
        kinds=tuple(KindButton(one.value, str(one.label), _ICONS[one.value]) for one in DeviationKind),
        without_citizen=len(getattr(form.fields["about"], "choices", ())) < 3,
    )


def whose(*, actor: Actor, unit_id: int | None, on: date) -> Unit:
    """Return the unit it is told for: the one asked for when she reaches it, else the first of her own.

    One of a work group tells for her group when she stands at the team's visit. Raises NotFound for one without units.
    """
    if unit_id is not None:
        try:
            return get_unit(actor=actor, unit_id=unit_id)
        except NotFound:
            pass
    own = employee_units(employee_id=actor.employee_id or 0, on=on)
    if not own:
        raise NotFound(_("Fant ikke teamet ditt."))
    return own[0]


def citizen_name(*, actor: Actor, citizen_id: int | None, now: datetime) -> str:
    """Return her name, when the actor reaches her; empty for nobody. Raises NotFound."""
    if citizen_id is None:
        return ""
    found = get_citizen(actor=actor, citizen_id=citizen_id, at=now)
    return briefs([found.pk], on=oslo.day_of(now), at=now)[found.pk].name
