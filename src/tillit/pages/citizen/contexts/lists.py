"""citizen/list.html and citizen/search.html: a team's citizens, and what a search finds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans import queries as plans
from tillit.care.citizens import queries as citizens
from tillit.care.citizens.permissions import OPEN_EMERGENCY
from tillit.care.needs import queries as needs
from tillit.care.visits import queries as visits
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.organisation.queries import names_of
from tillit.foundation.workforce.queries import Mark, marks
from tillit.kernel import oslo
from tillit.pages.citizen.contexts.people import alert_tag
from tillit.pages.citizen.contexts.words import died, joined, mark_of
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import HelperMark, TabLink, Tabs, Tag

NEW_DAYS = 30


class Shown(StrEnum):
    """Which of the team's citizens are shown. The value stands in the address."""

    ALL = "alle"
    MINE = "mine"
    NEW = "nye"
    AWAY = "ikke-hjemme"
    NOT_ASKED = "uten-samtale"
    NO_PLAN = "uten-plan"
    FORMER = "tidligere"


@dataclass(frozen=True, slots=True)
class CitizenRow:
    """One citizen in a list."""

    citizen_id: int
    name: str
    age: str
    address: str
    words: str = field(metadata={"help": "What matters, in one line, without « »; empty when not asked"})
    not_asked: str = field(metadata={"help": "What to say instead of words"})
    tags: tuple[Tag, ...]
    primary: HelperMark | None
    next_visit: str
    next_helper: HelperMark | None
    team: str = field(metadata={"help": "Only where several teams stand in one list"})


@dataclass(frozen=True, slots=True)
class ListPage:
    """citizen/list.html."""

    unit_id: int | None
    team_name: str
    lead: str
    tabs: Tabs
    shown: str
    rows: tuple[CitizenRow, ...]
    nobody_at_all: bool = field(metadata={"help": "True: the team follows nobody yet"})
    nobody_here: str = field(metadata={"help": "What to say when the filter leaves nobody"})
    may_register: bool


@dataclass(frozen=True, slots=True)
class SearchPage:
    """citizen/search.html."""

    text: str
    heading: str
    rows: tuple[CitizenRow, ...]
    more: bool
    may_open: bool = field(metadata={"help": "Whether she may use emergency access"})


def list_page(
    *, actor: Actor, unit_id: int | None, team_name: str, shown: Shown, at: datetime, may_register: bool
) -> ListPage:
    """Return a team's citizens, in a number of queries that does not grow with the team."""
    today = oslo.day_of(at)
    ids = citizens.list_ids(actor=actor, unit_id=unit_id, on=today) if unit_id is not None else []
    former = citizens.former_ids(actor=actor, unit_id=unit_id, on=today) if unit_id is not None else []
    looked_at = former if shown is Shown.FORMER else []  # nobody is read who is not shown
    briefs = citizens.briefs([*ids, *looked_at], on=today, at=at)
    words = needs.short_words([*ids, *looked_at])
    ended = citizens.ends_of_help(looked_at)
    planned = plans.citizens_with_plan(ids)
    since = citizens.followed_since(ids, on=today)
    groups: dict[Shown, list[int]] = {
        Shown.ALL: ids,
        Shown.MINE: [one for one in ids if _is_mine(briefs[one], actor.employee_id)],
        Shown.NEW: [one for one in ids if since.get(one, today) > today - timedelta(days=NEW_DAYS)],
        Shown.AWAY: [one for one in ids if not briefs[one].is_home],
        Shown.NOT_ASKED: [one for one in ids if one not in words],
        Shown.NO_PLAN: [one for one in ids if one not in planned],
        Shown.FORMER: former,
    }
    coming = visits.coming_visits(unit_id=unit_id, on=today, at=at) if unit_id is not None else {}
    return ListPage(
        unit_id=unit_id,
        team_name=team_name,
        lead=_lead(groups),
        tabs=_tabs(groups, shown),
        shown=shown.value,
        rows=_rows(groups[shown], briefs=briefs, words=words, coming=coming, unit_id=unit_id, ended=ended),
        nobody_at_all=not ids and not former,
        nobody_here=_nobody(shown),
        may_register=may_register,
    )


def search_page(*, actor: Actor, text: str, at: datetime) -> SearchPage:
    """Return those within reach whose name or address holds every word of the text, from all her teams."""
    today = oslo.day_of(at)
    found = citizens.search_citizens(actor=actor, text=text, on=today)
    ids = list(found.citizen_ids)
    briefs = citizens.briefs(ids, on=today, at=at)
    units = names_of(unit for brief in briefs.values() for unit in brief.unit_ids)
    if not text.strip():
        heading = _("Søk etter navn eller adresse")
    elif ids:
        heading = ngettext("%(number)d bruker passer", "%(number)d brukere passer", len(ids)) % {"number": len(ids)}
    else:
        heading = _("Fant ingen som passer")
    return SearchPage(
        text=text,
        heading=heading,
        rows=_rows(
            ids,
            briefs=briefs,
            words=needs.short_words(ids),
            coming={},
            unit_id=None,
            team_names=units,
            ended=citizens.ends_of_help(ids),
        ),
        more=found.more,
        may_open=holds_anywhere(actor, OPEN_EMERGENCY),
    )


