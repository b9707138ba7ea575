"""A change somebody told: look at it, say what was done, close it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.visits import actions as visits
from tillit.care.visits.permissions import CLOSE_FOLLOW_UP
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.pages.myday.contexts.follow_up import follow_up_page
from tillit.pages.myday.forms import FollowUpForm
from tillit.pages.myday.views.day import SAVED_KEY
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(CLOSE_FOLLOW_UP)
def show(request: ActorRequest, follow_up_id: int) -> HttpResponse:
    """Show one change, or close it with what was done about it."""
    now = clock.now()
    page = follow_up_page(actor=request.actor, follow_up_id=follow_up_id, now=now)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            visits.close_follow_up(
                actor=request.actor, follow_up_id=follow_up_id, answer=form.cleaned_data["answer"], at=now
            )
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
            status = 409
            page = follow_up_page(actor=request.actor, follow_up_id=follow_up_id, now=now)
        else:
            request.session[SAVED_KEY] = page.autosave
            toasts.say(request, _("Endringen hos %(name)s er lukket.") % {"name": page.name})
            return redirect("myday:today")
    return render(request, "myday/follow_up.html", {"page": page, "form": form}, status=status)
