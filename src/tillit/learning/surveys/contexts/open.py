"""surveys/open.html: while it is open, only how many have answered, in tenths."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.listed import last_day
from tillit.learning.surveys.models import Campaign, Screening, Way
from tillit.learning.surveys.permissions import ASK_SURVEY
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs

MOST_REMINDERS = 2


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How far a group has come. width: of the bar, such as "60%"; empty for a group that is too small to follow."""

    name: str
    words: str
    width: str


@dataclass(frozen=True, slots=True)
class OpenPage:
    """surveys/open.html."""

    crumbs: Crumbs
    title: str
    lead: str
    campaign_id: int
    edition: int
    progress: tuple[ProgressRow, ...] = field(metadata={"help": "Empty for those who do not follow it"})
    may_ask: bool
    reminders_left: int
    by_cards: bool
    cards_href: str = field(metadata={"help": "Empty: not by cards, or for others"})
    paper_href: str = field(metadata={"help": "The questions to print; empty as for the cards"})
    enter_href: str = field(metadata={"help": "Empty: not by cards, or she belongs to one of the teams"})
    reader: str = field(metadata={"help": "Who reads what is written; empty: nothing is written, or not hers to see"})
    reader_href: str = field(metadata={"help": "Where she is named; empty: nothing is written, or not hers to choose"})
    reminded: str = field(metadata={"help": "When all were reminded; empty: not yet"})


def open_page(*, actor: Actor, campaign: Campaign, now: datetime) -> OpenPage:
    """Return the page of a campaign that is not closed, in a constant number of queries."""
    by_cards = campaign.way == Way.CARDS
    asks_words = queries.asks_for_words(campaign)
    may_ask = queries.holds_in_all(actor, ASK_SURVEY, campaign)
    language = page_language()
    until = formats.near_date(last_day(campaign), today=oslo.day_of(now), language=language)
    days = ", ".join(formats.short_date(datetime.fromisoformat(day), language) for day in campaign.reminders)
    return OpenPage(
        crumbs=crumbs_of(campaign),
        title=campaign.title,
        lead=_("Åpen til %(day)s. Svarene ligger i urner, og ingen ser dem før den lukkes.") % {"day": until},
        campaign_id=campaign.pk,
        edition=campaign.edition,
        progress=tuple(_progress(one) for one in queries.progress_of(campaign)) if may_ask else (),
        may_ask=may_ask,
        by_cards=by_cards,
        cards_href=reverse("surveys:cards", args=[campaign.pk]) if by_cards and may_ask else "",
        paper_href=reverse("surveys:paper", args=[campaign.pk]) if by_cards and may_ask else "",
        enter_href=reverse("surveys:enter", args=[campaign.pk]) if by_cards and queries.enters(actor, campaign) else "",
        reminders_left=max(0, MOST_REMINDERS - len(campaign.reminders)),
        reader=_reader(campaign) if asks_words and may_ask else "",
        reader_href=reverse("surveys:screener", args=[campaign.pk]) if asks_words and may_ask else "",
        reminded=_("Alle er minnet på: %(days)s") % {"days": days} if days else "",
    )


def _reader(campaign: Campaign) -> str:
    named = Screening.objects.filter(campaign=campaign, screener__isnull=False).select_related("screener").first()
    return named.screener.name if named and named.screener else _("Ingen er valgt ennå")


def crumbs_of(campaign: Campaign) -> Crumbs:
    """Return the way here."""
    return Crumbs((Crumb(_("Undersøkelser"), reverse("surveys:list")), Crumb(campaign.title)))


def _progress(one: queries.Progress) -> ProgressRow:
    if one.tenths is None:
        return ProgressRow(one.group.unit.name, _("For få i teamet til å vise hvor mange som har svart"), "")
    share = formats.percent(one.tenths / 10, 0, page_language())
    said = _("Minst %(share)s har svart") % {"share": share} if one.tenths else _("Under 10 % har svart")
    return ProgressRow(one.group.unit.name, said, f"{10 * one.tenths}%")
