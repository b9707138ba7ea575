"""Give logins and roles."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.stepup import proved_recently
from tillit.foundation.workforce import actions, queries
from tillit.foundation.workforce.contexts import logins as contexts
from tillit.foundation.workforce.forms.logins import RoleForm, UsernameForm
from tillit.foundation.workforce.permissions import GIVE_LOGIN
from tillit.kernel import clock, oslo
from tillit.kernel.errors import NotFound
from tillit.ui import toasts


@require_GET
@requires(GIVE_LOGIN)
def units(request: ActorRequest) -> HttpResponse:
    """List the units where one gives logins, with how many can log in."""
    page = contexts.login_units_page(actor=request.actor, on=oslo.day_of(clock.now()))
    return render(request, "workforce/login_units.html", {"page": page})


@require_GET
@requires(GIVE_LOGIN)
def unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show who in a unit can log in."""
    page = contexts.logins_page(actor=request.actor, unit_id=unit_id, at=clock.now())
    return render(request, "workforce/logins.html", {"page": page})


@require_GET
@requires(GIVE_LOGIN)
def employee(request: ActorRequest, employee_id: int) -> HttpResponse:
    """Show one employee's way in and her roles."""
    return _employee_page(request, employee_id, None, status=200)


@never_cache
@require_POST
@requires(GIVE_LOGIN)
@proved_recently
def invite(request: ActorRequest, employee_id: int) -> HttpResponse:
    """Make a link and show it, once: it stands in no address, no session and no log."""
    form = UsernameForm(request.POST)
    at = clock.now()
    try:
        invited = actions.invite_employee(
            actor=request.actor, employee_id=employee_id, username=request.POST.get("username", ""), at=at
        )
    except actions.LoginRefused as refusal:
        form.is_valid()
        form.errors.pop("username", None)
        form.add_error("username", refusal.text)
        return _employee_page(request, employee_id, form, status=422)
    address = request.build_absolute_uri(reverse("login:invitation"))
    page = contexts.link_page(employee_id=employee_id, invited=invited, address=address)
    return render(request, "workforce/login_link.html", {"page": page})


@require_POST
@requires(GIVE_LOGIN)
def close(request: ActorRequest, employee_id: int) -> HttpResponse:
    """Close somebody's way in."""
    actions.close_login(actor=request.actor, employee_id=employee_id, at=clock.now())
    toasts.say(request, _("Tilgangen er stengt. Er noen logget inn, er de ute nå."))
    return redirect("workforce:login", employee_id)


@require_POST
@requires(GIVE_LOGIN)
@proved_recently
def remove_second_step(request: ActorRequest, employee_id: int) -> HttpResponse:
    """Take away the second step of somebody who has lost her phone."""
    actions.remove_second_step(actor=request.actor, employee_id=employee_id, at=clock.now())
    toasts.say(request, _("Det andre steget er fjernet. Medarbeideren får vite det når hun logger inn."))
    return redirect("workforce:login", employee_id)


@require_http_methods(["GET", "POST"])
@requires(GIVE_LOGIN)
@proved_recently
def give_role(request: ActorRequest, employee_id: int) -> HttpResponse:
    """Give somebody a role in a unit."""
    at = clock.now()
    today = oslo.day_of(at)
    page = contexts.role_page(actor=request.actor, employee_id=employee_id, at=at)
    form = RoleForm(
        request.POST or None,
        roles=contexts.roles_to_give(request.actor),
        units=contexts.units_to_give_in(request.actor, on=today),
        initial={"valid_from": today},
    )
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_role(
                actor=request.actor,
                employee_id=employee_id,
                role=form.cleaned_data["role"],
                unit_id=form.cleaned_data["unit"],
                valid_from=form.cleaned_data["valid_from"],
                valid_to=form.valid_to,
                at=at,
            )
        except actions.RoleRefused as refusal:
            field = {"valid_to": "last"}.get(refusal.field, refusal.field)
            form.add_error(field or None, refusal.text)
        else:
            toasts.say(request, _("Rollen er gitt."))
            return redirect("workforce:login", employee_id)
    return render(request, "workforce/role.html", {"page": page, "form": form}, status=status)


@require_POST
@requires(GIVE_LOGIN)
def end_role(request: ActorRequest, holding_id: int) -> HttpResponse:
    """Let a role end at once."""
    at = clock.now()
    ended = actions.end_role(actor=request.actor, holding_id=holding_id, valid_to=oslo.day_of(at), at=at)
    toasts.say(request, _("Rollen er avsluttet."))
    try:
        queries.login_of(actor=request.actor, employee_id=ended.employee_id, at=at)
    except NotFound:  # it was her last tie to the units the actor reaches
        return redirect("workforce:login-units")
    return redirect("workforce:login", ended.employee_id)


def _employee_page(request: ActorRequest, employee_id: int, form: UsernameForm | None, *, status: int) -> HttpResponse:
    page = contexts.login_page(actor=request.actor, employee_id=employee_id, at=clock.now())
    form = form or UsernameForm(initial={"username": page.suggested})
    return render(request, "workforce/login.html", {"page": page, "form": form}, status=status)
