"""journal/request.html and journal/answer.html: what is asked, the decision, and the answer to the citizen."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.queries import last_scope_of
from tillit.care.journal.contexts.record import ShownEntry, in_order, shown
from tillit.care.journal.models import Request
from tillit.care.journal.permissions import ASK_CHANGE, DECIDE_CHANGE
from tillit.care.journal.queries import get_request, thread_rows
from tillit.care.journal.rules.requests import RequestKind, may_decide
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import SHOW_LOOKUPS, holds
from tillit.foundation.access.queries import readers_since
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class RequestPage:
    """journal/request.html."""

    request_id: int
    crumbs: Crumbs
    title: str
    lead: str
    words: str
    words_title: str
    right: str = field(
        metadata={"help": "Whose journal it is to stand in: for who asked, until it is answered, and for who decides"}
    )
    entry_title: str
    entries: tuple[ShownEntry, ...]
    readers: str = field(metadata={"help": "How many have opened the journal since it was written"})
    lookups_href: str
    kind: str
    may_decide: bool
    may_withdraw: bool
    why_not: str = field(metadata={"help": "Why the reader cannot decide it, when she otherwise could"})
    answer: str
    reason: str
    answer_href: str
    yes: str
    back: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """journal/answer.html: to be handed to the citizen, on paper."""

    crumbs: Crumbs
    title: str
    name: str
    day: str
    lines: tuple[str, ...]
    reason: str
    appeal: tuple[str, ...] = field(metadata={"help": "How to appeal; empty when there is nothing to appeal"})
    signed: str


_LAW = {RequestKind.WRONG_PERSON: "44", RequestKind.DELETE: "43", RequestKind.CORRECT: "42"}


def request_page(*, actor: Actor, request_id: int, at: datetime) -> RequestPage:
    """Return what was asked, and what may be done. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    asked = get_request(actor=actor, request_id=request_id, at=at)
    entry = asked.entry
    citizen = entry.citizen
    scope = last_scope_of(citizen.pk, on=today)
    thread = thread_rows(entry)
    is_open = asked.state == Request.State.OPEN
    holds_it = is_open and holds(actor, DECIDE_CHANGE, scope)
    free = may_decide(
        decider_id=actor.employee_id,
        author_ids=[line.author_id for line in thread if line.stands or line.entry_id == entry.pk],
        asked_by_id=asked.asked_by_id,
    )
    decides = holds(actor, DECIDE_CHANGE, scope)
    names_right = decides or (is_open and asked.asked_by_id == actor.employee_id)
    if asked.right_citizen is not None and names_right:
        reading.note(asked.right_citizen.pk)
    seen = readers_since(citizen.pk, since=entry.signed_at)
    return RequestPage(
        request_id=asked.pk,
        crumbs=Crumbs(
            (
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Journal"), reverse("journal:record", args=[citizen.pk])),
                Crumb(str(Request.Kind(asked.kind).label)),
            )
        ),
        title=_title(asked),
        lead=_("%(name)s skrev det ned %(when)s.") % {"name": asked.asked_by_name, "when": _near(asked.asked_at, at)},
        words=asked.words if decides or asked.from_citizen or is_open else "",
        words_title=_("Brukeren sier") if asked.from_citizen else _("Hva som skjedde"),
        right=asked.right_citizen.name if asked.right_citizen and names_right else "",
        entry_title=_("Skrevet i journalen til %(name)s") % {"name": citizen.name},
        entries=tuple(shown(line, may_correct=False, today=today, with_open=False) for line in in_order(thread)),
        readers=ngettext(
            "%(number)d medarbeider har åpnet journalen siden det ble skrevet.",
            "%(number)d medarbeidere har åpnet journalen siden det ble skrevet.",
            seen,
        )
        % {"number": seen},
        lookups_href=reverse("oversight:citizen", args=[citizen.pk]) if holds(actor, SHOW_LOOKUPS, scope) else "",
        kind=asked.kind,
        may_decide=holds_it and free,
        may_withdraw=is_open and not (holds_it and free) and holds(actor, ASK_CHANGE, scope),
        why_not=_("Du har skrevet eller bedt om dette selv. Lederen over deg avgjør.")
        if holds_it and not free
        else _("Lederen for teamet avgjør.")
        if is_open and not holds_it
        else "",
        answer="" if is_open else _answer(asked, at),
        reason=asked.reason,
        answer_href=reverse("journal:answer", args=[asked.pk])
        if asked.from_citizen and asked.state in (Request.State.AGREED, Request.State.REFUSED)
        else "",
        yes=_yes(asked),
        back=reverse("journal:record", args=[citizen.pk]),
    )


