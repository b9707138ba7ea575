"""The board of a shift: read it, say that one has, add a line."""

import secrets
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.changeover import actions
from tillit.teamwork.changeover.contexts.page import SINCE_ME, changeover_page, unit_of
from tillit.teamwork.changeover.forms import LineForm
from tillit.teamwork.changeover.permissions import READ_BOARD, WRITE_LINE
from tillit.teamwork.changeover.rules.shifts import ShiftOf, shift_at
from tillit.ui import toasts


@require_GET
@requires(READ_BOARD)
def current(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Go to the board of the shift that is going on."""
    unit = unit_of(actor=request.actor, unit_id=unit_id)
    shift = shift_at(clock.now())
    return redirect("changeover:board", unit_id=unit.pk, on=shift.on, shift_kind=shift.kind)


@never_cache
@require_GET
@requires(READ_BOARD)
def board(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Show the board of a shift."""
    return _page(request, unit_id, ShiftOf(on, shift_kind), None)


@require_POST
@requires(READ_BOARD)
def read(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Say that one has read it. Again changes nothing."""
    actions.say_read(actor=request.actor, unit_id=unit_id, on=on, shift_kind=shift_kind, at=clock.now())
    toasts.say(request, _("Du har lest vaktskiftet."))
    return redirect("changeover:board", unit_id=unit_id, on=on, shift_kind=shift_kind)


@require_POST
@requires(WRITE_LINE)
def write(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Add a line. The same press twice is one."""
    form = LineForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.write_line(
                actor=request.actor,
                unit_id=unit_id,
                on=on,
                shift_kind=shift_kind,
                text=form.cleaned_data["text"],
                press_key=form.cleaned_data["press_key"],
                at=clock.now(),
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Linja står på vaktskiftet."))
            return redirect("changeover:board", unit_id=unit_id, on=on, shift_kind=shift_kind)
    return _page(request, unit_id, ShiftOf(on, shift_kind), form, status=status)


def _page(
    request: ActorRequest, unit_id: int, shift: ShiftOf, form: LineForm | None, *, status: int = 200
) -> HttpResponse:
    unit = unit_of(actor=request.actor, unit_id=unit_id)
    page = changeover_page(
        actor=request.actor,
        unit=unit,
        shift=shift,
        since_me=request.GET.get("siden") == SINCE_ME,
        now=clock.now(),
    )
    form = form or LineForm(initial={"press_key": secrets.token_urlsafe(16)})
    return render(request, "changeover/board.html", {"page": page, "form": form}, status=status)
