"""surveys/gathering_new.html, surveys/gathering.html, and «Det dere sa» beside a survey's results."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import TEAM_KINDS, in_force, within_reach
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Campaign, Gathering
from tillit.learning.surveys.permissions import HOLD_GATHERING
from tillit.learning.surveys.rules import themes
from tillit.learning.surveys.rules.shipped import shipped
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, ListRow, RowList, TableRow


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One thing that was said. themes: «Autonomi, Tid»."""

    statement_id: int
    words: str
    themes: str


@dataclass(frozen=True, slots=True)
class GatheringPage:
    """surveys/gathering.html."""

    crumbs: Crumbs
    gathering_id: int
    title: str
    lead: str
    statements: tuple[StatementRow, ...]
    themes: DataTable | None
    may_write: bool
    only_hers: bool = field(metadata={"help": "Fewer than five were there"})
    correcting: str = field(metadata={"help": "The words that are put right; empty: something new"})


def crumbs(title: str) -> Crumbs:
    """Return the way here."""
    return Crumbs((Crumb(_("Undersøkelser"), reverse("surveys:list")), Crumb(title)))


def choices(actor: Actor, *, on: date) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the teams and the surveys she may choose, with their names."""
    teams = within_reach(actor, HOLD_GATHERING).filter(in_force(on), kind__in=TEAM_KINDS).order_by("name", "pk")
    about = queries.list_campaigns(actor=actor, permission=HOLD_GATHERING, most=12)
    return list(teams.values_list("pk", "name")), [(one.pk, one.title) for one in about]


def gathering_page(actor: Actor, gathering: Gathering, *, correcting: int | None = None) -> GatheringPage:
    """Return what was said at one gathering, in a constant number of queries."""
    language = page_language()
    said = queries.statements_of([gathering])
    lead = ngettext("%(count)d var der.", "%(count)d var der.", gathering.people) % {"count": gathering.people}
    about = gathering.campaign.title if gathering.campaign else ""
    title = _("Samling %(day)s") % {"day": formats.long_date(gathering.held_on, language)}
    return GatheringPage(
        crumbs=crumbs(title),
        gathering_id=gathering.pk,
        title=title,
        lead=" ".join((f"{gathering.unit.name}.", lead, *([_("Om %(survey)s.") % {"survey": about}] if about else ()))),
        statements=tuple(StatementRow(one.pk, one.words, ", ".join(one.themes)) for one in said),
        themes=themes_table([(gathering.pk, one.themes) for one in said], several=False),
        may_write=gathering.held_by_id == actor.employee_id,
        only_hers=gathering.people < themes.LEAST_PEOPLE,
        correcting=next((one.words for one in said if one.pk == correcting), ""),
    )


def themes_table(statements: Sequence[tuple[int, Sequence[str]]], *, several: bool) -> DataTable | None:
    """Return how often each theme was said, None when nothing was. several: of more than one gathering, so that it
    says in how many too.
    """
    columns = (Column(_("Tema")), Column(_("Utsagn"), right=True), Column(_("Samlinger"), right=True))
    shown = len(columns) if several else len(columns) - 1
    rows = tuple(
        TableRow((one.name, str(one.statements), str(one.gatherings))[:shown]) for one in themes.counted(statements)
    )  # fmt: skip
    return DataTable(_("Hva det handlet om"), columns[:shown], rows) if rows else None


def theme_choices(gathering: Gathering) -> tuple[str, ...]:
    """Return themes to choose among: the survey's scales, else those of «Teamet vårt», and what she has written."""
    campaign = gathering.campaign
    instrument = queries.get_instrument(campaign.instrument, campaign.version) if campaign else shipped("team")
    used = [name for one in queries.statements_of([gathering]) for name in one.themes]
    return themes.themes_of((*themes.suggested_themes(instrument, page_language()), *used))


@dataclass(frozen=True, slots=True)
class SaidTogether:
    """surveys/said_together.html: a team's gatherings beside its numbers."""

    themes: DataTable | None
    gatherings: RowList


def said_together(campaign: Campaign, unit_id: int) -> SaidTogether | None:
    """Return what a team said at gatherings, None when there were none. For its own page alone. Two queries."""
    found = queries.gatherings_beside(campaign, unit_id)
    if not found:
        return None
    said = [(one.gathering_id, one.themes) for one in queries.statements_of(found)]
    table = themes_table(said, several=len(found) > 1)
    return SaidTogether(table, RowList(tuple(gathering_row(one, name=False) for one in found)))


def gathering_row(one: Gathering, *, name: bool) -> ListRow:
    """Return a gathering in a list. name: of its unit too, where several units' stand together."""
    day = formats.long_date(one.held_on, page_language(), year=True)
    people = ngettext("%(count)d var der", "%(count)d var der", one.people) % {"count": one.people}
    return ListRow(
        f"{one.unit.name}, {day}" if name else day, note=people, href=reverse("surveys:gathering", args=[one.pk])
    )
