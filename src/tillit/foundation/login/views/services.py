"""Log in with a login service: the municipality's Entra ID, HelseID."""

import logging
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access import actions as access
from tillit.foundation.access import sources
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import PUBLIC
from tillit.foundation.access.views import in_chosen_language, language_of, safe_next
from tillit.foundation.login import contexts, sealing
from tillit.foundation.login.actions import entering, identities, sessions
from tillit.foundation.login.forms import LoginForm
from tillit.foundation.login.middleware import open_when_locked
from tillit.foundation.login.models import LoginSession
from tillit.foundation.login.oidc.client import Begun, Client, Known, ServiceAway, ServiceRefused
from tillit.foundation.login.oidc.providers import CITIZENS, EMPLOYEES, Provider
from tillit.foundation.login.oidc.tokens import TokenRefused
from tillit.foundation.login.stepup import is_fresh
from tillit.foundation.login.views import flow
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.ui import toasts

log = logging.getLogger("tillit.login")
_AWAY = "login_service"
_INVITATION = "login_invitation"
#: How long one may be away at the service, and a code from an invitation is kept while she is.
AWAY_SECONDS = 600


@lru_cache(maxsize=32)
def _client(provider_slug: str, _version: int) -> Client:
    return Client(_provider(provider_slug))


def client_for(slug: str) -> Client:
    """Return the client of a service: one for each process, so that descriptions and keys are kept."""
    _provider(slug)
    return _client(slug, id(settings.LOGIN_PROVIDERS))


def _provider(slug: str) -> Provider:
    for provider in settings.LOGIN_PROVIDERS:
        if provider.slug == slug:
            found: Provider = provider
            return found
    raise NotFound(_("Siden finnes ikke."))


@never_cache
@open_when_locked
@require_POST
@requires(PUBLIC)
@in_chosen_language
def go(request: ActorRequest, slug: str) -> HttpResponse:
    """Send somebody to a login service: to log in, to use an invitation, to link it to the account she is in, or to
    show again that it is her. The last is asked for anew, and in a tab of its own: what she was writing stays."""
    client, at = client_for(slug), clock.now()
    wanted = request.POST.get("purpose", "")
    purpose = wanted if wanted in {"link", "prove"} and isinstance(request.user, User) else "log_in"
    if purpose == "link" and not is_fresh(request):
        toasts.say(request, _("Bekreft at det er deg først."))
        return redirect("login:security")
    try:
        address, begun = client.begin(redirect_uri=_back(request, slug), anew=purpose == "prove", at=at)
    except (ServiceAway, ServiceRefused, TokenRefused) as problem:
        return _did_not_work(request, slug, None, problem, at)
    request.session[_AWAY] = {
        "slug": slug,
        "at": at.timestamp(),
        "state": begun.state,
        "nonce": begun.nonce,
        "verifier": begun.verifier,
        "dpop": dict(begun.dpop) if begun.dpop else None,
        "next": safe_next(request),
        "purpose": purpose,
        "shown_after": begun.shown_after,
        "user": request.user.pk,
        "invited": bool(request.POST.get("invited")),
    }
    return HttpResponseRedirect(address)


@never_cache
@open_when_locked
@require_GET
@requires(PUBLIC)
@in_chosen_language
def back(request: ActorRequest, slug: str) -> HttpResponse:
    """Take somebody back from a login service. What was remembered is used once, whatever comes of it."""
    client, at = client_for(slug), clock.now()
    kept = request.session.pop(_AWAY, None)
    code = _take_invitation(request, at) if kept and kept["invited"] else ""
    if not kept or kept["slug"] != slug or at.timestamp() - kept["at"] > AWAY_SECONDS:
        return _did_not_work(request, slug, None, TokenRefused("not_begun_here"), at)
    begun = Begun(kept["state"], kept["nonce"], kept["verifier"], kept["dpop"], kept["shown_after"])
    try:
        known = client.finish(request.GET.dict(), begun, redirect_uri=_back(request, slug), at=at)
    except (ServiceAway, ServiceRefused, TokenRefused) as problem:
        return _did_not_work(request, slug, None, problem, at)
    try:
        if kept["purpose"] == "link":
            return _link_to_me(request, client.provider, known, kept["user"], at)
        if kept["purpose"] == "prove":
            return _prove(request, known, kept["user"], at)
        user = _user_of(client.provider, known, code, at)
        refuse_the_other_side(client.provider, user, at)
        return flow.proceed(
            request, user, door=slug, strong=client.provider.strong, next_path=kept["next"],
            id_token=known.id_token if client.provider.logout else "", at=at,
        )  # fmt: skip
    except ActionRefused as refusal:
        return _did_not_work(request, slug, refusal, None, at)


