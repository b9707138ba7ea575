"""«Innlogging og sikkerhet»: one's own passkeys, second step, login services, sessions and device."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.login import contexts, queries
from tillit.foundation.login.actions import identities, passkeys, second_step, sessions
from tillit.foundation.login.forms import AppCodeForm, PasskeyNameForm
from tillit.foundation.login.models import Passkey
from tillit.foundation.login.stepup import proved_recently
from tillit.foundation.login.views import flow
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.ui import toasts


def _me(request: ActorRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _session_id(request: ActorRequest) -> int | None:
    current = getattr(request, "login", None)
    return current.session.pk if current is not None else None


@never_cache
@require_http_methods(["GET"])
@requires(SIGNED_IN)
def show(request: ActorRequest) -> HttpResponse:
    """Show how one logs in, and where one is logged in."""
    at = clock.now()
    page = contexts.security_page(
        user=_me(request), actor=request.actor, current=getattr(request, "login", None), at=at
    )
    return render(request, "login/security.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(SIGNED_IN)
@proved_recently
def new_passkey(request: ActorRequest) -> HttpResponse:
    """The page on which a passkey is made. The script does the rest."""
    return render(request, "login/new_passkey.html", {"page": contexts.NewPasskeyPage()})


@require_http_methods(["GET", "POST"])
@requires(SIGNED_IN)
def rename_passkey(request: ActorRequest, passkey_id: int) -> HttpResponse:
    """Call a passkey something else."""
    row = Passkey.objects.filter(pk=passkey_id, user=_me(request)).first()
    if row is None:
        raise NotFound(_("Fant ikke passnøkkelen. Kanskje er den fjernet alt."))
    form = PasskeyNameForm(request.POST or None, initial={"name": row.name})
    if form.is_valid():
        passkeys.rename(actor=request.actor, passkey_id=passkey_id, name=form.cleaned_data["name"], at=clock.now())
        toasts.say(request, _("Navnet er lagret."))
        return redirect("login:security")
    page = contexts.PasskeyNamePage(passkey_id=passkey_id, name=row.name)
    return render(request, "login/passkey_name.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
@requires(SIGNED_IN)
@proved_recently
def remove_passkey(request: ActorRequest, passkey_id: int) -> HttpResponse:
    """Let a passkey open nothing any more."""
    passkeys.remove(actor=request.actor, passkey_id=passkey_id, at=clock.now())
    toasts.say(request, _("Passnøkkelen er fjernet. Slett den gjerne på telefonen også."))
    return redirect("login:security")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@requires(SIGNED_IN)
@proved_recently
def code_app(request: ActorRequest) -> HttpResponse:
    """Put an authenticator app into use."""
    user, at = _me(request), clock.now()
    secret = flow.app_secret(request)
    form = AppCodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        try:
            second_step.set_up_code_app(
                user=user, actor=request.actor, secret=secret, code=form.cleaned_data["code"], at=at
            )
        except ActionRefused as refusal:
            form.add_error("code", refusal.text)
        else:
            flow.forget_app_secret(request)
            if queries.ways_of(user).codes_left:
                toasts.say(request, _("Kodeappen er i bruk fra neste gang du logger inn."))
                return redirect("login:security")
            codes = second_step.new_recovery_codes(user=user, actor=request.actor, at=at)
            flow.show_codes_next(request, codes, then="")
            return redirect("login:codes")
    page = contexts.set_up_page(secret=secret, username=user.username, name=user.name)
    return render(request, "login/code_app.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
@requires(SIGNED_IN)
@proved_recently
def remove_code_app(request: ActorRequest) -> HttpResponse:
    """Take the authenticator app away."""
    second_step.remove_code_app(user=_me(request), actor=request.actor, at=clock.now())
    toasts.say(request, _("Kodeappen er fjernet."))
    return redirect("login:security")


@require_POST
@requires(SIGNED_IN)
@proved_recently
def new_codes(request: ActorRequest) -> HttpResponse:
    """Make new codes on paper."""
    codes = second_step.new_recovery_codes(user=_me(request), actor=request.actor, at=clock.now())
    flow.show_codes_next(request, codes, then="")
    return redirect("login:codes")


@require_POST
@requires(SIGNED_IN)
@proved_recently
def unlink(request: ActorRequest, identity_id: int) -> HttpResponse:
    """Let a login service open the account no more."""
    identities.unlink(actor=request.actor, identity_id=identity_id, at=clock.now())
    toasts.say(request, _("Koblingen er fjernet."))
    return redirect("login:security")


@require_POST
@requires(SIGNED_IN)
def end_session(request: ActorRequest, session_id: int) -> HttpResponse:
    """Log oneself out somewhere else."""
    sessions.end_one(actor=request.actor, session_id=session_id, at=clock.now())
    toasts.say(request, _("Du er logget ut der."))
    return redirect("login:security")


@require_POST
@requires(SIGNED_IN)
def end_others(request: ActorRequest) -> HttpResponse:
    """Log oneself out everywhere else."""
    ended = sessions.end_others(actor=request.actor, but=_session_id(request), at=clock.now())
    toasts.say(
        request,
        ngettext("Du er logget ut %(n)d annet sted.", "Du er logget ut %(n)d andre steder.", ended) % {"n": ended},
    )
    return redirect("login:security")


@require_POST
@requires(SIGNED_IN)
def device(request: ActorRequest) -> HttpResponse:
    """Say whose this device is."""
    session_id = _session_id(request)
    if session_id is None:
        raise NotFound(_("Siden finnes ikke."))
    sessions.choose_kind(session_id=session_id, actor=request.actor, kind=request.POST.get("kind", ""), at=clock.now())
    toasts.say(request, _("Valget er lagret. Det gjelder denne enheten."))
    return redirect("login:security")
