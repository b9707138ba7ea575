"""A case: where it is, what must happen by when, who has it, and the case file."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions import queries
from tillit.care.decisions.contexts.case_head import about_line, matters_of, steps_of
from tillit.care.decisions.contexts.file import FactLine, NoteLine, fact_lines, note_lines
from tillit.care.decisions.contexts.history import HistoryLine, history
from tillit.care.decisions.contexts.next_step import NextStep, next_step
from tillit.care.decisions.contexts.placed import TableRowLine, WhoHasIt, who_does_what, who_has_it
from tillit.care.decisions.contexts.words import DUTY_WORDS, OUTCOME_WORDS, deadline, short_date, state_tag
from tillit.care.decisions.models import Assessment, Channel, Line, Origin
from tillit.care.decisions.permissions import HAND_OVER_CASE, REGISTER_CASE, WORK_CASE
from tillit.care.decisions.queries.facts import dates_from
from tillit.care.decisions.queries.file import CaseFile, is_followed
from tillit.care.decisions.queries.placing import Next
from tillit.care.decisions.rules.due import Due, dues
from tillit.care.decisions.rules.states import CLOSED, FROM, Outcome, State, Step
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.authority.words import extent_in_words
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Deadline, ListRow, Matters, RowList, Steps, Tag
from tillit.ui.parts.basics import Colour


@dataclass(frozen=True, slots=True)
class OfferShown:
    """The case is offered to the reader's unit."""

    holding_id: int
    from_unit: str
    must_know: str
    when: str


@dataclass(frozen=True, slots=True)
class AssessedLine:
    """A finished assessment."""

    when: str
    who: str
    own_view: str
    summary: str


