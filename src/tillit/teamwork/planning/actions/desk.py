"""What every step with the lists has in common: permission, the edition one has seen, the rows, the trail, the news."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from tillit.care.visits import actions as visit_actions
from tillit.care.visits.actions import AssignRow
from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import Permission, require
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.events import ListsChanged
from tillit.teamwork.planning.models import Assignment, DayLists, ListChange, ListState, Notice
from tillit.teamwork.planning.permissions import SHARE_VISITS
from tillit.teamwork.planning.queries import TeamDay
from tillit.teamwork.planning.queries.lists import as_json
from tillit.teamwork.planning.rules import changes, handing
from tillit.teamwork.planning.rules.changes import NoticeKind, ToTell
from tillit.teamwork.planning.rules.day import Row


class What(StrEnum):
    """What a step was, stored in ListChange.what."""

    ALLOCATE = "ALLOCATE"
    TAKE_OFF = "TAKE_OFF"
    LOCK = "LOCK"
    UNLOCK = "UNLOCK"
    CANCEL = "CANCEL"
    PROPOSAL = "PROPOSAL"
    ABSENCE = "ABSENCE"
    VISITS = "VISITS"
    HAND_OVER = handing.HAND_OVER
    TAKE = handing.TAKE
    GIVE_BACK = handing.GIVE_BACK


class ListsChangedMeanwhile(ChangedMeanwhile):
    """Another allocator changed the lists after one opened them. The page shows what she did."""


class SharedWithTheTeam(ActionRefused):
    """The work group shares its team's lists in this part of this day: the change is made there."""


@dataclass(slots=True)
class Desk:
    """Lists that are held for one step, with the day as it is."""

    actor: Actor
    unit: Unit
    lists: DayLists
    team_day: TeamDay
    permission: Permission
    at: datetime
    said_by_id: int | None = None

    @property
    def knows_it(self) -> int | None:
        """Who made the change herself, and is not told of it: who shares her visits, moves one or calls it off."""
        return self.actor.employee_id if self.between_colleagues else self.said_by_id

    @property
    def between_colleagues(self) -> bool:
        """Whether somebody gives of her own list, or takes a visit to it: no allocating for others."""
        return self.permission is SHARE_VISITS

    @property
    def scope(self) -> Scope:
        """The unit."""
        return organisation.scope_of(self.unit)


def open_desk(
    *, actor: Actor, unit_id: int, on: date, shift_kind: str, edition: int | None, permission: Permission, at: datetime
) -> Desk:
    """Hold the lists for one step, in the caller's transaction; make them when nobody has started.

    edition: the one the actor has seen; None does not ask: the system's own steps, and those between colleagues, where
    who has the visit is what must still be so. Between colleagues the day is weighed and shown to nobody: only the
    citizen concerned is noted as read.
    Raises NotFound, NotAllowed, ListsChangedMeanwhile, SharedWithTheTeam.
    """
    unit = organisation.get_unit(actor=actor, unit_id=unit_id, lock=True)
    require(actor, permission, organisation.scope_of(unit))
    by_the_team = actor.is_system or permission is SHARE_VISITS
    if not by_the_team and not queries.may_allocate(actor=actor, unit=unit, on=on):
        raise NotAllowed(_("I dette teamet er det fordelerne som lager arbeidslistene. Du kan se dem, men ikke endre."))
    lists = DayLists.objects.select_for_update().filter(unit_id=unit_id, on=on, shift_kind=shift_kind).first()
    seen_now = lists.edition if lists else 0
    if edition is not None and edition != seen_now:
        raise ListsChangedMeanwhile(
            _("Noen andre har endret listene mens du hadde dem åpne. Ingenting ble overskrevet."),
            seen=edition,
            now=seen_now,
        )
    read = queries.weighed_day if permission is SHARE_VISITS else queries.team_day
    team_day = read(unit=unit, on=on, shift_kind=shift_kind)
    if not actor.is_system and not team_day.family.units_on_lists(on, shift_kind):
        raise SharedWithTheTeam(
            _("Listene er felles med %(team)s. Gjør endringen der.") % {"team": team_day.family.team_name}
        )
    if lists is None:
        lists = DayLists.objects.create(unit=unit, on=on, shift_kind=shift_kind, changed_at=at)
        _store(lists, team_day.day.rows)
    return Desk(actor, unit, lists, team_day, permission, at)


