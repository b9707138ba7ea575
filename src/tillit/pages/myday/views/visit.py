"""One visit: opening it clocks nothing, finishing it as planned is one press."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.citizens import actions as citizens
from tillit.care.citizens.permissions import SHOW_DOOR_CODE
from tillit.care.visits import actions as visits
from tillit.care.visits.permissions import READ_VISITS, REPORT_VISIT
from tillit.care.visits.queries import VisitRow
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.pages.myday.contexts.visit import autosave_key, row_of, visit_page
from tillit.pages.myday.contexts.visit_form import report_form
from tillit.pages.myday.forms import ReportForm
from tillit.pages.myday.views.day import SAVED_KEY
from tillit.ui import toasts

#: Which visit was opened again by «Angre», until its page is shown.
UNDONE_KEY = "myday_undone"


@never_cache
@require_GET
@requires(READ_VISITS)
def show(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Show everything one needs at the door."""
    row = row_of(actor=request.actor, visit_id=visit_id, at=clock.now())
    just_undone = request.session.pop(UNDONE_KEY, None) == visit_id
    return _page(request, row, report_form(row, just_undone=just_undone), saved_key=request.session.pop(SAVED_KEY, ""))


@require_POST
@requires(REPORT_VISIT)
def report(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Say how the visit went. The same press twice is one report; saying it again later adds a new one."""
    now = clock.now()
    row = row_of(actor=request.actor, visit_id=visit_id, at=now)
    form = report_form(row, request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        _send(request, row, form)
    except ActionRefused as refusal:
        form.add_error(None, refusal.text)
        return _page(request, row, form, status=409)
    if "note" in request.POST:  # one press on the card sends no text: what lies in the browser stays there
        request.session[SAVED_KEY] = autosave_key(visit_id)
    undo_href = f"{reverse('myday:undo', args=[visit_id])}?key={undo_key(form.cleaned_data['press_key'])}"
    toasts.say(request, _what_was_saved(form.said_outcome), undo_href=undo_href)
    if row.on == oslo.day_of(now):
        return redirect("myday:today")
    return redirect("myday:day", on=row.on)


def undo_key(press_key: str) -> str:
    """The key of the press that takes back another press."""
    return f"undo-{press_key}"[:64]


def _send(request: ActorRequest, row: VisitRow, form: ReportForm) -> None:
    said = form.cleaned_data
    happened = form.said_outcome != "CANCELLED"
    visits.report_visit(
        actor=request.actor,
        visit_id=row.visit_id,
        outcome=form.said_outcome,
        cancelled_by=said["cancelled_by"],
        minutes=row.minutes + said["time_step"] if said["time_step"] and happened else None,
        note=said["note"].strip(),
        about=said["about"],
        not_done=[int(task_id) for task_id in said["not_done"]] if happened else [],
        goal_trend=said["goal_trend"] if happened else "",
        press_key=said["press_key"],
        at=clock.now(),
    )


def _what_was_saved(outcome: str) -> str:
    if outcome == "CANCELLED":
        return _("Lagret: Besøket ble ikke noe av.")
    if outcome == "DIFFERENT":
        return _("Besøket er lagret med det som ble annerledes.")
    return _("Besøket er lagret.")


@require_POST
@requires(REPORT_VISIT)
def undo(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Take back what was said last, and open the visit again. The same press twice takes back one report."""
    key = request.GET.get("key", "") or request.POST.get("press_key", "")
    visits.undo_report(actor=request.actor, visit_id=visit_id, at=clock.now(), press_key=key[:64])
    request.session[UNDONE_KEY] = visit_id
    toasts.say(request, _("Angret. Det som ble lagret sist, gjelder ikke."))
    return redirect("myday:visit", visit_id=visit_id)


@never_cache
@require_POST
@requires(SHOW_DOOR_CODE)
def show_code(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Show the door code; who asked is written down. With htmx only the box with the way in is drawn again."""
    now = clock.now()
    row = row_of(actor=request.actor, visit_id=visit_id, at=now)
    code = citizens.show_door_code(actor=request.actor, citizen_id=row.citizen_id, at=now)
    if request.headers.get("HX-Request") == "true":
        page = visit_page(
            actor=request.actor, row=row, form=report_form(row), now=now, press_key=secrets.token_urlsafe(16), code=code
        )
        answer = render(request, "myday/code_door.html", {"code_door": page.door})
        answer.headers["Vary"] = "HX-Request"
        return answer
    return _page(request, row, report_form(row), code=code)


def _page(
    request: ActorRequest, row: VisitRow, form: ReportForm, *, status: int = 200, code: str = "", saved_key: str = ""
) -> HttpResponse:
    typed_key = form["press_key"].value() if form.is_bound else ""
    page = visit_page(
        actor=request.actor,
        row=row,
        form=form,
        now=clock.now(),
        press_key=typed_key or secrets.token_urlsafe(16),
        code=code,
    )
    return render(request, "myday/visit.html", {"page": page, "form": form, "saved_key": saved_key}, status=status)
