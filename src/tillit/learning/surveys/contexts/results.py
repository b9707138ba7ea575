"""surveys/results.html: a team's own numbers, or the sum of several teams."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts import words
from tillit.learning.surveys.contexts.gatherings import SaidTogether, said_together
from tillit.learning.surveys.contexts.helped import HelpedPanel, helped_panel
from tillit.learning.surveys.contexts.open import crumbs_of
from tillit.learning.surveys.contexts.own_words import OwnWords, own_words
from tillit.learning.surveys.contexts.paired import PairedPanel, paired_panel
from tillit.learning.surveys.contexts.tables import (
    Numbers,
    is_twice,
    numbers_table,
    radar_of,
    say_table,
    silent_table,
    spread_of,
)
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.permissions import WRITE_NEXT_STEP
from tillit.learning.surveys.queries import View
from tillit.learning.surveys.rules import scoring
from tillit.learning.surveys.rules.helped import question_of
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.scoring import Shown, Wave
from tillit.learning.surveys.rules.shipped import TEAM
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumbs, DataTable, ListRow, RadarChart, RangeBars, RowList, ToggleGroup, ToggleLink


class NotForHerNow(ActionRefused):
    """The survey is closed, and she sees no numbers of it today: a sum before its day, or a single team's."""


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """surveys/results.html and surveys/meeting.html."""

    crumbs: Crumbs
    title: str
    lead: str
    unit_name: str
    campaign_id: int
    unit_id: int
    views: ToggleGroup | None
    radar: RadarChart | None
    then: str = field(metadata={"help": "Name of the wave before; empty: there is none to compare with"})
    this: str
    table: Numbers | None = field(metadata={"help": "None: the group has no numbers of its own"})
    table_note: str
    say: DataTable | None
    spread: RangeBars | None
    answered: str
    share: str = field(metadata={"help": "«92 %»; empty when it is not said"})
    width: str = field(metadata={"help": "Of the bar: «92%»"})
    silent: DataTable | None = field(metadata={"help": "What the means could have been, had all answered"})
    helped: HelpedPanel | None = field(metadata={"help": "None: nobody was asked who helped"})
    not_said: tuple[str, ...] = field(metadata={"help": "What these numbers cannot tell"})
    words: OwnWords | None = field(metadata={"help": "None: nothing was asked in own words"})
    paired: PairedPanel | None = field(metadata={"help": "None: no codes were asked for, or nothing for her in it"})
    said: SaidTogether | None = field(metadata={"help": "None: no gatherings, or a sum of several teams"})
    steps: RowList | None
    may_write: bool
    is_sum: bool
    of_the_team: bool = field(metadata={"help": "Those who work in it answered, so they may ask each other"})
    left: bool = field(metadata={"help": "Whether anything stands in the column under the numbers"})
    right: bool = field(metadata={"help": "Whether anything stands beside that column"})
    counts_below: bool = field(metadata={"help": "Whether how many answered stands below, not beside the numbers"})
    href: str = field(metadata={"help": "This page, with the unit"})
    meeting_href: str


def view_for(*, actor: Actor, campaign: Campaign, unit_id: int | None, today: date) -> tuple[View, list[View]]:
    """Return what she asked to see, or the first she may, and all she may see today.

    Raises NotFound for what is not hers to see, NotForHerNow for a sum before its day and where there is none.
    """
    views = queries.views_of(actor=actor, campaign=campaign)
    wanted = [view for view in views if unit_id in (None, view.unit_id)]
    if not wanted and unit_id is not None:
        raise NotFound(_("Fant ikke resultatet."))
    if not wanted:
        raise NotForHerNow(_("Tallene er teamets egne. Over teamet vises bare summen av flere team."))
    if today < wanted[0].from_on:
        day = formats.long_date(wanted[0].from_on, page_language())
        raise NotForHerNow(_("Teamene ser tallene sine først. Du ser summen fra %(day)s.") % {"day": day})
    return wanted[0], [one for one in views if today >= one.from_on]


