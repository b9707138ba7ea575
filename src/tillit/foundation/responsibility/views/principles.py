"""The municipality's principles."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.responsibility import actions
from tillit.foundation.responsibility.contexts.principles_page import principles_page
from tillit.foundation.responsibility.forms.models import PrinciplesForm
from tillit.foundation.responsibility.permissions import KEEP_PRINCIPLES, SEE_MODELS
from tillit.foundation.responsibility.queries import principles_now
from tillit.kernel import clock
from tillit.kernel.errors import ChangedMeanwhile
from tillit.ui import toasts

#: Empty places after those that stand.
MORE = 2


@require_GET
@requires(SEE_MODELS)
def show(request: ActorRequest) -> HttpResponse:
    """Show them to everybody."""
    return render(request, "responsibility/principles.html", {"page": principles_page(actor=request.actor)})


@require_http_methods(["GET", "POST"])
@requires(KEEP_PRINCIPLES)
def edit(request: ActorRequest) -> HttpResponse:
    """Write them anew: each time a new version."""
    now = principles_now()
    entries = now.entries if now else ()
    status, note, is_newer = 200, "", False
    if request.method == "POST":
        written = sum(name.startswith("title_") for name in request.POST)
        form = PrinciplesForm(request.POST, places=min(written, actions.MOST_PRINCIPLES))
        status = 422
        if form.is_valid():
            try:
                actions.keep_principles(
                    actor=request.actor,
                    seen=form.cleaned_data["seen"],
                    source=form.cleaned_data["source"],
                    entries=form.entries,
                    at=clock.now(),
                )
            except ChangedMeanwhile as meanwhile:
                note, status, is_newer = meanwhile.text, 409, True
                typed = request.POST.copy()
                typed["seen"] = str(meanwhile.now)
                form = PrinciplesForm(typed, places=form.places)
            except actions.PrinciplesRefused as refusal:
                form.add_error(None, refusal.text)
            else:
                toasts.say(request, _("Prinsippene er lagret. Det som er bestemt før, viser til de gamle."))
                return redirect("responsibility:principles")
    else:
        first: dict[str, object] = {"seen": now.number if now else 0, "source": now.source if now else ""}
        for number, entry in enumerate(entries, start=1):
            first |= {f"title_{number}": entry.title, f"text_{number}": entry.text}
        form = PrinciplesForm(initial=first, places=min(len(entries) + MORE, actions.MOST_PRINCIPLES))
    page = principles_page(actor=request.actor, editing=True, note=note, is_newer=is_newer)
    return render(request, "responsibility/principles_form.html", {"page": page, "form": form}, status=status)
