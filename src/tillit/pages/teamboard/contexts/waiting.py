"""«Venter på oss»: what the product knows waits, the most urgent on top."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans import queries as careplans
from tillit.care.careplans.queries import Evaluation
from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.citizens.queries.stays import StayLine, stays_lacking
from tillit.care.decisions.queries.due_today import BoardKind, BoardLine, lines_for_board
from tillit.care.journal import queries as journal
from tillit.care.needs import queries as needs
from tillit.care.notices import queries as notices
from tillit.care.notices.queries import WaitingNotices
from tillit.care.observations import queries as observations
from tillit.care.observations.queries import WatchLine
from tillit.care.therapy.queries import CaseLine, unowned_of_citizens
from tillit.care.visits import queries as visits
from tillit.care.visits.models import Urgency
from tillit.care.visits.queries import FollowUpLine
from tillit.foundation.organisation.queries import family_of
from tillit.kernel import oslo
from tillit.pages.teamboard.contexts.not_as_usual import watch_rows
from tillit.pages.teamboard.contexts.today import Today
from tillit.teamwork.planning import words
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Deadline, ListRow, RowList

AHEAD = timedelta(days=14)
"""Evaluations this near are ours to prepare."""
NEW_DAYS = timedelta(days=28)
MOST_ITEMS = 6
LONGEST = 90


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the team."""

    evaluations: tuple[Evaluation, ...]
    follow_ups: tuple[FollowUpLine, ...]
    new: tuple[CitizenBrief, ...]
    """New citizens that lack a primary contact or a conversation."""
    without_words: frozenset[int]
    without_plan: tuple[int, ...]
    without_unit: tuple[careplans.Waiting, ...]
    """Plans that give something to a unit which does not follow the citizen any more."""
    cases: tuple[BoardLine, ...]
    """What is late or due this week in the unit's cases."""
    unsigned: int
    """Notes that wait for countersigning: a number, not whose or what."""
    notices: WaitingNotices
    watches: tuple[WatchLine, ...]
    """What is not as usual with somebody, soonest due first."""
    stays: int
    """Those away for whom nobody is about to do anything: a number, not who."""
    therapy: int
    """Cases with a therapist who has left or is away: a number, not who."""
    briefs: dict[int, CitizenBrief]


@dataclass(frozen=True, slots=True)
class Asked:
    """What waits, by number: whom it is about is read with the rest of the board."""

    on: date
    citizen_ids: tuple[int, ...]
    """Those the unit follows."""
    evaluations: tuple[Evaluation, ...]
    follow_ups: tuple[FollowUpLine, ...]
    newcomers: tuple[int, ...]
    without_words: frozenset[int]
    without_plan: tuple[int, ...]
    without_unit: tuple[careplans.Waiting, ...]
    cases: tuple[BoardLine, ...]
    unsigned: int
    notices: WaitingNotices
    watches: tuple[WatchLine, ...]
    stays: tuple[StayLine, ...]
    therapy: tuple[CaseLine, ...]

    @property
    def named(self) -> frozenset[int]:
        """Those the board names because something waits."""
        found = {one.citizen_id for one in self.evaluations} | {one.citizen_id for one in self.follow_ups}
        first = {one.citizen_id for one in self.without_unit[:1]} | {one.citizen_id for one in self.cases}
        first |= {one.citizen_id for one in self.watches}
        return frozenset(found | first | set(self.newcomers) | set(self.without_plan[:1]))


def ask(*, unit_id: int, on: date, at: datetime) -> Asked:
    """Return what waits for a unit on a day (the calendar's, also while the night shift lasts)."""
    ids = tuple(citizens.citizen_ids_of_unit(unit_id, on))
    evaluations = tuple(careplans.evaluations_due(citizen_ids=ids, until=on + AHEAD))
    follow_ups = tuple(visits.open_follow_ups(citizen_ids=ids))
    since = citizens.followed_since(ids, on=on)
    newcomers = tuple(citizen_id for citizen_id in ids if since.get(citizen_id, date.min) > on - NEW_DAYS)
    have_words = needs.short_words(newcomers)
    with_plan = careplans.citizens_with_plan(ids)
    return Asked(
        on=on,
        citizen_ids=ids,
        evaluations=evaluations,
        follow_ups=follow_ups,
        newcomers=newcomers,
        without_words=frozenset(citizen_id for citizen_id in newcomers if citizen_id not in have_words),
        without_plan=tuple(citizen_id for citizen_id in ids if citizen_id not in with_plan),
        without_unit=_without_unit(ids, unit_id=unit_id, on=on),
        cases=lines_for_board((unit_id,), on=on),
        unsigned=journal.unsigned_in(ids),
        notices=notices.waiting_in(unit_id, on=on),
        watches=tuple(observations.open_watches(citizen_ids=ids)),
        stays=tuple(stays_lacking(citizen_ids=ids, at=at)),
        therapy=tuple(unowned_of_citizens(ids, on=on)),
    )


