"""One visit on the lists: who could take it, give, lock, cancel."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.planning import actions, queries, words
from tillit.teamwork.planning.contexts.places import Where, names_of
from tillit.teamwork.planning.contexts.visit import Cancelling, visit_page
from tillit.teamwork.planning.permissions import ALLOCATE, SEE_LISTS
from tillit.teamwork.planning.views import board, doors
from tillit.ui import toasts


@require_GET
@requires(SEE_LISTS)
def show(request: ActorRequest, unit_id: int, on: date, shift_kind: str, visit_id: int) -> HttpResponse:
    """Show the visit: a page of its own, or the sheet under the board when htmx asks."""
    half = doors.optional(request.GET, "helper") or 0
    about = doors.number(request.GET, "about") if "about" in request.GET else None
    return _page(request, unit_id, on, shift_kind, visit_id, half=half, about=about)


@require_POST
@requires(ALLOCATE)
def give(request: ActorRequest, unit_id: int, on: date, shift_kind: str, visit_id: int) -> HttpResponse:
    """Give the visit to somebody, move it in time, or (to nobody) take it off the list."""
    doors.unit_of(request, unit_id)
    half = doors.optional(request.POST, "from")
    try:
        warnings = actions.allocate_visit(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            visit_id=visit_id,
            from_employee_id=half,
            to_employee_id=doors.optional(request.POST, "to"),
            starts_at=doors.start_of(request.POST, on=on, shift_kind=shift_kind),
            edition=doors.number(request.POST, "edition"),
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return board.conflict(request, unit_id, on, shift_kind, meanwhile)
    except actions.VisitRefused as refusal:
        unit = doors.unit_of(request, unit_id)
        names = names_of(queries.team_day(unit=unit, on=on, shift_kind=shift_kind))
        text = ". ".join([refusal.text.rstrip("."), *(words.objection(each, names) for each in refusal.objections)])
        return _page(request, unit_id, on, shift_kind, visit_id, half=half or 0, text=f"{text}.", status=409)
    except doors.Unreadable as unreadable:
        return _page(request, unit_id, on, shift_kind, visit_id, half=half or 0, text=unreadable.text, status=422)
    return _back(request, unit_id, on, shift_kind, board.said(unit_id, request, on, shift_kind, visit_id, warnings))


@require_POST
@requires(ALLOCATE)
def lock(request: ActorRequest, unit_id: int, on: date, shift_kind: str, visit_id: int) -> HttpResponse:
    """Lock the visit to its helpers and time, or let it go."""
    doors.unit_of(request, unit_id)
    locked = request.POST.get("locked") == "yes"
    try:
        actions.lock_visit(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            visit_id=visit_id,
            locked=locked,
            edition=doors.number(request.POST, "edition"),
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return board.conflict(request, unit_id, on, shift_kind, meanwhile)
    text = _("Besøket er låst. Forslag lar det stå.") if locked else _("Besøket er ikke lenger låst.")
    return _back(request, unit_id, on, shift_kind, text)


@require_POST
@requires(ALLOCATE)
def cancel(request: ActorRequest, unit_id: int, on: date, shift_kind: str, visit_id: int) -> HttpResponse:
    """Cancel the visit itself."""
    doors.unit_of(request, unit_id)
    try:
        actions.cancel_listed_visit(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            visit_id=visit_id,
            by=request.POST.get("by", ""),
            reason=request.POST.get("reason", ""),
            edition=doors.number(request.POST, "edition"),
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return board.conflict(request, unit_id, on, shift_kind, meanwhile)
    except ActionRefused as refusal:
        typed = Cancelling.of(request.POST.get("by", ""), request.POST.get("reason", ""), refusal.text)
        text = "" if typed.fault else refusal.text
        return _page(request, unit_id, on, shift_kind, visit_id, half=0, text=text, status=422, cancelling=typed)
    toasts.say(request, _("Besøket er avlyst."))
    return redirect(Where(unit_id, on, shift_kind).href("board"))


def _page(
    request: ActorRequest,
    unit_id: int,
    on: date,
    shift_kind: str,
    visit_id: int,
    *,
    half: int,
    text: str = "",
    status: int = 200,
    about: int | None = None,
    cancelling: Cancelling | None = None,
) -> HttpResponse:
    unit = doors.unit_of(request, unit_id)
    page = visit_page(
        actor=request.actor,
        unit=unit,
        where=Where(unit_id, on, shift_kind),
        visit_id=visit_id,
        half=half,
        now=clock.now(),
        text=text,
        about=about,
    )
    template = "planning/visit.html#sheet" if board.is_htmx(request) else "planning/visit.html"
    answer = render(request, template, {"page": page, "cancelling": cancelling or Cancelling()}, status=status)
    answer["Vary"] = "HX-Request"
    return answer


def _back(request: ActorRequest, unit_id: int, on: date, shift_kind: str, text: str) -> HttpResponse:
    where = Where(unit_id, on, shift_kind)
    edition = queries.head_of(unit_id=unit_id, on=on, shift_kind=shift_kind).edition
    toasts.say(request, text, undo_href=f"{where.href('undo')}?edition={edition}")
    return redirect(where.href("board"))
