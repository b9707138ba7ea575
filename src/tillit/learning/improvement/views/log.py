"""The log of a pilot."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.learning.improvement import actions
from tillit.learning.improvement.contexts.form_page import FormPage, pilot_crumbs
from tillit.learning.improvement.forms import LogForm
from tillit.learning.improvement.models import LogKind, Pilot
from tillit.learning.improvement.permissions import WRITE_LOG
from tillit.learning.improvement.queries import get_pilot, teams_of
from tillit.learning.improvement.views.writing import written
from tillit.ui import toasts
from tillit.ui.clashing import posted


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WRITE_LOG)
def write(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Write a line."""
    now = clock.now()
    found = get_pilot(actor=request.actor, pilot_id=pilot_id)
    teams = teams_of(actor=request.actor, pilot=found)
    form = LogForm(
        posted(request),
        teams=[(one.team_id, one.unit_name) for one in teams],
        initial={"kind": LogKind.ADJUSTED, "happened_on": oslo.day_of(now)},
    )
    page = FormPage(
        pilot_crumbs(found, _("Skriv i loggen")), _("Skriv i loggen"),
        _("Det som ble justert underveis, det dere lærte, og det som ellers kan ha virket inn."), _("Skriv i loggen"),
        reverse("improvement:pilot", args=[pilot_id]),
    )  # fmt: skip

    def act() -> Pilot:
        said = form.cleaned_data
        actions.write_in_log(
            actor=request.actor, pilot_id=pilot_id, kind=said["kind"], disturbance=said["disturbance"],
            team_id=said["team"], happened_on=said["happened_on"], words=said["words"], at=now,
        )  # fmt: skip
        return found

    return written(request, page, form, act, _("Skrevet i loggen."))


@require_POST
@requires(WRITE_LOG)
def take_back(request: ActorRequest, pilot_id: int, entry_id: int) -> HttpResponse:
    """Take one's own line back."""
    actions.take_back_from_log(actor=request.actor, pilot_id=pilot_id, entry_id=entry_id, at=clock.now())
    toasts.say(request, _("Linja er tatt tilbake."))
    return redirect("improvement:pilot", pilot_id)
