"""planning/changes.html: what is different since the lists were taken into use, and who has seen it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce import queries as workforce
from tillit.teamwork.planning import queries, words
from tillit.teamwork.planning.contexts.places import Where, names_of
from tillit.teamwork.planning.queries import PublishedChange
from tillit.teamwork.planning.queries.notices import SeenBy, seen_by
from tillit.teamwork.planning.rules.day import Row
from tillit.ui.parts import Tag


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One visit that is different now."""

    title: str
    was: str
    becomes: str
    when: str
    href: str
    seen: tuple[Tag, ...]


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """planning/changes.html."""

    unit_id: int
    unit_name: str
    day: str
    published: str
    changes: tuple[ChangeShown, ...]
    in_use: bool
    board_href: str


def changes_page(*, unit: Unit, where: Where, day_name: str) -> ChangesPage:
    """Return what has changed since the lists were taken into use, newest first."""
    team_day = queries.team_day(unit=unit, on=where.on, shift_kind=where.shift_kind)
    names, head = names_of(team_day), team_day.head
    found = queries.steps_since_publishing(head)
    seen = seen_by(lists_id=head.lists_id) if head.lists_id else {}
    employees = {row.employee_id for change in found for row in (*change.before, *change.after)}
    employees |= {each.employee_id for every in seen.values() for each in every}
    employees |= {by for change in found for by in change.by_ids}
    people = {
        employee_id: mark.given_name
        for employee_id, mark in workforce.marks(employee_ids=employees, unit_id=unit.pk).items()
    }
    return ChangesPage(
        unit_id=unit.pk,
        unit_name=unit.name,
        day=day_name,
        published=words.clock(head.published_at) if head.published_at else "",
        changes=tuple(
            ChangeShown(
                title=names.visit(change.visit_id),
                was=_who_when(change.before, people),
                becomes=_becomes(change, people, team_day.visits[change.visit_id].state)
                if change.visit_id in team_day.visits
                else _("fjernet"),
                when=_when(change.at, [people[by] for by in change.by_ids if by in people]),
                href=f"{where.href('visit', change.visit_id)}?helper=0",
                seen=tuple(_tag(each, people) for each in seen.get(change.visit_id, ())),
            )
            for change in found
        ),
        in_use=head.in_use,
        board_href=where.href("board"),
    )


def _becomes(change: PublishedChange, people: dict[int, str], state: str) -> str:
    return _("avlyst") if state == "CANCELLED" else _who_when(change.after, people)


def _who_when(rows: Sequence[Row], people: dict[int, str]) -> str:
    if not rows:
        return _("uten utfører")
    who = words.joined([people.get(row.employee_id, "") for row in rows])
    return _("%(who)s kl. %(time)s") % {"who": who, "time": words.clock(rows[0].starts_at)}


def _when(at: datetime, by: Sequence[str]) -> str:
    if not by:
        return _("kl. %(time)s") % {"time": words.clock(at)}
    return _("kl. %(time)s, av %(who)s") % {"time": words.clock(at), "who": words.joined(list(by))}


def _tag(each: SeenBy, people: dict[int, str]) -> Tag:
    who = people.get(each.employee_id, "")
    if each.seen_at is None:
        return Tag(_("%(who)s har ikke sett det") % {"who": who}, "warning")
    return Tag(_("%(who)s har sett det") % {"who": who}, "success")
