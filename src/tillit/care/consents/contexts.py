"""consents/page.html: whom a citizen lets in, as those who keep it see it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import get_citizen, scope_of
from tillit.care.consents.actions import services_for_citizens
from tillit.care.consents.models import BasisChoice, PartChoice
from tillit.care.consents.permissions import RECORD_CONSENT
from tillit.care.consents.queries import ConsentLine, can_log_in, consents_of, own_user_id
from tillit.care.consents.rules import Part
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One who is let in, now or from a later day."""

    consent_id: int
    name: str
    relation: str
    basis: str
    parts: tuple[str, ...]
    missing: tuple[tuple[str, str], ...] = field(metadata={"help": "Parts that can be given too: code and words"})
    days: str
    recorded_by: str
    login: str = field(metadata={"help": "Whether she can log in; empty: nobody can here, but in the demo"})
    number_href: str = field(metadata={"help": "Where her number is written; empty: it is not needed"})
    end_href: str
    give_href: str


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """consents/page.html."""

    crumbs: Crumbs
    name: str
    login: str = field(metadata={"help": "Whether the citizen can log in herself"})
    login_href: str = field(metadata={"help": "Where she is given it; empty: she has it, or nobody can here"})
    services: str = field(metadata={"help": "The services one logs in with; empty: none is set up"})
    people: tuple[PersonRow, ...] = field(metadata={"help": "Empty: nobody is let in"})


def consents_page(*, actor: Actor, citizen_id: int, at: datetime) -> ConsentsPage:
    """Return whom a citizen lets in. Raises NotFound out of reach, NotAllowed without the permission there."""
    citizen = get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    require(actor, RECORD_CONSENT, scope_of(citizen_id, on=oslo.day_of(at)))
    lines = consents_of(citizen_id, at=at)
    own = own_user_id(citizen_id)
    known = can_log_in([one.user_id for one in lines] + ([own] if own else []))
    services = ", ".join(one.name for one in services_for_citizens())
    has_login = own in known if services else own is not None
    return ConsentsPage(
        crumbs=Crumbs(
            (
                Crumb(_("Brukere"), reverse("citizens:list")),
                Crumb(citizen.name, reverse("citizens:page", args=[citizen_id])),
                Crumb(_("Hvem ser på Min side")),
            )
        ),
        name=citizen.name,
        login=_("%(name)s kan logge inn selv.") % {"name": citizen.first_name}
        if has_login
        else _("%(name)s har ikke egen innlogging.") % {"name": citizen.first_name},
        login_href=reverse("consents:own_login", args=[citizen_id]) if services and not has_login else "",
        services=services,
        people=tuple(
            PersonRow(
                consent_id=one.consent_id,
                name=one.name,
                relation=one.relation,
                basis=f"{BasisChoice(one.basis).label}: {one.basis_words}",
                parts=tuple(_label(part) for part in one.parts),
                missing=tuple(
                    (part.value, str(PartChoice(part.value).label)) for part in Part if part not in one.parts
                ),
                days=_days(one),
                recorded_by=one.recorded_by,
                login=(_("Kan logge inn") if one.user_id in known else _("Kan ikke logge inn ennå"))
                if services
                else "",
                number_href=reverse("consents:number", args=[citizen_id, one.consent_id])
                if services and one.user_id not in known
                else "",
                end_href=reverse("consents:end", args=[citizen_id, one.consent_id]),
                give_href=reverse("consents:give", args=[citizen_id, one.consent_id]),
            )
            for one in lines
        ),
    )


def _days(one: ConsentLine) -> str:
    first = formats.short_date(one.valid_from, page_language())
    if one.valid_to is None:
        return _("Fra %(day)s") % {"day": first}
    last = formats.short_date(one.valid_to - timedelta(days=1), page_language())
    return _("Fra %(day)s til og med %(last)s") % {"day": first, "last": last}


def _label(part: Part) -> str:
    return str(PartChoice(part.value).label)


def _login(one: ConsentLine, known: Collection[int]) -> str:
    return _("Kan logge inn") if one.user_id in known else _("Kan ikke logge inn ennå")
