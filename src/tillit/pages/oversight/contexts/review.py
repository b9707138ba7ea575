"""oversight/review.html: look-ups that stand out, each with its reason, and some drawn by lot."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tillit.care.citizens.queries import count_to_review
from tillit.care.citizens.queries.lookups import earliest, names_in_reach
from tillit.foundation.access import keys, reviewing, whence
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import LookupReview, ReviewOutcome
from tillit.foundation.access.permissions import REVIEW_LOOKUPS
from tillit.foundation.access.rules.signing import sign
from tillit.foundation.organisation.queries import at_or_below
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.pages.oversight import queries, rules
from tillit.pages.oversight.contexts.words import listed
from tillit.pages.oversight.rules import Finding, Rule
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Tag

DAYS = 7
"""Days on one page: a week is gone through at a time."""

RULES: dict[Rule, str | Promise] = {
    Rule.NO_VISIT_NEAR: gettext_lazy("Ingen besøk eller vakt i nærheten"),
    Rule.MANY: gettext_lazy("Mange brukere på kort tid"),
    Rule.SAME_NAME: gettext_lazy("Samme etternavn"),
    Rule.SAME_HOME: gettext_lazy("Samme adresse"),
    Rule.FORMER: gettext_lazy("Hjelpen var avsluttet"),
    Rule.NIGHT: gettext_lazy("Om natta uten vakt"),
    Rule.REFUSED: gettext_lazy("Flere forsøk utenfor tilgangen"),
    Rule.SAMPLE: gettext_lazy("Trukket ut tilfeldig"),
}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One look-up to go through."""

    key: str
    state: Tag | None = field(metadata={"help": "What was said of it; None while nobody has"})
    rule: str
    who: str
    what: str = field(metadata={"help": "The basis, in one or two sentences"})
    answer: str = field(metadata={"help": "Words, reviewer and day; empty while nobody has"})
    words: str = field(metadata={"help": "What was typed and refused"})
    error: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """oversight/review.html."""

    title: str
    lead: str
    last: date

    open: tuple[FindingRow, ...] = field(metadata={"help": "Those that nobody has said anything about"})
    sample: tuple[FindingRow, ...]
    done: tuple[FindingRow, ...]
    emergencies: str = field(metadata={"help": "A sentence; empty when none wait"})
    basis: str
    older_href: str
    newer_href: str


