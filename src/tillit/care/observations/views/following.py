"""What is not as usual with somebody: what it asks for, what is done, and how it ended."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.observations import actions
from tillit.care.observations.contexts.watch import judges, watch_page
from tillit.care.observations.forms import GO_ON, WatchForm
from tillit.care.observations.permissions import FOLLOW_WATCH
from tillit.care.observations.queries import get_watch
from tillit.care.observations.views.checking import SAVED_KEY
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(FOLLOW_WATCH)
def watch(request: ActorRequest, watch_id: int) -> HttpResponse:
    """Show what it asks for, or write what is done: it goes on, or it is over."""
    now = clock.now()
    row = get_watch(actor=request.actor, watch_id=watch_id, at=now)
    form = WatchForm(
        request.POST if request.method == "POST" else None,
        judges=judges(request.actor, row, now=now),
        initial={"press_key": secrets.token_urlsafe(16), "step": GO_ON},
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            if said["step"] == GO_ON:
                actions.decide_watch(
                    actor=request.actor, watch_id=watch_id, words=said["words"], hours=said["hours"],
                    press_key=said["press_key"], at=now,
                )  # fmt: skip
            else:
                actions.close_watch(
                    actor=request.actor, watch_id=watch_id, ending=said["step"], answer=said["words"], at=now
                )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
            row = get_watch(actor=request.actor, watch_id=watch_id, at=now)
        else:
            request.session[SAVED_KEY] = f"watch-{watch_id}"
            toasts.say(request, _("Lagret i journalen."))
            return redirect("observations:watch", watch_id=watch_id)
    page = watch_page(actor=request.actor, row=row, form=form, now=now, saved_key=request.session.pop(SAVED_KEY, ""))
    return render(request, "observations/watch.html", {"page": page, "form": form}, status=status)


@require_POST
@requires(FOLLOW_WATCH)
def take(request: ActorRequest, watch_id: int) -> HttpResponse:
    """Take it from whoever has it, or from nobody."""
    actions.take_watch(actor=request.actor, watch_id=watch_id, at=clock.now())
    toasts.say(request, _("Nå er det du som følger opp."))
    return redirect("observations:watch", watch_id=watch_id)
