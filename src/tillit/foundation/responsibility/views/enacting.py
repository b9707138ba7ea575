"""Putting a version into force: look first, then one press. And regretting it before the day comes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.responsibility import actions
from tillit.foundation.responsibility.contexts.enact_page import enact_page, usual_day
from tillit.foundation.responsibility.contexts.enact_preview import seen_of
from tillit.foundation.responsibility.forms.models import EnactForm, stances
from tillit.foundation.responsibility.models import Stance
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL
from tillit.foundation.responsibility.queries import get_version, teams_to_decide
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ChangedMeanwhile
from tillit.ui import formats, toasts


@require_http_methods(["GET", "POST"])
@requires(FOLLOW_MODEL)
def enact(request: ActorRequest, version_id: int) -> HttpResponse:
    """Show what changes for the teams and the day that are chosen (?team=3&fra=2026-12-01); put it into force."""
    at = clock.now()
    today = oslo.day_of(at)
    version = get_version(version_id)
    if request.method == "POST":
        return _posted(request, version_id)
    asked = [int(one) for one in request.GET.getlist("team") if one.isascii() and one.isdecimal() and len(one) < 16]
    teams = [unit.pk for unit in teams_to_decide(request.actor, on=today)] if not asked else []
    chosen = asked or (teams if len(teams) == 1 else [])
    day = usual_day(today)
    form = EnactForm(initial={"valid_from": day}, units=chosen)
    page = enact_page(actor=request.actor, version=version, unit_ids=chosen, valid_from=day, first=today, stances={})
    return render(request, "responsibility/enact.html", {"page": page, "form": form})


def _posted(request: ActorRequest, version_id: int) -> HttpResponse:
    at = clock.now()
    today = oslo.day_of(at)
    version = get_version(version_id)
    ids = [int(one) for one in request.POST.getlist("team") if one.isascii() and one.isdecimal() and len(one) < 16]
    form = EnactForm(request.POST, units=ids)
    chosen = stances(request.POST.dict())
    day = form.cleaned_data["valid_from"] if form.is_valid() else None
    status, note = (200 if day else 422), ""
    if day and day < today:
        form.add_error("valid_from", _("Velg i dag eller en senere dag. Det som har vært, er fordelt alt."))
        status, day = 422, None
    wants = request.POST.get("do") == "save"
    if wants and day:
        page = enact_page(
            actor=request.actor, version=version, unit_ids=ids, valid_from=day, first=today, stances=chosen
        )
        seen = seen_of(version, [team.unit_id for team in page.teams if team.chosen and not team.follows_it], day)
        if page.preview is None:
            note, status = page.nothing, 422
        elif form.cleaned_data["seen"] != seen:
            note, status = _("Noe er endret siden du så på det. Se over på nytt, og sett i kraft."), 409
        else:
            try:
                enactment = actions.put_into_force(
                    actor=request.actor,
                    version_id=version_id,
                    unit_ids=ids,
                    valid_from=day,
                    serves=[one for one, stance in chosen.items() if stance == Stance.SERVES],
                    strains=[one for one, stance in chosen.items() if stance == Stance.STRAINS],
                    words=form.cleaned_data["words"],
                    edition=version.edition,
                    at=at,
                )
            except ChangedMeanwhile as meanwhile:
                note, status = meanwhile.text, 409
            except actions.ModelRefused as refusal:
                note, status = refusal.text, 422
            else:
                toasts.say(
                    request,
                    _("%(model)s gjelder fra %(day)s.") % {"model": version.model.name, "day": formats.long_date(day)},
                    undo_href=reverse("responsibility:take-back", args=[enactment.pk]) if day > today else "",
                )
                return redirect("responsibility:model", version_id)
    page = enact_page(
        actor=request.actor, version=version, unit_ids=ids, valid_from=day, first=today, stances=chosen, note=note
    )
    is_htmx = request.headers.get("HX-Request") == "true"
    template = "responsibility/enact.html#preview" if is_htmx else "responsibility/enact.html"
    response = render(request, template, {"page": page, "form": form}, status=200 if is_htmx else status)
    response["Vary"] = "HX-Request"
    return response


@require_POST
@requires(FOLLOW_MODEL)
def take_back(request: ActorRequest, enactment_id: int) -> HttpResponse:
    """Regret before the day comes: the teams go on as before."""
    enactment = actions.take_back_enactment(actor=request.actor, enactment_id=enactment_id, at=clock.now())
    toasts.say(request, _("Tatt tilbake. Teamene følger det de fulgte før."))
    return redirect("responsibility:model", enactment.version_id)
