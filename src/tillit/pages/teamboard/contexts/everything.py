"""«Alt som venter»: what the board counts, one by one."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.visits.models import ChangeKind
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.pages.teamboard.contexts import waiting
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList


@dataclass(frozen=True, slots=True)
class Group:
    """One sort of thing that waits. `anchor` is where the board's row leads."""

    anchor: str
    title: str
    rows: RowList
    nothing: str


@dataclass(frozen=True, slots=True)
class EverythingPage:
    """teamboard/everything.html."""

    unit_id: int
    unit_name: str
    groups: tuple[Group, ...]


def everything_page(*, unit: Unit, now: datetime) -> EverythingPage:
    """Return all that waits for a unit the actor reaches. Notes the reading of those who are named."""
    on, language = oslo.day_of(now), page_language()
    asked = waiting.ask(unit_id=unit.pk, on=on)
    named = (
        {one.citizen_id for one in asked.evaluations}
        | {one.citizen_id for one in asked.follow_ups}
        | set(asked.newcomers)
        | set(asked.without_plan)
        | {one.citizen_id for one in asked.without_unit}
    )
    briefs = citizens.briefs(named, on=on)
    return EverythingPage(
        unit.pk,
        unit.name,
        (
            Group(
                "endringer",
                _("Endringer å følge opp"),
                RowList(
                    tuple(
                        ListRow(
                            title=_name(briefs, one.citizen_id),
                            note=one.words or str(ChangeKind(one.kind).label),
                            href=reverse("myday:follow_up", args=(one.follow_up_id,)),
                            end=waiting.due(one, now=now),
                        )
                        for one in asked.follow_ups
                    )
                ),
                _("Ingen åpne endringer."),
            ),
            Group(
                "mal",
                _("Mål å evaluere"),
                RowList(
                    tuple(
                        ListRow(
                            title=_name(briefs, one.citizen_id),
                            note=_("«%(goal)s»") % {"goal": one.words},
                            href=reverse("careplans:plan_edit", args=(one.citizen_id,)),
                            end=formats.deadline_of(one.evaluate_on, today=on, language=language),
                        )
                        for one in asked.evaluations
                    )
                ),
                _("Ingen mål å evaluere de neste to ukene."),
            ),
            Group(
                "nye",
                _("Nye brukere"),
                RowList(
                    tuple(
                        ListRow(
                            title=briefs[citizen_id].name,
                            note=_lacks(briefs[citizen_id], citizen_id in asked.without_words),
                            href=reverse("citizens:page", args=(citizen_id,)),
                        )
                        for citizen_id in asked.newcomers
                        if citizen_id in briefs
                    )
                ),
                _("Ingen nye brukere de siste fire ukene."),
            ),
            Group(
                "uten-plan",
                _("Brukere uten tiltaksplan"),
                RowList(
                    tuple(
                        ListRow(
                            title=_name(briefs, citizen_id), href=reverse("careplans:plan_edit", args=(citizen_id,))
                        )
                        for citizen_id in asked.without_plan
                    )
                ),
                _("Alle har en tiltaksplan."),
            ),
            *_plans_to_adjust(asked, briefs),
        ),
    )


def _plans_to_adjust(asked: waiting.Asked, briefs: dict[int, CitizenBrief]) -> tuple[Group, ...]:
    """Plans that give something to a unit which follows no more. Left out when there are none: few teams share help."""
    rows = tuple(
        ListRow(
            title=_name(briefs, one.citizen_id),
            note=_("%(team)s følger ikke brukeren lenger. Vi gjør det de hadde.") % {"team": one.unit_name},
            href=reverse("careplans:plan_edit", args=(one.citizen_id,)),
        )
        for one in asked.without_unit
    )
    return (Group("planer", _("Planer å justere"), RowList(rows), ""),) if rows else ()


def _name(briefs: dict[int, CitizenBrief], citizen_id: int) -> str:
    found = briefs.get(citizen_id)
    return found.name if found else _("En bruker som ikke følges lenger")


def _lacks(brief: CitizenBrief, no_words: bool) -> str:
    lacking = []
    if brief.primary_contact_id is None:
        lacking.append(_("Mangler primærkontakt."))
    if no_words:
        lacking.append(_("Mangler samtale om hva som er viktig."))
    return " ".join(lacking) or _("Alt er på plass.")
