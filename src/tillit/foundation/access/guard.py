"""The doors: every view says which permission it needs, and refusals become answers in one place."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tillit.foundation.access import permissions
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.belonging import belongs_together
from tillit.foundation.access.permissions import Permission, holds_anywhere
from tillit.foundation.access.typed import typed_in
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound, TooOften
from tillit.ui import toasts

P = ParamSpec("P")


#: Doors that ask for no role. Whoever is private meets her own pages' doors, which ask for the citizen (404).
_ANY_LOGIN = frozenset({permissions.SIGNED_IN, permissions.LOGGED_IN})


def _off_duty() -> str:
    return _("Du har ikke vakt i dag. Tilgangen din åpner når dagen du har vakt begynner.")


class ActorRequest(HttpRequest):
    """A request that ActorMiddleware has given its actor; only behind `requires`."""

    actor: Actor


View = Callable[Concatenate[ActorRequest, P], HttpResponse]


def requires(
    permission: Permission,
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Declare what a view needs, and turn refusals into pages.

    Not signed in → the login page. Out of reach → 404. Not allowed → 403. Refused by a rule → 409 with its text.
    What the address names must belong together (`belonging`); else it is not found.
    The action behind the view checks again, with the unit concerned; here it is only whether she holds it anywhere.
    """

    def declare(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor: Actor | None = getattr(request, "actor", None)
            if permission is not permissions.PUBLIC:
                if actor is None:
                    return _logged_out(request)
                if actor.is_private and not permission.private:
                    return refuse(request, NotAllowed(_("Siden er for dem som arbeider i kommunen.")))
                if permission not in _ANY_LOGIN and actor.resting and not actor.grants:
                    return refuse(request, NotAllowed(_off_duty()))
                if not actor.is_private and permission not in _ANY_LOGIN and not holds_anywhere(actor, permission):
                    return refuse(request, NotAllowed(_("Siden er for andre roller enn din.")))
            match = request.resolver_match
            if match is not None and not belongs_together(match.view_name, kwargs):
                raise Http404(_("Fant ikke det du ser etter."))
            try:
                return view(request, *args, **kwargs)  # type: ignore[arg-type]
            except NotFound as missing:
                raise Http404(missing.text) from None
            except (NotAllowed, ActionRefused) as refusal:
                return refuse(request, refusal)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return declare


def refuse(request: HttpRequest, refusal: NotAllowed | ActionRefused) -> HttpResponse:
    """Return the refusal as a page: 403 for what she may not, 409 for what cannot be done now, 429 for too often."""
    if isinstance(refusal, TooOften):
        return _wait(request, refusal)
    if isinstance(refusal, NotAllowed):
        status, template = 403, "ui/errors/403.html"
    elif isinstance(refusal, ChangedMeanwhile):
        status, template = 409, "ui/errors/409.html"
    else:
        status, template = 409, "ui/errors/422.html"
    return render(request, template, {"error_text": refusal.text, "typed": typed_in(request)}, status=status)


def _logged_out(request: HttpRequest) -> HttpResponse:
    """Lead to the login page; when something was written meanwhile, give it back first."""
    if not (typed := typed_in(request)):
        return redirect_to_login(request.get_full_path())
    back = urlsplit(request.headers.get("Referer", ""))
    here = back.netloc == request.get_host()
    login = redirect_to_login(back.path if here else "/")
    return render(request, "ui/errors/401.html", {"typed": typed, "login_href": login.url}, status=401)


def _wait(request: HttpRequest, refusal: TooOften) -> HttpResponse:
    """Say how long to wait. What was posted stays on the page, so that one press sends it again; files do not."""
    again = request.method == "POST" and not request.FILES
    page = {
        "error_text": refusal.text,
        "again": request.get_full_path() if again else "",
        "fields": [
            (name, value)
            for name, values in (request.POST.lists() if again else ())
            if name != "csrfmiddlewaretoken"
            for value in values
        ],
    }
    answer = render(request, "ui/errors/429.html", page, status=429)
    answer.headers["Retry-After"] = str(refusal.seconds)
    return answer


def tell(request: HttpRequest, text: str) -> None:
    """Leave a sentence for the next page: what was done."""
    toasts.say(request, text)


def required_by(view: Callable[..., Any]) -> Permission | None:
    """Return the permission a view declares, or None. A test refuses views that declare none."""
    found = getattr(view, "permission", None)
    return found if isinstance(found, Permission) else None