def refuse_the_other_side(provider: Provider, user: User, at: datetime) -> None:
    """A service for citizens opens no employee's account, and one for employees no citizen's."""
    actor = sources.actor_for(user_id=user.pk, name=user.name, at=at)
    if actor.is_private != (provider.opens == CITIZENS):
        entering.note_refusal(user, door=provider.slug, why="other_side", at=at)
        raise identities.UnknownIdentity(_("Denne innloggingen er ikke for kontoen din. Velg en av de andre måtene."))


def _user_of(provider: Provider, known: Known, code: str, at: datetime) -> User:
    if code and provider.opens == EMPLOYEES:
        user = access.invited_user(code=code, at=at)
        identities.link(user=user, issuer=known.issuer, subject=known.subject, how="INVITATION", at=at)
        return access.accept_invitation(code=code, password=None, at=at)
    value = known.claims.get(provider.key_claim, "") if provider.key_claim else ""
    key = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    try:
        return identities.recognise(provider=provider.slug, issuer=known.issuer, subject=known.subject, key=key, at=at)
    except identities.UnknownIdentity:
        entering.note_refusal(None, door=provider.slug, why="unknown_identity", at=at)
        raise


def _link_to_me(request: ActorRequest, provider: Provider, known: Known, user_id: int, at: datetime) -> HttpResponse:
    user = request.user
    if provider.opens != EMPLOYEES:
        raise identities.UnknownIdentity(_("Denne innloggingen er ikke for kontoen din. Velg en av de andre måtene."))
    if not isinstance(user, User) or user.pk != user_id:
        raise access.InvitationRefused(_("Det er en annen som er logget inn nå. Prøv en gang til."))
    identities.link(user=user, issuer=known.issuer, subject=known.subject, how="HERSELF", at=at)
    toasts.say(request, _("Innloggingen er knyttet til kontoen din."))
    return redirect("login:security")


def _prove(request: ActorRequest, known: Known, user_id: int, at: datetime) -> HttpResponse:
    """It is her again: unlock, and let what waits for her proof go on in the tab she came from."""
    current, user = getattr(request, "login", None), request.user
    mine = isinstance(user, User) and user.pk == user_id and user.identities.filter(
        issuer=known.issuer, subject=known.subject
    ).exists()  # fmt: skip
    if current is None or not mine:
        raise identities.UnknownIdentity(_("Det var ikke den som er logget inn her. Prøv en gang til."))
    sessions.unlock_by_proof(session_id=current.session.pk, actor=request.actor, how="SERVICE", at=at)
    return render(request, "login/proved.html", {})


def _did_not_work(
    request: ActorRequest,
    slug: str,
    refusal: ActionRefused | None,
    problem: ServiceAway | ServiceRefused | TokenRefused | None,
    at: datetime,
) -> HttpResponse:
    """Show the ways in again, with what went wrong in plain words. The log gets a code, never a token."""
    name = _provider(slug).name
    if problem is not None:
        log.warning("login service %s: %s %s", slug, type(problem).__name__, problem.why)
        entering.note_refusal(None, door=slug, why=type(problem).__name__, at=at)
    if refusal is not None:
        text = refusal.text
    elif isinstance(problem, ServiceAway):
        text = _("%(service)s svarer ikke nå. Prøv igjen om litt, eller logg inn på en annen måte.") % {"service": name}
    elif isinstance(problem, ServiceRefused):
        text = _("%(service)s logget deg ikke inn. Prøv igjen, eller logg inn på en annen måte.") % {"service": name}
    else:
        text = _("Svaret fra %(service)s kunne ikke brukes. Begynn på nytt herfra.") % {"service": name}
    form = LoginForm()
    page = contexts.login_page(next_path=safe_next(request), language=language_of(request), refused=text)
    return render(request, "login/login.html", {"page": page, "form": form}, status=422)


def remember_invitation(request: HttpRequest, code: str, *, at: datetime) -> None:
    """Keep a code that is right, sealed, in case she goes on to a login service with it."""
    if settings.LOGIN_PROVIDERS:
        request.session[_INVITATION] = {"code": sealing.seal(code), "at": at.timestamp()}


def _take_invitation(request: HttpRequest, at: datetime) -> str:
    kept = request.session.pop(_INVITATION, None)
    if not kept or at.timestamp() - kept["at"] > AWAY_SECONDS:
        return ""
    return sealing.unseal(kept["code"])


def logout_there(request: HttpRequest, session: LoginSession) -> str:
    """Return where to log out at the service she came from; empty when she came another way."""
    if session.door not in {provider.slug for provider in settings.LOGIN_PROVIDERS} or not session.sealed_id_token:
        return ""
    try:
        id_token = sealing.unseal(session.sealed_id_token)
    except sealing.Unreadable:
        return ""
    back_to = request.build_absolute_uri(reverse("login:log-in"))
    return client_for(session.door).logout_address(id_token=id_token, back_to=back_to)


def _back(request: HttpRequest, slug: str) -> str:
    return request.build_absolute_uri(reverse("login:service-back", args=[slug]))
