"""What went wrong, for the one who answers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.deviations import actions
from tillit.teamwork.deviations.contexts.shown import deviation_page
from tillit.teamwork.deviations.forms import AnswerForm
from tillit.teamwork.deviations.permissions import ANSWER_DEVIATION
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ANSWER_DEVIATION)
def show(request: ActorRequest, deviation_id: int) -> HttpResponse:
    """Show it, or answer the one who told."""
    now = clock.now()
    page = deviation_page(actor=request.actor, deviation_id=deviation_id, now=now)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.answer_deviation(
                actor=request.actor,
                deviation_id=deviation_id,
                answer=form.cleaned_data["answer"],
                learned=form.cleaned_data["learned"],
                at=now,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
            page = deviation_page(actor=request.actor, deviation_id=deviation_id, now=now)
        else:
            toasts.say(request, _("Svaret er sendt til den som meldte."))
            return redirect("deviations:list")
    return render(request, "deviations/show.html", {"page": page, "form": form}, status=status)


@require_POST
@requires(ANSWER_DEVIATION)
def look(request: ActorRequest, deviation_id: int) -> HttpResponse:
    """Say that one looks at it."""
    actions.look_at_deviation(actor=request.actor, deviation_id=deviation_id, at=clock.now())
    toasts.say(request, _("Den som meldte, ser at du ser på det."))
    return redirect("deviations:show", deviation_id=deviation_id)
