"""Name who reads what people wrote; read it, text by text; show it to the teams."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts.screening import screener_page, words_page
from tillit.learning.surveys.permissions import ASK_SURVEY, SCREEN_WORDS
from tillit.ui import toasts

TEMPLATE = "surveys/words.html"


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ASK_SURVEY)
def name(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Name who is to read."""
    campaign = queries.get_campaign(actor=request.actor, campaign_id=campaign_id, permission=ASK_SURVEY)
    queries.require_in_all(request.actor, ASK_SURVEY, campaign)
    if not queries.asks_for_words(campaign):
        raise ActionRefused(_("Ingen spørsmål i denne undersøkelsen besvares med egne ord."))
    now = clock.now()
    if request.method == "GET":
        return render(request, "surveys/screener.html", {"page": screener_page(campaign, on=oslo.day_of(now))})
    chosen = _number(request.POST.get("employee", ""))
    if chosen is None:
        page = screener_page(campaign, on=oslo.day_of(now), error=_("Velg hvem som skal lese gjennom."))
        return render(request, "surveys/screener.html", {"page": page}, status=422)
    actions.name_screener(
        actor=request.actor, campaign_id=campaign_id, employee_id=chosen,
        edition=_number(request.POST.get("edition", "")) or 0, at=now,
    )  # fmt: skip
    toasts.say(request, _("Valgt. Det som er skrevet, kommer under Undersøkelser for den du valgte."))
    if campaign.closed_at is not None:
        return redirect("surveys:list")
    return redirect("surveys:show", campaign_id=campaign_id)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(SCREEN_WORDS)
def read(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Open it, read one text, say what is to be done with it; when all is read, show it to the teams."""
    now = clock.now()
    screening = queries.get_screening(actor=request.actor, campaign_id=campaign_id)
    if request.method == "POST":
        return _pressed(request, campaign_id)
    if screening.campaign.closed_at is None:
        raise ActionRefused(_("Undersøkelsen er åpen ennå. Det som er skrevet, ligger i urna."))
    number = _number(request.GET.get("nr", ""))
    return render(request, TEMPLATE, {"page": words_page(screening, today=oslo.day_of(now), number=number)})


def _pressed(request: ActorRequest, campaign_id: int) -> HttpResponse:
    now, go = clock.now(), request.POST.get("go", "")
    here = reverse("surveys:words", args=[campaign_id])
    if go == "open":
        actions.open_words(actor=request.actor, campaign_id=campaign_id, at=now)
        return redirect(here)
    edition = _number(request.POST.get("edition", "")) or 0
    if go == "finish":
        actions.finish_words(actor=request.actor, campaign_id=campaign_id, edition=edition, at=now)
        toasts.say(request, _("Ferdig. Teamene ser nå det som ble sluppet gjennom."))
        return redirect("surveys:list")
    places = [place for text in request.POST.getlist("cover") if (place := _number(text)) is not None]
    why = request.POST.get("why", "")
    try:
        actions.judge_words(
            actor=request.actor, campaign_id=campaign_id, words_id=_number(request.POST.get("words", "")) or 0,
            places=places, held=go == "hold", why=why, edition=edition, at=now,
        )  # fmt: skip
    except actions.NoReason as refused:
        screening = queries.get_screening(actor=request.actor, campaign_id=campaign_id)
        page = words_page(
            screening, today=oslo.day_of(now), number=_number(request.POST.get("nr", "")), typed=places, why=why,
            error=refused.text,
        )  # fmt: skip
        return render(request, TEMPLATE, {"page": page}, status=422)
    return redirect(here)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 20 and int(text) < 2**63 else None
