"""delivery/phones.html: phones that carry the day, one's own or an employee's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import queries
from tillit.foundation.delivery.models import Phone
from tillit.foundation.workforce.queries import get_employee, login_of
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """One phone."""

    title: str
    note: str = field(metadata={"help": "When it last met us, and until when it holds the day"})
    wipe_href: str = field(metadata={"help": "Empty: it has been asked to empty itself"})
    state: str = field(metadata={"help": "What has been asked, and whether it has heard"})


@dataclass(frozen=True, slots=True)
class PhonesPage:
    """delivery/phones.html: the phones that hold the day now."""

    title: str
    lead: str
    rows: tuple[PhoneRow, ...]
    all_href: str = field(metadata={"help": "One press for all of an employee's; empty on one's own page"})
    back_href: str
    back: str


def my_phones_page(*, actor: Actor, at: datetime) -> PhonesPage:
    """Return one's own phones."""
    found = queries.phones_of([actor.user_id or 0], at=at)
    return PhonesPage(
        title=_("Telefoner"),
        lead=_("Disse har dagens liste med seg. Mistet du en, tøm den."),
        rows=_rows(found, at=at, own=True),
        all_href="",
        back_href=reverse("login:security"),
        back=_("Innlogging og sikkerhet"),
    )


def phones_of_employee_page(*, actor: Actor, employee_id: int, at: datetime) -> PhonesPage:
    """Return an employee's phones, for one who gives logins where she works. Raises NotFound."""
    line = login_of(actor=actor, employee_id=employee_id, at=at)
    user_id = get_employee(actor=actor, employee_id=employee_id).user_id
    found = queries.phones_of([user_id or 0], at=at)
    return PhonesPage(
        title=_("Telefonene til %(name)s") % {"name": line.name},
        lead=_("Disse har dagens liste med seg."),
        rows=_rows(found, at=at, own=False),
        all_href=reverse("delivery:wipe-of-employee", args=[employee_id])
        if any(one.wiped_at is None for one in found)
        else "",
        back_href=reverse("workforce:login", args=[employee_id]),
        back=line.name,
    )


def _rows(found: Sequence[Phone], *, at: datetime, own: bool) -> tuple[PhoneRow, ...]:
    return tuple(_row(one, at=at, own=own) for one in found)


def _row(phone: Phone, *, at: datetime, own: bool) -> PhoneRow:
    today, language = oslo.day_of(at), page_language()

    def spoken(moment: datetime) -> str:
        return formats.near_moment(moment, today=today, language=language)

    if phone.wiped_at is None:
        state = ""
    elif phone.emptied_at is None:
        state = _("Tømmes når den får dekning, og senest %(when)s.") % {"when": spoken(phone.until)}
    else:
        state = _("Fikk beskjed om å tømme seg %(when)s.") % {"when": spoken(phone.emptied_at)}
    return PhoneRow(
        title=phone.browser or _("Telefon"),
        note=_("Sist i kontakt %(when)s. Tømmer seg selv %(until)s.")
        % {"when": spoken(phone.contact_at), "until": spoken(phone.until)},
        wipe_href=reverse("delivery:wipe", args=[phone.pk]) if own and phone.wiped_at is None else "",
        state=state,
    )
