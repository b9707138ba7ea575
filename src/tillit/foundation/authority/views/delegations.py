"""Documents, their lines, and the shipped templates."""

from collections.abc import Iterable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds
from tillit.foundation.access.roles import Role
from tillit.foundation.authority import actions, queries
from tillit.foundation.authority.contexts import form_page
from tillit.foundation.authority.contexts.delegation_page import delegation_page, what_in_words
from tillit.foundation.authority.contexts.template_page import template_page
from tillit.foundation.authority.forms.authority import DelegationForm, LastDayForm, LineForm, TemplateForm
from tillit.foundation.authority.permissions import KEEP, SEE
from tillit.foundation.authority.queries.templates import offices
from tillit.foundation.authority.shipped_templates import TEMPLATES
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import all_units, everywhere, scope_of
from tillit.kernel import clock, oslo
from tillit.kernel.errors import NotFound
from tillit.ui import toasts

_HELD_IN = (UnitKind.OFFICE, UnitKind.DISTRICT, UnitKind.MUNICIPALITY)


@require_GET
@requires(SEE)
def show(request: ActorRequest, delegation_id: int) -> HttpResponse:
    """Show a document with its lines."""
    page = delegation_page(actor=request.actor, delegation_id=delegation_id, on=oslo.day_of(clock.now()))
    return render(request, "authority/delegation.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def new(request: ActorRequest) -> HttpResponse:
    """Register a document."""
    at = clock.now()
    today = oslo.day_of(at)
    form = DelegationForm(
        request.POST or None, initial={"reference": queries.next_reference(today.year), "valid_from": today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.record_delegation(actor=request.actor, at=at, **form.cleaned_data)
        except actions.AuthorityRefused as refusal:
            _tell(form, refusal)
        else:
            toasts.say(request, _("Delegeringen er registrert. Legg til hvem som kan avgjøre hva."))
            return redirect("authority:delegation", made.pk)
    return _form(request, form_page.new_delegation_page(), form)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def add_line(request: ActorRequest, delegation_id: int) -> HttpResponse:
    """Add a line to a document."""
    at = clock.now()
    today = oslo.day_of(at)
    document, _lines = queries.get_delegation(delegation_id)
    units = all_units(actor=request.actor, on=today)
    form = LineForm(
        request.POST or None,
        services=queries.list_services(today),
        places=_held_in(units),
        within=_kept(request.actor, units),
        may_all=holds(request.actor, KEEP, everywhere()),
        initial={"valid_from": max(today, document.valid_from), "who": Role.TEAM_LEADER.value},
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            actions.add_authority(
                actor=request.actor,
                delegation_id=delegation_id,
                service_id=form.service_id,
                group=form.group,
                role=form.role,
                employee_id=queries.employee_by_number(answers["number"]) if not form.role else None,
                unit_id=form.unit_id,
                within_id=answers["within"],
                max_extent=answers["max_extent"],
                max_days=answers["max_days"],
                four_eyes=answers["four_eyes"],
                valid_from=answers["valid_from"],
                valid_to=answers["valid_to"],
                at=at,
            )
        except NotFound as missing:
            form.add_error("number", missing.text)
        except actions.AuthorityRefused as refusal:
            _tell(form, refusal)
        else:
            toasts.say(request, _("Linja er lagt til."))
            return redirect("authority:delegation", delegation_id)
    status = 422 if request.method == "POST" else 200
    page = form_page.new_line_page(document)
    return render(request, "authority/line_form.html", {"page": page, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def end_line(request: ActorRequest, authority_id: int) -> HttpResponse:
    """Let a line end."""
    at = clock.now()
    line = queries.get_line(authority_id)
    form = LastDayForm(request.POST or None, initial={"valid_to": oslo.day_of(at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_authority(
                actor=request.actor, authority_id=authority_id, valid_to=form.cleaned_data["valid_to"], at=at
            )
        except actions.AuthorityRefused as refusal:
            _tell(form, refusal)
        else:
            toasts.say(request, _("Linja er avsluttet fra den dagen."))
            return redirect("authority:delegation", line.basis.delegation_id)
    return _form(request, form_page.end_line_page(line, what_in_words(line)), form)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def end(request: ActorRequest, delegation_id: int) -> HttpResponse:
    """Let a document end with all its lines."""
    at = clock.now()
    document, _lines = queries.get_delegation(delegation_id)
    form = LastDayForm(request.POST or None, initial={"valid_to": oslo.day_of(at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_delegation(
                actor=request.actor, delegation_id=delegation_id, valid_to=form.cleaned_data["valid_to"], at=at
            )
        except actions.AuthorityRefused as refusal:
            _tell(form, refusal)
        else:
            toasts.say(request, _("Delegeringen er avsluttet fra den dagen."))
            return redirect("authority:delegation", delegation_id)
    return _form(request, form_page.end_delegation_page(document), form)


@require_http_methods(["GET", "POST"])
@requires(KEEP)
def template(request: ActorRequest, code: str) -> HttpResponse:
    """Show what a shipped reading would change; with «ta» pressed, take it into use."""
    found = TEMPLATES.get(code)
    if found is None:
        raise NotFound(_("Fant ikke malen."))
    at = clock.now()
    today = oslo.day_of(at)
    units = {unit.pk: unit for unit in all_units(actor=request.actor, on=today)}
    may_all = holds(request.actor, KEEP, everywhere())
    within = _kept(request.actor, units.values())
    homes = offices(today)
    form = TemplateForm(
        request.POST or None,
        within=within,
        offices=homes,
        may_all=may_all,
        needs_office=found.needs_office,
        initial={"valid_from": today, "reference": queries.next_reference(today.year)},
    )
    takes = "ta" in request.POST
    if request.method == "POST" and form.is_valid() and takes:
        answers = form.cleaned_data
        try:
            made = actions.take_template(
                actor=request.actor,
                code=code,
                reference=answers["reference"],
                delegated_by=answers["delegated_by"],
                valid_from=answers["valid_from"],
                valid_to=answers["valid_to"],
                within_id=answers["within"],
                office_id=answers.get("office"),
                at=at,
            )
        except actions.AuthorityRefused as refusal:
            _tell(form, refusal)
        else:
            toasts.say(request, _("Malen er tatt i bruk fra den dagen. Legg til det som mangler."))
            return redirect("authority:delegation", made.pk)
    if request.method == "POST" and not takes:
        for name in ("reference", "delegated_by"):  # not needed to see what would change
            form.errors.pop(name, None)
    answers = getattr(form, "cleaned_data", {})
    page = template_page(
        template=found,
        valid_from=answers.get("valid_from") or today,
        within=units.get(answers.get("within") or (0 if may_all or not within else within[0].pk)),
        office=units.get(answers.get("office") or (homes[0].pk if homes else 0)),
    )
    status = 422 if form.errors else 200
    return render(request, "authority/template.html", {"page": page, "form": form}, status=status)


def _kept(actor: Actor, units: Iterable[Unit]) -> list[Unit]:
    """The parts of the municipality where the actor may register: districts and teams."""
    kinds = (UnitKind.DISTRICT, UnitKind.TEAM, UnitKind.SPECIAL_TEAM)
    return [unit for unit in units if unit.kind in kinds and holds(actor, KEEP, scope_of(unit))]


def _held_in(units: list[Unit]) -> list[Unit]:
    order = {kind.value: place for place, kind in enumerate(_HELD_IN)}
    return sorted((unit for unit in units if unit.kind in order), key=lambda unit: (order[unit.kind], unit.name))


def _tell(form: Form, refusal: actions.AuthorityRefused) -> None:
    fields = {"service": "what", "role": "who", "employee": "number"}
    name = fields.get(refusal.field, refusal.field)
    form.add_error(name if name in form.fields else None, refusal.text)


def _form(request: ActorRequest, page: form_page.FormPage, form: Form) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "authority/form.html", {"page": page, "form": form}, status=status)
