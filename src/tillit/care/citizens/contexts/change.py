"""What the templates about changing a citizen get."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.models import Citizen
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class Line:
    """Something that stands there now, and what ending it posts."""

    title: str
    note: str = ""
    end_name: str = field(default="", metadata={"help": "Name of the button; empty: cannot be ended here"})
    end_value: str = ""
    end_label: str = ""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """citizens/change.html: what stands there now, and a form to add or replace."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    now_title: str
    lines: tuple[Line, ...]
    nothing: str
    form_title: str
    submit: str
    back: str
    changed_by_others: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One task of responsibility with its form."""

    code: str = field(metadata={"help": "Kind, with :vara for the deputy; posted as `task`"})
    title: str
    form: BaseForm


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """citizens/register.html."""

    crumbs: Crumbs
    suggestion: str = field(metadata={"help": "Which team answers for the address, when it is another than chosen"})


def register_page(*, suggestion: str) -> RegisterPage:
    """Return the frame around registering a citizen."""
    return RegisterPage(
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(_("Ny bruker")))), suggestion=suggestion
    )


def crumbs(citizen: Citizen, title: str) -> Crumbs:
    """Return the way to a page about changing a citizen."""
    return Crumbs(
        (
            Crumb(_("Brukere"), reverse("citizens:list")),
            Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
            Crumb(title),
        )
    )


def change_page(
    citizen: Citizen,
    *,
    title: str,
    lead: str,
    submit: str,
    now_title: str = "",
    lines: tuple[Line, ...] = (),
    nothing: str = "",
    form_title: str = "",
    changed_by_others: bool = False,
) -> ChangePage:
    """Return the frame around one small change."""
    return ChangePage(
        citizen_id=citizen.pk,
        crumbs=crumbs(citizen, title),
        title=title,
        lead=lead,
        now_title=now_title,
        lines=lines,
        nothing=nothing,
        form_title=form_title,
        submit=submit,
        back=reverse("citizens:page", args=[citizen.pk]),
        changed_by_others=changed_by_others,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """A citizen opened for change: who, when, and what stands around her."""

    citizen: Citizen
    today: date
    around: queries.Around


def opened(*, actor: Actor, citizen_id: int, at: datetime) -> Opened:
    """Open a citizen for a form. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    citizen = queries.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    return Opened(citizen=citizen, today=today, around=queries.around(citizen.pk, on=today, at=at))
