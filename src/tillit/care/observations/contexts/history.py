"""observations/citizen.html: what has been observed of a citizen, and what is usual for her."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import briefs, get_citizen, scope_of
from tillit.care.needs.queries import newest_words
from tillit.care.observations.contexts.measured import checks_table, sums_chart, weights_chart, weights_table
from tillit.care.observations.contexts.usual import usual_lines
from tillit.care.observations.models import About, Ending, WatchLevel
from tillit.care.observations.permissions import OBSERVE, SET_USUAL
from tillit.care.observations.queries import observations_of, open_watch_of, usual_of, watches_of, weights_of
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, DataTable, Deadline, LineChart, ListRow, Matters, RowList

#: So far back observations in words are shown; older ones stand in the journal.
DAYS = 90


@dataclass(frozen=True, slots=True)
class OpenNow:
    """What is not as usual with her now."""

    text: str
    href: str
    due: Deadline


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """observations/citizen.html."""

    name: str
    crumbs: Crumbs
    matters: Matters
    open_now: OpenNow | None
    check_href: str = field(metadata={"help": "Empty: the reader may not"})
    observe_href: str
    usual: tuple[str, ...]
    usual_note: str
    usual_href: str
    chart: LineChart | None
    checks: DataTable | None
    weight_chart: LineChart | None
    weights: DataTable | None
    said: RowList | None
    watches: RowList | None
    saved_key: str


def history_page(*, actor: Actor, citizen_id: int, now: datetime, saved_key: str) -> HistoryPage:
    """Return the page for a citizen the actor reaches, in a constant number of queries. Raises NotFound."""
    today, language = oslo.day_of(now), page_language()
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=now)
    brief = briefs([citizen.pk], on=today, at=now)[citizen.pk]
    scope = scope_of(citizen.pk, on=today)
    may_observe = holds(actor, OBSERVE, scope)
    words = newest_words((citizen.pk,)).get(citizen.pk)
    seen = observations_of(citizen.pk, since=now - timedelta(days=DAYS))
    weights = weights_of(citizen.pk)
    usual, watching, watched = usual_of(citizen.pk), open_watch_of(citizen.pk), watches_of(citizen.pk)
    said = [one for one in seen if one.words and one.weight is None and not one.level]
    return HistoryPage(
        name=brief.name,
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(brief.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Observasjoner")),
            )
        ),
        matters=Matters(
            text=words.words if words else "",
            label=_("Hva er viktig for %(name)s") % {"name": brief.first_name}
            if words
            else _("Vi har ikke spurt %(name)s ennå") % {"name": brief.first_name},
            size="sm",
            ask="" if words else _("Spør gjerne i dag: Hva er viktig for deg?"),
        ),
        open_now=OpenNow(
            text=str(WatchLevel(watching.level).label),
            href=reverse("observations:watch", args=[watching.watch_id]),
            due=formats.deadline_at(watching.due.first, now=now, by_the_clock=True, language=language),
        )
        if watching
        else None,
        check_href=reverse("observations:check", args=[citizen.pk]) if may_observe else "",
        observe_href=reverse("observations:observe", args=[citizen.pk]) if may_observe else "",
        usual=usual_lines(usual),
        usual_note=_("Skrevet %(day)s av %(who)s.")
        % {"day": formats.short_date(oslo.day_of(usual.set_at)), "who": usual.set_by.name}
        if usual and usual.set_by
        else "",
        usual_href=reverse("observations:usual", args=[citizen.pk]) if holds(actor, SET_USUAL, scope) else "",
        chart=sums_chart(seen, identity="poeng", today=today),
        checks=checks_table(seen, today=today),
        weight_chart=weights_chart(weights, today=today),
        weights=weights_table(weights, today=today),
        said=RowList(
            tuple(
                ListRow(
                    title=one.words,
                    note=" · ".join(
                        part
                        for part in (
                            str(About(one.about).label) if one.about else "",
                            one.told_by_name,
                            formats.near_moment(one.seen_at, today=today, language=language),
                        )
                        if part
                    ),
                )
                for one in said
            )
        )
        if said
        else None,
        watches=RowList(
            tuple(
                ListRow(
                    title=formats.near_moment(one.opened_at, today=today, language=language),
                    note=" · ".join(
                        part
                        for part in (
                            str(WatchLevel(one.level).label),
                            str(Ending(one.ending).label) if one.ending else "",
                        )
                        if part
                    ),
                    href=reverse("observations:watch", args=[one.watch_id]),
                )
                for one in watched
                if one.closed_at is not None
            )
        )
        if any(one.closed_at for one in watched)
        else None,
        saved_key=saved_key,
    )
