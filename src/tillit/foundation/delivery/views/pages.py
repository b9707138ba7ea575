"""Pages: what did not go through, and emptying phones from afar."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.delivery import actions, queries
from tillit.foundation.delivery.contexts.phones import my_phones_page, phones_of_employee_page
from tillit.foundation.delivery.contexts.undelivered import choose_page, picture_in, undelivered_page
from tillit.foundation.delivery.models import Choice
from tillit.foundation.delivery.permissions import WIPE_PHONE
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.ui import toasts


@never_cache
@require_GET
@requires(SIGNED_IN)
def undelivered(request: ActorRequest) -> HttpResponse:
    """List what did not go through."""
    page = undelivered_page(actor=request.actor, at=clock.now())
    return render(request, "delivery/undelivered.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(SIGNED_IN)
def choose(request: ActorRequest, undelivered_id: int) -> HttpResponse:
    """Show both versions side by side, or choose."""
    at = clock.now()
    refused, status, typed = "", 200, None
    if request.method == "POST":
        choice = request.POST.get("choice", "")
        typed = request.POST.get("text")
        try:
            actions.choose(
                actor=request.actor,
                undelivered_id=undelivered_id,
                choice=choice,
                edition=request.POST.get("edition", ""),
                text=typed or "",
                at=at,
            )
        except (ActionRefused, NotAllowed) as refusal:
            refused, status = refusal.text, 409
        else:
            toasts.say(request, _what_was_done(choice))
            return redirect("delivery:undelivered")
    found = queries.get_undelivered(actor=request.actor, undelivered_id=undelivered_id, at=at)
    page = choose_page(actor=request.actor, found=found, at=at, typed=typed)
    return render(request, "delivery/choose.html", {"page": page, "refused": refused}, status=status)


@never_cache
@require_GET
@requires(SIGNED_IN)
def picture(request: ActorRequest, undelivered_id: int) -> HttpResponse:
    """Answer with the photo that lies in what did not go through, drawn anew. Nothing on the way keeps it."""
    found = queries.get_undelivered(actor=request.actor, undelivered_id=undelivered_id, at=clock.now())
    content = picture_in(found)
    if not content:
        raise NotFound(_("Fant ikke bildet."))
    return HttpResponse(
        content,
        content_type="image/jpeg",
        headers={"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"},
    )


def _what_was_done(choice: str) -> str:
    if choice == Choice.STANDS:
        return _("Det som står, er uendret. Det du skrev, er tatt vare på.")
    return _("Det er lagret. Begge versjonene er tatt vare på.")


@never_cache
@require_GET
@requires(SIGNED_IN)
def my_phones(request: ActorRequest) -> HttpResponse:
    """List one's own phones that hold the day."""
    return render(request, "delivery/phones.html", {"page": my_phones_page(actor=request.actor, at=clock.now())})


@require_POST
@requires(SIGNED_IN)
def wipe(request: ActorRequest, phone_id: int) -> HttpResponse:
    """Empty one of one's own phones the next time it meets us."""
    actions.wipe(actor=request.actor, phone_id=phone_id, at=clock.now())
    toasts.say(request, _("Telefonen tømmes når den får dekning."))
    return redirect("delivery:my-phones")


@never_cache
@require_GET
@requires(WIPE_PHONE)
def phones_of_employee(request: ActorRequest, employee_id: int) -> HttpResponse:
    """List an employee's phones that hold the day."""
    page = phones_of_employee_page(actor=request.actor, employee_id=employee_id, at=clock.now())
    return render(request, "delivery/phones.html", {"page": page})


@require_POST
@requires(WIPE_PHONE)
def wipe_of_employee(request: ActorRequest, employee_id: int) -> HttpResponse:
    """Empty all phones of an employee the next time they meet us."""
    count = actions.wipe_of_employee(actor=request.actor, employee_id=employee_id, at=clock.now())
    toasts.say(
        request,
        ngettext("%(n)d telefon tømmes når den får dekning.", "%(n)d telefoner tømmes når de får dekning.", count)
        % {"n": count},
    )
    return redirect("delivery:phones-of-employee", employee_id)
