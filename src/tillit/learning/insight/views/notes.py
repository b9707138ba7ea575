"""The time line: what happened is put there, and taken back."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.learning.insight.actions.marks import add_mark, withdraw_mark
from tillit.learning.insight.contexts.note_page import note_page
from tillit.learning.insight.forms.marks import MarkForm
from tillit.learning.insight.permissions import ADD_MARK
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ADD_MARK)
def note(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the form, and put on the time line what is sent."""
    form = MarkForm(request.POST or None, initial={"press_key": uuid4().hex})
    status = 200
    if request.method == "POST":
        if form.is_valid():
            said = form.cleaned_data
            try:
                add_mark(
                    actor=request.actor,
                    unit_id=unit_id,
                    on=said["on"],
                    kind=said["kind"],
                    text=said["text"],
                    at=clock.now(),
                    press_key=said["press_key"],
                )
            except ActionRefused as refused:
                form.add_error(None, refused.text)
                status = 409
            else:
                toasts.say(request, _("Det står på tidslinja. Det sier at noe skjedde, ikke at det er årsaken."))
                return redirect("insight:unit", unit_id=unit_id)
        else:
            status = 422
    page = note_page(actor=request.actor, unit_id=unit_id, form=form)
    return render(request, "insight/note.html", {"page": page, "form": form}, status=status)


@require_POST
@requires(ADD_MARK)
def withdraw(request: ActorRequest, unit_id: int, mark_id: int) -> HttpResponse:
    """Take a mark back."""
    withdraw_mark(actor=request.actor, mark_id=mark_id, at=clock.now())
    toasts.say(request, _("Merket er trukket."))
    return redirect("insight:note", unit_id=unit_id)