def answer_page(*, actor: Actor, request_id: int, at: datetime) -> AnswerPage | None:
    """Return the answer to the citizen's demand; None when there is none. Raises NotFound out of reach."""
    asked = get_request(actor=actor, request_id=request_id, at=at)
    if not asked.from_citizen or asked.decided_at is None:
        return None
    citizen = asked.entry.citizen
    agreed = asked.state == Request.State.AGREED
    is_deletion = asked.kind == Request.Kind.DELETE
    law = _LAW[RequestKind(asked.kind)]
    when = formats.long_date(oslo.day_of(asked.asked_at), page_language(), year=True)
    asked_for = _("slettet noe i journalen din") if is_deletion else _("rettet noe i journalen din")
    lines = [_("Du ba %(when)s om å få %(what)s.") % {"when": when, "what": asked_for}]
    if agreed:
        lines.append(
            _("Vi har slettet det. I journalen står det bare at noe er slettet, når, og av hvem.")
            if is_deletion
            else _("Vi har rettet det. Det som sto før, er strøket, men kan leses.")
        )
    else:
        lines.append(
            _("Vi sletter det ikke. Kravet ditt og begrunnelsen vår er skrevet inn i journalen.")
            if is_deletion
            else _("Vi retter det ikke. Kravet ditt og begrunnelsen vår er skrevet inn i journalen.")
        )
    lines.append(_("Svaret bygger på helsepersonelloven § %(law)s.") % {"law": law})
    appeal = (
        (
            _("Du kan klage til Statsforvalteren innen tre uker fra du får dette svaret."),
            _("Si eller skriv til oss hva du er uenig i. Vi hjelper deg gjerne, og sender klagen videre."),
        )
        if not agreed
        else ()
    )
    return AnswerPage(
        crumbs=Crumbs(
            (
                Crumb(citizen.name, reverse("citizens:page", args=[citizen.pk])),
                Crumb(_("Kravet"), reverse("journal:request", args=[asked.pk])),
                Crumb(_("Svaret")),
            )
        ),
        title=_("Svar på krav om sletting") if is_deletion else _("Svar på krav om retting"),
        name=citizen.name,
        day=formats.long_date(oslo.day_of(asked.decided_at), page_language(), year=True),
        lines=tuple(lines),
        reason=asked.reason,
        appeal=appeal,
        signed=asked.decided_by_name,
    )


def _near(moment: datetime, at: datetime) -> str:
    return formats.near_moment(moment, today=oslo.day_of(at), language=page_language())


def _title(asked: Request) -> str:
    if asked.kind == Request.Kind.WRONG_PERSON:
        return _("Ført på feil person")
    if not asked.from_citizen:
        return _("Ønske om retting") if asked.kind == Request.Kind.CORRECT else _("Ønske om sletting")
    return _("Brukeren krever retting") if asked.kind == Request.Kind.CORRECT else _("Brukeren krever sletting")


def _yes(asked: Request) -> str:
    if asked.kind == Request.Kind.CORRECT:
        return _("Rett journalen")
    if asked.kind == Request.Kind.WRONG_PERSON and asked.right_citizen is not None:
        return _("Flytt til riktig journal")
    return _("Slett fra journalen")


def _answer(asked: Request, at: datetime) -> str:
    if asked.state == Request.State.WITHDRAWN:
        return _("Trukket. Ingenting er endret.")
    text = (
        _("Godtatt %(when)s av %(who)s.") if asked.state == Request.State.AGREED else _("Avslått %(when)s av %(who)s.")
    )
    return text % {"when": _near(asked.decided_at or at, at), "who": asked.decided_by_name}
