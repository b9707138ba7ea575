"""Is anything undefined? Every team the reader reaches, with what nobody holds (R08)."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import units_of
from tillit.foundation.responsibility import queries
from tillit.foundation.responsibility.contexts.findings import CheckedTeam, finding_lines
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class CheckPage:
    """responsibility/check.html: what is undefined, team by team."""

    title: str
    lead: str
    crumbs: Crumbs
    teams: tuple[CheckedTeam, ...]
    without_model: tuple[CheckedTeam, ...]
    is_clear: bool


def check_page(*, actor: Actor, on: date) -> CheckPage:
    """Return the page in a constant number of queries: what each team follows, held against the map and the people."""
    units = units_of(actor, on=on)
    followed = queries.followed_models(on=on, units=units)
    tables = queries.table_of({model.version_id for model in followed.values()})
    findings = queries.check_teams(
        {unit.pk: tables[followed[unit.pk].version_id] for unit in units if unit.pk in followed}, on=on, first=on
    )
    teams = []
    for unit in units:
        if unit.pk not in followed:
            continue
        model = followed[unit.pk]
        model_href = reverse("responsibility:model", args=[model.version_id])
        teams.append(
            CheckedTeam(
                unit.pk,
                unit.name,
                reverse("organisation:unit", args=[unit.pk]),
                model.name,
                model_href,
                finding_lines(findings.get(unit.pk, ()), unit_id=unit.pk, unit_name=unit.name, model_href=model_href),
            )
        )
    bare = tuple(
        CheckedTeam(unit.pk, unit.name, reverse("organisation:unit", args=[unit.pk]), "", "", ())
        for unit in units
        if unit.pk not in followed
    )
    unclear = sum(bool(team.lines) for team in teams)
    return CheckPage(
        title=_("Er noe udefinert?"),
        lead=_lead(unclear, len(teams)),
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(_("Modeller"), reverse("responsibility:models")),
                Crumb(_("Er noe udefinert?")),
            )
        ),
        teams=tuple(sorted(teams, key=lambda team: (-len(team.lines), team.name))),
        without_model=bare,
        is_clear=not unclear and not bare,
    )


def _lead(unclear: int, count: int) -> str:
    if not count:
        return _("Ingen av teamene dine følger en modell ennå.")
    if not unclear:
        return _("Nei. For alle teamene dine er det bestemt hvem som gjør hva, og noen kan gjøre det.")
    return ngettext(
        "Ja, for %(count)s av %(all)s team. Ordne det før noen går uten hjelp.",
        "Ja, for %(count)s av %(all)s team. Ordne det før noen går uten hjelp.",
        unclear,
    ) % {"count": unclear, "all": count}
