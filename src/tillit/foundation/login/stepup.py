"""For the most sensitive acts: she shows again that it is her, if it is more than a few minutes since she did.

    @require_POST
    @requires(GIVE_ROLE)
    @proved_recently
    def give_role(request, …)

Stands under `requires`. A form that is posted too late is answered by a page that asks for the proof and carries the
form along; with the proof it is posted again to the same address. Nothing typed is lost, and the view sees only its
own fields. Files are not carried along.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from tillit.foundation.access.guard import ActorRequest
from tillit.foundation.access.models import User
from tillit.foundation.login import contexts
from tillit.foundation.login.actions import entering, sessions
from tillit.foundation.login.places import place_of
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused

P = ParamSpec("P")
View = Callable[Concatenate[ActorRequest, P], HttpResponse]

#: How long a proof is fresh.
FRESH = timedelta(minutes=5)
_TYPED = "proof_password"
_OWN_FIELDS = ("csrfmiddlewaretoken", _TYPED, "proof_asked")


def is_fresh(request: HttpRequest) -> bool:
    """Whether she has shown within a few minutes that it is her. In the demo nobody has anything to show it with."""
    current = getattr(request, "login", None)
    if settings.DEMO or (current is None and settings.UNKNOWN_SESSIONS):
        return True
    return current is not None and clock.now() - current.session.proved_at < FRESH


def proved_recently(view: View[P]) -> View[P]:
    """Let the view be reached only with a fresh proof; otherwise ask for it, and carry the form along."""

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if is_fresh(request):
            request.POST = _without_own(request.POST)  # type: ignore[assignment]
            return view(request, *args, **kwargs)
        refused = ""
        if "proof_asked" in request.POST:
            user = request.user
            assert isinstance(user, User)
            at = clock.now()
            try:
                entering.prove_by_password(
                    user=user, password=request.POST.get(_TYPED, ""), place=place_of(request), at=at
                )
            except ActionRefused as refusal:
                refused = refusal.text
            else:
                sessions.prove(session_id=request.login.session.pk, actor=request.actor, how="PASSWORD", at=at)  # type: ignore[attr-defined]
                request.POST = _without_own(request.POST)  # type: ignore[assignment]
                return view(request, *args, **kwargs)
        page = contexts.proof_page(request, own_fields=_OWN_FIELDS, refused=refused)
        return render(request, "login/prove.html", {"page": page}, status=422 if refused else 403)

    return guarded


def proved_if_she_can(view: View[P]) -> View[P]:
    """Ask as `proved_recently`, but only when a form is posted by somebody with a second step she can show right here.

    For acts that may not wait, as emergency access: whoever has none, or comes in by a login service alone, which may
    be away, is let through. What the act itself tells of, and who reviews it, is her check.
    """
    asked = proved_recently(view)

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not is_fresh(request) and contexts.can_prove_here(request):
            return asked(request, *args, **kwargs)
        request.POST = _without_own(request.POST)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return guarded


def proved_to_post(view: View[P]) -> View[P]:
    """As `proved_recently` for what is posted; the page with the form is shown without."""
    to_post = proved_recently(view)

    @wraps(view)
    def guarded(request: ActorRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return (to_post if request.method == "POST" else view)(request, *args, **kwargs)

    return guarded


def _without_own(posted: QueryDict) -> QueryDict:
    cleaned = posted.copy()
    for name in _OWN_FIELDS:
        cleaned.pop(name, None)
    return cleaned
