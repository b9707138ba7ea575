"""What came of it: how many while it is open, the numbers when it is closed, and what the team does next."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts.not_yet import not_yet_page
from tillit.learning.surveys.contexts.open import open_page
from tillit.learning.surveys.contexts.results import NotForHerNow, results_page
from tillit.learning.surveys.forms import NextStepForm
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.permissions import SEE_RESULTS, WRITE_NEXT_STEP
from tillit.ui import toasts


@never_cache
@require_GET
@requires(SEE_RESULTS)
def show(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Show how far it has come, or what came of it."""
    campaign = queries.get_campaign(actor=request.actor, campaign_id=campaign_id, permission=SEE_RESULTS)
    if campaign.closed_at is None:
        page = open_page(actor=request.actor, campaign=campaign, now=clock.now())
        return render(request, "surveys/open.html", {"page": page})
    return _results(request, campaign, NextStepForm())


@never_cache
@require_GET
@requires(SEE_RESULTS)
def meeting(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Show the numbers large, with a way to talk about them."""
    campaign = queries.get_campaign(actor=request.actor, campaign_id=campaign_id, permission=SEE_RESULTS)
    if campaign.closed_at is None:
        raise ActionRefused(_("Undersøkelsen er åpen ennå. Tallene kommer når den er lukket."))
    try:
        page = results_page(actor=request.actor, campaign=campaign, unit_id=_unit(request), now=clock.now())
    except NotForHerNow as refused:
        return _not_yet(request, campaign, refused)
    return render(request, "surveys/meeting.html", {"page": page})


@never_cache
@require_http_methods(["POST"])
@requires(WRITE_NEXT_STEP)
def next_step(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Write what the team does next."""
    form = NextStepForm(request.POST)
    campaign = queries.get_campaign(actor=request.actor, campaign_id=campaign_id, permission=WRITE_NEXT_STEP)
    if not form.is_valid():
        if campaign.closed_at is None:
            raise ActionRefused(_("Undersøkelsen er åpen ennå. Skriv når svarene er der."))
        return _results(request, campaign, form, status=422)
    said = form.cleaned_data
    actions.write_next_step(
        actor=request.actor, campaign_id=campaign_id, unit_id=said["unit"], words=said["words"],
        look_again_on=said["look_again_on"], at=clock.now(),
    )  # fmt: skip
    toasts.say(request, _("Det står på sida for hele teamet."))
    return redirect(f"{reverse('surveys:show', args=[campaign_id])}?enhet={said['unit']}")


def _results(request: ActorRequest, campaign: Campaign, form: NextStepForm, *, status: int = 200) -> HttpResponse:
    try:
        page = results_page(actor=request.actor, campaign=campaign, unit_id=_unit(request), now=clock.now())
    except NotForHerNow as refused:
        return _not_yet(request, campaign, refused)
    if not form.is_bound:
        form = NextStepForm(initial={"unit": page.unit_id})
    return render(request, "surveys/results.html", {"page": page, "form": form}, status=status)


def _not_yet(request: ActorRequest, campaign: Campaign, refused: NotForHerNow) -> HttpResponse:
    page = not_yet_page(request.actor, campaign, refused.text)
    return render(request, "surveys/not_yet.html", {"page": page})


def _unit(request: ActorRequest) -> int | None:
    text = request.POST.get("unit", "") or request.GET.get("enhet", "")
    return int(text) if text.isdecimal() and 0 < len(text) < 19 and int(text) else None
