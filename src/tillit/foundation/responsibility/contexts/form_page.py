"""Pages with one form about a unit."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.responsibility.models import Duty, ModelVersion
from tillit.ui.parts import Crumb, Crumbs, Fact, Facts


@dataclass(frozen=True, slots=True)
class FormPage:
    """responsibility/form.html: one form."""

    title: str
    lead: str
    crumbs: Crumbs
    action: str = field(metadata={"help": "Where the form is posted"})
    submit: str
    back_href: str
    note: str = field(default="", metadata={"help": "Somebody else changed the same thing meanwhile: what to do"})
    stored: Facts | None = field(default=None, metadata={"help": "What stands now, beside what was typed"})
    end_href: str = field(default="", metadata={"help": "Receives POST: let the duty end; empty for anything else"})


def edit_page(unit: Unit, *, now_stored: bool, note: str) -> FormPage:
    """The form for what is said of a unit; after a collision it also shows what stands now."""
    return FormPage(
        _("Endre %(unit)s") % {"unit": unit.name},
        "",
        _crumbs(unit, _("Endre")),
        reverse("organisation:edit-unit", args=[unit.pk]),
        _("Lagre"),
        _back(unit),
        note=note,
        stored=_stored(unit) if now_stored else None,
    )


def meeting_page(unit: Unit) -> FormPage:
    """The form for a fixed meeting."""
    return FormPage(
        _("Nytt fast møte i %(unit)s") % {"unit": unit.name},
        _("Ingen blir satt opp på besøk mens møtet varer."),
        _crumbs(unit, _("Nytt møte")),
        reverse("organisation:new-meeting", args=[unit.pk]),
        _("Legg til møtet"),
        _back(unit),
    )


def copy_page(version: ModelVersion) -> FormPage:
    """The form that makes one's own variant of a version."""
    name = version.model.name
    here = _("Lag vår egen variant")
    return FormPage(
        _("Vår egen variant av %(model)s") % {"model": name},
        _("Du får et utkast med samme tabell. Ingen følger det før det settes i kraft."),
        _model_crumbs(version, here),
        reverse("responsibility:copy-model", args=[version.pk]),
        _("Lag utkastet"),
        reverse("responsibility:model", args=[version.pk]),
    )


def rename_page(version: ModelVersion) -> FormPage:
    """The form that gives one's own model another name."""
    return FormPage(
        _("Navn på %(model)s") % {"model": version.model.name},
        "",
        _model_crumbs(version, _("Navn")),
        reverse("responsibility:name-variant", args=[version.pk]),
        _("Lagre"),
        reverse("responsibility:model", args=[version.pk]),
    )


def _model_crumbs(version: ModelVersion, here: str) -> Crumbs:
    return Crumbs(
        (
            Crumb(_("Organisasjon"), reverse("organisation:index")),
            Crumb(_("Modeller"), reverse("responsibility:models")),
            Crumb(version.model.name, reverse("responsibility:model", args=[version.pk])),
            Crumb(here),
        )
    )


def duty_page(unit: Unit, duty: Duty | None) -> FormPage:
    """The form that says how a duty goes round; `duty` None makes a new one."""
    list_href = reverse("responsibility:duties", args=[unit.pk])
    name = duty.name if duty else _("Ny vakt")
    return FormPage(
        _("Endre vakta %(duty)s") % {"duty": duty.name} if duty else _("Ny vakt i %(unit)s") % {"unit": unit.name},
        _("Endringen gjelder fra i dag. Dager noen alt har tatt, står som før.") if duty else "",
        Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(unit.name, _back(unit)),
                Crumb(_("Vakter"), list_href),
                Crumb(name),
            )
        ),
        reverse("responsibility:arrange-duty", args=[duty.pk])
        if duty
        else reverse("responsibility:new-duty", args=[unit.pk]),
        _("Lagre vakta"),
        list_href,
        end_href=reverse("responsibility:end-duty", args=[duty.pk]) if duty else "",
    )


def _back(unit: Unit) -> str:
    return reverse("organisation:unit", args=[unit.pk])


def _crumbs(unit: Unit, here: str) -> Crumbs:
    return Crumbs((Crumb(_("Organisasjon"), reverse("organisation:index")), Crumb(unit.name, _back(unit)), Crumb(here)))


def _stored(unit: Unit) -> Facts:
    return Facts(
        (
            Fact(_("Navn"), unit.name),
            Fact(_("Telefon"), unit.phone or "–"),
            Fact(_("Base"), ", ".join(part for part in (unit.base_name, unit.base_street) if part) or "–"),
            Fact(_("Arbeidslister"), _("Alle i teamet") if unit.everyone_may_allocate else _("Bare fordelere")),
        )
    )
