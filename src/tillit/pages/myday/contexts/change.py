"""myday/change.html: «Noe har endret seg», and to whom it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries import CitizenBrief
from tillit.care.visits.queries import VisitRow
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.workforce import queries as workforce
from tillit.foundation.workforce.queries import Mark
from tillit.kernel import oslo
from tillit.pages.myday import queries
from tillit.pages.myday.contexts import words
from tillit.pages.myday.forms import ChangeForm
from tillit.ui.parts import ChoiceOption, Choices, Person

_KIND_ICONS = {
    "WORSE": "TrendDown",
    "BETTER": "TrendUp",
    "INJURY": "Bandage",
    "MEDICATION": "PillCircle",
    "HOME": "House",
    "RELATIVES": "PersonGroup",
    "MIND": "FaceFrown",
    "OTHER": "MenuElipsisHorizontal",
}
_URGENCY_ICONS = {"NOW": "BellFill", "MEETING": "Calendar"}
TODAY = "TODAY"
"""What the button at the bottom sends with."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Who will look at a change of one citizen, and when the next meeting about citizens is."""

    owner_id: int | None
    next_meeting_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangePage:
    """myday/change.html: what has changed with one citizen."""

    visit_id: int
    name: str
    back_href: str
    kinds: Choices
    when: str = field(metadata={"help": "What the moments are the answer to"})
    when_error: str
    other_times: tuple[ChoiceOption, ...] = field(metadata={"help": "Each sends; the button at the bottom is today"})
    goes_to: Person | None = field(metadata={"help": "None: nobody answers for her, the team sees it"})
    goes_to_text: str = field(metadata={"help": "Said when it goes to oneself or to nobody in particular"})
    call_href: str = field(metadata={"help": "tel: of the one it goes to, for what cannot wait"})
    call_label: str
    send_label: str
    press_key: str
    autosave: str
    user_id: int


def destination(brief: CitizenBrief, *, at: datetime) -> Destination:
    """Return where `visits.actions.tell_change` sends a change told at `at`; a test holds the two together.

    The service-responsible, else her deputy, else the primary contact or his deputy; who is away today is passed
    over unless all are.
    """
    return destinations([brief], at=at)[brief.citizen_id]


def destinations(briefs: Iterable[CitizenBrief], *, at: datetime) -> dict[int, Destination]:
    """Return the same for several citizens, by citizen, in two queries."""
    today = oslo.day_of(at)
    asked = list(briefs)
    in_order = {brief.citizen_id: _who_answers(brief) for brief in asked}
    away = queries.away_on({employee_id for several in in_order.values() for employee_id in several}, today)
    meetings = organisation.meetings_of({unit_id for brief in asked for unit_id in brief.unit_ids}, on=today)
    found = {}
    for brief in asked:
        present = [employee_id for employee_id in in_order[brief.citizen_id] if employee_id not in away]
        hers = [meeting for meeting in meetings if meeting.unit_id in brief.unit_ids]
        about_citizens = [meeting for meeting in hers if "brukermøte" in meeting.name.casefold()]
        moments = [
            oslo.moment(today + timedelta(days=ahead), meeting.starts)
            for meeting in about_citizens or hers
            for ahead in range(15)
            if str((today + timedelta(days=ahead)).isoweekday()) in meeting.weekdays
        ]
        found[brief.citizen_id] = Destination(
            owner_id=next(iter(present or in_order[brief.citizen_id]), None),
            next_meeting_at=min((moment for moment in moments if moment > at), default=None),
        )
    return found


def _who_answers(brief: CitizenBrief) -> list[int]:
    return [
        employee_id
        for employee_id in (
            brief.service_responsible_id,
            brief.service_deputy_id,
            brief.primary_contact_id,
            brief.primary_deputy_id,
        )
        if employee_id is not None
    ]


@dataclass(frozen=True, slots=True)
class Owners:
    """Those changes go to: who they are and how to ring them, by employee."""

    marks: Mapping[int, Mark]
    phones: Mapping[int, str]