def _without_unit(citizen_ids: tuple[int, ...], *, unit_id: int, on: date) -> tuple[careplans.Waiting, ...]:
    """What has fallen to this unit, or to a work group below it: who else follows the citizen has nothing to mend."""
    found = careplans.waiting_for_a_unit(citizen_ids, on=on)
    own = family_of(unit_id).ids if found else ()
    return tuple(one for one in found if one.main_unit_id in own)


def read_waiting(today: Today, asked: Asked) -> Waiting:
    """Return what waits, with names. Notes the reading of those who are named."""
    briefs = today.briefs_of(asked.named, on=asked.on)
    return Waiting(
        evaluations=asked.evaluations,
        follow_ups=asked.follow_ups,
        new=tuple(
            briefs[citizen_id]
            for citizen_id in asked.newcomers
            if citizen_id in briefs
            and (briefs[citizen_id].primary_contact_id is None or citizen_id in asked.without_words)
        ),
        without_words=asked.without_words,
        without_plan=asked.without_plan,
        without_unit=asked.without_unit,
        cases=asked.cases,
        unsigned=asked.unsigned,
        notices=asked.notices,
        watches=asked.watches,
        stays=len(asked.stays),
        therapy=len(asked.therapy),
        briefs=briefs,
    )


def waiting_rows(today: Today, waiting: Waiting) -> RowList:
    """Return the rows, the most urgent on top; empty when nothing waits."""
    on, language = oslo.day_of(today.now), page_language()
    found: list[tuple[date, ListRow]] = [
        (date.min, row) for row in watch_rows(waiting.watches, waiting.briefs, now=today.now)
    ]
    if waiting.follow_ups:
        first = waiting.follow_ups[0]
        found.append(
            (
                oslo.day_of(first.due_at),
                ListRow(
                    title=ngettext("Endring å følge opp", "Endringer å følge opp", len(waiting.follow_ups)),
                    note=_("%(who)s er først") % {"who": name_in(waiting, first.citizen_id)},
                    number=str(len(waiting.follow_ups)),
                    href=_all(today, "endringer"),
                    end=due(first, now=today.now),
                ),
            )
        )
    if waiting.evaluations:
        soonest = waiting.evaluations[0]
        found.append(
            (
                soonest.evaluate_on,
                ListRow(
                    title=_("Mål å evaluere"),
                    note=_("%(who)s er først") % {"who": name_in(waiting, soonest.citizen_id)},
                    number=str(len(waiting.evaluations)),
                    href=_all(today, "mal"),
                    end=formats.deadline_of(soonest.evaluate_on, today=on, language=language),
                ),
            )
        )
    if waiting.new:
        someone = waiting.new[0]
        found.append(
            (
                on + timedelta(days=1),
                ListRow(
                    title=ngettext("Ny bruker", "Nye brukere", len(waiting.new)),
                    note=_lacks(someone, waiting),
                    number=str(len(waiting.new)),
                    href=_all(today, "nye"),
                ),
            )
        )
    if waiting.without_plan:
        first_id = waiting.without_plan[0]
        found.append(
            (
                on + AHEAD,
                ListRow(
                    title=ngettext("Bruker uten tiltaksplan", "Brukere uten tiltaksplan", len(waiting.without_plan)),
                    note=_("%(who)s er først") % {"who": name_in(waiting, first_id)},
                    number=str(len(waiting.without_plan)),
                    href=_all(today, "uten-plan"),
                ),
            )
        )
    if waiting.without_unit:
        fallen = waiting.without_unit[0]
        found.append(
            (
                on,
                ListRow(
                    title=ngettext("Plan å justere", "Planer å justere", len(waiting.without_unit)),
                    note=_("%(team)s følger ikke %(who)s lenger")
                    % {"team": fallen.unit_name, "who": name_in(waiting, fallen.citizen_id)},
                    number=str(len(waiting.without_unit)),
                    href=_all(today, "planer"),
                ),
            )
        )
    if waiting.stays:
        found.append(
            (
                on,
                ListRow(
                    title=_("Ikke hjemme: noen må ta tak"),
                    number=str(waiting.stays),
                    href=reverse("stays:list", args=(today.unit.pk,)),
                ),
            )
        )
    if waiting.therapy:
        found.append(
            (
                on,
                ListRow(
                    title=_("Ergo- og fysioterapi: ingen har saken"),
                    number=str(waiting.therapy),
                    href=_all(today, "terapi"),
                ),
            )
        )
    if waiting.notices.due_at is not None:
        found.append((oslo.day_of(waiting.notices.due_at), _notices_row(today, waiting.notices)))
    if waiting.unsigned:
        found.append(
            (
                on + timedelta(days=1),
                ListRow(
                    title=ngettext("Notat å medsignere", "Notater å medsignere", waiting.unsigned),
                    number=str(waiting.unsigned),
                    href=reverse("journal:waiting"),
                ),
            )
        )
    found += [(line.by or on + AHEAD, _case_row(line, waiting, on=on)) for line in waiting.cases]
    return RowList(tuple(row for _due, row in sorted(found, key=lambda each: each[0])))


