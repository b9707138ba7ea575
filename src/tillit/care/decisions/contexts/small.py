"""The frame around the small forms of a case."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.case_head import case_crumbs
from tillit.care.decisions.models import Case
from tillit.care.decisions.queries.placing import placed
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import all_units
from tillit.ui.parts import Crumbs

_TEAM_KINDS = ("TEAM", "WORK_GROUP", "SPECIAL_TEAM")
_HOLDING_KINDS = (*_TEAM_KINDS, "OFFICE")


@dataclass(frozen=True, slots=True)
class SmallFormPage:
    """decisions/small_form.html."""

    crumbs: Crumbs
    title: str
    lead: str
    submit: str
    back: str
    edition: int = field(metadata={"help": "Of the case as it was shown: two writers are told"})


@dataclass(frozen=True, slots=True)
class FactPage:
    """decisions/fact.html: what others told, and whether she has seen it."""

    crumbs: Crumbs
    title: str
    text: str
    back: str


def small_form_page(case: Case, *, title: str, lead: str, submit: str) -> SmallFormPage:
    """Return the frame around one small act."""
    return SmallFormPage(
        crumbs=case_crumbs(case, title),
        title=title,
        lead=lead,
        submit=submit,
        back=reverse("decisions:case", args=[case.pk]),
        edition=case.edition,
    )


def receivers(actor: Actor, case: Case, *, on: date) -> list[tuple[str, str]]:
    """Return the units a case can be offered to: those that the table names first, then the others by name."""
    rows, held = placed(case, on=on)
    by_table = list(dict.fromkeys(unit_id for code in rows.codes for unit_id in held[code].unit_ids))
    others = {unit.pk: unit.name for unit in all_units(actor=actor, on=on) if unit.kind in _HOLDING_KINDS}
    ordered = [unit_id for unit_id in by_table if unit_id in others]
    ordered += sorted((pk for pk in others if pk not in by_table), key=lambda pk: others[pk])
    return [
        (str(pk), _("%(unit)s (etter modellen)") % {"unit": others[pk]} if pk in by_table else others[pk])
        for pk in ordered
        if pk != case.unit_id
    ]


def teams(actor: Actor, *, on: date) -> list[tuple[str, str]]:
    """Return the teams that can give help, by name."""
    found = [unit for unit in all_units(actor=actor, on=on) if unit.kind in _TEAM_KINDS]
    return [(str(unit.pk), unit.name) for unit in sorted(found, key=lambda unit: unit.name)]