def _is_mine(brief: citizens.CitizenBrief, employee_id: int | None) -> bool:
    return employee_id is not None and employee_id in {
        brief.service_responsible_id,
        brief.primary_contact_id,
        brief.therapist_id,
        *brief.deputies,
    }


def _lead(groups: Mapping[Shown, Sequence[int]]) -> str:
    if not groups[Shown.ALL]:
        return _("Teamet følger ingen brukere ennå.")
    sentences = [
        ngettext("Teamet følger %(number)d bruker.", "Teamet følger %(number)d brukere.", len(groups[Shown.ALL]))
        % {"number": len(groups[Shown.ALL])}
    ]
    if groups[Shown.AWAY]:
        sentences.append(
            ngettext("%(number)d er ikke hjemme.", "%(number)d er ikke hjemme.", len(groups[Shown.AWAY]))
            % {"number": len(groups[Shown.AWAY])}
        )
    if groups[Shown.NOT_ASKED]:
        sentences.append(
            ngettext(
                "%(number)d har vi ikke spurt om hva som er viktig.",
                "%(number)d har vi ikke spurt om hva som er viktig.",
                len(groups[Shown.NOT_ASKED]),
            )
            % {"number": len(groups[Shown.NOT_ASKED])}
        )
    return " ".join(sentences)


def _tabs(groups: Mapping[Shown, Sequence[int]], shown: Shown) -> Tabs:
    labels = {
        Shown.ALL: _("Alle"),
        Shown.MINE: _("Mine"),
        Shown.NEW: _("Nye"),
        Shown.AWAY: _("Ikke hjemme"),
        Shown.NOT_ASKED: _("Uten samtale"),
        Shown.NO_PLAN: _("Uten plan"),
        Shown.FORMER: _("Tidligere"),
    }
    home = reverse("citizens:list")
    return Tabs(
        label=_("Hvilke brukere"),
        tabs=tuple(
            TabLink(
                label=label,
                href=home if one is Shown.ALL else f"{home}?vis={one.value}",
                current=one is shown,
                count=len(groups[one]),
            )
            for one, label in labels.items()
            if one is not Shown.FORMER or groups[one] or shown is one
        ),
    )


def _nobody(shown: Shown) -> str:
    return {
        Shown.MINE: _("Du er ikke tjenesteansvarlig, primærkontakt eller vara for noen her."),
        Shown.NEW: _("Ingen nye de siste 30 dagene."),
        Shown.AWAY: _("Alle er hjemme."),
        Shown.NOT_ASKED: _("Alle er spurt om hva som er viktig."),
        Shown.NO_PLAN: _("Alle har en plan i bruk."),
        Shown.FORMER: _("Ingen tidligere brukere."),
    }.get(shown, _("Teamet følger ingen brukere ennå."))


def _rows(
    ids: Iterable[int],
    *,
    briefs: Mapping[int, citizens.CitizenBrief],
    words: Mapping[int, str],
    coming: Mapping[int, visits.ComingVisit],
    unit_id: int | None,
    team_names: Mapping[int, str] | None = None,
    ended: Mapping[int, date] | None = None,
) -> tuple[CitizenRow, ...]:
    shown = list(ids)
    seen = marks(
        employee_ids={
            *(one.primary_contact_id for one in briefs.values() if one.primary_contact_id is not None),
            *(helper for row in coming.values() for helper in row.helper_ids),
        },
        unit_id=unit_id,
    )
    ends = ended or {}
    return tuple(
        _row(briefs[one], words.get(one), coming.get(one), seen, team_names or {}, ends.get(one)) for one in shown
    )


def _row(
    brief: citizens.CitizenBrief,
    words: str | None,
    coming: visits.ComingVisit | None,
    seen: Mapping[int, Mark],
    team_names: Mapping[int, str],
    ends_on: date | None,
) -> CitizenRow:
    tags = []
    if brief.died_on is not None:
        tags.append(Tag(died(brief.died_on)))
    elif ends_on is not None:
        last = formats.short_date(ends_on - timedelta(days=1), page_language())
        tags.append(Tag(_("Siste dag med hjelp %(day)s") % {"day": last}))
    gone = brief.died_on is not None or not brief.unit_ids
    if brief.whereabouts and not gone:
        tags.append(Tag(brief.whereabouts_text, colour="info", icon="Bed"))
    if not gone:
        shown = [alert for alert in brief.alerts if alert.kind in {"ALLERGY", "INFECTION"}]
        tags += [alert_tag(alert.kind, alert.text) for alert in shown]
    return CitizenRow(
        citizen_id=brief.citizen_id,
        name=brief.name,
        age=_("%(age)d år") % {"age": brief.age} if brief.age is not None else "",
        address=joined([brief.street, brief.floor], between=", "),
        words=words or "",
        not_asked="" if words is not None or gone else _("Vi har ikke spurt ennå"),
        tags=tuple(tags),
        primary=mark_of(seen, brief.primary_contact_id, small=True) if brief.primary_contact_id is not None else None,
        next_visit=_("Neste i dag kl. %(clock)s") % {"clock": formats.clock(coming.starts_at, page_language())}
        if coming
        else "",
        next_helper=mark_of(seen, coming.helper_ids[0], small=True, spoken=True)
        if coming and coming.helper_ids
        else None,
        team=", ".join(team_names[unit] for unit in brief.unit_ids if unit in team_names),
    )
