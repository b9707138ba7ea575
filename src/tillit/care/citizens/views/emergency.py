"""Emergency access: open, end, review."""

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.citizens import permissions
from tillit.care.citizens.actions import emergency as actions
from tillit.care.citizens.contexts import emergency as contexts
from tillit.care.citizens.forms.protection import EmergencyForm, ReviewForm
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.stepup import proved_if_she_can
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, TooOften
from tillit.ui import toasts


@never_cache
@sensitive_post_parameters("name", "born_on", "number", "words")
@require_http_methods(["GET", "POST"])
@requires(permissions.OPEN_EMERGENCY)
@proved_if_she_can
def open_record(request: ActorRequest) -> HttpResponse:
    """Say whom one stands before and why, and be let in. The same answer for nobody, several and the barred."""
    form = EmergencyForm(request.POST or None)
    at, wait = clock.now(), 0
    if form.is_valid():
        data = form.cleaned_data
        try:
            answer = actions.open_emergency(
                actor=request.actor,
                name=data["name"],
                born_on=data["born_on"],
                number=data["number"],
                reason=data["reason"],
                words=data["words"],
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            wait = refused.seconds if isinstance(refused, TooOften) else 0
        else:
            if answer.citizen_id is not None:
                return redirect("citizens:page", answer.citizen_id)
            form.add_error(
                None,
                _("Fant ikke én bestemt person. Se over navn og fødselsdato, eller bruk fødselsnummeret."),
            )
    page = contexts.emergency_page(at=at)
    status = 429 if wait else 422 if form.errors else 200
    shown = render(request, "citizens/emergency.html", {"page": page, "form": form}, status=status)
    if wait:
        shown.headers["Retry-After"] = str(wait)
    return shown


@never_cache
@require_POST
@requires(permissions.OPEN_EMERGENCY)
def end(request: ActorRequest, emergency_id: int) -> HttpResponse:
    """Close one's own emergency access before its time."""
    actions.end_emergency(actor=request.actor, emergency_id=emergency_id, at=clock.now())
    toasts.say(request, _("Nødtilgangen er lukket."))
    return redirect("home:front_door")


@never_cache
@require_GET
@requires(permissions.REVIEW_EMERGENCY)
def list_emergencies(request: ActorRequest) -> HttpResponse:
    """Those that wait for review, and those reviewed lately."""
    return _list(request)


@never_cache
@require_POST
@requires(permissions.REVIEW_EMERGENCY)
def review(request: ActorRequest, emergency_id: int) -> HttpResponse:
    """Write what one found."""
    form = ReviewForm(request.POST, prefix=_prefix(emergency_id))
    if form.is_valid():
        try:
            actions.review_emergency(
                actor=request.actor,
                emergency_id=emergency_id,
                verdict=form.cleaned_data["verdict"],
                words=form.cleaned_data["words"],
                at=clock.now(),
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
        else:
            toasts.say(request, _("Gjennomgangen er lagret."))
            return redirect("emergency:list")
    return _list(request, (emergency_id, form), status=422)


def _list(request: ActorRequest, opened: tuple[int, BaseForm] | None = None, *, status: int = 200) -> HttpResponse:
    page = contexts.emergencies_page(
        actor=request.actor, at=clock.now(), forms=lambda pk: ReviewForm(prefix=_prefix(pk)), opened=opened
    )
    return render(request, "citizens/emergencies.html", {"page": page}, status=status)


def _prefix(emergency_id: int) -> str:
    return f"nodtilgang{emergency_id}"