def owners_of(going_to: Iterable[Destination]) -> Owners:
    """Read the owners of several destinations, in two queries."""
    owner_ids = {one.owner_id for one in going_to if one.owner_id is not None}
    return Owners(workforce.marks(employee_ids=owner_ids), queries.phones(owner_ids))


def change_form(going_to: Destination, *, now: datetime, data: Mapping[str, object] | None = None) -> ChangeForm:
    """Return the form; with the moments one of which sends it."""
    urgencies = []
    for code, label in queries.URGENCIES.items():
        text = str(label)
        if code == "MEETING":
            text = _meeting(going_to.next_meeting_at, now=now)
        urgencies.append((code, text))
    return ChangeForm(data, urgencies=urgencies)


def _meeting(moment: datetime | None, *, now: datetime) -> str:
    if moment is None:
        return _("I løpet av uka")
    return _("På neste møte, %(day)s %(at)s") % {
        "day": words.near_day(oslo.day_of(moment), today=oslo.day_of(now)),
        "at": words.at_clock(moment),
    }


def brief_of(row: VisitRow, *, now: datetime) -> CitizenBrief:
    """Return the citizen of a visit the actor reaches."""
    return citizens.briefs([row.citizen_id], on=oslo.day_of(now), at=now)[row.citizen_id]


def change_page(
    *,
    actor: Actor,
    row: VisitRow,
    brief: CitizenBrief,
    going_to: Destination,
    form: ChangeForm,
    press_key: str,
    owners: Owners | None = None,
) -> ChangePage:
    """Return the page for a visit the actor reaches. owners: when they are read already."""
    known = owners or owners_of([going_to])
    owner = known.marks.get(going_to.owner_id or 0)
    is_me = owner is not None and owner.employee_id == actor.employee_id
    phone = known.phones.get(going_to.owner_id or 0, "")
    role = (
        _("Tjenesteansvarlig for %(name)s")
        if going_to.owner_id in (brief.service_responsible_id, brief.service_deputy_id)
        else _("Primærkontakt for %(name)s")
    ) % {"name": brief.first_name}
    if owner is None:
        text = _("Ingen er satt opp som tjenesteansvarlig for %(name)s. Endringen vises på teamtavla.") % {
            "name": brief.first_name
        }
    else:
        text = _("Det er du som følger opp. Endringen legges på Min dag hos deg.") if is_me else ""
    return ChangePage(
        visit_id=row.visit_id,
        name=brief.name,
        back_href=reverse("myday:visit", args=[row.visit_id]),
        kinds=Choices.of(form["kind"], _KIND_ICONS, columns=2),
        when=str(form["urgency"].label),
        when_error=" ".join(str(one) for one in form.errors.get("urgency", [])),
        other_times=_other_times(form),
        goes_to=words.person_of(owner, role) if owner else None,
        goes_to_text=text,
        call_href="" if is_me else words.dialled(phone),
        call_label=_("Kan det ikke vente? Ring %(name)s på %(phone)s")
        % {"name": owner.given_name, "phone": words.unbroken(phone)}
        if owner and phone
        else "",
        send_label=_send_label(owner.given_name if owner else "", is_me=is_me),
        press_key=press_key,
        autosave=autosave_key(row.visit_id),
        user_id=actor.user_id or 0,
    )


def _other_times(form: ChangeForm) -> tuple[ChoiceOption, ...]:
    options = Choices.of(form["urgency"], _URGENCY_ICONS).options
    return tuple(one for one in options if one.value != TODAY)


def _send_label(given_name: str, *, is_me: bool) -> str:
    if is_me:
        return _("Lagre endringen")
    return _("Si fra til %(name)s") % {"name": given_name} if given_name else _("Si fra til teamet")


def autosave_key(visit_id: int) -> str:
    """Names the text in the browser: no personal data."""
    return f"change-{visit_id}"
