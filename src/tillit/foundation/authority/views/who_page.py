"""Who may decide what, acting leaders and the municipality's own services."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.foundation.access.roles import Role
from tillit.foundation.authority import actions, queries
from tillit.foundation.authority.catalogue import FVL_2025
from tillit.foundation.authority.contexts import form_page
from tillit.foundation.authority.contexts.who_page import who_page
from tillit.foundation.authority.forms.authority import ActForm, ActingForm, LastDayForm, ServiceForm
from tillit.foundation.authority.permissions import KEEP, KEEP_SERVICES, SEE
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ChangedMeanwhile
from tillit.ui import toasts
from tillit.ui.clashing import clash_of
from tillit.ui.parts import Clash


@require_GET
@requires(SEE)
def who(request: ActorRequest) -> HttpResponse:
    """Show who may decide what: ?enhet=<unit>."""
    page = who_page(actor=request.actor, unit_id=number_in(request, "enhet"), on=oslo.day_of(clock.now()))
    return render(request, "authority/who.html", {"page": page})


@require_POST
@requires(KEEP_SERVICES)
def ship(request: ActorRequest) -> HttpResponse:
    """Fetch the services that came with the product."""
    actions.ship_services(actor=request.actor, at=clock.now())
    toasts.say(request, _("Tjenestene er hentet."))
    return redirect("authority:who")


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def appoint(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Appoint an acting leader in a unit."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    require(request.actor, KEEP, scope_of(unit))
    at = clock.now()
    today = oslo.day_of(at)
    form = ActingForm(
        request.POST or None,
        people=queries.may_stand_in(unit, on=today, without=request.actor.employee_id),
        initial={"valid_from": today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.appoint_acting_leader(
                actor=request.actor,
                unit_id=unit_id,
                role=leads(unit),
                employee_id=form.cleaned_data["employee"],
                basis=form.cleaned_data["basis"],
                valid_from=form.cleaned_data["valid_from"],
                valid_to=form.cleaned_data["valid_to"],
                at=at,
            )
        except actions.AuthorityRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)
        else:
            toasts.say(request, _("%(name)s er fungerende leder i de dagene.") % {"name": made.employee.name})
            return redirect(f"{reverse('authority:who')}?enhet={unit_id}#fungerende")
    return _form(request, form_page.appoint_page(unit), form)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def end_acting(request: ActorRequest, acting_id: int) -> HttpResponse:
    """Let an acting leader stop."""
    at = clock.now()
    today = oslo.day_of(at)
    line = queries.get_acting(acting_id)
    form = LastDayForm(request.POST or None, initial={"valid_to": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_acting(actor=request.actor, acting_id=acting_id, valid_to=form.cleaned_data["valid_to"], at=at)
        except actions.AuthorityRefused as refusal:
            form.add_error("valid_to", refusal.text)
        else:
            toasts.say(request, _("Dagen er satt."))
            return redirect(f"{reverse('authority:who')}?enhet={line.unit_id}#fungerende")
    return _form(request, form_page.end_acting_page(line), form)


@require_http_methods(["GET", "POST"])
@requires(KEEP_SERVICES)
def new_service(request: ActorRequest) -> HttpResponse:
    """Add a service of the municipality's own."""
    at = clock.now()
    form = ServiceForm(request.POST or None, initial={"valid_from": oslo.day_of(at), "extent_in": "HOURS_A_WEEK"})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_service(actor=request.actor, responsibility_code="", at=at, **form.cleaned_data)
        except actions.AuthorityRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)
        else:
            toasts.say(request, _("%(service)s er lagt til. Nå må det bestemmes hvem som avgjør.") % {"service": made})
            return redirect("authority:who")
    return _form(request, form_page.new_service_page(), form)


@require_http_methods(["GET", "POST"])
@requires(KEEP_SERVICES)
def act(request: ActorRequest) -> HttpResponse:
    """Set the day the act of 2025 comes into force."""
    form = ActForm(request.POST or None, initial={"edition": actions.edition_of_act(FVL_2025)})
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.bring_act_into_force(
                actor=request.actor,
                act=FVL_2025,
                valid_from=form.cleaned_data["valid_from"],
                edition=form.seen(),
                at=clock.now(),
            )
        except ChangedMeanwhile as changed:
            clash = clash_of(form, changed, compare=False)
        except actions.AuthorityRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)
        else:
            toasts.say(request, _("Dagen er satt. Til da gjelder den gamle loven."))
            return redirect("authority:who")
    return _form(request, form_page.act_page(), form, clash)


def leads(unit: Unit) -> Role:
    """The role of the one who leads a unit of this kind."""
    above_teams = unit.kind in (UnitKind.DISTRICT, UnitKind.MUNICIPALITY)
    return Role.DISTRICT_LEADER if above_teams else Role.TEAM_LEADER


def _form(request: HttpRequest, page: form_page.FormPage, form: object, clash: Clash | None = None) -> HttpResponse:
    status = 409 if clash else 422 if request.method == "POST" else 200
    return render(request, "authority/form.html", {"page": page, "form": form, "clash": clash}, status=status)


def number_in(request: HttpRequest, name: str) -> int | None:
    """The whole number in the address, or None when it is missing or something else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