def results_page(*, actor: Actor, campaign: Campaign, unit_id: int | None, now: datetime) -> ResultsPage:
    """Return the numbers of a closed campaign, in a constant number of queries. Raises NotFound, NotForHerNow."""
    view, views = view_for(actor=actor, campaign=campaign, unit_id=unit_id, today=oslo.day_of(now))
    instrument = queries.get_instrument(campaign.instrument, campaign.version)
    earlier = queries.wave_before(campaign)
    shown, answers = _numbers(instrument, campaign, earlier, view)
    then = _wave_name(earlier) if earlier and any(one.before is not None for one in shown) else ""
    this = _wave_name(campaign)
    twice = any(is_twice(instrument, one.code) and one.mean is not None for one in shown)
    show = reverse("surveys:show", args=[campaign.pk])
    share = min(1.0, view.answered / view.invited) if view.answered and view.invited else 0.0
    radar, spread = radar_of(instrument, shown, then, this), spread_of(instrument, shown)
    own, pairs = own_words(actor, campaign, instrument, view), paired_panel(actor, campaign, instrument, view)
    counts_below = not view.groups or radar is not None
    tells_share = view.answered is not None and view.answered >= scoring.EXACT_FROM
    return ResultsPage(
        crumbs=crumbs_of(campaign),
        title=campaign.title,
        lead=words.lead_of(instrument, shown, view, then),
        unit_name=view.name,
        campaign_id=campaign.pk,
        unit_id=view.unit_id,
        views=_toggle(show, view, views),
        radar=radar,
        then=then,
        this=this,
        table=numbers_table(instrument, shown, then=then, this=this) if view.groups else None,
        table_note=_table_note(then),
        say=say_table(instrument, answers) if twice else None,
        spread=spread,
        answered=_answered(view),
        share=formats.percent(share, 0, page_language()) if tells_share else "",
        width=f"{round(100 * share)}%",
        silent=silent_table(instrument, shown, answered=view.answered or 0, invited=view.invited),
        helped=helped_panel(campaign, instrument, view),
        not_said=_not_said(instrument, shown, then),
        words=own,
        paired=pairs,
        said=None if view.is_sum else said_together(campaign, view.unit_id),
        steps=_steps(campaign, view, today=oslo.day_of(now)),
        may_write=not view.is_sum and holds_anywhere(actor, WRITE_NEXT_STEP),
        is_sum=view.is_sum,
        of_the_team=instrument.for_whom == TEAM,
        left=bool(spread or pairs or (not view.is_sum and (own or counts_below))),
        right=bool(not view.is_sum or own or counts_below),
        counts_below=counts_below,
        href=f"{show}?enhet={view.unit_id}",
        meeting_href=f"{reverse('surveys:meeting', args=[campaign.pk])}?enhet={view.unit_id}",
    )


def _numbers(
    instrument: Instrument, campaign: Campaign, earlier: Campaign | None, view: View
) -> tuple[tuple[Shown, ...], scoring.Answers]:
    before_groups = queries.groups_for(earlier, view) if earlier else []
    by_group = queries.answers_of([*view.groups, *(group.pk for group in before_groups)])
    answers = [one for pk in view.groups for one in by_group.get(pk, ())]
    before = None
    if before_groups:
        said = [one for group in before_groups for one in by_group.get(group.pk, ())]
        before = Wave(said, sum(group.invited or 0 for group in before_groups))
    found = scoring.results(instrument, Wave(answers, view.invited), before)
    if view.is_sum:
        names = [str(pk) for pk in view.groups]
        held = scoring.withheld(
            instrument, {str(pk): by_group.get(pk, []) for pk in view.groups}, {"sum": names}
        )  # fmt: skip
        found = tuple(Shown(one.code, None, one.n, ("too_few",)) if ("sum", one.code) in held else one for one in found)
    return found, answers


def _wave_name(campaign: Campaign) -> str:
    day = oslo.day_of(campaign.opens_at)
    return f"{formats.month_short(day, page_language())} {day.year}"


def _toggle(show: str, view: View, views: Sequence[View]) -> ToggleGroup | None:
    if len(views) < 2:
        return None
    links = tuple(ToggleLink(one.name, f"{show}?enhet={one.unit_id}", current=one == view) for one in views)
    return ToggleGroup(_("Vis for"), links)


def _table_note(then: str) -> str:
    if then:
        return _(
            "Gjennomsnitt, med 95 % usikkerhet under endringen. «Usikkert» betyr at endringen kan være tilfeldig."
            " Endringen er uparet: alle som svarte hver gang. Mange har svart begge ganger, så usikkerheten er heller"
            " for stor enn for liten."
        )
    return _("Gjennomsnitt. Det vises når minst fem, og minst halvparten av dem som er spurt, har svart.")


def _answered(view: View) -> str:
    if view.answered is None:
        return _("Færre enn fem har svart")
    band = str(view.answered) if view.answered >= scoring.EXACT_FROM else _("5–9")
    return _("%(answered)s av %(invited)d") % {"answered": band, "invited": view.invited}


def _not_said(instrument: Instrument, shown: Sequence[Shown], then: str) -> tuple[str, ...]:
    found = [_("Spørsmålene er egenutviklet og ikke validert. De kan ikke sammenliknes med andres undersøkelser.")]
    if then:
        found.append(_("En endring sier ikke hvorfor. Noter hva mer som skjedde i teamet i tida mellom."))
    if then and question_of(instrument) is not None:
        found.append(_("Var det flere eller færre som fikk hjelp til å svare enn sist, kan det alene gi en endring."))
    if any(one.mean is None for one in shown):
        found.append(_("Det som ikke vises, er holdt tilbake fordi så få svar kan si hvem som svarte hva."))
    return tuple(found)


def _steps(campaign: Campaign, view: View, *, today: date) -> RowList | None:
    if view.is_sum:
        return None
    language = page_language()
    rows = []
    for row in queries.next_steps(campaign_id=campaign.pk, unit_id=view.unit_id):
        if row.look_again_on:
            day = formats.near_date(row.look_again_on, today=today, language=language)
            note = _("Ses på igjen %(day)s") % {"day": day}
        else:
            note = formats.short_date(oslo.day_of(row.written_at), language)
        rows.append(ListRow(row.words, note=note))
    return RowList(tuple(rows)) if rows else None
