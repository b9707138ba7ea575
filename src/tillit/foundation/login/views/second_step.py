"""Between the first step and being in: the code, or choosing a second step; and the codes on paper, shown once."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from tillit.foundation.access.actions import employed
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import PUBLIC, SIGNED_IN
from tillit.foundation.access.views import in_chosen_language
from tillit.foundation.login import contexts, queries
from tillit.foundation.login.actions import entering, second_step
from tillit.foundation.login.actions.attempts import TooManyTries
from tillit.foundation.login.forms import AppCodeForm, StepForm
from tillit.foundation.login.rules.second_step import Next
from tillit.foundation.login.views import flow
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@requires(PUBLIC)
@in_chosen_language
def ask(request: ActorRequest) -> HttpResponse:
    """Ask for the second step."""
    at = clock.now()
    found = flow.pending(request, Next.ASK, at=at)
    if found is None:
        return flow.not_here(request)
    form = StepForm(request.POST or None)
    status = 200 if request.method == "GET" else 422
    if form.is_valid():
        try:
            how = second_step.check_code(user=found.user, code=form.cleaned_data["code"], at=at)
            return flow.finish_pending(request, found, second_step=how, at=at)
        except ActionRefused as refusal:
            form.add_error("code", refusal.text)
            status = 429 if isinstance(refusal, TooManyTries) else 422
            if isinstance(refusal, second_step.WrongCode):
                entering.note_refusal(found.user, door=found.door, why="wrong_code", at=at)
    page = contexts.step_page(queries.ways_of(found.user))
    return render(request, "login/second_step.html", {"page": page, "form": form}, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@requires(PUBLIC)
@in_chosen_language
def set_up(request: ActorRequest) -> HttpResponse:
    """Let somebody choose the second step she must have: a passkey, or an authenticator app."""
    at = clock.now()
    found = flow.pending(request, Next.SET_UP, at=at)
    if found is None:
        return flow.not_here(request)
    form = AppCodeForm(request.POST or None)
    secret = flow.app_secret(request)
    if form.is_valid():
        try:
            actor = employed(found.user, at=at)
            second_step.set_up_code_app(
                user=found.user, actor=actor, secret=secret, code=form.cleaned_data["code"], at=at
            )
            codes = second_step.new_recovery_codes(user=found.user, actor=actor, at=at)
        except ActionRefused as refusal:
            form.add_error("code", refusal.text)
        else:
            answer = flow.finish_pending(request, found, second_step="CODE_APP", at=at)
            flow.show_codes_next(request, codes, then=answer["Location"])
            return flow.to_codes(answer)
    page = contexts.set_up_page(secret=secret, username=found.user.username, name=found.user.name)
    status = 422 if form.errors else 200
    return render(request, "login/set_up.html", {"page": page, "form": form}, status=status)


@never_cache
@require_GET
@requires(SIGNED_IN)
def codes(request: ActorRequest) -> HttpResponse:
    """Show the codes that were just made, once."""
    shown = flow.take_codes(request)
    if shown is None:
        return redirect("login:security")
    return render(request, "login/codes.html", {"page": contexts.CodesPage(codes=shown[0], next_path=shown[1])})
