"""Hand-overs: the list of a unit, and one of them (R07)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries
from tillit.care.citizens.contexts.moving import moving_rows
from tillit.care.citizens.models import Citizen, Handover, HandoverState
from tillit.care.citizens.permissions import ANSWER_HANDOVER, OFFER_HANDOVER, READ_CITIZEN
from tillit.care.citizens.queries.handover import (
    HandoverLine,
    PassingOn,
    UnitHandovers,
    handovers_of_unit,
    line_of,
    passing_on,
)
from tillit.care.citizens.queries.moving import moving_away
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.responsibility.contexts.routing import WhyHere, row_behind, row_in_words
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Deadline, Fact, Facts, ListRow, RowList

_FOLLOWING_KINDS = (UnitKind.TEAM, UnitKind.WORK_GROUP, UnitKind.SPECIAL_TEAM)


@dataclass(frozen=True, slots=True)
class HandoversPage:
    """citizens/handovers.html: what a unit has been offered and has offered."""

    crumbs: Crumbs
    title: str
    lead: str
    incoming: RowList | None
    sent_back: RowList | None
    passing_on: RowList | None
    passing_on_lead: str = field(metadata={"help": "Why these are to be handed over, by the table"})
    moving: RowList | None = field(metadata={"help": "They move to where others have them; nobody is offered them"})
    waiting: RowList | None
    settled: RowList | None
    is_quiet: bool = field(metadata={"help": "Nothing at all is on its way"})


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """citizens/handover.html: one hand-over, and what one may do with it."""

    handover_id: int
    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    facts: Facts
    deadline: Deadline | None
    words: tuple[str, ...] = field(metadata={"help": "What must be known, one paragraph each"})
    why: WhyHere | None
    state: str
    answer_title: str = field(metadata={"help": "Who sent it back and when; empty when nobody has"})
    answer: str
    citizen_href: str = field(metadata={"help": "Empty while she is out of the reader's reach"})
    may_accept: bool
    may_send_back: bool
    keep_label: str = field(metadata={"help": "Empty when the reader cannot call it off"})
    again_href: str = field(metadata={"help": "Where it is offered again; empty when it cannot be"})
    list_href: str


def handovers_page(*, actor: Actor, unit_id: int, at: datetime) -> HandoversPage:
    """Return the list of a unit, in a constant number of queries. Raises NotFound out of reach, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_CITIZEN, scope_of(unit))
    today = oslo.day_of(at)
    found = handovers_of_unit(unit_id=unit.pk, on=today)
    to_pass = passing_on(unit=unit, on=today)
    moving = moving_away(unit_id=unit.pk, on=today)
    may_offer = holds(actor, OFFER_HANDOVER, scope_of(unit))
    return HandoversPage(
        crumbs=Crumbs((Crumb(_("Brukere"), reverse("citizens:list")), Crumb(_("Overleveringer")))),
        title=_("Overleveringer"),
        lead=_lead(unit.name, found, to_pass, today, moving=len(moving)),
        incoming=_rows(found.incoming, today, theirs=True),
        sent_back=_rows(found.sent_back, today),
        passing_on=_passing_rows(to_pass, unit.pk, today, may_offer=may_offer),
        passing_on_lead=_passing_lead(to_pass),
        moving=moving_rows(moving, today, may_offer=may_offer),
        waiting=_rows(found.waiting, today),
        settled=_rows(found.settled, today),
        is_quiet=not (found.incoming or found.sent_back or found.waiting or found.settled or to_pass or moving),
    )


