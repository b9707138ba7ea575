"""oversight/privacy.html and privacy_unit.html: how privacy is looked after, for the reviewer (personvernombud).

Traces, never content: citizens stand as numbers, and neither what was written about an emergency nor what a leader
answered is shown, for both may tell of one. The same rules as the leaders' own review.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tillit.care.citizens.queries.emergencies import EmergencyCount, counted_by_unit
from tillit.care.citizens.queries.lookups import earliest
from tillit.foundation.access import keeping, reviewing, sealing
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import LookupReview, ReviewOutcome
from tillit.foundation.access.permissions import READ_PRIVACY, require
from tillit.foundation.access.verifying import UNSEALED_TOO_LONG
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import at_or_below, get_unit, in_force, scope_of, within_reach
from tillit.kernel import oslo
from tillit.pages.oversight import queries
from tillit.pages.oversight.contexts.review import DAYS, RULES, drawn
from tillit.pages.oversight.contexts.words import listed
from tillit.pages.oversight.rules import Finding, Rule
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList, Tag

LATELY = timedelta(days=28)
"""How far back the overview counts what was gone through."""
EMERGENCIES = timedelta(days=90)
"""How far back emergency accesses are counted."""
#: The employee's name is shown: beside it, these two would tell whom a citizen is related to, or where she lives.
_TELLS = frozenset({Rule.SAME_NAME, Rule.SAME_HOME})
#: What else she reads, by the name of its address.
LINKS: tuple[tuple[str, str | Promise], ...] = (
    ("oversight:kept", gettext_lazy("Hva som oppbevares hvor lenge")),
    ("oversight:acts_table", gettext_lazy("Alle handlinger og roller")),
)


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    """oversight/privacy.html."""

    lead: str
    seal: str
    seal_is_late: bool
    kept: str
    links: tuple[tuple[str, str], ...] = field(metadata={"help": "Address and text of what else she reads"})
    units: RowList | None


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One look-up that stands out."""

    who: str
    rule: str
    what: str
    state: Tag


@dataclass(frozen=True, slots=True)
class PrivacyUnitPage:
    """oversight/privacy_unit.html."""

    crumbs: Crumbs
    title: str
    lead: str
    rows: tuple[TraceRow, ...]
    basis: str
    older_href: str
    newer_href: str = field(metadata={"help": "Empty: the newest week is shown"})


def privacy_page(*, actor: Actor, at: datetime) -> PrivacyPage:
    """Return the overview of the units in reach. Five queries."""
    rows = within_reach(actor).filter(in_force(oslo.day_of(at))).exclude(kind=UnitKind.WORK_GROUP)
    units = sorted(rows.order_by("name", "pk"), key=lambda unit: (list(UnitKind).index(UnitKind(unit.kind)), unit.name))
    reviews = reviewing.reviews_since(at - LATELY)
    emergencies = counted_by_unit(since=at - EMERGENCIES)
    mine = _by_unit(reviews, {unit.path: unit.pk for unit in units})
    waiting = sum(one.waiting for one in emergencies.values())
    sealed = sealing.newest_seal_at()
    late = sealed is None or at - sealed > UNSEALED_TOO_LONG
    kept = keeping.keeping_on(oslo.day_of(at))
    return PrivacyPage(
        lead=_lead(waiting, sum(one.outcome == ReviewOutcome.FOLLOW_UP for one in reviews)),
        seal=_sealed(sealed),
        seal_is_late=late,
        kept=ngettext("Loggen oppbevares i %(years)d år.", "Loggen oppbevares i %(years)d år.", kept.years)
        % {"years": kept.years},
        links=tuple((reverse(name), str(text)) for name, text in LINKS),
        units=RowList(tuple(_unit_row(unit, mine.get(unit.pk, []), emergencies.get(unit.pk)) for unit in units))
        if units
        else None,
    )


