"""Tell that something went wrong, see the answers to what one told, and what waits for one's own answer."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.deviations import actions
from tillit.teamwork.deviations.contexts.listed import list_page
from tillit.teamwork.deviations.contexts.report import citizen_name, report_page, whose
from tillit.teamwork.deviations.forms import ReportForm
from tillit.teamwork.deviations.models import Deviation, DeviationAbout
from tillit.teamwork.deviations.permissions import REPORT_DEVIATION
from tillit.ui import toasts


@never_cache
@require_GET
@requires(REPORT_DEVIATION)
def index(request: ActorRequest) -> HttpResponse:
    """Show what one has told, with the answers, and what waits for one's own."""
    return render(request, "deviations/list.html", {"page": list_page(actor=request.actor, now=clock.now())})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(REPORT_DEVIATION)
def report(request: ActorRequest) -> HttpResponse:
    """Two presses: the first opens this, the second says what happened and sends it."""
    now = clock.now()
    citizen_id, visit_id = _number(request, "citizen", "bruker"), _number(request, "visit", "besok")
    unit = whose(actor=request.actor, unit_id=_number(request, "team", "team"), on=oslo.day_of(now))
    name = citizen_name(actor=request.actor, citizen_id=citizen_id, now=now)
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        has_citizen=citizen_id is not None,
        citizen_name=name,
        initial={
            "press_key": secrets.token_urlsafe(16),
            "citizen": citizen_id,
            "visit": visit_id,
            "team": unit.pk,
            "about": DeviationAbout.CITIZEN if citizen_id else DeviationAbout.NEITHER,
        },
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            found = actions.report_deviation(
                actor=request.actor,
                unit_id=unit.pk,
                kind=said["kind"],
                about=said["about"],
                citizen_id=citizen_id if said["about"] == DeviationAbout.CITIZEN else None,
                words=said["words"],
                press_key=said["press_key"],
                at=now,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _told(found), undo_href=f"{reverse('deviations:withdraw')}?avvik={found.pk}")
            return redirect("myday:visit", visit_id=visit_id) if visit_id else redirect("deviations:list")
    page = report_page(unit=unit, form=form, visit_id=visit_id)
    return render(request, "deviations/report.html", {"page": page, "form": form}, status=status)


@require_POST
@requires(REPORT_DEVIATION)
def withdraw(request: ActorRequest) -> HttpResponse:
    """Take one's own back, while nobody has looked at it."""
    actions.withdraw_deviation(
        actor=request.actor, deviation_id=_number(request, "avvik", "avvik") or 0, at=clock.now()
    )
    toasts.say(request, _("Avviket er trukket."))
    return redirect("deviations:list")


@require_POST
@requires(REPORT_DEVIATION)
def seen(request: ActorRequest) -> HttpResponse:
    """The answers are read."""
    actions.see_answers(actor=request.actor, at=clock.now())
    return redirect("deviations:list")


def _told(found: Deviation) -> str:
    if found.about == DeviationAbout.CITIZEN:
        return _("Avviket er meldt. Det står ikke i journalen: skriv der det brukeren trenger.")
    return _("Avviket er meldt. Svaret kommer på Min dag.")


def _number(request: ActorRequest, posted: str, asked: str) -> int | None:
    text = request.POST.get(posted, "") or request.GET.get(asked, "")
    return int(text) if text.isdecimal() and 0 < len(text) < 19 and int(text) else None
