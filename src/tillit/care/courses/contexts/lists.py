"""courses/list.html: the courses of a team."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.queries import briefs
from tillit.care.courses.contexts.words import deadline_of, stands_of, week_text
from tillit.care.courses.permissions import DECIDE_TERMS, READ_COURSES
from tillit.care.courses.queries import CourseLine, courses_of_unit
from tillit.care.courses.rules.course import Stands
from tillit.care.evaluations.contexts.tabs import tabs
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere, require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.kernel import oslo
from tillit.ui.parts import Crumb, Crumbs, ListRow, RowList, Tabs


@dataclass(frozen=True, slots=True)
class Group:
    """Courses that stand alike."""

    title: str
    id: str
    rows: RowList


@dataclass(frozen=True, slots=True)
class ListPage:
    """courses/list.html."""

    crumbs: Crumbs
    tabs: Tabs
    lead: str
    groups: tuple[Group, ...]
    terms_href: str = field(metadata={"help": "Empty: may not"})


def list_page(*, actor: Actor, unit_id: int, at: datetime) -> ListPage:
    """Return the list, in a number of queries that does not grow with it. Raises NotFound, NotAllowed."""
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_COURSES, scope_of(unit))
    today = oslo.day_of(at)
    found = courses_of_unit(unit_id=unit.pk, today=today)
    names = {pk: brief.name for pk, brief in briefs({one.citizen_id for one in found}, on=today).items()}
    found = [one for one in found if one.citizen_id in names]
    by: dict[Stands, list[CourseLine]] = {state: [] for state in Stands}
    for one in found:
        by[stands_of(one, today=today)].append(one)
    titles = (
        (Stands.OVER_TIME, _("Skulle vært avsluttet"), "over"),
        (Stands.ENDS_SOON, _("Avsluttes snart"), "snart"),
        (Stands.RUNNING, _("Pågår"), "pagar"),
        (Stands.PLANNED, _("Skal starte"), "starter"),
        (Stands.ENDED, _("Avsluttet det siste året"), "slutt"),
    )
    return ListPage(
        crumbs=Crumbs((Crumb(unit.name), Crumb(_("Hverdagsrehabilitering")))),
        tabs=tabs(unit.pk, here="courses"),
        lead=_lead(by),
        groups=tuple(
            Group(title, code, _rows(_ordered(state, by[state]), names, today=today))
            for state, title, code in titles
            if by[state]
        ),
        terms_href=reverse("courses:terms") if holds_anywhere(actor, DECIDE_TERMS) else "",
    )


def _ordered(state: Stands, rows: list[CourseLine]) -> list[CourseLine]:
    return sorted(rows, key=lambda one: one.ended_on or one.last_on, reverse=state is Stands.ENDED)


def _rows(found: Sequence[CourseLine], names: Mapping[int, str], *, today: date) -> RowList:
    return RowList(
        tuple(
            ListRow(
                title=names[one.citizen_id],
                more=f"«{one.own_words}»",
                note=" · ".join(filter(None, (week_text(one, today=today), one.trainer_name, one.therapist_name))),
                href=reverse("courses:course", args=[one.course_id]),
                end=deadline_of(one, today=today),
            )
            for one in found
        )
    )


def _lead(by: Mapping[Stands, Sequence[CourseLine]]) -> str:
    running = len(by[Stands.RUNNING]) + len(by[Stands.ENDS_SOON]) + len(by[Stands.OVER_TIME])
    if not running and not by[Stands.PLANNED]:
        return _("Ingen er i hverdagsrehabilitering nå.")
    said = [ngettext("%(number)d pågår.", "%(number)d pågår.", running) % {"number": running}]
    ending = len(by[Stands.ENDS_SOON]) + len(by[Stands.OVER_TIME])
    if ending:
        text = ngettext(
            "%(number)d skal avsluttes og måles igjen.", "%(number)d skal avsluttes og måles igjen.", ending
        )
        said.append(text % {"number": ending})
    return " ".join(said)
