"""The offer on top of the lists when something has happened: who goes without, why, and one press for what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.care.visits.models import Origin
from tillit.kernel import oslo
from tillit.kernel.periods import Period
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts.places import where_of
from tillit.teamwork.planning.queries import ProposalView, TeamDay
from tillit.teamwork.planning.rules import occasions
from tillit.teamwork.planning.words import Names

MOST_NAMED = 4
"""Visits named for each thing that has happened."""
SINCE = timedelta(hours=24)
"""A citizen who came home within this time before the day began, or on the day, has «come home»."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What has happened to lists that are made, and the press that asks for the fewest changes that mend it."""

    title: str
    lines: tuple[str, ...]
    ask_href: str


def offer_of(team_day: TeamDay, names: Names, proposal: ProposalView | None, *, now: datetime) -> Offer | None:
    """Return the offer; None while nobody goes without, while it is being reckoned, and when it has been answered.

    Callers have checked that the reader may allocate. Two queries, when there is something to offer.
    """
    day, head = team_day.day, team_day.head
    if head.lists_id is None or not day.rows_of_worker or not day.uncovered:
        return None
    if not any(worker.visits and worker.ends_at > now for worker in day.workers):
        return None
    if proposal is not None and proposal.is_working:
        return None
    day_begins = oslo.whole_day(day.on).start
    away = citizens.away_periods(
        {call.citizen_id for call in day.uncovered}, Period(day_begins - SINCE, day_begins + timedelta(hours=36))
    )
    found = occasions.lacking(
        day,
        had=queries.had_before_absence(head.lists_id),
        home_at={
            citizen_id: periods[-1].to_at for citizen_id, periods in away.items() if periods[-1].to_at is not None
        },
        added=frozenset(visit_id for visit_id, row in team_day.visits.items() if row.origin == Origin.ADDED),
        now=now,
    )
    visit_ids = [visit_id for each in found for visit_id in each.visit_ids]
    if not visit_ids or _is_answered(team_day, proposal, visit_ids):
        return None
    return Offer(
        title=ngettext(
            "%(count)d besøk mangler noen som kan dra", "%(count)d besøk mangler noen som kan dra", len(visit_ids)
        )
        % {"count": len(visit_ids)},
        lines=tuple(_line(each, team_day, names) for each in found),
        ask_href=where_of(team_day).href("ask"),
    )


def _is_answered(team_day: TeamDay, proposal: ProposalView | None, visit_ids: list[int]) -> bool:
    """Whether the newest proposal was made for the lists as they are, and for all of these visits."""
    if proposal is None or proposal.has_failed or proposal.state == "OUTDATED":
        return False
    return not queries.is_behind(proposal, team_day.head) and not queries.has_not_seen(proposal, visit_ids)


def _line(each: occasions.Lacking, team_day: TeamDay, names: Names) -> str:
    named = [
        _("%(who)s kl. %(time)s")
        % {"who": names.visit(visit_id), "time": words.clock(team_day.day.starts_at(visit_id))}
        for visit_id in each.visit_ids[:MOST_NAMED]
    ]
    if more := len(each.visit_ids) - len(named):
        named.append(ngettext("%(count)d til", "%(count)d til", more) % {"count": more})
    return _("%(what)s: %(visits)s.") % {
        "what": words.occasion(each.occasion, names, employee_id=each.employee_id),
        "visits": words.joined(named),
    }
