"""What has been observed of a citizen over time, and what is usual for her."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.observations import actions
from tillit.care.observations.contexts.history import history_page
from tillit.care.observations.contexts.usual import sets_scale, usual_page
from tillit.care.observations.forms import UsualForm
from tillit.care.observations.permissions import READ_OBSERVATIONS, SET_USUAL
from tillit.care.observations.queries import usual_of
from tillit.care.observations.views.checking import SAVED_KEY
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts
from tillit.ui.clashing import clash_of, with_both


@never_cache
@require_GET
@requires(READ_OBSERVATIONS)
def citizen(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show what has been observed."""
    page = history_page(
        actor=request.actor, citizen_id=citizen_id, now=clock.now(), saved_key=request.session.pop(SAVED_KEY, "")
    )
    return render(request, "observations/citizen.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(SET_USUAL)
def usual(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show what is usual, or write it anew."""
    now = clock.now()
    page = usual_page(actor=request.actor, citizen_id=citizen_id, now=now)
    stands = usual_of(citizen_id)
    initial = {
        "edition": stands.pk if stands else 0,
        "words": stands.words if stands else "",
        "saturation": stands.saturation if stands else None,
        "scale": stands.scale if stands else 1,
        "scale_by": stands.scale_by if stands else "",
    }
    form = UsualForm(
        with_both(request.POST, initial) or None,
        sets_scale=sets_scale(request.actor, citizen_id, now=now),
        initial=initial,
    )
    clash = None
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_usual(
                actor=request.actor,
                citizen_id=citizen_id,
                words=said["words"],
                saturation=said["saturation"],
                scale=said.get("scale", stands.scale if stands else 1),
                scale_by=said.get("scale_by", stands.scale_by if stands else ""),
                seen=form.seen(),
                at=now,
            )
        except ChangedMeanwhile as changed:
            clash, status = clash_of(form, changed), 409
        except ActionRefused as refused:
            form.add_error("scale_by" if "scale_by" in form.fields else None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Lagret i journalen."))
            return redirect("observations:citizen", citizen_id=citizen_id)
    return render(request, "observations/usual.html", {"page": page, "form": form, "clash": clash}, status=status)
