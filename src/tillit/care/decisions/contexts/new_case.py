"""Receiving an application: finding who it is about, the form, and where it went."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries as citizens
from tillit.care.decisions.contexts.moving import MovingIn, moving_part
from tillit.care.decisions.contexts.placed import TableRowLine, who_does_what
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.models import Case, Holding, Line
from tillit.care.decisions.queries.placing import placed
from tillit.care.decisions.queries.received import received_together
from tillit.care.decisions.rules.deadlines import interim_reply_by
from tillit.care.decisions.rules.states import State
from tillit.foundation.access.actor import Actor
from tillit.foundation.responsibility.contexts.routing import WhyHere, why_here
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList


@dataclass(frozen=True, slots=True)
class FindPage:
    """decisions/find.html: who is it about?"""

    crumbs: Crumbs
    text: str
    found: RowList
    found_words: str = field(metadata={"help": "How many were found; empty before a search"})
    new_href: str


@dataclass(frozen=True, slots=True)
class NewCasePage:
    """decisions/new_case.html: the form."""

    crumbs: Crumbs
    title: str
    about: str = field(metadata={"help": "A known citizen's age and address; empty for a new one"})
    is_known: bool
    has_people: bool
    press_key: str


@dataclass(frozen=True, slots=True)
class WentTo:
    """A case, and where the table sent it."""

    case_id: int
    number: str
    services: str
    heading: str
    text: str
    href: str
    why: WhyHere
    does_what: tuple[TableRowLine, ...]


@dataclass(frozen=True, slots=True)
class ReceivedPage:
    """decisions/received.html: where it went and why, and what the applicant is told."""

    crumbs: Crumbs
    case_id: int
    title: str
    name: str
    moving: MovingIn | None
    went: tuple[WentTo, ...]
    urgent: str
    receipt: str
    receipt_told: str = field(metadata={"help": "When it was told; empty: not yet"})


def find_page(*, actor: Actor, text: str, at: datetime) -> FindPage:
    """Return the page where one finds who it is about. text: what was searched for, never logged."""
    today = oslo.day_of(at)
    rows: list[ListRow] = []
    words = ""
    if text.strip():
        found = citizens.search_citizens(actor=actor, text=text, on=today)
        briefs = citizens.briefs(found.citizen_ids, on=today, at=at)
        rows = [
            ListRow(
                briefs[one].name,
                _about(briefs[one]),
                href=f"{reverse('decisions:new')}?bruker={one}",
            )
            for one in found.citizen_ids
            if briefs[one].died_on is None
        ]
        words = ngettext("%(number)s treff.", "%(number)s treff.", len(rows)) % {"number": len(rows)}
    return FindPage(
        crumbs=_crumbs(_("Ta imot en søknad")),
        text=text,
        found=RowList(tuple(rows)),
        found_words=words,
        new_href=f"{reverse('decisions:new')}?ny=1",
    )


def new_case_page(
    *, actor: Actor, citizen_id: int | None, has_people: bool, press_key: str, at: datetime
) -> NewCasePage:
    """Return the frame around the form. Raises NotFound for a citizen out of reach."""
    if citizen_id is None:
        return NewCasePage(_crumbs(_("Ta imot en søknad")), _("Søknad fra en ny bruker"), "", False, False, press_key)
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    brief = citizens.briefs([citizen.pk], on=oslo.day_of(at), at=at)[citizen.pk]
    title = _("Søknad fra %(name)s") % {"name": brief.name}
    return NewCasePage(_crumbs(_("Ta imot en søknad")), title, _about(brief), True, has_people, press_key)


def received_page(*, actor: Actor, case: Case, at: datetime) -> ReceivedPage:
    """Return where a case that was received, and those split from it, went. Callers have reached the case."""
    on = oslo.day_of(at)
    together = received_together(case)
    main = together[0][0]
    reply_by = interim_reply_by(main.received_on) if main.received_on else None
    urgent = ""
    if main.urgent_from and main.urgent_unit:
        urgent = _("%(unit)s gir hjelp fra %(day)s. Vedtaket må komme snart, helst innen to uker.") % {
            "unit": main.urgent_unit.name,
            "day": formats.near_date(main.urgent_from, today=on, language=page_language()),
        }
    receipt = _(
        "Vi har fått søknaden din, og ser på hva du trenger sammen med deg. Du får svar innen %(day)s. "
        "Tar det lenger tid, sier vi fra innen da, og forteller hvorfor."
    ) % {"day": formats.long_date(reply_by, page_language(), year=True) if reply_by else ""}
    return ReceivedPage(
        crumbs=_crumbs(_("Mottatt")),
        case_id=main.pk,
        title=_received_title(main),
        name=main.citizen.name,
        moving=moving_part(actor=actor, case=main, on=on),
        went=tuple(_went(one, lines, holding, on=on) for one, lines, holding in together),
        urgent=urgent,
        receipt=receipt if reply_by else "",
        receipt_told=short_date(main.receipt_told_on) if main.receipt_told_on else "",
    )


def _received_title(case: Case) -> str:
    if case.state != State.CONTACT:
        return _("Søknaden er mottatt")
    return _("Henvendelsen er mottatt") if case.channel else _("Saken er opprettet")


def _went(case: Case, lines: list[Line], holding: Holding | None, *, on: object) -> WentTo:
    day = oslo.day_of(case.registered_at)
    rows, held = placed(case, on=day)
    routed = held[rows.receive]
    waits = holding is not None and not holding.answer
    to = holding.unit.name if holding else case.unit.name
    if waits:
        heading = _("Sendt til %(unit)s") % {"unit": to}
        text = _("De må ta imot saken. Til de gjør det, ligger den hos %(unit)s, og du ser den i køen.") % {
            "unit": case.unit.name
        }
    elif case.case_worker:
        heading = _("Saken er hos %(unit)s") % {"unit": case.unit.name}
        text = _("%(name)s er saksbehandler.") % {"name": case.case_worker.name}
    else:
        heading = _("Saken er hos %(unit)s") % {"unit": case.unit.name}
        text = _("Ingen er saksbehandler ennå.")
    return WentTo(
        case_id=case.pk,
        number=case.number,
        services=", ".join(line.service.name for line in lines) or _("Ikke sagt hvilken hjelp"),
        heading=heading,
        text=text,
        href=reverse("decisions:case", args=[case.pk]),
        why=why_here(
            routed, what=_("Saken"), holder="" if waits or case.unit_id in routed.unit_ids else case.unit.name
        ),
        does_what=who_does_what(rows, held),
    )


def _crumbs(title: str) -> Crumbs:
    return Crumbs((Crumb(_("Saker"), reverse("decisions:queue")), Crumb(title)))


def _about(brief: citizens.CitizenBrief) -> str:
    age = _("%(age)s år") % {"age": brief.age} if brief.age is not None else ""
    return ", ".join(part for part in (age, brief.street, brief.place) if part)
