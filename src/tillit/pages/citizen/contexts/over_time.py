"""citizen/over_time.html: the help week by week, the goals and their outcomes, and who came.

How the numbers are counted: docs/how-we-count/help-over-time.md and docs/how-we-count/continuity.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.careplans.models import InterventionKind
from tillit.care.careplans.permissions import READ_PLAN
from tillit.care.careplans.queries import PlanLine, goals_over_time, plans_of
from tillit.care.citizens.queries import around, brief_of, get_citizen, last_scope_of
from tillit.care.decisions.queries import CasesOverTime, cases_over_time
from tillit.care.evaluations.permissions import READ_EVALUATIONS
from tillit.care.evaluations.queries import evaluations_of_citizen
from tillit.care.visits import queries as visits
from tillit.care.visits.rules.continuity import Continuity
from tillit.care.visits.rules.given import UNKNOWN, largest, monday_of
from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.queries import marks, team_members
from tillit.kernel import oslo
from tillit.pages.citizen.contexts.goals_over_time import GoalsOverTime, goals_in_window
from tillit.pages.citizen.contexts.reads import reads
from tillit.pages.citizen.contexts.strip import STRIP_DAYS, WhoComes, who_comes
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import (
    Column,
    Crumb,
    Crumbs,
    DataTable,
    TableRow,
    ToggleGroup,
    ToggleLink,
    WeekBars,
    WeekRow,
)

WINDOWS = (12, 26)
"""How many whole weeks back one may look."""
MOST_KINDS = 6
_WEEK = timedelta(weeks=1)
_NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Help:
    """The help week by week."""

    finding: str
    chart: WeekBars
    events: tuple[str, ...] = field(metadata={"help": "What the dashed lines are"})
    table: DataTable


@dataclass(frozen=True, slots=True)
class OverTimePage:
    """citizen/over_time.html."""

    crumbs: Crumbs
    name: str
    window: ToggleGroup
    help: Help | None = field(metadata={"help": "None: no help was given in the time shown"})
    goals: GoalsOverTime | None = field(metadata={"help": "None: no goal stood in a plan in the time shown"})
    reads_plan: bool
    who: WhoComes | None
    who_table: DataTable | None


def over_time_page(*, actor: Actor, citizen_id: int, weeks: int, at: datetime) -> OverTimePage:
    """Return the page, in a constant number of queries. weeks: one of WINDOWS. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    scope = last_scope_of(citizen.pk, on=today)
    this_week = monday_of(today)
    mondays = [this_week - number * _WEEK for number in range(weeks, 0, -1)]
    given = visits.given_weeks(citizen.pk, mondays=mondays)
    reads_plan = reads(actor, READ_PLAN, scope)
    plans = plans_of(citizen.pk).lines if reads_plan else ()
    cases = cases_over_time(actor=actor, citizen_id=citizen.pk, on=today)
    evaluated = evaluations_of_citizen(citizen.pk) if reads(actor, READ_EVALUATIONS, scope) else []
    brief = brief_of(citizen, around(citizen.pk, on=today, at=at), on=today, at=at)
    month = visits.strip(citizen.pk, first=today - visits.CONTINUITY_REACH, after=today + timedelta(days=1))
    strip = [visit for visit in month if visit.on > today - timedelta(days=STRIP_DAYS)]
    unit_id = brief.unit_ids[0] if brief.unit_ids else None
    seen = marks(employee_ids={helper for visit in month for helper in visit.helper_ids}, unit_id=unit_id)
    own = {one.employee_id for one in team_members(unit_id=unit_id, on=today) if not one.is_temp} if unit_id else set()
    continuity = visits.continuity_from(month, until=today, primary_id=brief.primary_contact_id)
    here = reverse("citizens:over_time", args=[citizen.pk])
    return OverTimePage(
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Hjelpen over tid")),
            )
        ),
        name=citizen.name,
        window=ToggleGroup(
            label=_("Hvor langt tilbake"),
            options=tuple(
                ToggleLink(_("%(number)d uker") % {"number": one}, f"{here}?uker={one}", current=one == weeks)
                for one in WINDOWS
            ),
        ),
        help=_help(given, _events(plans, cases, mondays)),
        goals=goals_in_window(
            goals_over_time(citizen.pk) if reads_plan else [], evaluated, first=mondays[0], today=today, now=at
        ),
        reads_plan=reads_plan,
        who=who_comes(
            strip,
            continuity,
            seen,
            today=today,
            has_primary=brief.primary_contact_id is not None,
            units={},
        ),
        who_table=_who_table(month, continuity, own, today=today, has_primary=brief.primary_contact_id is not None),
    )


def _help(given: visits.GivenWeeks, events: Mapping[int, Sequence[str]]) -> Help | None:
    if not given.by_kind:
        return None
    kinds = largest(given.by_kind, most=MOST_KINDS)
    total = [sum(week, Fraction(0)) for week in zip(*kinds.values(), strict=True)]
    counted = [hours for hours, away in zip(total, given.away, strict=True) if not away]
    weeks = [formats.week(monday, page_language()) for monday in given.mondays]
    rows = [
        (_("Til sammen"), total),
        *((_kind_name(kind), minutes) for kind, minutes in kinds.items()),
    ]
    return Help(
        finding=_finding(counted),
        chart=WeekBars(
            label=_("Timer hjelp i uka"),
            rows=tuple(_row(label, minutes, given.away) for label, minutes in rows),
            first=weeks[0],
            last=weeks[-1],
            events=tuple(events),
        ),
        events=tuple(f"{weeks[week]}: {text}" for week, texts in events.items() for text in texts),
        table=DataTable(
            caption=_("Timer hjelp i uka, den nyeste øverst"),
            columns=(Column(_("Uke")), *(Column(label, right=True) for label, _minutes in rows)),
            rows=tuple(
                TableRow(
                    (
                        f"{weeks[week]} ({_('borte')})" if given.away[week] else weeks[week],
                        *(_hours(minutes[week]) if minutes[week] else _NOTHING for _label, minutes in rows),
                    )
                )
                for week in reversed(range(len(weeks)))
            ),
            stack=False,
        ),
    )


