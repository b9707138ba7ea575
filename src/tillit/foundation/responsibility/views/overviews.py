"""Looking across teams: what is undefined, and the original beside its variants."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.responsibility.contexts.check_page import check_page
from tillit.foundation.responsibility.contexts.variants_page import variants_page
from tillit.foundation.responsibility.permissions import SEE_MODELS
from tillit.foundation.responsibility.views.models_page import number_in
from tillit.kernel import clock, oslo


@require_GET
@requires(SEE_MODELS)
def check(request: ActorRequest) -> HttpResponse:
    """Show what nobody holds, for the teams one reaches."""
    page = check_page(actor=request.actor, on=oslo.day_of(clock.now()))
    return render(request, "responsibility/check.html", {"page": page})


@require_GET
@requires(SEE_MODELS)
def variants(request: ActorRequest) -> HttpResponse:
    """Show an original beside its variants: ?original=<version>&vis=alle."""
    page = variants_page(
        actor=request.actor,
        original_id=number_in(request, "original"),
        only_different=request.GET.get("vis") != "alle",
        on=oslo.day_of(clock.now()),
    )
    return render(request, "responsibility/variants.html", {"page": page})
