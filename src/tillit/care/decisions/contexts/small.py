"""The frame around the small forms of a case."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.contexts.case_head import case_crumbs
from tillit.care.decisions.models import Case
from tillit.care.decisions.queries.placing import next_placing
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import all_units
from tillit.foundation.responsibility.contexts.routing import WhyHere, task_in_words, why_here
from tillit.foundation.responsibility.queries import Routed
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


@dataclass(frozen=True, slots=True)
class HandOverPage:
    """decisions/hand_over.html: who a case is sent to."""

    crumbs: Crumbs
    title: str
    lead: str
    back: str
    edition: int = field(metadata={"help": "Of the case as it was shown: two writers are told"})
    why: WhyHere | None = field(metadata={"help": "The row behind the one that is chosen from the start"})


@dataclass(frozen=True, slots=True)
class Receivers:
    """The units a case can be offered to, as (id, words)."""

    chosen: str = field(metadata={"help": "The one the table points at now; empty: none"})
    by_table: tuple[tuple[str, str], ...] = field(metadata={"help": "With what they do with it by the table"})
    others: tuple[tuple[str, str], ...]
    why: WhyHere | None


def hand_over_page(case: Case, found: Receivers) -> HandOverPage:
    """Return the frame around sending a case to others."""
    return HandOverPage(
        crumbs=case_crumbs(case, _("Send saken videre")),
        title=_("Send saken videre"),
        lead=_("Saken blir hos dere til de andre har sagt ja. Sier de nei, får dere vite hvorfor."),
        back=reverse("decisions:case", args=[case.pk]),
        edition=case.edition,
        why=found.why,
    )


def receivers(actor: Actor, case: Case, *, on: date) -> Receivers:
    """Return the units a case can be offered to: the one the table points at now, the others it names, the rest."""
    to = next_placing(case, on=on)
    names = {unit.pk: unit.name for unit in all_units(actor=actor, on=on) if unit.kind in _HOLDING_KINDS}
    rows: dict[int, list[Routed]] = {}
    for code in to.codes:
        for unit_id in to.held[code].unit_ids:
            if unit_id in names and unit_id != case.unit_id:
                rows.setdefault(unit_id, []).append(to.held[code])
    chosen = next((unit_id for unit_id in to.held[to.code].unit_ids if unit_id in rows), None) if to.code else None
    others = sorted((pk for pk in names if pk not in rows and pk != case.unit_id), key=lambda pk: names[pk])
    return Receivers(
        chosen=str(chosen) if chosen else "",
        by_table=tuple((str(pk), _by_table(names[pk], found)) for pk, found in rows.items()),
        others=tuple((str(pk), names[pk]) for pk in others),
        why=why_here(to.held[to.code], what=_("Neste steg"), question=_("Hvorfor dit?")) if chosen else None,
    )


def _by_table(name: str, rows: Sequence[Routed]) -> str:
    """«Vurderingsteamet: vurdere behovet (inntil fire uker)»."""
    tasks = list(dict.fromkeys(task_in_words(row.why) for row in rows))
    return _("%(unit)s: %(tasks)s") % {"unit": name, "tasks": ", ".join(tasks)}


def teams(actor: Actor, *, on: date) -> list[tuple[str, str]]:
    """Return the teams that can give help, by name."""
    found = [unit for unit in all_units(actor=actor, on=on) if unit.kind in _TEAM_KINDS]
    return [(str(unit.pk), unit.name) for unit in sorted(found, key=lambda unit: unit.name)]
