"""Register a citizen."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import actions, contexts, forms, permissions, rules
from tillit.care.citizens.views.places import team_for, units_to_choose
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.foundation.organisation import queries as organisation
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


def numbers_accepted() -> rules.Numbers:
    """Return which numbers of persons this installation accepts: real ones in production, invented ones elsewhere."""
    return rules.Numbers.REAL if settings.ENV.mode == "production" else rules.Numbers.SYNTHETIC


@never_cache
@_FORM
@requires(permissions.REGISTER_CITIZEN)
@limited(Door.SEARCH)
def register(request: ActorRequest) -> HttpResponse:
    """Register a citizen. The area of the address suggests a team; the person decides."""
    at = clock.now()
    today = oslo.day_of(at)
    units = units_to_choose(request, on=today)
    form = forms.RegisterForm(
        request.POST or None, units=units, initial={"valid_from": today, "unit": units[0][0] if len(units) == 1 else ""}
    )
    suggestion = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        suggestion = _other_team(data, chosen=data["unit"], on=data["valid_from"])
        if not suggestion or "confirmed" in request.POST:
            try:
                citizen = actions.register_citizen(
                    actor=request.actor,
                    given_name=data["given_name"],
                    family_name=data["family_name"],
                    call_name=data["call_name"],
                    number=data["number"],
                    numbers=numbers_accepted(),
                    born_on=data["born_on"],
                    phone=data["phone"],
                    language=data["language"],
                    needs_interpreter=data["needs_interpreter"],
                    lives_alone=data["lives_alone"],
                    home=form.text(),
                    unit_id=data["unit"],
                    valid_from=data["valid_from"],
                    moves_in=form.move(),
                    at=at,
                )
            except (actions.NumberRefused, actions.NumberTaken) as refused:
                form.add_error("number", refused.text)
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                if data["moves_in"]:
                    return redirect("decisions:moved_in", citizen.pk)
                if data["valid_from"] > today:
                    toasts.say(request, _("Brukeren er registrert, og står i lista fra dagen du valgte."))
                    return redirect("citizens:list")
                toasts.say(request, _("Brukeren er registrert."))
                return redirect("citizens:page", citizen.pk)
    page = contexts.register_page(suggestion=suggestion)
    status = 422 if form.is_bound and (form.errors or suggestion) else 200
    return render(request, "citizens/register.html", {"page": page, "form": form}, status=status)


def _other_team(data: dict[str, Any], *, chosen: int, on: date) -> str:
    suggested = team_for(data, on=on)
    if suggested is None or suggested == chosen:
        return ""
    return organisation.names_of((suggested,)).get(suggested, "")
