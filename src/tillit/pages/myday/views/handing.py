"""Between colleagues: give a visit away, take one nobody has, give one back; and where the colleagues are now."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.workforce import queries as workforce
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.pages.myday.contexts.handing import hand_over_page
from tillit.pages.myday.contexts.mates import mates_page
from tillit.pages.myday.contexts.visit import row_of
from tillit.teamwork.planning import actions as planning
from tillit.teamwork.planning.permissions import SEE_LISTS, SHARE_VISITS
from tillit.teamwork.planning.rules import handing
from tillit.ui import toasts


@never_cache
@require_GET
@requires(SEE_LISTS)
def mates(request: ActorRequest) -> HttpResponse:
    """Show where the colleagues are in their lists, and what nobody has."""
    return render(request, "myday/mates.html", {"page": mates_page(actor=request.actor, now=clock.now())})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(SHARE_VISITS)
def hand_over(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Show to whom the visit can go, or give it: it lies with her at once."""
    now = clock.now()
    row = row_of(actor=request.actor, visit_id=visit_id, at=now)
    refused = ""
    if request.method == "POST":
        to = handing.number_written(request.POST.get("to", "")) or 0
        try:
            planning.hand_over_visit(
                actor=request.actor, visit_id=visit_id, to_employee_id=to, at=now, seen=_seen(request)
            )
        except ActionRefused as refusal:
            refused = refusal.text
        else:
            undo_href = reverse("myday:undo_hand_over", args=[visit_id])
            name = workforce.marks(employee_ids=[to])[to].given_name
            toasts.say(request, _("Besøket er gitt til %(name)s.") % {"name": name}, undo_href=undo_href)
            return redirect("myday:today")
    page = hand_over_page(actor=request.actor, row=row, now=now, refused=refused)
    return render(request, "myday/hand_over.html", {"page": page}, status=409 if refused else 200)


@require_POST
@requires(SHARE_VISITS)
def undo(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Take back a visit that was just given away."""
    try:
        planning.undo_hand_over(actor=request.actor, visit_id=visit_id, at=clock.now())
    except ActionRefused as refusal:
        return _mates_again(request, refusal)
    toasts.say(request, _("Angret. Besøket står på lista di igjen."))
    return redirect("myday:today")


@require_POST
@requires(SHARE_VISITS)
def take(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Take a visit nobody has. «Angre» gives it back."""
    try:
        planning.take_visit(actor=request.actor, visit_id=visit_id, at=clock.now(), seen=_seen(request))
    except ActionRefused as refusal:
        return _mates_again(request, refusal)
    toasts.say(request, _("Besøket er ditt."), undo_href=reverse("myday:give_back", args=[visit_id]))
    return redirect("myday:today")


@require_POST
@requires(SHARE_VISITS)
def give_back(request: ActorRequest, visit_id: int) -> HttpResponse:
    """Give a visit back to the one it came from; one that was taken is nobody's again."""
    try:
        came = planning.give_back_visit(actor=request.actor, visit_id=visit_id, at=clock.now(), seen=_seen(request))
    except ActionRefused as refusal:
        return _mates_again(request, refusal)
    toasts.say(request, _("Besøket er ledig igjen.") if came and came.by_id is None else _("Besøket er gitt tilbake."))
    return redirect("myday:today")


def _seen(request: ActorRequest) -> int | None:
    """The edition of the lists the page was drawn from: the same press sent twice is one."""
    return handing.number_written(request.POST.get("edition", ""))


def _mates_again(request: ActorRequest, refusal: ActionRefused) -> HttpResponse:
    page = mates_page(actor=request.actor, now=clock.now(), refused=refusal.text)
    return render(request, "myday/mates.html", {"page": page}, status=409)