def review_page(
    *, actor: Actor, until: date | None, at: datetime, refused: tuple[str, str, str] = ("", "", "")
) -> ReviewPage:
    """Return a week of look-ups in the actor's units. refused: key, words and error of an answer that was not taken."""
    today = oslo.day_of(at)
    last = min(until or today, today)
    period = earliest(last, DAYS)
    found = _findings(actor, last)
    reviews = reviewing.newest_reviews(one.key for one in found.findings)
    citizens = {citizen_id for one in found.findings if one.rule != Rule.MANY for citizen_id in one.citizen_ids}
    names = names_in_reach(actor=actor, citizen_ids=citizens, at=at)
    rows = [(one, _row(one, found.basis, names, reviews.get(one.key), refused)) for one in found.findings]
    waiting = count_to_review(actor)
    open_rows = tuple(row for one, row in rows if not row.state and one.rule != Rule.SAMPLE)
    first = oslo.day_of(period.start)
    return ReviewPage(
        title=_("Gjennomgang av innsyn"),
        lead=_lead(len(open_rows)),
        last=last,
        open=open_rows,
        sample=tuple(row for one, row in rows if not row.state and one.rule == Rule.SAMPLE),
        done=tuple(row for _one, row in rows if row.state),
        emergencies=ngettext(
            "%(count)d nødtilgang venter på gjennomgang", "%(count)d nødtilganger venter på gjennomgang", waiting
        ) % {"count": waiting} if waiting else "",
        basis=_("%(first)s–%(last)s: %(looks)s oppslag av %(people)s medarbeidere i enhetene dine.") % {
            "first": formats.day_and_month(first, page_language()),
            "last": formats.day_and_month(last, page_language()),
            "looks": formats.number(len(found.basis.looks), language=page_language()),
            "people": formats.number(len(found.basis.lookers), language=page_language()),
        },
        older_href=_href(first - timedelta(days=1)),
        newer_href=_href(min(last + timedelta(days=DAYS), today)) if last < today else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    basis: queries.Basis
    findings: tuple[Finding, ...]


def _findings(actor: Actor, last: date) -> _Found:
    basis = queries.basis(
        where=at_or_below(actor.paths_for(REVIEW_LOOKUPS.roles)),
        period=earliest(last, DAYS),
        without_user=actor.user_id,
    )
    return _Found(basis, drawn(basis))


def drawn(basis: queries.Basis) -> tuple[Finding, ...]:
    """Return what stands out, and the few that are drawn by lot: the same ones whoever asks."""
    key = keys.log_keys().signing_key
    return rules.findings(
        basis.looks,
        basis.refused,
        employees=basis.employees,
        citizens=basis.citizens,
        draw=lambda text: sign(key, text.encode()),
    )


def found_by_key(*, actor: Actor, key: str, until: date | None, at: datetime) -> reviewing.Found:
    """Return what an answer is about. Raises NotFound when the rules do not name it in the actor's units that week."""
    today = oslo.day_of(at)
    found = _findings(actor, min(until or today, today))
    for one in found.findings:
        if one.key == key:
            looker = found.basis.lookers[one.user_id]
            return reviewing.Found(key, one.rule.value, one.user_id, looker.unit_path, one.on)
    raise NotFound(_("Fant ikke oppslaget. Kanskje har noen andre gått gjennom det."))


def _href(until: date) -> str:
    return f"{reverse('oversight:review')}?til={until.isoformat()}"


def _lead(count: int) -> str:
    if not count:
        return _("Ingen oppslag skiller seg ut denne uka.")
    return ngettext(
        "%(count)d oppslag er verdt å spørre om. De fleste har en god forklaring.",
        "%(count)d oppslag er verdt å spørre om. De fleste har en god forklaring.",
        count,
    ) % {"count": count}


def _row(
    one: Finding,
    basis: queries.Basis,
    names: dict[int, str],
    review: LookupReview | None,
    refused: tuple[str, str, str],
) -> FindingRow:
    row = FindingRow(
        key=one.key,
        state=None,
        rule=str(RULES[one.rule]),
        who=basis.lookers[one.user_id].name,
        what=_with_whence(_what(one, _named(one, names)), one, basis),
        answer="",
        words=refused[1] if refused[0] == one.key else "",
        error=refused[2] if refused[0] == one.key else "",
    )
    if review is None:
        return row
    return replace(
        row,
        state=Tag(
            review.get_outcome_display(),
            colour="success" if review.outcome == ReviewOutcome.EXPLAINED else "warning",
        ),
        answer=_("«%(words)s» %(who)s, %(day)s") % {
            "words": review.words, "who": review.reviewer_name,
            "day": formats.day_and_month(review.at, page_language()),
        },
    )  # fmt: skip


def _with_whence(what: str, one: Finding, basis: queries.Basis) -> str:
    """Add from where she looked; nothing for looks from before that was kept."""
    places = dict.fromkeys(
        whence.text_of(whence.Whence(look.device, look.network))
        for look in basis.looks
        if look.user_id == one.user_id and look.citizen_id in one.citizen_ids and one.first_at <= look.at <= one.last_at
    )
    told = listed(place for place in places if place)
    return _("%(what)s Fra %(place)s.") % {"what": what, "place": told} if told else what


def _named(one: Finding, names: dict[int, str]) -> str:
    """Return the citizens' names, those the reader does not reach as a number."""
    known = sorted(names[citizen_id] for citizen_id in one.citizen_ids if citizen_id in names)
    others = len(one.citizen_ids) - len(known)
    told = ngettext(
        "%(count)d bruker utenfor området ditt", "%(count)d brukere utenfor området ditt", others
    ) % {"count": others}  # fmt: skip
    return listed([*known, told] if others else known)


def _what(one: Finding, citizen: str) -> str:
    first, last = formats.clock(one.first_at, page_language()), formats.clock(one.last_at, page_language())
    when = {
        "citizen": citizen,
        "day": formats.long_date(one.on, page_language()),
        "at": first if first == last else f"{first}–{last}",
        "count": one.count,
        "near": rules.NEAR_DAYS,
    }
    return _sentence(one.rule) % when


def _sentence(rule: Rule) -> str:
    sentences: dict[Rule, str] = {
        Rule.NO_VISIT_NEAR: _(
            "Åpnet journalen til %(citizen)s %(day)s kl. %(at)s. Ingen besøk hos brukeren %(near)d dager før eller "
            "etter, ingen vakt det døgnet, og ikke ansvarlig."
        ),
        Rule.MANY: _("Åpnet %(count)d brukere på en time %(day)s, kl. %(at)s."),
        Rule.SAME_NAME: _("Åpnet journalen til %(citizen)s %(day)s. De to har samme etternavn."),
        Rule.SAME_HOME: _("Åpnet journalen til %(citizen)s %(day)s. De to bor på samme sted."),
        Rule.FORMER: _("Åpnet journalen til %(citizen)s %(day)s kl. %(at)s, etter at hjelpen var avsluttet."),
        Rule.NIGHT: _("Åpnet journalen til %(citizen)s %(day)s kl. %(at)s, uten vakt på den tiden."),
        Rule.REFUSED: _("Prøvde å åpne %(count)d ting uten tilgang %(day)s, kl. %(at)s. Fikk ikke se noe."),
        Rule.SAMPLE: _("Åpnet journalen til %(citizen)s %(day)s kl. %(at)s. Ingenting uvanlig."),
    }
    return sentences[rule]
