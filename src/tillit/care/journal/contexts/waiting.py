"""journal/waiting.html: what waits for a signature or an answer."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.journal.permissions import COUNTERSIGN, DECIDE_CHANGE, DECIDE_TERMS
from tillit.care.journal.queries import WaitingLine, drafts_of, requests_to_decide, waiting_for
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Something to sign. field_name: what it is posted as by «Signer alt»."""

    field_name: str
    number: int
    name: str
    text: str
    note: str
    href: str = field(metadata={"help": "Where it is read in its place, or written further"})
    link: str


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """journal/waiting.html."""

    lead: str
    unsigned: tuple[Unsigned, ...]
    sign: str
    requests: RowList | None
    terms_href: str


def waiting_page(*, actor: Actor, at: datetime) -> WaitingPage:
    """Return everything that waits for her, in a number of queries that does not grow with it."""
    lines = drafts_of(actor=actor, at=at)
    if holds_anywhere(actor, COUNTERSIGN):
        lines += waiting_for(actor=actor, at=at)
    asked = requests_to_decide(actor=actor, at=at) if holds_anywhere(actor, DECIDE_CHANGE) else []
    unsigned = tuple(_unsigned(line, at=at) for line in lines)
    return WaitingPage(
        lead=_lead(len(unsigned), len(asked)),
        unsigned=unsigned,
        sign=ngettext("Signer", "Signer alle %(number)d", len(unsigned)) % {"number": len(unsigned)},
        requests=RowList(
            tuple(
                ListRow(
                    title=f"{line.kind_name}: {line.citizen_name}",
                    note=_("%(name)s, %(when)s") % {"name": line.asked_by_name, "when": _near(line.asked_at, at)},
                    href=reverse("journal:request", args=[line.request_id]),
                    icon="Hourglass",
                )
                for line in asked
            )
        )
        if asked
        else None,
        terms_href=reverse("journal:terms") if holds_anywhere(actor, DECIDE_TERMS) else "",
    )


def _near(moment: datetime, at: datetime) -> str:
    return formats.near_moment(moment, today=oslo.day_of(at), language=page_language())


def _lead(unsigned: int, asked: int) -> str:
    sentences = []
    if unsigned:
        sentences.append(
            ngettext(
                "%(number)d notat venter på signaturen din.", "%(number)d notater venter på signaturen din.", unsigned
            )
            % {"number": unsigned}
        )
    if asked:
        sentences.append(
            ngettext("%(number)d krav venter på svar fra deg.", "%(number)d krav venter på svar fra deg.", asked)
            % {"number": asked}
        )
    return " ".join(sentences)


def _unsigned(line: WaitingLine, *, at: datetime) -> Unsigned:
    if line.draft:
        return Unsigned(
            field_name="draft",
            number=line.number,
            name=line.citizen_name,
            text=line.text,
            note=_("Utkastet ditt, %(when)s") % {"when": _near(line.at, at)},
            href=reverse("journal:draft", args=[line.number]),
            link=_("Skriv videre"),
        )
    who = ", ".join(part for part in (line.author_name, line.as_what) if part)
    return Unsigned(
        field_name="entry",
        number=line.number,
        name=line.citizen_name,
        text=line.text,
        note=_("%(who)s, %(when)s") % {"who": who, "when": _near(line.at, at)},
        href=reverse("journal:correct", args=[line.number]),
        link=_("Rett"),
    )
