"""courses/form.html and courses/week.html: the frame around what is written."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import Colleague, colleagues_of, get_citizen
from tillit.care.courses.models import Course
from tillit.care.courses.queries import terms_on
from tillit.care.courses.rules.course import Terms
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class FormPage:
    """courses/form.html, courses/week.html."""

    crumbs: Crumbs
    title: str
    name: str
    lead: str
    submit: str
    back: str
    colleagues: tuple[Colleague, ...]
    terms: Terms
    autosave: str
    user_id: int


def form_page(
    *,
    actor: Actor,
    citizen_id: int,
    title: str,
    submit: str,
    at: datetime,
    lead: str = "",
    course: Course | None = None,
) -> FormPage:
    """Return the frame around a form about one citizen. Raises NotFound out of reach."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    today = oslo.day_of(at)
    citizen_href = reverse("citizens:page", args=[citizen.pk])
    crumbs = [Crumb(citizen.name, citizen_href)]
    back = citizen_href
    if course is not None:
        back = reverse("courses:course", args=[course.pk])
        crumbs.append(Crumb(_("Hverdagsrehabilitering"), back))
    return FormPage(
        crumbs=Crumbs((*crumbs, Crumb(title))),
        title=title,
        name=citizen.name,
        lead=lead,
        submit=submit,
        back=back,
        colleagues=tuple(colleagues_of(citizen.pk, on=today)),
        terms=terms_on(today),
        autosave=f"forlop-{course.pk if course else 'nytt'}-{citizen.pk}",
        user_id=actor.user_id or 0,
    )