def handover_page(*, actor: Actor, handover: Handover, at: datetime) -> HandoverPage:
    """Return one hand-over that `get_handover` gave."""
    today = oslo.day_of(at)
    line = line_of(handover)
    giver = Scope((handover.from_unit.path,), handover.citizen_id)
    receiver = Scope((handover.to_unit.path,), handover.citizen_id)
    is_offered, is_back = line.state == HandoverState.OFFERED, line.state == HandoverState.SENT_BACK
    may_answer = is_offered and holds(actor, ANSWER_HANDOVER, receiver)
    may_offer = holds(actor, OFFER_HANDOVER, giver)
    reached = queries.readable(actor, on=today).filter(pk=line.citizen_id).exists()
    mine = receiver if holds(actor, READ_CITIZEN, receiver) else giver
    list_unit = handover.to_unit_id if mine is receiver else handover.from_unit_id
    list_href = reverse("handover:list", args=[list_unit])
    return HandoverPage(
        handover_id=line.handover_id,
        citizen_id=line.citizen_id,
        crumbs=Crumbs((Crumb(_("Overleveringer"), list_href), Crumb(line.citizen_name))),
        title=line.citizen_name,
        lead=_state_in_words(line, today),
        facts=_facts(line, today),
        deadline=_deadline(line, today),
        words=tuple(part for part in line.words.replace("\r\n", "\n").split("\n\n") if part.strip()),
        why=row_behind(line.why, question=_("Hvorfor overleveres brukeren?")) if line.why else None,
        state=line.state,
        answer_title=_("%(who)s sendte tilbake %(when)s")
        % {"who": line.answered_by or line.to_unit_name, "when": _near(line.answered_at, today)}
        if line.answer
        else "",
        answer=line.answer,
        citizen_href=reverse("citizens:page", args=[line.citizen_id]) if reached else "",
        may_accept=may_answer,
        may_send_back=may_answer,
        keep_label=(_("Behold brukeren") if is_back else _("Trekk tilbudet"))
        if may_offer and (is_offered or is_back)
        else "",
        again_href=_again_href(line) if is_back and may_offer else "",
        list_href=list_href,
    )


def _again_href(line: HandoverLine) -> str:
    address = reverse("handover:offer", args=[line.citizen_id])
    return f"{address}?fra={line.from_unit_id}&igjen={line.handover_id}"


def _lead(name: str, found: UnitHandovers, to_pass: Sequence[PassingOn], today: date, *, moving: int) -> str:
    incoming, back = len(found.incoming), len(found.sent_back)
    told = []
    if incoming:
        told.append(
            ngettext("%(count)s venter på svar fra %(unit)s.", "%(count)s venter på svar fra %(unit)s.", incoming)
            % {"count": incoming, "unit": name}
        )
    if back:
        told.append(ngettext("%(count)s er sendt tilbake.", "%(count)s er sendt tilbake.", back) % {"count": back})
    if moving:
        told.append(
            ngettext(
                "%(count)s flytter til et annet teams område.", "%(count)s flytter til et annet teams område.", moving
            )
            % {"count": moving}
        )
    if to_pass:
        told.append(
            ngettext("%(count)s skal overleveres.", "%(count)s skal overleveres.", len(to_pass))
            % {"count": len(to_pass)}
        )
    late = sum(line.is_late(today) for line in (*found.incoming, *found.sent_back, *found.waiting))
    late += sum(one.due_on is not None and one.due_on < today for one in to_pass)
    if late:
        told.append(ngettext("%(count)s er over fristen.", "%(count)s er over fristen.", late) % {"count": late})
    if not told:
        return _("Ingenting venter på %(unit)s.") % {"unit": name}
    return " ".join(told)


def _rows(lines: Iterable[HandoverLine], today: date, *, theirs: bool = False) -> RowList | None:
    rows = tuple(
        ListRow(
            line.citizen_name,
            note=" · ".join(
                (
                    line.from_unit_name if theirs else _("til %(unit)s") % {"unit": line.to_unit_name},
                    line.reason_name,
                    _("fra %(day)s") % {"day": formats.day_and_month(line.from_on, page_language())},
                )
            ),
            more=_progress(line, today),
            href=reverse("handover:show", args=[line.handover_id]),
            end=_deadline(line, today) or "",
        )
        for line in lines
    )
    return RowList(rows) if rows else None


def _progress(line: HandoverLine, today: date) -> str:
    match line.state:
        case HandoverState.OFFERED:
            return _waited(line.waited(today))
        case HandoverState.SENT_BACK:
            return _("«%(answer)s»") % {"answer": line.answer}
        case _:
            return _("Tatt over %(when)s") % {"when": _near(line.answered_at, today)}


