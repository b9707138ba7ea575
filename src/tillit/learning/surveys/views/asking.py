"""Launch a survey, remind all alike, close it."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.learning.surveys import actions
from tillit.learning.surveys.contexts.asking import ask_page, choices, default_title, way_of
from tillit.learning.surveys.contexts.listed import list_page
from tillit.learning.surveys.forms import AskForm
from tillit.learning.surveys.models import Way
from tillit.learning.surveys.permissions import ASK_SURVEY, SEE_RESULTS
from tillit.ui import toasts
from tillit.ui.clashing import posted

USUAL_DAYS = 14


@never_cache
@require_GET
@requires(SEE_RESULTS)
def index(request: ActorRequest) -> HttpResponse:
    """Show what one may answer, and what has come of what was asked."""
    return render(request, "surveys/list.html", {"page": list_page(actor=request.actor, now=clock.now())})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ASK_SURVEY)
def ask(request: ActorRequest) -> HttpResponse:
    """Launch a survey."""
    now = clock.now()
    instruments, units = choices(request.actor, on=oslo.day_of(now))
    initial = {
        "closes_on": oslo.day_of(now) + timedelta(days=USUAL_DAYS),
        "units": [units[0][0]] if len(units) == 1 else [],
        "instrument": request.GET.get("sporsmal", "")[:50],
    }
    form = AskForm(posted(request), instruments=instruments, units=units, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        code, _dash, version = said["instrument"].rpartition("-")
        try:
            campaign = actions.ask_survey(
                actor=request.actor,
                instrument=code,
                version=int(version),
                unit_ids=said["units"],
                title=said["title"] or default_title(code, int(version), on=oslo.day_of(now)),
                closes_on=said["closes_on"],
                at=now,
                way=way_of(code, int(version)),
                cards=said["cards"] or 0,
                pairs=said["pairs"],
            )
        except (ActionRefused, NotAllowed) as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            if campaign.way == Way.CARDS:
                toasts.say(request, _("Undersøkelsen er åpen. Skriv ut kortene og legg dem i en bolle."))
                return redirect("surveys:cards", campaign_id=campaign.pk)
            toasts.say(request, _("Undersøkelsen er åpen. Alle i teamene finner den under Undersøkelser."))
            return redirect("surveys:show", campaign_id=campaign.pk)
    return render(request, "surveys/ask.html", {"page": ask_page(), "form": form}, status=status)


@require_POST
@requires(ASK_SURVEY)
def remind(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Remind everybody alike."""
    actions.remind(actor=request.actor, campaign_id=campaign_id, edition=_edition(request), at=clock.now())
    toasts.say(request, _("Alle i teamene er minnet på, også de som har svart."))
    return redirect("surveys:show", campaign_id=campaign_id)


@require_POST
@requires(ASK_SURVEY)
def close(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """End it before its day."""
    actions.close_survey(actor=request.actor, campaign_id=campaign_id, edition=_edition(request), at=clock.now())
    toasts.say(request, _("Undersøkelsen er lukket. Teamene ser resultatet nå."))
    return redirect("surveys:list")


@require_POST
@requires(ASK_SURVEY)
def end_series(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Delete the key that codes were made with."""
    actions.end_series(actor=request.actor, campaign_id=campaign_id, edition=_edition(request), at=clock.now())
    toasts.say(request, _("Nøkkelen er slettet. Ingen kan lenger finne igjen de samme."))
    return redirect("surveys:list")


def _edition(request: ActorRequest) -> int:
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0
