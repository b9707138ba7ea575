"""Work groups on the board: lists that lie beside the team's own, and the way back to the team (R02)."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.rules import WorkGroup
from tillit.pages.teamboard.contexts.today import KINDS, Today
from tillit.teamwork.planning import words
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.contexts.work_groups import Elsewhere, elsewhere_of
from tillit.teamwork.planning.permissions import SEE_BOARD
from tillit.teamwork.planning.queries import ListsHead
from tillit.teamwork.planning.rules.day import Day
from tillit.ui.parts import ListRow, RowList, Tag


@dataclass(frozen=True, slots=True)
class GroupsPanel:
    """The team's work groups; on a work group's own board, its team."""

    title: str
    rows: RowList


@dataclass(frozen=True, slots=True)
class GroupLacks:
    """The first work group whose own lists need somebody: how many visits, and where."""

    name: str
    uncovered: int
    unit_id: int
    kind: str


def groups_panel(actor: Actor, today: Today) -> GroupsPanel | None:
    """Return the panel; None for a team without work groups, and a group's reader who does not reach the team."""
    family = today.days.family
    if family.is_group:
        team_path = today.unit.path.removesuffix(f"{today.unit.pk}.")
        if not actor.roles_at(team_path) & SEE_BOARD.roles:
            return None
        row = ListRow(
            title=family.team_name,
            note=_("Teamet arbeidslaget hører til"),
            href=reverse("teamboard:board", args=(family.team_id,)),
        )
        return GroupsPanel(_("Team"), RowList((row,)))
    rows = tuple(_row(today, group) for group in family.groups if group.days.contains(today.on))
    return GroupsPanel(_("Arbeidslag"), RowList(rows)) if rows else None


def shared_now(today: Today) -> Elsewhere | None:
    """Return what a work group's own board says while its lists are the team's; None else. href: the team's board."""
    family = today.days.family
    if family.units_on_lists(today.on, today.kind):
        return None
    where = Where(today.unit.pk, today.on, today.kind)
    return elsewhere_of(family, where, reverse("teamboard:board", args=(family.team_id,)))


def group_lacks(today: Today) -> GroupLacks | None:
    """Return the first work group with begun lists of its own, today, where a visit has nobody."""
    for group in today.days.family.groups:
        for kind, day, head in _own_parts(today, group):
            if day.uncovered and head.lists_id is not None and day.rows_of_worker:
                return GroupLacks(group.name, len(day.uncovered), group.unit_id, kind)
    return None


def own_visits(today: Today) -> int:
    """Return how many visits today lie on work groups' own lists."""
    return sum(len(day.calls) for group in today.days.family.groups for _kind, day, _head in _own_parts(today, group))


def _own_parts(today: Today, group: WorkGroup) -> list[tuple[str, Day, ListsHead]]:
    """The parts of today where the group has lists of its own, in order. Nothing on the group's own board."""
    found = today.days.groups.get(group.unit_id, {})
    return [(kind, *found[today.on, kind]) for kind in KINDS if (today.on, kind) in found]


def _row(today: Today, group: WorkGroup) -> ListRow:
    parts = _own_parts(today, group)
    separate = [kind for kind in KINDS if not group.shares(today.on, kind)]
    if not separate:
        return ListRow(title=group.name, note=_("Felles lister med teamet i dag"))
    visits = sum(len(day.calls) for _kind, day, _head in parts)
    at_work = sum(worker.visits for _kind, day, _head in parts for worker in day.workers)
    uncovered = sum(
        len(day.uncovered) for _kind, day, head in parts if head.lists_id is not None and day.rows_of_worker
    )
    return ListRow(
        title=group.name,
        note=_("%(when)s: %(people)s og %(visits)s")
        % {
            "when": words.joined([words.kind_name(kind) if n == 0 else words.kind_name(kind).lower()
                                  for n, kind in enumerate(separate)]),
            "people": ngettext("%(count)d på jobb", "%(count)d på jobb", at_work) % {"count": at_work},
            "visits": ngettext("%(count)d besøk", "%(count)d besøk", visits) % {"count": visits},
        },
        href=reverse("teamboard:board", args=(group.unit_id,)),
        end=Tag(
            ngettext("%(count)d uten utfører", "%(count)d uten utfører", uncovered) % {"count": uncovered},
            "danger",
            "ExclamationmarkTriangleFill",
        )
        if uncovered
        else "",
    )  # fmt: skip
