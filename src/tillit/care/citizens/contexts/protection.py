"""citizens/protection.html: who sees a citizen, who is kept away, who is asked in, who may know where she lives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import permissions, queries
from tillit.care.citizens.contexts.change import Line, crumbs
from tillit.care.citizens.models import BarKind
from tillit.care.citizens.queries.protection import AskedLine
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumbs


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the page: what stands there, and a form to add to it."""

    code: str = field(metadata={"help": "Posted as `do` by its form"})
    title: str
    lead: str
    lines: tuple[Line, ...]
    nothing: str
    add: str = field(metadata={"help": "What opens the form"})
    submit: str
    form: BaseForm | None = field(metadata={"help": "None: the reader may not"})
    is_open: bool


@dataclass(frozen=True, slots=True)
class Switch:
    """One press."""

    code: str
    label: str
    describe: str


@dataclass(frozen=True, slots=True)
class ProtectionPage:
    """citizens/protection.html."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    parts: tuple[Part, ...]
    address_title: str
    address_text: str
    address_switch: Switch | None
    kin_title: str
    kin: tuple[Switch, ...] = field(metadata={"help": "The reader says that she is of the family"})
    emergencies_title: str
    emergencies: tuple[Line, ...]


def protection_page(
    *, actor: Actor, citizen_id: int, forms: Mapping[str, BaseForm], opened: str, at: datetime
) -> ProtectionPage:
    """Return the page. forms: by part; opened: the part whose form was refused. Raises NotFound out of reach."""
    today = oslo.day_of(at)
    citizen = queries.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    scope = queries.last_scope_of(citizen.pk, on=today)
    found = queries.protection_of(citizen.pk, on=today)
    may_bar = holds(actor, permissions.CHANGE_BARRIERS, scope)
    may_ask = holds(actor, permissions.ASK_IN, scope)
    may_hide = holds(actor, permissions.HIDE_ADDRESS, scope)
    bars = Part(
        code="bar",
        title=_("Skal ikke se"),
        lead=_("Den som står her, finner ikke brukeren noe sted, og settes ikke opp på besøk."),
        lines=tuple(
            Line(
                title=one.employee_name,
                note=". ".join(part for part in (one.kind_name, one.asked_by, one.reason, _since(one)) if part),
                end_name="lift" if may_bar else "",
                end_value=str(one.barrier_id),
                end_label=_("Opphev"),
            )
            for one in found.bars
        ),
        nothing=_("Ingen er sperret."),
        add=_("Sperr for en medarbeider"),
        submit=_("Sperr"),
        form=forms["bar"] if may_bar else None,
        is_open=opened == "bar",
    )
    asked = Part(
        code="ask",
        title=_("Bedt inn"),
        lead=_("En fagperson utenfor teamet kan lese til og med dagen dere velger. Hun eller han endrer ingenting."),
        lines=tuple(
            Line(
                title=f"{one.employee_name}, {one.profession_name.lower()}",
                note=_until(one),
                end_name="end_asked" if may_ask and not one.is_case else "",
                end_value=str(one.asked_in_id),
                end_label=_("Avslutt"),
            )
            for one in found.asked
        ),
        nothing=_("Ingen er bedt inn."),
        add=_("Be inn en fagperson"),
        submit=_("Be inn"),
        form=forms["ask"] if may_ask else None,
        is_open=opened == "ask",
    )
    trusts = Part(
        code="trust",
        title=_("Ser adressen"),
        lead=_("De som svarer for brukeren og den som har besøket den dagen, ser adressen uten å stå her."),
        lines=tuple(
            Line(
                title=one.employee_name,
                end_name="distrust" if may_hide else "",
                end_value=str(one.trust_id),
                end_label=_("Ta bort"),
            )
            for one in found.trusts
        ),
        nothing=_("Ingen andre ser den."),
        add=_("La en til se adressen"),
        submit=_("La se"),
        form=forms["trust"] if may_hide else None,
        is_open=opened == "trust",
    )
    secret = citizen.is_secret_address
    return ProtectionPage(
        citizen_id=citizen.pk,
        crumbs=crumbs(citizen, _("Innsyn og sperrer")),
        title=_("Innsyn og sperrer"),
        lead=_("Hvem som ikke skal se %(name)s, hvem som er bedt inn, og hvem som ser hvor %(name)s bor.")
        % {"name": citizen.first_name},
        parts=(bars, asked, *((trusts,) if secret else ())),
        address_title=_("Adressen"),
        address_text=_(
            "Adressen er skjult. Navnet står, men ikke hvor brukeren bor: ikke i lister, kart, brev eller filer, "
            "og ingen finner brukeren ved å søke på adressen."
        )
        if secret
        else _("Alle som når brukeren, ser adressen."),
        address_switch=_switch(secret) if may_hide else None,
        kin_title=_("Er du i familie med %(name)s?") % {"name": citizen.first_name},
        kin=(
            Switch("kin:RELATIVE", _("Vi er i familie"), citizen.name),
            Switch("kin:SELF", _("Dette er meg"), citizen.name),
        )
        if actor.employee_id is not None and holds(actor, permissions.TELL_KINSHIP, scope)
        else (),
        emergencies_title=_("Nødtilganger"),
        emergencies=tuple(_emergency(one, at=at) for one in queries.emergencies_of(citizen.pk)),
    )


def _switch(secret: bool) -> Switch:
    if secret:
        return Switch("show", _("Vis adressen igjen"), "")
    return Switch("hide", _("Skjul adressen"), "")


def _until(one: AskedLine) -> str:
    if one.valid_to is None:
        return _("%(purpose)s. Så lenge saken er hennes eller hans.") % {"purpose": one.purpose.rstrip(".")}
    day = formats.short_date(one.valid_to - timedelta(days=1), page_language())
    return _("%(purpose)s. Til og med %(day)s.") % {"purpose": one.purpose.rstrip("."), "day": day}


def _since(one: queries.BarLine) -> str:
    who = "" if one.kind == BarKind.SELF else _("Siden %(day)s")
    return who % {"day": formats.short_date(one.valid_from, page_language())} if who else ""


def _emergency(one: queries.EmergencyLine, *, at: datetime) -> Line:
    when = formats.near_moment(one.opened_at, today=oslo.day_of(at), language=page_language())
    judged = _("Gjennomgått: %(verdict)s") % {"verdict": one.verdict_name.lower()} if one.verdict else ""
    return Line(
        title=f"{one.employee_name}, {one.unit_name}",
        note=". ".join(
            part for part in (when.capitalize(), one.reason_name, one.words, judged or _("Ikke gjennomgått")) if part
        ),
    )


def back(citizen_id: int) -> str:
    """Where the page is."""
    return reverse("protection:page", args=[citizen_id])
