"""Capacity today, and the days ahead: who we have, what we need, who holds the duties, what to remember."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.kernel import red_days
from tillit.pages.teamboard.contexts.people import DUTY_ICONS
from tillit.pages.teamboard.contexts.today import KINDS, Today
from tillit.teamwork.planning import words
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Duty, Gauge, Tag


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the table."""

    name: str
    href: str
    at_work: int
    have: str
    need: str
    lacking: bool
    uncovered: Tag | None
    uncovered_text: str
    duties: tuple[Duty, ...]
    remember: str


@dataclass(frozen=True, slots=True)
class WeekPanel:
    """The days ahead."""

    title: str
    days: tuple[DayLine, ...]


def gauges(today: Today) -> tuple[tuple[Gauge, ...], str]:
    """Return a gauge for each part of today with work or visits, and what is missing in words."""
    language = page_language()
    found, lacking = [], []
    if not any(today.part_of(today.on, kind)[0].workers for kind in KINDS):
        needed = sum(today.capacity_of(today.on, kind).need_minutes for kind in KINDS)
        if not needed:
            return (), _("Ingen har vakt i dag, og ingen besøk er satt opp.")
        return (), _("Ingen har vakt i dag. Besøkene trenger %(time)s.") % {"time": words.minutes(needed)}
    for kind in KINDS:
        capacity = today.capacity_of(today.on, kind)
        if not capacity.need_minutes and not capacity.have_minutes:
            continue
        need, have = capacity.need_minutes / 60, capacity.have_minutes / 60
        found.append(
            Gauge(
                name=words.kind_name(kind),
                need=need,
                have=have,
                text=_("%(need)s av %(have)s timer")
                % {"need": formats.number(need, 1, language), "have": formats.number(have, 1, language)},
            )
        )
        if capacity.lacking_minutes:
            lacking.append(
                _("På %(part)s mangler %(time)s.")
                % {"part": words.kind_name(kind).lower(), "time": words.minutes(capacity.lacking_minutes)}
            )
    note = _("Streken er det vi har. Behovet er besøkene og anslått vei.")
    return tuple(found), " ".join([note, *lacking])


def week_panel(today: Today) -> WeekPanel:
    """Return the days after today."""
    days = [today.on + timedelta(days=number) for number in range(1, (today.last - today.on).days + 1)]
    meetings = today.meetings(today.on)
    language = page_language()
    lines = []
    for on in days:
        capacities = [today.capacity_of(on, kind) for kind in KINDS]
        need, have = (
            sum(each.need_minutes for each in capacities) / 60,
            sum(each.have_minutes for each in capacities) / 60,
        )
        listed = [each for each in capacities if each.is_listed]
        uncovered = sum(each.uncovered for each in listed)
        text = "" if listed else _("lister ikke laget")
        lines.append(
            DayLine(
                name=f"{formats.weekday(on, language).capitalize()} {formats.day_and_month(on, language)}",
                href=reverse("planning:board", args=(today.unit.pk, on, "DAY")),
                at_work=sum(each.at_work for each in capacities),
                have=formats.number(have, 1, language),
                need=formats.number(need, 1, language),
                lacking=need > have,
                uncovered=Tag(
                    ngettext("%(count)d besøk", "%(count)d besøk", uncovered) % {"count": uncovered},
                    "danger",
                    "ExclamationmarkTriangleFill",
                )
                if uncovered
                else None,
                uncovered_text=text or "0",
                duties=_chips(today, on),
                remember=_remember(
                    on,
                    [
                        _("%(name)s kl. %(time)s") % {"name": meeting.name, "time": meeting.starts.strftime("%H.%M")}
                        for meeting in meetings
                        if str(on.isoweekday()) in meeting.weekdays
                    ],
                ),
            )
        )
    ends_on_sunday = today.last.isoweekday() == 7 and (today.last - today.on).days < 7
    return WeekPanel(_("Resten av uka") if ends_on_sunday else _("De neste dagene"), tuple(lines))


def _chips(today: Today, on: date) -> tuple[Duty, ...]:
    duty_day = next((day for day in today.duties if day.on == on), None)
    found = []
    for duty in duty_day.duties if duty_day else ():
        if not duty.must_be_held and duty.holder_id is None:
            continue
        icon = DUTY_ICONS.get(duty.kind, "ClipboardCheckmark")
        if duty.holder_id in today.people:
            found.append(Duty(today.people[duty.holder_id].given_name, icon))
        else:
            found.append(Duty(_("Ingen ennå"), icon, "empty"))
    return tuple(found)


def _remember(on: date, meetings: list[str]) -> str:
    holiday = red_days.name_of(on)
    return ", ".join([*([holiday] if holiday else []), *meetings])
