"""Proposals: ask, follow, stop, decide."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.foundation.organisation.models import Unit
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.contexts.board import board_page
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.contexts.proposal import progress_part, shown_of
from tillit.teamwork.planning.permissions import ALLOCATE, SEE_LISTS
from tillit.teamwork.planning.views import board, doors
from tillit.ui import toasts


@require_POST
@requires(ALLOCATE)
@limited(Door.PLAN)
def ask(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Ask the engine for a proposal. htmx gets how far it has come at once, without the page around it."""
    unit = doors.unit_of(request, unit_id)
    try:
        actions.ask_for_proposal(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            keep_present=request.POST.get("keep") == "yes",
            preset=request.POST.get("preset", ""),
            at=clock.now(),
        )
    except actions.ShiftOver as over:
        if board.is_htmx(request):
            toasts.say(request, over.text)
            return HttpResponse(headers={"HX-Redirect": Where(unit_id, on, shift_kind).href("board")})
        return board.again(request, unit_id, on, shift_kind, over.text, status=409)
    if board.is_htmx(request):
        return _asked(request, unit, on, shift_kind)
    return redirect(f"{Where(unit_id, on, shift_kind).href('board')}#forslag")


def _asked(request: ActorRequest, unit: Unit, on: date, shift_kind: str) -> HttpResponse:
    """What stands where the proposal will be: how far it has come. The page around it is the one she pressed on."""
    where, now = Where(unit.pk, on, shift_kind), clock.now()
    found = queries.newest_proposal(queries.head_of(unit_id=unit.pk, on=on, shift_kind=shift_kind).lists_id)
    if found is None or not found.is_working:  # it has been answered already
        return HttpResponse(headers={"HX-Redirect": where.href("board")})
    may = queries.may_allocate(actor=request.actor, unit=unit, on=on)
    answer = render(request, "planning/asked.html", {"progress": progress_part(found, where, may, now)})
    answer["Vary"] = "HX-Request"
    return answer


@require_GET
@requires(SEE_LISTS)
def progress(request: ActorRequest, unit_id: int, on: date, shift_kind: str, proposal_id: int) -> HttpResponse:
    """How far the search has come; nothing when that stands there already. When it has ended, the answer itself."""
    unit = doors.unit_of(request, unit_id)
    head = queries.head_of(unit_id=unit_id, on=on, shift_kind=shift_kind)
    found = queries.newest_proposal(head.lists_id)
    if found is None or found.proposal_id != proposal_id:
        raise NotFound(_("Fant ikke forslaget."))
    now = clock.now()
    if not found.is_working:
        page = board_page(actor=request.actor, unit=unit, on=on, shift_kind=shift_kind, now=now)
        answer = render(request, "planning/proposal_swap.html", {"page": page})
        answer["HX-Retarget"] = "#forslag"
        return answer
    if request.GET.get("shown") == shown_of(found, now):
        return HttpResponse(status=204)
    where = Where(unit_id, on, shift_kind)
    may = queries.may_allocate(actor=request.actor, unit=unit, on=on)
    return render(request, "planning/progress.html", {"progress": progress_part(found, where, may, now)})


@require_POST
@requires(ALLOCATE)
def stop(request: ActorRequest, unit_id: int, on: date, shift_kind: str, proposal_id: int) -> HttpResponse:
    """Stop and use the best so far."""
    doors.unit_of(request, unit_id)
    actions.stop_proposal(actor=request.actor, proposal_id=proposal_id, at=clock.now())
    return redirect(f"{Where(unit_id, on, shift_kind).href('board')}#forslag")


@require_POST
@requires(ALLOCATE)
def accept(
    request: ActorRequest, unit_id: int, on: date, shift_kind: str, proposal_id: int, change_id: int
) -> HttpResponse:
    """Say yes to one change."""
    doors.unit_of(request, unit_id)
    try:
        actions.accept_change(
            actor=request.actor,
            proposal_id=proposal_id,
            change_id=change_id,
            edition=doors.number(request.POST, "edition"),
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return board.conflict(request, unit_id, on, shift_kind, meanwhile)
    except ActionRefused as refusal:
        return board.again(request, unit_id, on, shift_kind, refusal.text, status=409)
    return _done(request, unit_id, on, shift_kind, _("Endringen er gjort."))


@require_POST
@requires(ALLOCATE)
def accept_all(request: ActorRequest, unit_id: int, on: date, shift_kind: str, proposal_id: int) -> HttpResponse:
    """Say yes to all that is left."""
    doors.unit_of(request, unit_id)
    try:
        count = actions.accept_all(
            actor=request.actor,
            proposal_id=proposal_id,
            edition=doors.number(request.POST, "edition"),
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return board.conflict(request, unit_id, on, shift_kind, meanwhile)
    except ActionRefused as refusal:
        return board.again(request, unit_id, on, shift_kind, refusal.text, status=409)
    text = ngettext("%(count)d endring er gjort.", "%(count)d endringer er gjort.", count) % {"count": count}
    return _done(request, unit_id, on, shift_kind, text)


@require_POST
@requires(ALLOCATE)
def reject(
    request: ActorRequest, unit_id: int, on: date, shift_kind: str, proposal_id: int, change_id: int
) -> HttpResponse:
    """Say no to one change."""
    doors.unit_of(request, unit_id)
    actions.reject_change(actor=request.actor, proposal_id=proposal_id, change_id=change_id, at=clock.now())
    toasts.say(request, _("Endringen er avvist. Listene er som før."))
    return redirect(f"{Where(unit_id, on, shift_kind).href('board')}#forslag")


def _done(request: ActorRequest, unit_id: int, on: date, shift_kind: str, text: str) -> HttpResponse:
    where = Where(unit_id, on, shift_kind)
    edition = queries.head_of(unit_id=unit_id, on=on, shift_kind=shift_kind).edition
    toasts.say(request, text, undo_href=f"{where.href('undo')}?edition={edition}")
    return redirect(f"{where.href('board')}#forslag")
