"""surveys/list.html: what one may answer, what has come of what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.gatherings import gathering_row
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.permissions import (
    ANSWER_SURVEY,
    ASK_SURVEY,
    BUILD_SURVEY,
    ENTER_ANSWERS,
    HOLD_GATHERING,
    SEE_RESULTS,
)
from tillit.learning.surveys.rules import steps
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, ListRow, RowList, Tag

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class ListPage:
    """surveys/list.html."""

    to_answer: RowList | None = field(metadata={"help": "None: nothing is open for her"})
    answers: bool = field(metadata={"help": "Whether she is ever asked: those above the teams are not"})
    to_read: RowList | None = field(metadata={"help": "What others wrote, that she is to read or find a reader for"})
    open: RowList | None = field(metadata={"help": "Open ones, for those who follow how many have answered"})
    closed: RowList | None
    gatherings: RowList | None
    gathering_href: str = field(metadata={"help": "Empty: she may not write any down"})
    ask_href: str = field(metadata={"help": "Empty: she may not launch any"})
    own_href: str = field(metadata={"help": "Own instruments; empty: she may not build any"})


def list_page(*, actor: Actor, now: datetime) -> ListPage:
    """Return the page, in a constant number of queries."""
    campaigns = queries.list_campaigns(actor=actor, permission=SEE_RESULTS)
    asks = holds_anywhere(actor, ASK_SURVEY)
    follows = asks or holds_anywhere(actor, ENTER_ANSWERS)
    waiting = queries.to_answer(actor=actor, at=now)
    asked = queries.instruments_for(one.campaign for one in waiting)
    today = oslo.day_of(now)
    return ListPage(
        to_answer=_rows([_to_answer(one, asked, today=today) for one in waiting]),
        answers=holds_anywhere(actor, ANSWER_SURVEY),
        to_read=_rows([_to_read(one) for one in queries.readings(actor=actor)]),
        open=_rows([_open(one, today=today) for one in campaigns if one.closed_at is None]) if follows else None,
        closed=_rows([_closed(one, actor, today=today) for one in campaigns if one.closed_at is not None]),
        gatherings=_rows([gathering_row(one, name=True) for one in queries.list_gatherings(actor=actor)]),
        gathering_href=reverse("surveys:gathering_new") if holds_anywhere(actor, HOLD_GATHERING) else "",
        ask_href=reverse("surveys:ask") if asks else "",
        own_href=reverse("surveys:own") if holds_anywhere(actor, BUILD_SURVEY) else "",
    )


def _rows(rows: list[ListRow]) -> RowList | None:
    return RowList(tuple(rows)) if rows else None


def last_day(campaign: Campaign) -> date:
    """Return the last whole day one can answer, in Oslo."""
    return oslo.day_of(campaign.closes_at - timedelta(seconds=1))


def _to_answer(one: queries.ToAnswer, asked: Mapping[tuple[str, int], Instrument], *, today: date) -> ListRow:
    if one.has_answered:
        return ListRow(one.campaign.title, note=_("Du har svart. Det ser bare du."), end=Tag(_("Svart"), "success"))
    instrument = asked[one.campaign.instrument, one.campaign.version]
    minutes = steps.minutes_left(instrument, instrument.items)
    length = _("%(count)d spørsmål, %(minutes)d min") % {"count": len(instrument.items), "minutes": minutes or 1}
    until = _("til %(day)s") % {"day": formats.near_date(last_day(one.campaign), today=today, language=page_language())}
    href = reverse("surveys:answer", args=[one.campaign.pk])
    return ListRow(
        one.campaign.title,
        note=f"{length} · {until}",
        end=Action(_("Svar"), href, variant="primary", describe=one.campaign.title),
    )


def _to_read(one: queries.Reading) -> ListRow:
    campaign = one.screening.campaign
    if one.screening.screener_id is None:
        href = reverse("surveys:screener", args=[campaign.pk])
        return ListRow(
            campaign.title,
            note=_("Ingen er valgt til å lese gjennom det som er skrevet."),
            end=Action(_("Velg hvem"), href, describe=campaign.title),
        )
    href = reverse("surveys:words", args=[campaign.pk])
    note = _("%(read)d av %(total)d lest") % {"read": one.read, "total": one.total}
    return ListRow(campaign.title, note=note, end=Action(_("Les"), href, variant="primary", describe=campaign.title))


def _teams(campaign: Campaign) -> str:
    names = [group.unit.name for group in campaign.groups.all() if not group.is_joint]
    return ", ".join(names) if len(names) <= MOST_NAMED else _("%(count)d team") % {"count": len(names)}


def _open(campaign: Campaign, *, today: date) -> ListRow:
    until = _("Åpen til %(day)s") % {
        "day": formats.near_date(last_day(campaign), today=today, language=page_language())
    }
    return ListRow(
        campaign.title, note=f"{until} · {_teams(campaign)}", href=reverse("surveys:show", args=[campaign.pk])
    )


def _closed(campaign: Campaign, actor: Actor, *, today: date) -> ListRow:
    assert campaign.closed_at is not None
    on = _("Lukket %(day)s") % {"day": formats.short_date(oslo.day_of(campaign.closed_at), page_language())}
    said = [on, _teams(campaign)]
    seen = queries.seen_from(actor=actor, campaign=campaign)
    if seen is None:
        said.append(_("bare teamet ser tallene"))
    elif seen > today:
        said.append(_("du ser summen fra %(day)s") % {"day": formats.short_date(seen, page_language())})
    return ListRow(campaign.title, note=" · ".join(said), href=reverse("surveys:show", args=[campaign.pk]))
