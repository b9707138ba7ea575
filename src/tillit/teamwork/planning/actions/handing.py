"""Colleagues between themselves: hand over a visit of one's own, take one nobody has, give back what one was given.

The visit lies at once with the one who gets it: who works together has talked together, and she can give it back with
one press. The same refusals hold as at the board (rules.objections); what only speaks against, is told.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.visits.models import VisitState
from tillit.care.visits.queries import get_visit
from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation import queries as organisation
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.actions.allocate import Doubt, refused_now
from tillit.teamwork.planning.actions.desk import Desk, What, open_desk, take_step
from tillit.teamwork.planning.models import ListState
from tillit.teamwork.planning.permissions import SHARE_VISITS
from tillit.teamwork.planning.rules import changes, handing, objections
from tillit.teamwork.planning.rules.changes import Move
from tillit.teamwork.planning.rules.handing import Handed, WhyNot


class NotToShare(ActionRefused):
    """The visit cannot go from one to another between colleagues. `why` says why not."""

    def __init__(self, text: str, why: WhyNot) -> None:
        super().__init__(text)
        self.why = why


@transaction.atomic
def hand_over_visit(
    *, actor: Actor, visit_id: int, to_employee_id: int, at: datetime, seen: int | None = None
) -> tuple[Doubt, ...]:
    """Give a visit of one's own to a colleague at work on the same lists. Its time stays.

    seen: the edition of the lists she looked at; the same press once more is then once (also when the colleague has
    given the visit back meanwhile). None: she had seen none.
    Returns what speaks against it for her. Raises NotFound, NotAllowed, NotToShare, VisitRefused.
    """
    desk = _desk(actor, visit_id, at)
    if _is_said_before(desk, What.HAND_OVER, visit_id, to_id=to_employee_id, seen=seen):
        return ()
    day = desk.team_day.day
    why_not = handing.why_not_hand_over(
        day,
        visit_id=visit_id,
        giver_id=actor.employee_id,
        to_id=to_employee_id,
        in_use=desk.lists.state != ListState.DRAFT,
        is_planned=_is_planned(desk, visit_id),
    )
    if why_not is not None:
        raise _refusal(why_not, desk, visit_id)
    return _move(desk, What.HAND_OVER, visit_id, from_id=actor.employee_id, to_id=to_employee_id)


@transaction.atomic
def take_visit(*, actor: Actor, visit_id: int, at: datetime, seen: int | None = None) -> tuple[Doubt, ...]:
    """Take a visit that nobody has, or the half of one that somebody is missing at. Its time stays.

    seen: as in hand_over_visit. Returns what speaks against it. Raises NotFound, NotAllowed, NotToShare, VisitRefused.
    """
    desk = _desk(actor, visit_id, at)
    if _is_said_before(desk, What.TAKE, visit_id, to_id=actor.employee_id, seen=seen):
        return ()
    why_not = handing.why_not_take(
        desk.team_day.day,
        visit_id=visit_id,
        taker_id=actor.employee_id,
        in_use=desk.lists.state != ListState.DRAFT,
        is_planned=_is_planned(desk, visit_id),
    )
    if why_not is not None:
        raise _refusal(why_not, desk, visit_id)
    return _move(desk, What.TAKE, visit_id, from_id=None, to_id=actor.employee_id)


@transaction.atomic
def give_back_visit(*, actor: Actor, visit_id: int, at: datetime, seen: int | None = None) -> Handed | None:
    """Give a visit back to the colleague it came from; one that was taken is nobody's again. Returns how it had come.

    seen: as in hand_over_visit; None is returned for the same press once more.
    Raises NotFound, NotAllowed, NotToShare, VisitRefused (the colleague cannot have it any more: she went home).
    """
    desk = _desk(actor, visit_id, at)
    if _is_said_before(desk, What.GIVE_BACK, visit_id, to_id=None, seen=seen):
        return None
    found = queries.handed_to(employee_id=actor.employee_id or 0, visit_ids=[visit_id]).get(visit_id)
    holders = handing.holders_of(desk.team_day.day, visit_id)
    if not _is_planned(desk, visit_id):
        raise _refusal(WhyNot.NOT_PLANNED, desk, visit_id)
    if actor.employee_id not in holders:
        raise _refusal(WhyNot.NOT_HERS, desk, visit_id)
    if found is None or found.is_back:
        raise _refusal(WhyNot.NOT_GIVEN, desk, visit_id)
    if found.by_id in holders:
        raise _refusal(WhyNot.IS_HERS, desk, visit_id)
    _move(desk, What.GIVE_BACK, visit_id, from_id=actor.employee_id, to_id=found.by_id)
    return found


@transaction.atomic
def undo_hand_over(*, actor: Actor, visit_id: int, at: datetime) -> None:
    """Take back a visit one has just given away: the wrong name was pressed. Later the colleague gives it back.

    Raises NotFound, NotAllowed, NotToShare, VisitRefused.
    """
    desk = _desk(actor, visit_id, at)
    given = queries.last_given(lists_id=desk.lists.pk, by_id=actor.employee_id or 0)
    if not _is_planned(desk, visit_id):
        raise _refusal(WhyNot.NOT_PLANNED, desk, visit_id)
    receiver = handing.receiver_of(given[0], visit_id) if given else None
    if given is None or receiver is None or not handing.in_time_to_undo(given_at=given[1], at=at):
        raise _refusal(WhyNot.TOO_LATE, desk, visit_id)
    came = queries.handed_to(employee_id=receiver, visit_ids=[visit_id]).get(visit_id)
    if came != Handed(actor.employee_id):
        raise _refusal(WhyNot.TOO_LATE, desk, visit_id)
    _move(desk, What.GIVE_BACK, visit_id, from_id=receiver, to_id=actor.employee_id)


def _desk(actor: Actor, visit_id: int, at: datetime) -> Desk:
    """The lists the visit lies on, held for one step."""
    visit = get_visit(actor=actor, visit_id=visit_id, at=at)
    family = organisation.family_of(visit.unit_id)
    return open_desk(
        actor=actor,
        unit_id=family.lists_unit(visit.unit_id, visit.on, visit.shift_kind),
        on=visit.on,
        shift_kind=visit.shift_kind,
        edition=None,
        permission=SHARE_VISITS,
        at=at,
    )


def _is_said_before(desk: Desk, what: What, visit_id: int, *, to_id: int | None, seen: int | None) -> bool:
    if seen is None or seen >= desk.lists.edition:
        return False
    since = queries.steps_since(lists_id=desk.lists.pk, edition=seen)
    return handing.is_said_before(since, what, visit_id=visit_id, by_id=desk.actor.employee_id, to_id=to_id)


def _is_planned(desk: Desk, visit_id: int) -> bool:
    row = desk.team_day.visits.get(visit_id)
    return row is not None and row.state == VisitState.PLANNED


def _move(desk: Desk, what: What, visit_id: int, *, from_id: int | None, to_id: int | None) -> tuple[Doubt, ...]:
    day = desk.team_day.day
    if to_id is not None:
        refused_now(desk, visit_id, to_id)
    start = day.starts_at(visit_id)
    present = day.rows_of_visit.get(visit_id, ())
    after = changes.moved(present, Move(visit_id, from_id, to_id, start), helpers=day.call_by_id[visit_id].helpers)
    found = objections.against(day, visit_id=visit_id, employee_id=to_id, starts_at=start) if to_id is not None else ()
    take_step(desk, what=what, visit_ids=[visit_id], after=after)
    return tuple(Doubt(to_id, each) for each in found if each.warns and to_id is not None)


def _refusal(why: WhyNot, desk: Desk, visit_id: int) -> NotToShare:
    return NotToShare(_text(why, desk, visit_id), why)


def _text(why: WhyNot, desk: Desk, visit_id: int) -> str:
    day = desk.team_day.day
    match why:
        case WhyNot.NOT_IN_USE:
            return _("Listene er ikke tatt i bruk ennå. Snakk med fordeleren.")
        case WhyNot.NOT_PLANNED:
            return _("Besøket er ferdig eller avlyst.")
        case WhyNot.NOT_HERS:
            return _("Besøket står ikke på lista di lenger.")
        case WhyNot.IS_HERS:
            return _("Besøket står på den lista fra før.")
        case WhyNot.TAKEN:
            names = [day.worker_by_id[one].given_name for one in sorted(handing.holders_of(day, visit_id))]
            return _("Besøket er ikke ledig lenger. %(names)s har det.") % {"names": ", ".join(names)}
        case WhyNot.NOT_GIVEN:
            return _("Besøket kom fra fordeleren. Gi det til en kollega i stedet.")
        case WhyNot.TOO_LATE:
            return _("Det er for sent å angre. Spør kollegaen om å gi besøket tilbake.")
