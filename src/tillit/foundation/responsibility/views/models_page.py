"""Models beside each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.responsibility import actions
from tillit.foundation.responsibility.contexts.models_page import models_page
from tillit.foundation.responsibility.permissions import KEEP_MODELS, SEE_MODELS
from tillit.kernel import clock, oslo
from tillit.ui import toasts


@require_GET
@requires(SEE_MODELS)
def compare(request: ActorRequest) -> HttpResponse:
    """Show two models with the differences marked: ?venstre=<version>&hoyre=<version>&vis=ulike."""
    page = models_page(
        actor=request.actor,
        left_id=number_in(request, "venstre"),
        right_id=number_in(request, "hoyre"),
        only_different=request.GET.get("vis") == "ulike",
        on=oslo.day_of(clock.now()),
    )
    return render(request, "responsibility/models.html", {"page": page})


@require_POST
@requires(KEEP_MODELS)
def ship(request: ActorRequest) -> HttpResponse:
    """Fetch the models that came with the product."""
    actions.ship_models(actor=request.actor, at=clock.now())
    toasts.say(request, _("De fem modellene er hentet."))
    return redirect("responsibility:models")


def number_in(request: HttpRequest, name: str) -> int | None:
    """The whole number in the address, or None when it is missing or something else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
