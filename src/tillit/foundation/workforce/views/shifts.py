"""The shift list and reporting absence."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.workforce import actions, queries
from tillit.foundation.workforce.contexts import shifts as contexts
from tillit.foundation.workforce.forms.shifts import AbsenceForm, EndForm, ShiftForm
from tillit.foundation.workforce.permissions import PLAN_SHIFTS, REPORT_ABSENCE, REPORT_OWN_ABSENCE, SEE_SHIFTS
from tillit.kernel import clock, oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import ChangedMeanwhile, NotFound
from tillit.ui import toasts
from tillit.ui.clashing import clash_of


@require_GET
@requires(SEE_SHIFTS)
def shifts(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show who is at work when, in the week of ?day=<ISO day>, or this week."""
    today = oslo.day_of(clock.now())
    page = contexts.shifts_page(
        actor=request.actor, unit_id=unit_id, week_of=_day(request.GET.get("day", "")) or today, today=today
    )
    return render(request, "workforce/shifts.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(REPORT_OWN_ABSENCE)
def report_absence(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Report an absence: one's own, or as a leader for anybody in the team."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    at = clock.now()
    today = oslo.day_of(at)
    leads = holds(request.actor, REPORT_ABSENCE, scope_of(unit))
    if not leads and request.actor.employee_id is None:
        raise NotFound(_("Fant ikke medarbeideren."))
    form = AbsenceForm(
        request.POST or None,
        people=contexts.people_to_report(unit, on=today) if leads else (),
        own_only=not leads,
        today=today,
        initial={"employee": request.GET.get("hvem", ""), "kind": "SELF_CERTIFIED"},
    )
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            absence = actions.report_absence(
                actor=request.actor,
                employee_id=form.cleaned_data["employee"] if leads else int(request.actor.employee_id or 0),
                kind=form.cleaned_data["kind"],
                valid_from=form.cleaned_data["first"],
                valid_to=form.valid_to,
                at=at,
            )
        except actions.AbsenceRefused as refusal:
            form.add_error(refusal.field or None, refusal.text)
        else:
            undo = reverse("workforce:withdraw-absence", args=[unit_id, absence.pk])
            toasts.say(request, _("Fraværet er meldt."), undo_href=undo)
            return _back_to(request) or _to_week(unit_id, absence.valid_from)
    page = contexts.report_page(actor=request.actor, unit=unit)
    return render(request, "workforce/form.html", {"page": page, "form": form}, status=status)


def _back_to(request: HttpRequest) -> HttpResponse | None:
    """Return the way to the page that sent her here (`tilbake` in the address), when it is one of ours."""
    path = request.GET.get("tilbake", "")
    if not url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return None
    return redirect(path)


@require_http_methods(["GET", "POST"])
@requires(REPORT_OWN_ABSENCE)
def extend_absence(request: ActorRequest, unit_id: int, absence_id: int) -> HttpResponse:
    """Say when an absence ends: later, sooner, or not yet known."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    absence = queries.get_absence(actor=request.actor, absence_id=absence_id)
    last = absence.valid_to - timedelta(days=1) if absence.valid_to else None
    form = EndForm(
        request.POST if request.method == "POST" else None,
        initial={"last": last, "edition": edition_of(absence.valid_to)},
    )
    clash = None
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.extend_absence(
                actor=request.actor,
                absence_id=absence_id,
                valid_to=form.valid_to,
                edition=form.seen(),
                at=clock.now(),
            )
        except ChangedMeanwhile as changed:
            clash, status = clash_of(form, changed), 409
        except actions.AbsenceRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)
        else:
            toasts.say(request, _("Fraværet er endret."))
            return _to_week(unit_id, absence.valid_from)
    page = contexts.extend_page(unit=unit, absence_id=absence_id, name=absence.employee.given_name)
    return render(request, "workforce/form.html", {"page": page, "form": form, "clash": clash}, status=status)


@require_POST
@requires(REPORT_OWN_ABSENCE)
def withdraw_absence(request: ActorRequest, unit_id: int, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    get_unit(actor=request.actor, unit_id=unit_id)
    first = queries.get_absence(actor=request.actor, absence_id=absence_id).valid_from
    actions.withdraw_absence(actor=request.actor, absence_id=absence_id, at=clock.now())
    toasts.say(request, _("Fraværet er tatt bort."))
    return _to_week(unit_id, first)


@require_http_methods(["GET", "POST"])
@requires(PLAN_SHIFTS)
def add_shift(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Add an extra shift for somebody who steps in."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    at = clock.now()
    today = oslo.day_of(at)
    form = ShiftForm(
        request.POST or None,
        people=contexts.people_to_call(unit, on=today),
        initial={"on": _day(request.GET.get("day", "")) or today, "kind": "DAY"},
    )
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            shift = actions.add_shift(
                actor=request.actor,
                unit_id=unit_id,
                employee_id=form.cleaned_data["employee"],
                kind=form.cleaned_data["kind"],
                starts_at=form.starts_at,
                ends_at=form.ends_at,
                office=form.cleaned_data["office"],
                at=at,
            )
        except actions.ShiftRefused as refusal:
            form.add_error(refusal.field or None, refusal.text)
        else:
            undo = reverse("workforce:remove-shift", args=[unit_id, shift.pk])
            toasts.say(request, pgettext("shift", "Vakta er lagt til."), undo_href=undo)
            return _to_week(unit_id, shift.on)
    page = contexts.shift_page(unit=unit)
    return render(request, "workforce/form.html", {"page": page, "form": form}, status=status)


@require_POST
@requires(PLAN_SHIFTS)
def remove_shift(request: ActorRequest, unit_id: int, shift_id: int) -> HttpResponse:
    """Take a shift away that has not begun."""
    removed = actions.remove_shift(actor=request.actor, shift_id=shift_id, at=clock.now())
    toasts.say(request, _("Vakta er tatt bort."))
    return _to_week(unit_id, removed.on)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _to_week(unit_id: int, day: date) -> HttpResponse:
    return redirect(f"{reverse('workforce:shifts', args=[unit_id])}?day={day.isoformat()}")
