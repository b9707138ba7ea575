"""careplans/adjust.html: the steps on a page of their own, and what is shown when a press did nothing."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.careplans.actions import OutsideFrame
from tillit.care.careplans.contexts import adjusting
from tillit.care.careplans.contexts.adjusting import AdjustPlan, Refused, adjust_part
from tillit.care.careplans.contexts.page import matters_of
from tillit.care.careplans.rules.adjusting import Step
from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.needs.queries import newest_words
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs, Matters

NOTHING_PRESSED = gettext_lazy("Trykk på den endringen dere vil gjøre.")


@dataclass(frozen=True, slots=True)
class AdjustPage:
    """careplans/adjust.html."""

    crumbs: Crumbs
    title: str
    matters: Matters
    plan_href: str
    part: AdjustPlan | None = field(metadata={"help": "None: no frame holds, or no plan is in use"})
    refused: Refused | None = field(default=None, metadata={"help": "What is said without the part"})
    why: str = field(default="", metadata={"help": "The line, when there is no field for it"})


def adjust_page(*, actor: Actor, citizen_id: int, back: str, at: datetime) -> AdjustPage:
    """Gather the page in a constant number of queries. Raises NotFound out of reach."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    today = oslo.day_of(at)
    return AdjustPage(
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Juster innenfor rammen")),
            )
        ),
        title=_("Planen til %(name)s") % {"name": citizen.first_name},
        matters=replace(matters_of(citizen, newest_words([citizen.pk]).get(citizen.pk)), size="line", more=()),
        plan_href=reverse("careplans:plan_edit", args=[citizen.pk]),
        part=adjust_part(
            actor=actor, citizen_id=citizen.pk, scope=scope_of(citizen.pk, on=today), back=back, today=today
        ),
    )


def page_with_error(page: AdjustPage, why: str, error: str) -> AdjustPage:
    """Return the page with what is wrong with the line."""
    return replace(page, part=replace(page.part, why=why, error=error)) if page.part else page


def refused_page(page: AdjustPage, why: str, text: str) -> AdjustPage:
    """Return the page after a press that did nothing: a colleague was first, or the step fits no more."""
    refused = Refused(_("Ingenting er endret ennå"), text)
    if page.part is None:
        return replace(page, refused=refused, why=why)
    return replace(page, part=replace(page.part, why=why, refused=refused))


def outside_page(
    page: AdjustPage, refused: OutsideFrame, *, actor: Actor, why: str, step: Step, at: datetime
) -> AdjustPage:
    """Return the page after a step out of the frame, with the way to a new assessment."""
    said = adjusting.outside(refused, actor=actor, why=why, step=step, today=oslo.day_of(at))
    return replace(page, part=replace(page.part, why=why, refused=said)) if page.part else replace(page, refused=said)
