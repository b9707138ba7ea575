"""A visit at another time, agreed with the citizen; or called off."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.visits import actions as visits
from tillit.care.visits.permissions import PLAN_VISITS
from tillit.care.visits.queries import VisitRow
from tillit.care.visits.rules.moving import moment_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.kernel.periods import Period
from tillit.pages.myday.contexts import words
from tillit.pages.myday.contexts.change import brief_of
from tillit.pages.myday.contexts.moving import autosave_key, move_page
from tillit.pages.myday.contexts.visit import row_of
from tillit.pages.myday.forms import CancelForm, MoveForm
from tillit.pages.myday.views.day import SAVED_KEY
from tillit.pages.myday.views.visit import undo_key
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(PLAN_VISITS)
def move(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Show when the visit can be instead, or let it be then. Asking for the same once more changes nothing."""
    now = clock.now()
    row = row_of(actor=request.actor, visit_id=visit_id, at=now)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, row, form, CancelForm(), status=422 if form.is_bound else 200)
    try:
        moved = visits.move_visit(
            actor=request.actor,
            visit_id=visit_id,
            starts_at=moment_of(form.clock, on=row.on, window=Period(row.earliest_at, row.latest_at)),
            seen=request.POST.get("edition", ""),
            at=now,
        )
    except ActionRefused as refusal:
        return _page(request, row, form, CancelForm(), status=409, refused=refusal.text)
    assert moved.starts_at is not None
    toasts.say(request, _("Besøket er flyttet til %(at)s.") % {"at": words.at_clock(moved.starts_at)})
    return redirect("myday:visit", visit_id=visit_id)


@never_cache
@require_POST
@requires(PLAN_VISITS)
def cancel(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Call the visit off. The same press twice is once, and it can be taken back."""
    now = clock.now()
    row = row_of(actor=request.actor, visit_id=visit_id, at=now)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, row, MoveForm(), form, status=422)
    said = form.cleaned_data
    try:
        visits.cancel_visit(
            actor=request.actor,
            visit_id=visit_id,
            by=said["cancelled_by"],
            reason=said["words"],
            press_key=said["press_key"],
            at=now,
        )
    except ActionRefused as refusal:
        return _page(request, row, MoveForm(), form, status=409, refused=refusal.text)
    request.session[SAVED_KEY] = autosave_key(visit_id)
    undo_href = f"{reverse('myday:undo', args=[visit_id])}?key={undo_key(said['press_key'])}"
    toasts.say(request, _("Besøket er avlyst."), undo_href=undo_href)
    return redirect("myday:today")


def _page(
    request: ActorRequest, row: VisitRow, form: MoveForm, cancelling: CancelForm, *, status: int, refused: str = ""
) -> HttpResponse:
    now = clock.now()
    row = row_of(actor=request.actor, visit_id=row.visit_id, at=now)
    typed = next((str(one["press_key"].value() or "") for one in (form, cancelling) if one.is_bound), "")
    page = move_page(
        actor=request.actor,
        row=row,
        name=brief_of(row, now=now).name,
        now=now,
        press_key=typed or secrets.token_urlsafe(16),
        refused=refused,
    )
    return render(request, "myday/move.html", {"page": page, "form": form, "cancelling": cancelling}, status=status)