def _waited(days: int) -> str:
    if days == 0:
        return _("Tilbudt i dag")
    return ngettext("Har ventet i %(days)s dag", "Har ventet i %(days)s dager", days) % {"days": days}


def _deadline(line: HandoverLine, today: date) -> Deadline | None:
    if line.due_on is None or line.state not in (HandoverState.OFFERED, HandoverState.SENT_BACK):
        return None
    return formats.deadline_of(line.due_on, today=today, language=page_language())


def _passing_rows(found: Sequence[PassingOn], unit_id: int, today: date, *, may_offer: bool) -> RowList | None:
    rows = []
    for one in found:
        address = reverse("handover:offer", args=[one.citizen_id])
        to = f"&til={one.to_unit_id}" if one.to_unit_id else ""
        rows.append(
            ListRow(
                one.citizen_name,
                note=" · ".join(
                    (
                        _("hos dere siden %(day)s") % {"day": formats.short_date(one.since, page_language())},
                        _("bor i området til %(unit)s") % {"unit": one.to_unit_name}
                        if one.to_unit_name
                        else _("ingen team har området hun bor i"),
                    )
                ),
                href=f"{address}?fra={unit_id}&grunn={one.reason}{to}" if may_offer else "",
                end=formats.deadline_of(one.due_on, today=today, language=page_language()) if one.due_on else "",
            )
        )
    return RowList(tuple(rows)) if rows else None


def _passing_lead(found: Sequence[PassingOn]) -> str:
    said: Mapping[str, None] = dict.fromkeys(
        _("%(model)s: %(row)s") % {"model": one.routed.why.model_name, "row": row_in_words(one.routed.why)}
        for one in found
        if one.routed is not None and one.due_on is not None
    )
    return ". ".join(said)


def _facts(line: HandoverLine, today: date) -> Facts:
    facts = [
        Fact(_("Fra"), line.from_unit_name),
        Fact(_("Til"), line.to_unit_name),
        Fact(_("Hvorfor"), line.reason_name),
        Fact(_("Hva"), line.part) if line.part else None,
        Fact(_("Fra og med"), formats.long_date(line.from_on, page_language(), year=True)),
        Fact(
            _("Tilbudt av"),
            ", ".join((line.offered_by or line.from_unit_name, _near(line.offered_at, today))),
        ),
    ]
    return Facts(tuple(fact for fact in facts if fact is not None))


def _state_in_words(line: HandoverLine, today: date) -> str:
    values = {"from": line.from_unit_name, "to": line.to_unit_name, "who": line.answered_by or line.to_unit_name}
    match line.state:
        case HandoverState.OFFERED:
            waited = _waited(line.waited(today))
            return (
                _("%(waited)s på svar fra %(to)s. Til da har %(from)s ansvaret.") % {**values, "waited": waited}
                if line.waited(today)
                else _("Tilbudt %(to)s i dag. Til de svarer, har %(from)s ansvaret.") % values
            )
        case HandoverState.SENT_BACK:
            return _("%(to)s sendte tilbake. %(from)s har ansvaret.") % values
        case HandoverState.ACCEPTED:
            return _("%(to)s tok over. %(who)s svarte ja %(when)s.") % {
                **values,
                "when": _near(line.answered_at, today),
            }
        case _:
            return _("Tilbudet er trukket. Ingenting er endret.")


def _near(moment: datetime | None, today: date) -> str:
    return formats.near_moment(moment, today=today, language=page_language()) if moment else ""


def citizen_line(citizen: Citizen, line: HandoverLine | None, *, today: date) -> ListRow | None:
    """Return the row about an open hand-over for the citizen's own page; None without one."""
    if line is None:
        return None
    title = (
        _("Tilbudt %(unit)s") % {"unit": line.to_unit_name}
        if line.state == HandoverState.OFFERED
        else _("%(unit)s sendte tilbake") % {"unit": line.to_unit_name}
    )
    return ListRow(
        title,
        note=line.reason_name,
        more=_progress(line, today),
        href=reverse("handover:show", args=[line.handover_id]),
        icon="PersonGroup",
        end=_deadline(line, today) or "",
    )
