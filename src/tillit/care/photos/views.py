"""A photo into the journal; and the picture itself, for whoever may see it."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.photos import actions
from tillit.care.photos.contexts import add_page
from tillit.care.photos.forms import PhotoForm
from tillit.care.photos.permissions import ADD_PHOTO, SEE_PHOTO
from tillit.care.photos.queries import get_picture
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ADD_PHOTO)
def add(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Take or choose a photo, and put it in the journal."""
    now = clock.now()
    visit = request.GET.get("besok", "")
    posted = request.method == "POST"
    form = PhotoForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={
            "press_key": secrets.token_urlsafe(16),
            "visit": int(visit) if visit.isdecimal() and len(visit) < 19 else None,
            "of": "WOUND",
        },
    )
    page = add_page(actor=request.actor, citizen_id=citizen_id, form=form, now=now)
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_photo(
                actor=request.actor,
                citizen_id=citizen_id,
                file=said["file"].read(),
                of=said["of"],
                words=said["words"],
                press_key=said["press_key"],
                visit_id=said["visit"],
                at=now,
            )
        except actions.NoPicture as refused:
            form.add_error("file", refused.text)
            status = 422
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Bildet ligger i journalen. Slett det på telefonen hvis du valgte det derfra."))
            return redirect(page.back_href)
    return render(request, "photos/add.html", {"page": page, "form": form}, status=status)


@never_cache
@require_GET
@requires(SEE_PHOTO)
def picture(request: ActorRequest, photo_id: int) -> HttpResponse:
    """Answer with the picture. Nothing on the way keeps it: `never_cache` says no-store."""
    found = get_picture(actor=request.actor, photo_id=photo_id, at=clock.now())
    return HttpResponse(
        found.content,
        content_type="image/jpeg",
        headers={"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"},
    )
