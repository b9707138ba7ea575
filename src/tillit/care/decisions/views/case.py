"""A case and its file."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.decisions import actions, queries
from tillit.care.decisions.contexts.case import case_page
from tillit.care.decisions.contexts.slots import parts_of_case
from tillit.care.decisions.forms.small import NoteForm
from tillit.care.decisions.permissions import READ_CASE, REGISTER_CASE
from tillit.care.decisions.queries.file import case_file
from tillit.care.decisions.queries.placing import next_placing
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


@never_cache
@require_GET
@requires(READ_CASE)
def case(request: ActorRequest, case_id: int) -> HttpResponse:
    """Show a case."""
    return _show(request, case_id)


@require_POST
@requires(REGISTER_CASE)
def add_note(request: ActorRequest, case_id: int) -> HttpResponse:
    """Add a note to the case file, or correct one by adding."""
    at = clock.now()
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _show(request, case_id, form=form, status=422)
    try:
        actions.add_note(
            actor=request.actor,
            case_id=case_id,
            text=form.cleaned_data["text"],
            happened_on=form.cleaned_data["happened_on"],
            corrects_id=form.cleaned_data["corrects"],
            press_key=form.cleaned_data["press_key"],
            at=at,
        )
    except ActionRefused as refused:
        field = getattr(refused, "field", "")
        form.add_error(field if field in form.fields else None, refused.text)
        return _show(request, case_id, form=form, status=422)
    toasts.say(request, _("Notatet står i saken."))
    return redirect("decisions:case", case_id)


def _show(request: ActorRequest, case_id: int, *, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    at = clock.now()
    on = oslo.day_of(at)
    found = case_file(queries.get_case(actor=request.actor, case_id=case_id, at=at), on=on)
    to = next_placing(found.case, on=on, followers=found.followers)
    page = case_page(actor=request.actor, found=found, to=to, on=on)
    parts = parts_of_case(actor=request.actor, found=found, to=to, on=on)
    note = form or NoteForm(initial={"happened_on": on, "press_key": uuid4().hex})
    return render(request, "decisions/case.html", {"page": page, "parts": parts, "note": note}, status=status)