def _notices_row(today: Today, waiting: WaitingNotices) -> ListRow:
    """Notices without an answer; those nobody has are said."""
    assert waiting.due_at is not None
    return ListRow(
        title=ngettext("Beskjed uten svar", "Beskjeder uten svar", waiting.count),
        note=ngettext("%(count)d har ingen", "%(count)d har ingen", waiting.unowned) % {"count": waiting.unowned}
        if waiting.unowned
        else _("Noen har alle"),
        number=str(waiting.count),
        href=reverse("notices:list", args=(today.unit.pk,)),
        end=formats.deadline_at(waiting.due_at, now=today.now, language=page_language()),
    )


def _case_row(line: BoardLine, waiting: Waiting, *, on: date) -> ListRow:
    """One kind of thing to do with cases; one alone opens its case, several the queue."""
    several = {
        BoardKind.DECIDE: _("Vedtak å fatte"),
        BoardKind.REASSESS: ngettext("Revurdering", "Revurderinger", line.count),
        BoardKind.APPEAL: ngettext("Klage", "Klager", line.count),
        BoardKind.DEADLINE: ngettext("Sak med frist", "Saker med frist", line.count),
        BoardKind.OFFERED: ngettext("Sak tilbudt oss", "Saker tilbudt oss", line.count),
    }
    href = reverse("decisions:appeals") if line.kind is BoardKind.APPEAL else reverse("decisions:queue")
    return ListRow(
        title=several[line.kind],
        note=_("%(who)s er først") % {"who": name_in(waiting, line.citizen_id)},
        number=str(line.count),
        href=reverse("decisions:case", args=[line.case_id]) if line.count == 1 else href,
        end=formats.deadline_of(line.by, today=on, language=page_language()) or "" if line.by else "",
    )


def due(line: FollowUpLine, *, now: datetime) -> Deadline:
    """When somebody must have looked at a change, as «Min dag» tells it."""
    return formats.deadline_at(line.due_at, now=now, by_the_clock=line.urgency == Urgency.NOW, language=page_language())


def _all(today: Today, anchor: str) -> str:
    """Where they stand one by one."""
    return f"{reverse('teamboard:everything', args=(today.unit.pk,))}#{anchor}"


def _lacks(brief: CitizenBrief, waiting: Waiting) -> str:
    lacking = []
    if brief.primary_contact_id is None:
        lacking.append(_("primærkontakt"))
    if brief.citizen_id in waiting.without_words:
        lacking.append(_("samtale om hva som er viktig"))
    return _("%(who)s mangler %(what)s") % {"who": brief.name, "what": words.joined(lacking)}


def name_in(waiting: Waiting, citizen_id: int) -> str:
    """Return what a citizen that something waits for is called."""
    brief = waiting.briefs.get(citizen_id)
    return brief.name if brief else _("En bruker")


def shortened(text: str) -> str:
    """Return a text on one line, cut at a word when it is long."""
    clean = " ".join(text.split())
    return clean if len(clean) <= LONGEST else f"{clean[:LONGEST].rsplit(' ', 1)[0]} …"
