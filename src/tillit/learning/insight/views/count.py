"""The count: see how it goes, ask for it, stop it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.learning.insight.actions.count_job import ask_for_count, stop_count
from tillit.learning.insight.contexts.count_page import count_page, progress_now
from tillit.learning.insight.permissions import COUNT_FIGURES
from tillit.ui import toasts


@never_cache
@require_GET
@requires(COUNT_FIGURES)
def show(request: ActorRequest) -> HttpResponse:
    """Show how the count goes, and how the last ones went."""
    return render(request, "insight/counting.html", {"page": count_page(actor=request.actor)})


@require_POST
@requires(COUNT_FIGURES)
def start(request: ActorRequest) -> HttpResponse:
    """Count what is due, or everything again."""
    ask_for_count(actor=request.actor, at=clock.now(), everything=request.POST.get("what") == "everything")
    return redirect("insight:counting")


@never_cache
@require_GET
@requires(COUNT_FIGURES)
def progress(request: ActorRequest) -> HttpResponse:
    """How far it has come. When it has ended, the page loads itself anew."""
    found = progress_now(actor=request.actor)
    if found is None:
        answer = HttpResponse(status=200)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "insight/counting_progress.html", {"progress": found})


@require_POST
@requires(COUNT_FIGURES)
def stop(request: ActorRequest) -> HttpResponse:
    """Stop between two pieces."""
    if stop_count(actor=request.actor, at=clock.now()):
        toasts.say(request, _("Tellingen stopper når denne delen er ferdig. Det som er talt, er tatt vare på."))
    return redirect("insight:counting")