def take_step(
    desk: Desk, *, what: What, visit_ids: Sequence[int], after: Iterable[Row], told_as: NoticeKind | None = None
) -> tuple[Row, ...] | None:
    """Let the named visits have these rows and no others. Returns the rows, or None when nothing is different.

    One ListChange, one audit entry; lists in use hand the change to the visits and tell those concerned.
    """
    lists, at = desk.lists, desk.at
    before = changes.of_visits(desk.team_day.day.rows, visit_ids)
    rows = tuple(sorted(after))
    if rows == before:
        return None
    lists.assignments.filter(visit_id__in=list(visit_ids)).delete()
    _store(lists, rows)
    lists.edition += 1
    lists.changed_by_id = desk.actor.employee_id
    lists.changed_at = at
    if lists.state == ListState.PUBLISHED:
        lists.state = ListState.CHANGED
    lists.save(update_fields=["edition", "changed_by", "changed_at", "state"])
    ListChange.objects.create(
        lists=lists,
        edition=lists.edition,
        by_id=desk.actor.employee_id,
        at=at,
        what=what,
        before=as_json(before),
        after=as_json(rows),
    )
    carry_out(desk, before, rows, told_as=told_as)
    note(desk, desk.permission, {"what": what.value, "visits": sorted(visit_ids), "edition": lists.edition}, visit_ids)
    return rows


def carry_out(desk: Desk, before: Sequence[Row], after: Sequence[Row], *, told_as: NoticeKind | None = None) -> None:
    """For lists in use: hand what is different to the visits, and tell those concerned. Drafts change nothing."""
    if desk.lists.state == ListState.DRAFT:
        return
    touched = changes.touched(before, after)
    standing = [visit_id for visit_id in touched if visit_id in desk.team_day.day.call_by_id]
    if standing:
        assign(desk, standing, after)
    told = tell(desk, changes.to_tell(before, after), told_as=told_as)
    if touched:
        events.publish(ListsChanged(desk.lists.pk, told, desk.at))


def assign(desk: Desk, visit_ids: Iterable[int], rows: Iterable[Row]) -> None:
    """Hand rows to the visits: who goes and when. A visit without rows gets nobody."""
    rows_of: dict[int, list[Row]] = {visit_id: [] for visit_id in visit_ids}
    for row in rows:
        if row.visit_id in rows_of:
            rows_of[row.visit_id].append(row)
    visit_actions.assign_visits(
        actor=desk.actor,
        unit_id=desk.unit.pk,
        rows=[
            AssignRow(
                visit_id=visit_id,
                employee_ids=tuple(sorted(row.employee_id for row in own)),
                starts_at=own[0].starts_at if own else None,
            )
            for visit_id, own in sorted(rows_of.items())
        ],
        at=desk.at,
    )


def tell(desk: Desk, news: Iterable[ToTell], *, told_as: NoticeKind | None = None) -> tuple[int, ...]:
    """Leave a notice for each helper concerned, put together with what she has not yet seen. Returns who was told.

    Whoever gives of her own list, takes to it, moves her own visit or calls it off, knows it: what she had not seen of
    that visit is then past.
    """
    told: list[ToTell] = []
    for each in news:
        if told_as is not None and each.kind is NoticeKind.GONE:
            each = ToTell(each.employee_id, each.visit_id, told_as, each.was_at)
        told.append(each)
    if not told:
        return ()
    unseen = {
        (notice.employee_id, notice.visit_id): notice
        for notice in Notice.objects.filter(
            lists=desk.lists,
            seen_at__isnull=True,
            visit_id__in=[each.visit_id for each in told],
            employee_id__in=[each.employee_id for each in told],
        )
    }
    new: list[Notice] = []
    for each in told:
        old = unseen.get((each.employee_id, each.visit_id))
        if old is not None and old.visit_id is not None:
            together = changes.merged(
                ToTell(old.employee_id, old.visit_id, NoticeKind(old.kind), old.was_at, old.becomes_at), each
            )
            old.delete()
            if together is None:
                continue
            each = together
        if each.employee_id == desk.knows_it:
            continue
        new.append(
            Notice(
                lists=desk.lists,
                employee_id=each.employee_id,
                visit_id=each.visit_id,
                kind=each.kind,
                was_at=each.was_at,
                becomes_at=each.becomes_at,
                at=desk.at,
            )
        )
    Notice.objects.bulk_create(new)
    return tuple(sorted({each.employee_id for each in told} - {desk.knows_it}))


def note(desk: Desk, permission: Permission, change: dict[str, Any], visit_ids: Iterable[int]) -> None:
    """Write the audit entry, and the citizens concerned in the access log."""
    audit.record(desk.actor, permission, f"lists:{desk.lists.pk}", desk.scope, at=desk.at, change=change)
    visits = desk.team_day.visits
    reading.note_all((visits[visit_id].citizen_id for visit_id in visit_ids if visit_id in visits), changed=True)


def _store(lists: DayLists, rows: Iterable[Row]) -> None:
    """A visit lies on one list: what other lists still hold of it is from before it came to this unit."""
    rows = tuple(rows)
    Assignment.objects.filter(visit_id__in={row.visit_id for row in rows}).exclude(lists=lists).delete()
    Assignment.objects.bulk_create(
        [
            Assignment(
                lists=lists,
                visit_id=row.visit_id,
                employee_id=row.employee_id,
                starts_at=row.starts_at,
                is_locked=row.is_locked,
            )
            for row in rows
        ]
    )
