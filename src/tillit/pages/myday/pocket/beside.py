"""What else one can say from a visit, without coverage too: each page by the address the visit's own page leads to.

Drawn for one visit after the other from what is read already. A form here and its page with coverage are the same.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.urls import reverse

from tillit.care.observations.contexts.asked import Somebody, asked_of
from tillit.care.observations.contexts.checking import check_page_of, observe_page_of
from tillit.care.observations.forms import CheckForm, ObserveForm
from tillit.care.observations.permissions import JUDGE_WATCH, OBSERVE
from tillit.care.observations.queries.placing import placed_each
from tillit.care.observations.queries.seen import usual_of_each
from tillit.care.observations.rules.news2 import Level
from tillit.care.observations.rules.placing import Placed
from tillit.care.observations.rules.reaction import reaction
from tillit.care.photos.contexts import page_of as photo_page
from tillit.care.photos.forms import PhotoForm
from tillit.care.photos.permissions import ADD_PHOTO
from tillit.care.visits.queries import VisitRow
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.workforce.queries import marks as marks_of
from tillit.pages.myday.contexts.moving import move_href, move_page
from tillit.pages.myday.contexts.visit import Known
from tillit.pages.myday.forms import CancelForm, MoveForm
from tillit.pages.myday.pocket.drawing import Drawn, parted
from tillit.pages.myday.queries import phones as phones_of
from tillit.pages.myday.rules import begins


def beside_visits(about: Known, actor: Actor, rows: Sequence[VisitRow], *, now: datetime) -> dict[str, Drawn]:
    """Return the pages of some visits the actor reaches, by address. The same number of queries for any of them."""
    found = dict(_moves(about, actor, rows, now=now))
    if holds_anywhere(actor, OBSERVE):
        found.update(_observations(about, actor, rows))
        found.update(_checks(about, actor, rows, now=now))
    if holds_anywhere(actor, ADD_PHOTO):
        found.update(_photos(about, rows))
    return found


def _moves(about: Known, actor: Actor, rows: Sequence[VisitRow], *, now: datetime) -> Iterator[tuple[str, Drawn]]:
    """The phone asks later than it is drawn: every time is offered, and what has been is refused where it arrives."""
    for row in rows:
        address = move_href(actor, row, now=now)
        if address:
            name, drawn_at = about.briefs[row.citizen_id].name, min(now, begins(row))
            page = move_page(actor=actor, row=row, name=name, now=drawn_at, press_key="")
            yield address, parted("myday/move.html", page=page, form=MoveForm(), cancelling=CancelForm())


def _observations(about: Known, actor: Actor, rows: Sequence[VisitRow]) -> Iterator[tuple[str, Drawn]]:
    for row in rows:
        form = ObserveForm(initial={"press_key": "", "visit": row.visit_id})
        name, user_id = about.briefs[row.citizen_id].name, actor.user_id or 0
        page = observe_page_of(name=name, citizen_id=row.citizen_id, form=form, user_id=user_id)
        address = f"{reverse('observations:observe', args=[row.citizen_id])}?besok={row.visit_id}"
        yield address, parted("observations/observe.html", page=page, form=form)


def _checks(about: Known, actor: Actor, rows: Sequence[VisitRow], *, now: datetime) -> Iterator[tuple[str, Drawn]]:
    """With what each level asks for, and whom one calls: the phone reckons the points itself."""
    usual = usual_of_each(about.briefs)
    placed = placed_each(about.briefs.values(), at=now)
    answers = {one.employee_id for each in placed.values() for one in each.values() if one.employee_id is not None}
    marks, phones = marks_of(employee_ids=answers), phones_of(answers)
    judges = holds_anywhere(actor, JUDGE_WATCH)

    def somebody(whose: Placed) -> Somebody:
        mark = marks.get(whose.employee_id or 0)
        if mark is None or whose.employee_id == actor.employee_id:
            return Somebody(judges=judges and mark is not None)
        return Somebody(mark.given_name, phones.get(whose.employee_id or 0, ""))

    for row in rows:
        brief, each = about.briefs[row.citizen_id], placed[row.citizen_id]
        asked = tuple(asked_of(level, brief.first_name, somebody(each[reaction(level).act])) for level in Level)
        form = CheckForm(initial={"press_key": "", "visit": row.visit_id})
        known = usual.get(row.citizen_id)
        page = check_page_of(brief, known, form=form, user_id=actor.user_id or 0, asked=asked)
        address = f"{reverse('observations:check', args=[row.citizen_id])}?besok={row.visit_id}"
        yield address, parted("observations/check.html", page=page, form=form)


def _photos(about: Known, rows: Sequence[VisitRow]) -> Iterator[tuple[str, Drawn]]:
    for row in rows:
        form = PhotoForm(initial={"press_key": "", "visit": row.visit_id, "of": "WOUND"})
        page = photo_page(name=about.briefs[row.citizen_id].name, citizen_id=row.citizen_id, form=form)
        address = f"{reverse('photos:add', args=[row.citizen_id])}?besok={row.visit_id}"
        yield address, parted("photos/add.html", page=page, form=form)
