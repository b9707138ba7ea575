"""One unit, and the forms that change it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation import actions as organisation
from tillit.foundation.organisation.permissions import EDIT_UNIT, SEE_ORGANISATION, SET_PURPOSE
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.organisation.rules import weekday_digits
from tillit.foundation.responsibility.contexts.choose_page import choose_page
from tillit.foundation.responsibility.contexts.form_page import (
    edit_page,
    meeting_page,
)
from tillit.foundation.responsibility.contexts.unit_page import unit_page
from tillit.foundation.responsibility.forms.units import MeetingForm, UnitForm
from tillit.foundation.responsibility.permissions import FOLLOW_MODEL
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ChangedMeanwhile
from tillit.ui import toasts

FORM = "responsibility/form.html"


@require_GET
@requires(SEE_ORGANISATION)
def show(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show a unit to anybody who works in the municipality."""
    page = unit_page(actor=request.actor, unit_id=unit_id, on=oslo.day_of(clock.now()))
    return render(request, "responsibility/unit.html", {"page": page})


@require_http_methods(["GET", "POST"])
@requires(EDIT_UNIT)
def edit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Change what is said of a unit."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    sets_purpose = holds(request.actor, SET_PURPOSE, scope_of(unit))
    status = 200
    note = ""
    if request.method == "POST":
        form = UnitForm(request.POST, sets_purpose=sets_purpose)
        if form.is_valid():
            try:
                organisation.change_unit(
                    actor=request.actor,
                    unit_id=unit_id,
                    edition=form.cleaned_data["edition"],
                    name=form.cleaned_data["name"],
                    phone=form.cleaned_data["phone"],
                    base_name=form.cleaned_data["base_name"],
                    base_street=form.cleaned_data["base_street"],
                    base=form.base,
                    everyone_may_allocate=form.cleaned_data["allocate"] == "EVERYONE",
                    purpose=form.cleaned_data.get("purpose"),
                    at=clock.now(),
                )
            except ChangedMeanwhile as meanwhile:
                note = meanwhile.text
                typed = request.POST.copy()
                typed["edition"] = str(meanwhile.now)
                form = UnitForm(typed, sets_purpose=sets_purpose)
                status = 409
            except organisation.UnitRefused as refusal:
                form.add_error(refusal.field or None, refusal.text)
                status = 422
            else:
                toasts.say(request, _("Endringene er lagret."))
                return redirect("organisation:unit", unit_id)
        else:
            status = 422
    else:
        form = UnitForm(
            sets_purpose=sets_purpose,
            initial={
                "edition": unit.edition,
                "name": unit.name,
                "phone": unit.phone,
                "purpose": unit.purpose,
                "base_name": unit.base_name,
                "base_street": unit.base_street,
                "latitude": unit.base_latitude,
                "longitude": unit.base_longitude,
                "allocate": "EVERYONE" if unit.everyone_may_allocate else "ALLOCATORS",
            },
        )
    page = edit_page(unit, now_stored=status == 409, note=note)
    return render(request, FORM, {"page": page, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires(EDIT_UNIT)
def new_meeting(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Give a unit a fixed meeting."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    form = MeetingForm(request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            organisation.fix_meeting(
                actor=request.actor,
                unit_id=unit_id,
                name=form.cleaned_data["name"],
                weekdays=weekday_digits(int(day) for day in form.cleaned_data["weekdays"]),
                starts=form.cleaned_data["starts"],
                minutes=form.cleaned_data["minutes"],
                valid_from=oslo.day_of(at),
                at=at,
            )
        except organisation.MeetingRefused as refusal:
            form.add_error(refusal.field or None, refusal.text)
        else:
            toasts.say(request, _("Møtet er lagt til."))
            return redirect("organisation:unit", unit_id)
    return render(request, FORM, {"page": meeting_page(unit), "form": form}, status=status)


@require_POST
@requires(EDIT_UNIT)
def end_meeting(request: ActorRequest, meeting_id: int) -> HttpResponse:
    """Let a fixed meeting end: it is not held from today on."""
    at = clock.now()
    meeting = organisation.end_meeting(actor=request.actor, meeting_id=meeting_id, valid_to=oslo.day_of(at), at=at)
    toasts.say(request, _("Møtet er avsluttet."))
    return redirect("organisation:unit", meeting.unit_id)


@require_GET
@requires(FOLLOW_MODEL)
def choose_model(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Choose which model the unit is going to follow; the next page shows what changes, and asks from when."""
    page = choose_page(actor=request.actor, unit_id=unit_id, on=oslo.day_of(clock.now()))
    return render(request, "responsibility/choose.html", {"page": page})
