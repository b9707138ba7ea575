"""What decisions on each service rest on, and the municipality's own basis."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.authority import actions, queries
from tillit.foundation.authority.contexts.form_page import FormPage
from tillit.foundation.authority.contexts.law_page import add_basis_page, end_basis_page, law_page
from tillit.foundation.authority.forms.authority import BasisForm, LastDayForm
from tillit.foundation.authority.permissions import KEEP_SERVICES, SEE
from tillit.kernel import clock, oslo
from tillit.ui import toasts


@require_GET
@requires(SEE)
def law(request: ActorRequest) -> HttpResponse:
    """Show what decisions on each service rest on."""
    page = law_page(actor=request.actor, on=oslo.day_of(clock.now()))
    return render(request, "authority/law.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(KEEP_SERVICES)
def add_basis(request: ActorRequest, service_id: int) -> HttpResponse:
    """Register what decisions on a service rest on."""
    at = clock.now()
    service = queries.service_by_id(service_id)
    form = BasisForm(request.POST or None, initial={"valid_from": oslo.day_of(at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_basis(actor=request.actor, service_id=service_id, at=at, **form.cleaned_data)
        except actions.AuthorityRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)
        else:
            toasts.say(request, _("Lagret. Nye brev viser til det fra den dagen."))
            return redirect("authority:law")
    return _form(request, add_basis_page(service), form)


@require_http_methods(["GET", "POST"])
@requires(KEEP_SERVICES)
def end_basis(request: ActorRequest, basis_id: int) -> HttpResponse:
    """Let the municipality's own basis end."""
    at = clock.now()
    own = queries.get_own_basis(basis_id)
    form = LastDayForm(request.POST or None, initial={"valid_to": oslo.day_of(at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_basis(actor=request.actor, basis_id=basis_id, valid_to=form.cleaned_data["valid_to"], at=at)
        except actions.AuthorityRefused as refusal:
            form.add_error("valid_to", refusal.text)
        else:
            toasts.say(request, _("Dagen er satt."))
            return redirect("authority:law")
    return _form(request, end_basis_page(own), form)


def _form(request: HttpRequest, page: FormPage, form: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "authority/form.html", {"page": page, "form": form}, status=status)
