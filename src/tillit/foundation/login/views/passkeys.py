"""Passkeys: the browser's script asks for a question, lets her open the passkey, and posts the answer."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tillit.foundation.access.actions import employed
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.models import User
from tillit.foundation.access.permissions import PUBLIC, SIGNED_IN
from tillit.foundation.access.views import in_chosen_language, safe_next
from tillit.foundation.login import places, queries
from tillit.foundation.login.actions import attempts, entering, passkeys, second_step, sessions
from tillit.foundation.login.actions.passkeys import PasskeyRefused, Question
from tillit.foundation.login.middleware import open_when_locked
from tillit.foundation.login.rules.attempts import Counted
from tillit.foundation.login.rules.second_step import Next
from tillit.foundation.login.stepup import is_fresh
from tillit.foundation.login.views import flow, json_body
from tillit.foundation.login.views.lock import same_person
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed

_STATE = "passkey_state"


def _asked(request: HttpRequest, question: Question) -> JsonResponse:
    request.session[_STATE] = dict(question.state)
    return JsonResponse(dict(question.options))


def _state(request: HttpRequest) -> Mapping[str, Any]:
    """Return what the answer is checked against, once: a question is answered once."""
    state: Mapping[str, Any] = request.session.pop(_STATE, None) or {}
    return state


@never_cache
@require_POST
@requires(PUBLIC)
def ask(request: ActorRequest) -> HttpResponse:
    """Return a question that any passkey for this product can answer."""
    return _asked(request, passkeys.ask_for_one(here=places.here(request)))


@never_cache
@require_POST
@requires(PUBLIC)
@in_chosen_language
def log_in(request: ActorRequest) -> HttpResponse:
    """Let somebody in by passkey alone, or as the second step after her password."""
    at = clock.now()
    counted = attempts.counts((Counted.ADDRESS,), account="", address=places.address_of(request), device="")
    try:
        attempts.count_try(counted, at=at)
        found = flow.pending(request, Next.ASK, at=at)
        user = passkeys.recognise(
            state=_state(request), answer=json_body.read(request), here=places.here(request),
            only=found.user if found else None, at=at,
        )  # fmt: skip
        attempts.forgive(counted)
        if found is not None:
            answer = flow.finish_pending(request, found, second_step="PASSKEY", at=at)
        else:
            answer = flow.proceed(request, user, door="passkey", strong=True, next_path=safe_next(request), at=at)
    except ActionRefused as refusal:
        if isinstance(refusal, PasskeyRefused):
            entering.note_refusal(None, door="passkey", why="unknown_passkey", at=at)
        return json_body.refuse(refusal)
    return _going(answer)


def _going(answer: HttpResponse) -> JsonResponse:
    """Tell the script where to go; the cookies come along."""
    told = JsonResponse({"next": answer["Location"]})
    told.cookies = answer.cookies
    return told


@never_cache
@require_POST
@requires(PUBLIC)
def ask_for_new(request: ActorRequest) -> HttpResponse:
    """Return the question for a new passkey: for one who is in, or who must choose a second step to come in."""
    at = clock.now()
    found = flow.pending(request, Next.SET_UP, at=at)
    user = found.user if found else request.user
    if not isinstance(user, User) or (found is None and not is_fresh(request)):
        raise NotAllowed("")
    return _asked(request, passkeys.ask_for_new(user=user, here=places.here(request)))


@never_cache
@require_POST
@requires(PUBLIC)
@in_chosen_language
def add(request: ActorRequest) -> HttpResponse:
    """Store a new passkey; and let somebody in who had to have one."""
    at = clock.now()
    found = flow.pending(request, Next.SET_UP, at=at)
    user = found.user if found else request.user
    if not isinstance(user, User) or (found is None and (request.actor is None or not is_fresh(request))):
        raise NotAllowed("")
    try:
        posted = json_body.read(request)
        name = posted.pop("name", "")
        first = not queries.ways_of(user).codes_left
        actor = employed(user, at=at)
        passkeys.add(
            user=user, actor=actor, name=name if isinstance(name, str) and name else places.place_of(request).browser,
            state=_state(request), answer=posted, here=places.here(request), at=at,
        )  # fmt: skip
    except ActionRefused as refusal:
        return json_body.refuse(refusal)
    codes = second_step.new_recovery_codes(user=user, actor=actor, at=at) if first else None
    if found is None:
        flow.show_codes_next(request, codes, then="")
        return JsonResponse({"next": reverse("login:codes")} if codes else {})
    answer = flow.finish_pending(request, found, second_step="PASSKEY", at=at)
    flow.show_codes_next(request, codes, then=answer["Location"])
    return _going(flow.to_codes(answer)) if codes else _going(answer)


@never_cache
@open_when_locked
@require_POST
@requires(SIGNED_IN)
def ask_for_mine(request: ActorRequest) -> HttpResponse:
    """Return a question that only her own passkeys answer: to unlock, or to show that it is her."""
    assert isinstance(request.user, User)
    return _asked(request, passkeys.ask_for_one(here=places.here(request), user=request.user))


@never_cache
@open_when_locked
@require_POST
@requires(SIGNED_IN)
def prove(request: ActorRequest) -> HttpResponse:
    """Unlock, or show again that it is her, with one of her own passkeys."""
    assert isinstance(request.user, User)
    current = getattr(request, "login", None)
    at = clock.now()
    try:
        passkeys.recognise(
            state=_state(request), answer=json_body.read(request), here=places.here(request), only=request.user, at=at
        )
    except ActionRefused as refusal:
        return json_body.refuse(refusal)
    if current is not None:
        sessions.unlock_by_proof(session_id=current.session.pk, actor=request.actor, how="PASSKEY", at=at)
    return JsonResponse({"open": True, **same_person(request)})