@dataclass(frozen=True, slots=True)
class MoreLink:
    """Something one may also do."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """decisions/case.html."""

    case_id: int
    edition: int
    crumbs: Crumbs
    title: str
    citizen_href: str
    about: str
    state: Tag
    chip: Deadline | None
    steps: Steps
    offer: OfferShown | None
    next: NextStep | None
    matters: Matters
    words: str
    asked_by: str
    services: RowList
    assessed: tuple[AssessedLine, ...]
    facts: tuple[FactLine, ...]
    facts_missing: int = field(metadata={"help": "How many she has neither seen nor is exempt from seeing"})
    capacities: tuple[str, ...]
    dues: RowList
    holder: WhoHasIt
    does_what: tuple[TableRowLine, ...]
    urgent: str = field(metadata={"help": "Help that began before the decision, in one sentence"})
    choice: str
    related: RowList
    disqualified: tuple[str, ...]
    notes: tuple[NoteLine, ...]
    history: tuple[HistoryLine, ...]
    more: tuple[MoreLink, ...]
    may_note: bool
    may_work: bool
    decided_first: bool = field(metadata={"help": "To tell her is the next thing to do: the decision stands on top"})


def case_page(*, actor: Actor, found: CaseFile, to: Next, on: date) -> CasePage:
    """Return a case as its page shows it. to: where the table has it next. Callers come through `queries.get_case`."""
    case, rows, scope = found.case, found.rows, found.scope
    held = Scope((case.unit.path,), case.citizen_id)
    may_work = holds(actor, WORK_CASE, scope)
    may_note = holds(actor, REGISTER_CASE, scope)
    due = dues(dates_from(rows), on=on, practice=queries.targets(found.practice))
    offer = _offer(actor, found)
    may_send = holds(actor, HAND_OVER_CASE, held)
    table, routed = to.rows, to.held
    return CasePage(
        case_id=case.pk,
        edition=case.edition,
        crumbs=Crumbs((Crumb(_("Saker"), reverse("decisions:queue")), Crumb(case.number))),
        title=case.citizen.name,
        citizen_href=reverse("citizens:page", args=[case.citizen_id])
        if is_followed(actor, case.citizen_id, on=on)
        else "",
        about=about_line(case, on=on),
        state=state_tag(case.state),
        chip=deadline(due[0], on=on, with_year=True) if due else None,
        steps=steps_of(rows, found.words),
        offer=offer,
        next=None if offer else next_step(rows, may_work=may_work, to=to if may_send else None),
        matters=matters_of(rows, found.words),
        words=case.words,
        asked_by=_asked_by(found),
        services=_services(rows.lines),
        assessed=_assessed(found),
        facts=fact_lines(rows.outside_facts, may_work=may_work),
        facts_missing=sum(1 for fact in rows.outside_facts if fact.shown_on is None and not fact.not_shown),
        capacities=tuple(_capacity(found)),
        dues=_dues(due, on=on),
        holder=who_has_it(
            rows,
            routed,
            table,
            may_hand_over=may_send,
            may_choose=holds(actor, WORK_CASE, held),
        ),
        does_what=who_does_what(table, routed),
        urgent=_urgent(found),
        choice=_choice(found),
        related=_related(found),
        disqualified=tuple(f"{row.employee.name}: {row.reason}" for row in found.disqualified),
        notes=note_lines(found.notes),
        history=history(rows, found.adjusted),
        more=() if offer else _more(found, may_work=may_work, may_note=may_note),
        may_note=may_note,
        may_work=may_work,
        decided_first=State(case.state) in (State.DECIDED, State.NOTIFIED),
    )


def _offer(actor: Actor, found: CaseFile) -> OfferShown | None:
    offer = found.rows.offer
    scope = Scope((offer.unit.path,), found.case.citizen_id) if offer else Scope(())
    if offer is None or State(found.case.state) in CLOSED or not holds(actor, HAND_OVER_CASE, scope):
        return None
    return OfferShown(
        holding_id=offer.pk,
        from_unit=offer.from_unit.name if offer.from_unit else "",
        must_know=offer.must_know,
        when=formats.date_and_time(offer.offered_at, page_language()),
    )


def _asked_by(found: CaseFile) -> str:
    case = found.case
    who = str(Origin(case.origin).label)
    if case.applicant is not None:
        who = f"{who}, {case.applicant.name}"
    if not case.channel:
        return _("%(who)s.") % {"who": who}
    return _("%(who)s. Kom slik: %(channel)s.") % {"who": who, "channel": str(Channel(case.channel).label).lower()}


def _services(lines: list[Line]) -> RowList:
    rows = []
    for line in lines:
        if line.state == Line.State.DROPPED:
            continue
        note = " · ".join(
            part
            for part in (
                extent_in_words(line.service.extent_in, line.extent) if line.extent is not None else "",
                "" if line.is_asked_for else _("funnet i vurderingen"),
            )
            if part
        )
        if line.outcome:
            end: Tag | str = Tag(str(OUTCOME_WORDS[Outcome(line.outcome)]), _OUTCOME_COLOURS[Outcome(line.outcome)])
        else:
            end = Tag(str(Line.State(line.state).label))
        rows.append(ListRow(line.service.name, note, end=end))
    return RowList(tuple(rows))


_OUTCOME_COLOURS: dict[Outcome, Colour] = {
    Outcome.GRANTED: "success",
    Outcome.PARTLY: "warning",
    Outcome.REDUCED: "warning",
    Outcome.REFUSED: "neutral",
    Outcome.DISMISSED: "neutral",
    Outcome.ENDED: "neutral",
}


def _assessed(found: CaseFile) -> tuple[AssessedLine, ...]:
    shown = []
    for one in found.rows.done:
        day = short_date(one.held_on)
        when = _("%(day)s, %(place)s") % {"day": day, "place": one.place} if one.place else day
        shown.append(AssessedLine(when, _names(one), one.own_view, one.summary))
    return tuple(shown)


def _names(assessment: Assessment) -> str:
    return ", ".join(row.employee.name for row in assessment.assessors.all())


def _capacity(found: CaseFile) -> list[str]:
    return [
        _("%(matter)s: %(answer)s, vurdert %(day)s. %(reasons)s")
        % {
            "matter": row.subject_matter,
            "answer": _("har beslutningskompetanse") if row.has_capacity else _("mangler beslutningskompetanse"),
            "day": short_date(row.concluded_at),
            "reasons": row.reasons,
        }
        for row in found.capacities
    ]


def _dues(due: tuple[Due, ...], *, on: date) -> RowList:
    return RowList(tuple(ListRow(str(DUTY_WORDS[one.duty]), end=deadline(one, on=on, short=True)) for one in due))


def _urgent(found: CaseFile) -> str:
    case = found.case
    if case.urgent_from is None:
        return ""
    return _("%(unit)s gir hjelp fra %(day)s, før vedtaket. %(reason)s") % {
        "unit": case.urgent_unit.name if case.urgent_unit else "",
        "day": short_date(case.urgent_from),
        "reason": case.urgent_reason,
    }


def _choice(found: CaseFile) -> str:
    if not found.choices:
        return ""
    newest = found.choices[0]
    told = short_date(newest.told_on)
    if newest.chosen_on is None:
        return _("Fikk vite om valget %(day)s, og har ikke valgt ennå. Til da gir teamet hjelpen.") % {"day": told}
    return _("Valgte %(who)s %(day)s.") % {
        "who": newest.unit.name if newest.unit else newest.provider,
        "day": short_date(newest.chosen_on),
    }


def _related(found: CaseFile) -> RowList:
    return RowList(
        tuple(
            ListRow(
                ", ".join(one.services) or _("Sak %(number)s") % {"number": one.case.number},
                _("Sak %(number)s · tilbudt %(unit)s") % {"number": one.case.number, "unit": one.offered_to}
                if one.offered_to
                else _("Sak %(number)s · %(unit)s") % {"number": one.case.number, "unit": one.case.unit.name},
                href=reverse("decisions:case", args=[one.case.pk]),
                end=state_tag(one.case.state),
            )
            for one in found.related
        )
    )


def _more(found: CaseFile, *, may_work: bool, may_note: bool) -> tuple[MoreLink, ...]:
    case = found.case
    state = State(case.state)
    links = []

    def add(label: str, name: str) -> None:
        links.append(MoreLink(label, reverse(name, args=[case.pk])))

    if may_note and case.urgent_from is None and state in FROM[Step.START_URGENTLY]:
        add(_("Hjelpen må begynne nå"), "decisions:urgent")
    if may_work and state not in CLOSED:
        add(_("Skriv opplysning fra andre"), "decisions:add_fact")
        add(_("Vurder beslutningskompetanse"), "decisions:capacity")
        add(_("Brukerens valg av leverandør"), "decisions:choice")
        if case.origin == Origin.CARER:
            add(_("Adressen til den pårørende"), "decisions:party")
        add(_("Noen er inhabil"), "decisions:disqualify")
    if may_work and state in FROM[Step.WITHDRAW]:
        add(_("Søknaden trekkes"), "decisions:withdraw")
    return tuple(links)
