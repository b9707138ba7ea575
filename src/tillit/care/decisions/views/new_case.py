"""Receive an application: find who it is about, write it down, see where it went."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.views import numbers_accepted
from tillit.care.decisions import actions, queries
from tillit.care.decisions.contexts.new_case import find_page, new_case_page, received_page
from tillit.care.decisions.forms.new_case import AskedForm, PersonForm
from tillit.care.decisions.permissions import READ_CASE, REGISTER_CASE
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.authority.queries import list_services
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.foundation.organisation.queries import all_units
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

_TEAMS = ("TEAM", "WORK_GROUP", "SPECIAL_TEAM")


@never_cache
@require_http_methods(["GET", "POST"])
@requires(REGISTER_CASE)
@limited(Door.SEARCH)
def new(request: ActorRequest) -> HttpResponse:
    """Find who it is about, or show the form for the one found; POST receives it."""
    at = clock.now()
    today = oslo.day_of(at)
    chosen = request.GET.get("bruker", "")
    if not chosen.isdigit() and "ny" not in request.GET:
        page = find_page(actor=request.actor, text=request.POST.get("q", ""), at=at)
        return render(request, "decisions/find.html", {"page": page})
    citizen_id = int(chosen) if chosen.isdigit() else None
    people = _people(request, citizen_id)
    form = AskedForm(
        request.POST or None,
        services=list_services(today),
        people=people,
        initial={"received_on": today, "channel": "PHONE"},
    )
    units = [(str(unit.pk), unit.name) for unit in all_units(actor=request.actor, on=today) if unit.kind in _TEAMS]
    person = PersonForm(request.POST or None, units=units) if citizen_id is None else None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (person is None or person.is_valid()):
            try:
                cases = actions.receive_case(
                    actor=request.actor,
                    citizen=citizen_id if person is None and citizen_id else person.person(numbers=numbers_accepted()),  # type: ignore[union-attr]
                    asked=form.asked(today=today),
                    press_key=request.POST.get("press_key", "")[:40],
                    at=at,
                )
            except ActionRefused as refused:
                field = getattr(refused, "field", "")
                owner = person if person is not None and field in person.fields else form
                owner.add_error(field if field in owner.fields else None, refused.text)
            else:
                return redirect("decisions:received", cases[0].pk)
    shown = new_case_page(
        actor=request.actor,
        citizen_id=citizen_id,
        has_people=bool(people),
        press_key=request.POST.get("press_key") or uuid4().hex,
        at=at,
    )
    return render(request, "decisions/new_case.html", {"page": shown, "form": form, "person": person}, status=status)


@never_cache
@require_GET
@requires(READ_CASE)
def received(request: ActorRequest, case_id: int) -> HttpResponse:
    """Show where a case went, and why."""
    at = clock.now()
    case = queries.get_case(actor=request.actor, case_id=case_id, at=at)
    return render(request, "decisions/received.html", {"page": received_page(actor=request.actor, case=case, at=at)})


@never_cache
@require_GET
@requires(READ_CASE)
def moved_in(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show where somebody who moves here was received, and why. Her own page when that is out of reach."""
    case_id = queries.newest_case_id(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    if case_id is None:
        return redirect("citizens:page", citizen_id)
    return redirect("decisions:received", case_id)


@require_POST
@requires(REGISTER_CASE)
def tell_receipt(request: ActorRequest, case_id: int) -> HttpResponse:
    """Note that the applicant knows that it has come."""
    actions.tell_receipt(actor=request.actor, case_id=case_id, at=clock.now())
    toasts.say(request, _("Skrevet ned: den som søkte, har fått beskjed."))
    return redirect(reverse("decisions:received", args=[case_id]))


@require_POST
@requires(REGISTER_CASE)
def make_application(request: ActorRequest, case_id: int) -> HttpResponse:
    """Let a contact become an application today."""
    at = clock.now()
    edition = request.POST.get("edition", "")
    actions.make_application(
        actor=request.actor,
        case_id=case_id,
        edition=int(edition) if edition.isdigit() else 0,
        received_on=oslo.day_of(at),
        at=at,
    )
    toasts.say(request, _("Nå er det en søknad. Fristen løper fra i dag."))
    return redirect("decisions:case", case_id)


def _people(request: ActorRequest, citizen_id: int | None) -> list[tuple[str, str]]:
    if citizen_id is None:
        return []
    at = clock.now()
    citizen = citizens.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    network = citizens.around(citizen.pk, on=oslo.day_of(at), at=at).network
    return [(str(one.member_id), f"{one.name}, {one.relation}" if one.relation else one.name) for one in network]
