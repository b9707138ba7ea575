"""citizens/emergency.html and citizens/emergencies.html: open a record out of reach, and review who did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens import queries
from tillit.care.citizens.models import Verdict
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Colour, Tag


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """citizens/emergency.html: who one stands before, and why."""

    title: str
    lead: str
    what: tuple[str, ...] = field(metadata={"help": "What happens, said before it is done"})


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """One emergency access."""

    emergency_id: int
    title: str
    href: str = field(metadata={"help": "The citizen's page; empty: the reader does not reach her"})
    who: str
    why: str
    words: str
    when: str
    state: Tag
    review: str = field(metadata={"help": "What was found, and by whom; empty: not yet"})
    form: BaseForm | None = field(metadata={"help": "None: reviewed, or her own"})
    note: str = field(metadata={"help": "Why the reader cannot review it"})


@dataclass(frozen=True, slots=True)
class EmergenciesPage:
    """citizens/emergencies.html."""

    title: str
    lead: str
    waiting: tuple[EmergencyRow, ...]
    reviewed: tuple[EmergencyRow, ...]


def emergency_page(*, at: datetime) -> EmergencyPage:
    """Return what is said before somebody opens a record out of reach."""
    hours = queries.terms_on(oslo.day_of(at)).emergency_hours
    lasts = ngettext(
        "Den lukker seg selv etter %(hours)d time. Du kan lukke den før.",
        "Den lukker seg selv etter %(hours)d timer. Du kan lukke den før.",
        hours,
    )
    return EmergencyPage(
        title=_("Nødtilgang"),
        lead=_("Når du står hos en person teamet ditt ikke følger, og må vite noe nå."),
        what=(
            lasts % {"hours": hours},
            _("Lederen din og lederen for teamet som følger personen, ser det med en gang, og går gjennom det."),
            _("Personen kan få vite at du har sett, og hvorfor."),
            _("Du kan lese, men ikke endre. Det du gjør, skriver du i ditt eget team, eller sier til deres."),
        ),
    )


def emergencies_page(
    *, actor: Actor, at: datetime, forms: Callable[[int], BaseForm], opened: tuple[int, BaseForm] | None = None
) -> EmergenciesPage:
    """Return the leader's page, in a constant number of queries. opened: the one whose review was refused."""
    lines = queries.emergencies_to_see(actor=actor, at=at)
    wanted = {one.citizen_id for one in lines}
    reached = set(
        queries.readable(actor, on=oslo.day_of(at)).filter(pk__in=wanted).values_list("pk", flat=True) if wanted else ()
    )
    reading.note_all(reached)
    rows = []
    for one in lines:
        form = opened[1] if opened and opened[0] == one.emergency_id else forms(one.emergency_id)
        rows.append((one, _row(actor, one, form, at=at, reaches=one.citizen_id in reached)))
    waiting = tuple(row for one, row in rows if not one.verdict)
    return EmergenciesPage(
        title=_("Nødtilganger"),
        lead=ngettext("%(count)d venter på gjennomgang.", "%(count)d venter på gjennomgang.", len(waiting))
        % {"count": len(waiting)}
        if waiting
        else _("Alle nødtilganger er gjennomgått."),
        waiting=waiting,
        reviewed=tuple(row for one, row in rows if one.verdict),
    )


_COLOURS: dict[str, Colour] = {
    Verdict.JUSTIFIED: "success",
    Verdict.FOLLOW_UP: "warning",
    Verdict.NOT_JUSTIFIED: "danger",
}


def _row(actor: Actor, one: queries.EmergencyLine, form: BaseForm, *, at: datetime, reaches: bool) -> EmergencyRow:
    today, language = oslo.day_of(at), page_language()
    own = one.employee_id == actor.employee_id
    ended = formats.near_moment(one.ended_at, today=today, language=language)
    state = (
        Tag(one.verdict_name, _COLOURS[one.verdict])
        if one.verdict
        else Tag(_("Åpen nå"), "danger")
        if one.is_open(at)
        else Tag(_("Lukket"), "neutral")
    )
    return EmergencyRow(
        emergency_id=one.emergency_id,
        title=one.citizen_name if reaches else _("En bruker i et annet team"),
        href=reverse("citizens:page", args=[one.citizen_id]) if reaches else "",
        who=f"{one.employee_name}, {one.unit_name}",
        why=one.reason_name,
        words=one.words,
        when=_("%(from)s, til %(to)s")
        % {"from": formats.near_moment(one.opened_at, today=today, language=language).capitalize(), "to": ended},
        state=state,
        review=_("%(who)s, %(when)s. %(words)s")
        % {
            "who": one.reviewed_by,
            "when": formats.near_moment(one.reviewed_at, today=today, language=language),
            "words": one.review_words,
        }
        if one.reviewed_at
        else "",
        form=None if one.verdict or own else form,
        note=_("En annen leder går gjennom din egen.") if own and not one.verdict else "",
    )