def unit_page(*, actor: Actor, unit_id: int, until: date | None, at: datetime) -> PrivacyUnitPage:
    """Return a week of look-ups that stand out in a unit. Constant queries. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_PRIVACY, scope_of(unit))
    today = oslo.day_of(at)
    last = min(until or today, today)
    period = earliest(last, DAYS)
    alone = unit.kind in (UnitKind.MUNICIPALITY, UnitKind.DISTRICT)
    where = Q(unit_id=unit.pk) if alone else at_or_below((unit.path,))
    basis = queries.basis(where=where, period=period, without_user=actor.user_id)
    found = drawn(basis)
    answers = reviewing.newest_reviews(one.key for one in found)
    rows = tuple(_trace(one, basis, answers.get(one.key)) for one in found if one.rule is not Rule.SAMPLE)
    first = oslo.day_of(period.start)
    here = reverse("oversight:privacy_unit", args=[unit.pk])
    return PrivacyUnitPage(
        crumbs=Crumbs((Crumb(_("Personvern"), reverse("oversight:privacy")), Crumb(unit.name))),
        title=unit.name,
        lead=ngettext("%(count)d oppslag skiller seg ut.", "%(count)d oppslag skiller seg ut.", len(rows))
        % {"count": len(rows)}
        if rows
        else _("Ingen oppslag skiller seg ut denne uka."),
        rows=rows,
        basis=_("%(first)s–%(last)s: %(looks)s oppslag av %(people)s medarbeidere.")
        % {
            "first": formats.day_and_month(first, page_language()),
            "last": formats.day_and_month(last, page_language()),
            "looks": formats.number(len(basis.looks), language=page_language()),
            "people": formats.number(len(basis.lookers), language=page_language()),
        },
        older_href=f"{here}?til={(first - timedelta(days=1)).isoformat()}",
        newer_href=f"{here}?til={min(last + timedelta(days=DAYS), today).isoformat()}" if last < today else "",
    )


def _lead(waiting: int, followed_up: int) -> str:
    said = []
    if waiting:
        said.append(
            ngettext(
                "%(count)d nødtilgang er ikke gått gjennom.", "%(count)d nødtilganger er ikke gått gjennom.", waiting
            )
            % {"count": waiting}
        )
    if followed_up:
        said.append(
            ngettext("%(count)d oppslag følges opp.", "%(count)d oppslag følges opp.", followed_up)
            % {"count": followed_up}
        )
    return " ".join(said) or _("Ingenting venter på noen nå.")


def _sealed(at: datetime | None) -> str:
    if at is None:
        return _("Loggen er ikke forseglet ennå.")
    return _("Loggen er forseglet til %(day)s kl. %(clock)s.") % {
        "day": formats.day_and_month(oslo.day_of(at), page_language()),
        "clock": formats.clock(at, page_language()),
    }


def _by_unit(reviews: list[LookupReview], units: Mapping[str, int]) -> dict[int, list[LookupReview]]:
    """Each review with the nearest unit at or above the one where the look-up was made."""
    found: dict[int, list[LookupReview]] = defaultdict(list)
    for one in reviews:
        path = one.unit_path
        while path and path not in units:
            path = path[:-1].rpartition(".")[0] + "." if path.count(".") > 1 else ""
        if path:
            found[units[path]].append(one)
    return found


def _unit_row(unit: Unit, reviews: list[LookupReview], opened: EmergencyCount | None) -> ListRow:
    said = [_reviewed(reviews)]
    if opened and opened.opened:
        said.append(
            ngettext("%(count)d nødtilgang på 90 dager", "%(count)d nødtilganger på 90 dager", opened.opened)
            % {"count": opened.opened}
        )
    waiting = opened.waiting if opened else 0
    follow_ups = sum(one.outcome == ReviewOutcome.FOLLOW_UP for one in reviews)
    end: Tag | str = ""
    if waiting:
        end = Tag(_("%(count)d venter") % {"count": waiting}, "warning")
    elif follow_ups:
        end = Tag(_("%(count)d følges opp") % {"count": follow_ups}, "info")
    return ListRow(unit.name, ". ".join(said), href=reverse("oversight:privacy_unit", args=[unit.pk]), end=end)


def _reviewed(reviews: list[LookupReview]) -> str:
    if not reviews:
        return _("Ingen oppslag gått gjennom på 4 uker")
    newest = formats.day_and_month(max(one.at for one in reviews), page_language())
    return ngettext(
        "%(count)d oppslag gått gjennom på 4 uker, sist %(day)s",
        "%(count)d oppslag gått gjennom på 4 uker, sist %(day)s",
        len(reviews),
    ) % {"count": len(reviews), "day": newest}


def _trace(one: Finding, basis: queries.Basis, review: LookupReview | None) -> TraceRow:
    return TraceRow(
        who=basis.lookers[one.user_id].name,
        rule=_("Mulig nær relasjon") if one.rule in _TELLS else str(RULES[one.rule]),
        what=_what(one),
        state=Tag(_("Ikke svart")) if review is None else _answered(review),
    )


def _answered(review: LookupReview) -> Tag:
    explained = review.outcome == ReviewOutcome.EXPLAINED
    return Tag(
        _("%(outcome)s %(day)s")
        % {"outcome": review.get_outcome_display(), "day": formats.day_and_month(review.at, page_language())},
        colour="success" if explained else "warning",
    )


def _what(one: Finding) -> str:
    first, last = formats.clock(one.first_at, page_language()), formats.clock(one.last_at, page_language())
    when = {
        "day": formats.long_date(one.on, page_language()),
        "at": first if first == last else f"{first}–{last}",
        "count": one.count,
        "citizens": listed([_("bruker nr. %(number)d") % {"number": number} for number in one.citizen_ids]),
    }
    if one.rule is Rule.REFUSED:
        return _("Prøvde å åpne %(count)d ting uten tilgang %(day)s, kl. %(at)s. Fikk ikke se noe.") % when
    if one.rule is Rule.MANY:
        return _("Åpnet %(count)d brukere på en time %(day)s, kl. %(at)s.") % when
    return _("Åpnet %(citizens)s %(day)s kl. %(at)s.") % when
