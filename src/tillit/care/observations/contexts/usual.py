"""observations/usual.html: what is usual for a citizen."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.observations.models import Usual
from tillit.care.observations.permissions import SET_SCALE
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class UsualPage:
    """observations/usual.html."""

    name: str
    crumbs: Crumbs
    back_href: str
    scale: str = field(metadata={"help": "What stands, for whoever may not set it; empty: she may"})


def usual_page(*, actor: Actor, citizen_id: int, now: datetime) -> UsualPage:
    """Return the page for a citizen the actor reaches. Raises NotFound."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=now)
    back = reverse("observations:citizen", args=[citizen.pk])
    return UsualPage(
        name=citizen.name,
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Observasjoner"), back),
                Crumb(_("Som vanlig")),
            )
        ),
        back_href=back,
        scale=""
        if sets_scale(actor, citizen.pk, now=now)
        else _("Skala for oksygenmetning setter en sykepleier, når hun eller en lege har bestemt det."),
    )


def sets_scale(actor: Actor, citizen_id: int, *, now: datetime) -> bool:
    """Whether the scale is hers to set."""
    return holds(actor, SET_SCALE, scope_of(citizen_id, on=oslo.day_of(now)))


def usual_lines(usual: Usual | None) -> tuple[str, ...]:
    """Return what is usual, a sentence each; empty when nobody has said."""
    if usual is None:
        return ()
    found = [usual.words] if usual.words else []
    if usual.saturation is not None:
        share = formats.number(usual.saturation, language=page_language())
        found.append(_("Vanlig oksygenmetning er %(share)s %%.") % {"share": share})
    if usual.scale == 2:
        found.append(_("Skala 2 for oksygenmetning, bestemt av %(who)s.") % {"who": usual.scale_by})
    return tuple(found)
