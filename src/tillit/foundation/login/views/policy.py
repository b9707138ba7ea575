"""The municipality's rules for login."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.roles import Role
from tillit.foundation.login import contexts, queries
from tillit.foundation.login.actions import policy as actions
from tillit.foundation.login.forms import PolicyForm
from tillit.foundation.login.permissions import SET_RULES
from tillit.foundation.login.stepup import proved_recently
from tillit.kernel import clock
from tillit.kernel.errors import ChangedMeanwhile
from tillit.ui import toasts


@require_http_methods(["GET", "POST"])
@requires(SET_RULES)
def rules(request: ActorRequest) -> HttpResponse:
    """Show the rules, or change them: a change asks for a fresh proof."""
    return _change(request) if request.method == "POST" else _show(request, _form_of_today(), status=200)


@proved_recently
def _change(request: ActorRequest) -> HttpResponse:
    form = PolicyForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    values = form.cleaned_data
    try:
        actions.set_rules(
            actor=request.actor,
            shared_phone_minutes=values["shared_phone_minutes"],
            own_phone_minutes=values["own_phone_minutes"],
            office_minutes=values["office_minutes"],
            idle_hours=values["idle_hours"],
            roles=[Role(code) for code in values["roles"]],
            edition=values["edition"],
            at=clock.now(),
        )
    except ChangedMeanwhile as changed:
        form.add_error(None, changed.text)
        form.data = {**request.POST.dict(), "roles": request.POST.getlist("roles"), "edition": str(changed.now)}
        return _show(request, form, status=409)
    toasts.say(request, _("Reglene er lagret, og gjelder fra nå."))
    return redirect("login:rules")


def _form_of_today() -> PolicyForm:
    policy = queries.policy()
    return PolicyForm(
        initial={
            "shared_phone_minutes": policy.shared_phone_minutes,
            "own_phone_minutes": policy.own_phone_minutes,
            "office_minutes": policy.office_minutes,
            "idle_hours": policy.idle_hours,
            "roles": policy.second_step_roles,
            "edition": policy.edition,
        }
    )


def _show(request: ActorRequest, form: PolicyForm, *, status: int) -> HttpResponse:
    page = contexts.policy_page(queries.policy())
    return render(request, "login/rules.html", {"page": page, "form": form}, status=status)
