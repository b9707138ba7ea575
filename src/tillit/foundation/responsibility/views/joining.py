"""When a work group shares its team's work lists."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.organisation import actions as organisation
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.organisation.permissions import EDIT_UNIT
from tillit.foundation.organisation.queries import family_of, get_unit
from tillit.foundation.responsibility.contexts.joining_page import joining_page
from tillit.foundation.responsibility.forms.joining import JoiningForm
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ChangedMeanwhile, NotFound
from tillit.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(EDIT_UNIT)
def join_lists(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Decide when the lists are shared, from a day."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    if unit.kind != UnitKind.WORK_GROUP:
        raise NotFound(_("Bare et arbeidslag deler lister med teamet sitt."))
    at = clock.now()
    today = oslo.day_of(at)
    status, note = 200, ""
    if request.method == "POST":
        form = JoiningForm(request.POST)
        status = 422
        if form.is_valid():
            shared = form.cleaned_data["shared"]
            try:
                organisation.join_lists(
                    actor=request.actor,
                    unit_id=unit_id,
                    edition=form.cleaned_data["edition"],
                    evening="EVENING" in shared,
                    night="NIGHT" in shared,
                    weekend="WEEKEND" in shared,
                    valid_from=form.cleaned_data["valid_from"],
                    at=at,
                )
            except ChangedMeanwhile as meanwhile:
                note, status = meanwhile.text, 409
                typed = request.POST.copy()
                typed["edition"] = str(meanwhile.now)
                form = JoiningForm(typed)
            except organisation.JoiningRefused as refusal:
                form.add_error(refusal.field or None, refusal.text)
            else:
                toasts.say(request, _("Lagret. Lister som er begynt, står som de var."))
                return redirect("organisation:unit", unit_id)
    else:
        now = family_of(unit.pk).groups[0].joining_on(today)
        parts = (("EVENING", now.evening), ("NIGHT", now.night), ("WEEKEND", now.weekend))
        form = JoiningForm(
            initial={
                "edition": unit.edition,
                "shared": [part for part, is_shared in parts if is_shared],
                "valid_from": today + timedelta(days=1),
            }
        )
    page = joining_page(unit, on=today, note=note)
    return render(request, "responsibility/form.html", {"page": page, "form": form}, status=status)
