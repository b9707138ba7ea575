"""What is seen and measured without coverage, delivered: read by the pages' own forms, written by their own actions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.forms import ChoiceField, Form, HiddenInput
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import get_citizen
from tillit.care.observations.actions import check, observe
from tillit.care.observations.forms import CheckForm, ObserveForm
from tillit.care.observations.models import Observation
from tillit.care.visits.models import Visit
from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import written
from tillit.foundation.delivery.acts import Done, Line, Order, Version
from tillit.kernel.errors import ActionRefused, NotFound

Fields = Mapping[str, Any]


class ObservationAct:
    """`observation.add`: citizen_id, perhaps visit_id, and words, about and weight as the form has them."""

    title = gettext_lazy("Observasjon")
    words = "words"

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose it is."""
        return whose(fields)

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Write it down at the moment it was said. It adds to what is there, so that two never meet."""
        citizen_id, visit_id = _placed(order.fields)
        if _is_known(citizen_id, order.press_key):
            return Done(href_of(visit_id, citizen_id), already=True)
        form = ObserveForm(posted(ObserveForm, order.fields))
        check_form(form)
        said = form.cleaned_data
        observe(
            actor=actor,
            citizen_id=citizen_id,
            weight=said["weight"],
            about=said["about"],
            words=said["words"],
            seen_at=order.at,
            press_key=order.press_key,
            visit_id=visit_id,
            at=order.at,
        )
        return Done(href_of(visit_id, citizen_id))

    def mine(self, fields: Fields) -> Version:
        """Return what she saw."""
        return Version(lines=said_in(ObserveForm, fields), title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return whose journal it was meant for: nothing stands against an observation."""
        return meant_for(actor, fields, at=at)


class CheckAct:
    """`observation.check`: citizen_id, perhaps visit_id, and what was measured as the form has it.

    What the phone reckoned is not sent: the points are counted here, on the scale that is the citizen's own.
    """

    title = gettext_lazy("Ikke som vanlig")
    words = "words"

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose it is."""
        return whose(fields)

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Write the check down at the moment it was said, and place what it asks for."""
        citizen_id, visit_id = _placed(order.fields)
        known = Observation.objects.filter(citizen_id=citizen_id, press_key=order.press_key).first()
        if known is not None:
            return Done(_answer_of(known), already=True)
        form = CheckForm(posted(CheckForm, order.fields))
        check_form(form)
        found = check(
            actor=actor,
            citizen_id=citizen_id,
            measured=form.measured(),
            words=form.cleaned_data["words"],
            seen_at=order.at,
            press_key=order.press_key,
            visit_id=visit_id,
            at=order.at,
        )
        return Done(_answer_of(found))

    def mine(self, fields: Fields) -> Version:
        """Return what she measured."""
        return Version(lines=said_in(CheckForm, fields), title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return whose journal it was meant for: nothing stands against a check."""
        return meant_for(actor, fields, at=at)


def whose(fields: Fields) -> int | None:
    """Return the citizen: of a visit the one it is to, whatever the phone says besides."""
    visit_id = written.number(fields.get("visit_id"))
    if visit_id:
        return Visit.objects.filter(pk=visit_id).values_list("citizen_id", flat=True).first()
    number = written.number(fields.get("citizen_id")) or 0
    return Citizen.objects.filter(pk=number).values_list("pk", flat=True).first()


def posted(form_class: type[Form], fields: Fields) -> dict[str, Any]:
    """Return the fields as the page's form would have been sent."""
    return {name: fields.get(name) for name in form_class.base_fields} | {"press_key": "-", "visit": None}


def check_form(form: Form) -> None:
    """Raise ActionRefused with what the page would have said, when its form is not valid."""
    if not form.is_valid():
        raise ActionRefused(" ".join(str(text) for texts in form.errors.values() for text in texts))


def said_in(form_class: type[Form], fields: Fields) -> tuple[Line, ...]:
    """Return what was said, under the names of the page's own fields."""
    lines = []
    for name, field in form_class.base_fields.items():
        text = str(fields.get(name) or "")
        if isinstance(field, ChoiceField):
            text = next((str(label) for value, label in field.widget.choices if value == text), "")
        if text and not isinstance(field.widget, HiddenInput):
            lines.append(Line(str(field.label), text))
    return tuple(lines)


def meant_for(actor: Actor, fields: Fields, *, at: datetime) -> Version | None:
    """Return the citizen it was said of, with the way to her."""
    citizen_id = whose(fields)
    if citizen_id is None:
        return None
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    return Version(lines=(), title=citizen.name, href=href_of(written.number(fields.get("visit_id")), citizen_id))


def href_of(visit_id: int | None, citizen_id: int) -> str:
    """Return the way to the visit, else to what has been seen of the citizen."""
    if visit_id:
        return reverse("myday:visit", args=[visit_id])
    return reverse("observations:citizen", args=[citizen_id])


def _placed(fields: Fields) -> tuple[int, int | None]:
    citizen_id = whose(fields)
    if citizen_id is None:
        raise NotFound(_("Fant ikke brukeren."))
    return citizen_id, written.number(fields.get("visit_id")) or None


def _is_known(citizen_id: int, press_key: str) -> bool:
    return Observation.objects.filter(citizen_id=citizen_id, press_key=press_key).exists()


def _answer_of(found: Observation) -> str:
    if found.watch_id is None:
        return href_of(found.visit_id, found.citizen_id)
    return reverse("observations:watch", args=[found.watch_id])