def _kind_name(kind: str) -> str:
    return _("Ikke delt opp") if kind == UNKNOWN else str(InterventionKind(kind).label)


def _finding(counted: Sequence[Fraction]) -> str:
    """How much it was in the four first and the four last whole weeks that count."""
    if len(counted) < 2 * _AVERAGED:
        return _("For få uker til å si om hjelpen er blitt mer eller mindre.")
    before, now = _average(counted[:_AVERAGED]), _average(counted[-_AVERAGED:])
    words = {"before": _hours(before), "now": _hours(now)}
    if abs(now - before) < _SAME:
        return _("Om lag like mye hjelp hele tida: %(now)s i uka de siste fire ukene.") % words
    if now < before:
        return _("Mindre hjelp enn før: fra %(before)s i uka de første fire ukene til %(now)s de siste fire.") % words
    return _("Mer hjelp enn før: fra %(before)s i uka de første fire ukene til %(now)s de siste fire.") % words


_AVERAGED = 4
_SAME = Fraction(15)
"""Minutes a week: less than this is not called a change."""


def _row(label: str, minutes: Sequence[Fraction], away: Sequence[bool]) -> WeekRow:
    """A kind of help through the weeks; beside it the average of the last weeks that count, as in the sentence."""
    counted = [hours for hours, gone in zip(minutes, away, strict=True) if not gone]
    first, last = _hours(_average(counted[:_AVERAGED])), _hours(_average(counted[-_AVERAGED:]))
    return WeekRow(
        label=label,
        value=_("%(hours)s i uka") % {"hours": last},
        finding=_("%(what)s: %(first)s i uka først, %(last)s sist.") % {"what": label, "first": first, "last": last},
        values=tuple(None if gone else float(hours) for hours, gone in zip(minutes, away, strict=True)),
    )


def _average(weeks: Sequence[Fraction]) -> Fraction:
    return sum(weeks, Fraction(0)) / len(weeks) if weeks else Fraction(0)


def _hours(minutes: Fraction) -> str:
    return _("%(hours)s t") % {"hours": formats.number(float(minutes / 60), 1, page_language())}


def _events(plans: Sequence[PlanLine], cases: CasesOverTime, mondays: Sequence[date]) -> dict[int, list[str]]:
    """Decisions and new plans, by the week they came in. Steps within a frame are not among them."""
    found: dict[int, list[str]] = {}
    told = [(one.at, _("vedtak")) for one in cases.decided]
    told += [(one.valid_from, _("ny plan")) for one in plans if one.valid_from is not None and one.adjusted is None]
    places = {monday: number for number, monday in enumerate(mondays)}
    for at, word in sorted(told):
        day = oslo.day_of(at)
        place = places.get(monday_of(day))
        if place is not None:
            found.setdefault(place, []).append(f"{word} {formats.day_and_month(day, page_language())}")
    return dict(sorted(found.items()))


def _who_table(
    month: Sequence[visits.StripVisit],
    continuity: visits.ContinuityLine,
    own: set[int],
    *,
    today: date,
    has_primary: bool,
) -> DataTable | None:
    if not continuity.last_28.visits:
        return None
    periods = (
        (_("Siste 14 dager"), continuity.last_14, today, 14),
        (_("14 dager før"), continuity.before_14, today - timedelta(days=14), 14),
        (_("Siste 28 dager"), continuity.last_28, today, 28),
    )
    rows = [
        (_("Besøk"), [str(one.visits) for _label, one, _until, _days in periods]),
        (_("Ulike hjelpere"), [str(one.different) for _label, one, _until, _days in periods]),
    ]
    if has_primary:
        name = _("Primærkontakten kom på")
        rows.append((name, [_of(one.primary_share, one) for _label, one, _until, _days in periods]))
    if own:
        shares = [visits.share_by(month, own, until=until, days=days) for _label, _one, until, days in periods]
        rows.append(
            (_("Noen fast i teamet kom på"), [_of(share, one[1]) for share, one in zip(shares, periods, strict=True)])
        )
    return DataTable(
        caption=_("Hvem som kom"),
        columns=(Column(_("Hvem som kom"), hidden_label=True), *(Column(one[0], right=True) for one in periods)),
        rows=tuple(TableRow((name, *cells)) for name, cells in rows),
    )


def _of(share: Fraction | None, one: Continuity) -> str:
    """«15 av 41», so that nobody has to guess what a share is of."""
    if share is None or not one.visits:
        return _NOTHING
    came = share * one.visits
    return ngettext("%(came)d av %(total)d", "%(came)d av %(total)d", one.visits) % {
        "came": came.numerator // came.denominator,
        "total": one.visits,
    }
