"""What happened around her: cases, times away, moves, who answers for her and who follows her."""

from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.models import EndKind
from tillit.care.citizens.queries import Life
from tillit.care.citizens.queries.life import AnsweredForLine
from tillit.care.decisions.contexts.words import OUTCOME_WORDS
from tillit.care.decisions.queries import CasesOverTime
from tillit.pages.citizen.contexts.happened.plans import start_of
from tillit.pages.citizen.contexts.words import joined
from tillit.pages.citizen.rules.timeline import Happening, Kind


def cases(found: CasesOverTime) -> list[Happening]:
    """Applications, decisions and appeals."""
    rows = [
        Happening(
            start_of(one.on),
            Kind.CASE,
            _("Søknad mottatt"),
            "Inbox",
            more=joined([_("Sak %(number)s") % {"number": one.number}, one.origin_name]),
            href=reverse("decisions:case", args=[one.case_id]),
            of_day=True,
        )
        for one in found.received
    ]
    rows += [
        Happening(
            one.at,
            Kind.CASE,
            _("Vedtak"),
            "FileCheckmark",
            more=" · ".join(f"{name}: {str(OUTCOME_WORDS[outcome]).lower()}" for name, outcome in one.services),
            who=one.by_name,
            href=reverse("decisions:case", args=[one.case_id]),
        )
        for one in found.decided
    ]
    for appeal in found.appealed:
        href = reverse("decisions:appeal", args=[appeal.appeal_id])
        number = _("Sak %(number)s") % {"number": appeal.number}
        for day, title in ((appeal.received_on, _("Klage mottatt")), (appeal.outcome_on, _("Klage avgjort"))):
            if day is not None:
                rows.append(Happening(start_of(day), Kind.CASE, title, "Gavel", more=number, href=href, of_day=True))
    return rows


def stays(life: Life, *, now: datetime) -> list[Happening]:
    """Times away, home again, and moves."""
    rows = []
    for stay in life.stays:
        where = joined([stay.kind_name, stay.place], between=", ")
        is_away = stay.from_at <= now and (stay.to_at is None or stay.to_at > now)
        rows.append(Happening(stay.from_at, Kind.STAY, where, "Hospital", is_open=is_away))
        if stay.to_at is not None:
            rows.append(Happening(stay.to_at, Kind.STAY, _("Hjemme igjen"), "House", more=where))
    rows += [Happening(start_of(day), Kind.STAY, _("Ny adresse"), "House", of_day=True) for day in life.moved_on]
    return rows


def people(life: Life) -> list[Happening]:
    """Who answers for her, who follows her, and when help ended."""
    by_day = groupby(life.answered_for, key=lambda one: one.on)
    rows = [_answered_for(day, list(lines)) for day, lines in by_day]
    for followed in life.followed:
        title = _("Vi begynte å følge brukeren") if followed.is_first else _("Et team til følger brukeren")
        more = joined([followed.unit_name, followed.part], between=": ")
        rows.append(Happening(start_of(followed.on), Kind.PEOPLE, title, "PersonGroup", more=more, of_day=True))
    for end in life.ended:
        title = _("Døde") if end.kind == EndKind.DEATH else _("Hjelpen ble avsluttet")
        if end.taken_back_at is None:
            rows.append(Happening(start_of(end.on), Kind.PEOPLE, title, "Leave", who=end.by_name, of_day=True))
        elif end.kind != EndKind.DEATH:  # a death that was written by mistake never happened
            rows.append(Happening(start_of(end.on), Kind.PEOPLE, title, "Leave", who=end.by_name, of_day=True))
            again = _("Hjelpen ble tatt opp igjen")
            rows.append(Happening(end.taken_back_at, Kind.PEOPLE, again, "Leave", who=end.taken_back_by_name))
    return rows


def _answered_for(day: date, lines: list[AnsweredForLine]) -> Happening:
    """Those who began to answer for her on one day, in one line."""
    said = []
    for one in lines:
        task = _("vara for %(task)s") % {"task": one.kind_name.lower()} if one.is_deputy else one.kind_name
        before = _(" (før: %(name)s)") % {"name": one.before_name} if one.before_name else ""
        said.append(f"{task[:1].upper()}{task[1:]}: {one.name}{before}")
    title = ngettext("Ny ansvarlig", "Nye ansvarlige", len(lines))
    return Happening(start_of(day), Kind.PEOPLE, title, "Person", more=" · ".join(said), of_day=True)
