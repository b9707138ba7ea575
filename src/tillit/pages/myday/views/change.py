"""«Noe har endret seg»: tell the one who answers for the citizen."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.visits import actions as visits
from tillit.care.visits.permissions import TELL_CHANGE
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.pages.myday.contexts.change import autosave_key, brief_of, change_form, change_page, destination
from tillit.pages.myday.contexts.visit import row_of
from tillit.pages.myday.views.day import SAVED_KEY
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(TELL_CHANGE)
def tell(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Show what can have changed and who will hear of it, or tell it. The same press twice is told once."""
    now = clock.now()
    row = row_of(actor=request.actor, visit_id=visit_id, at=now)
    brief = brief_of(row, now=now)
    going_to = destination(brief, at=now)
    form = change_form(going_to, now=now, data=request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            visits.tell_change(
                actor=request.actor,
                citizen_id=row.citizen_id,
                visit_id=visit_id,
                kind=said["kind"],
                words=said["words"],
                urgency=said["urgency"],
                press_key=said["press_key"],
                at=now,
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
            status = 409
        else:
            request.session[SAVED_KEY] = autosave_key(visit_id)
            toasts.say(request, _("Det er sagt fra om endringen hos %(name)s.") % {"name": brief.name})
            return redirect("myday:visit", visit_id=visit_id)
    page = change_page(
        actor=request.actor,
        row=row,
        brief=brief,
        going_to=going_to,
        form=form,
        press_key=(form["press_key"].value() if form.is_bound else "") or secrets.token_urlsafe(16),
    )
    return render(request, "myday/change.html", {"page": page, "form": form}, status=status)
