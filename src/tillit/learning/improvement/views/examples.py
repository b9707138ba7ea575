"""Published figures of others."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.learning.improvement.contexts.examples import examples_page
from tillit.learning.improvement.permissions import SEE_PILOTS


@require_GET
@requires(SEE_PILOTS)
def examples(request: ActorRequest) -> HttpResponse:
    """Show one table. tabell: which."""
    return render(request, "improvement/examples.html", {"page": examples_page(asked=request.GET.get("tabell", ""))})
