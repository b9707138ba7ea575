"""The list, the search and the page about one citizen."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.citizens import actions, queries
from tillit.care.citizens.permissions import READ_CITIZEN, REGISTER_CITIZEN, SHOW_DOOR_CODE
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds_anywhere
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock
from tillit.kernel.errors import NotFound
from tillit.pages.citizen.contexts import lists, page
from tillit.pages.home import teams as team_choice


@never_cache
@require_GET
@requires(READ_CITIZEN)
def list_citizens(request: ActorRequest) -> HttpResponse:
    """Show the chosen team's citizens."""
    teams = team_choice.around(request, request.actor).teams
    team = team_choice.chosen(request, teams, request.actor)
    try:
        shown = lists.Shown(request.GET.get("vis", lists.Shown.ALL.value))
    except ValueError:
        shown = lists.Shown.ALL
    context = lists.list_page(
        actor=request.actor,
        unit_id=team.unit_id if team else None,
        team_name=team.name if team else "",
        shown=shown,
        at=clock.now(),
        may_register=holds_anywhere(request.actor, REGISTER_CITIZEN),
    )
    return render(request, "citizen/list.html", {"page": context})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(READ_CITIZEN)
@limited(Door.SEARCH)
def search(request: ActorRequest) -> HttpResponse:
    """Search by name or address. The words are posted, so that no name stands in an address or a log."""
    text = request.POST.get("q", "") if request.method == "POST" else ""
    if request.headers.get("HX-Request") and not text.strip():
        return HttpResponse(headers={"HX-Redirect": reverse("citizens:list")})  # nothing to find: the list again
    context = lists.search_page(actor=request.actor, text=text[:100], at=clock.now())
    template = "citizen/search.html#found" if request.headers.get("HX-Request") else "citizen/search.html"
    return render(request, template, {"page": context})


@never_cache
@require_GET
@requires(READ_CITIZEN)
def show(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show the whole picture of one citizen. Whoever turned out to be somebody else is shown there."""
    now = clock.now()
    try:
        context = page.citizen_page(
            actor=request.actor, citizen_id=citizen_id, at=now, monday=_monday(request.GET.get("uke", ""))
        )
    except NotFound:
        there = queries.merged_into(actor=request.actor, citizen_id=citizen_id, at=now)
        if there is None:
            raise
        return redirect("citizens:page", there)
    return render(request, "citizen/page.html", {"page": context})


@never_cache
@require_GET
@requires(READ_CITIZEN)
def show_week(request: ActorRequest, citizen_id: int, day: str) -> HttpResponse:
    """Show one week: the part alone for htmx, else the whole page with that week."""
    monday = _monday(day)
    if monday is None or not request.headers.get("HX-Request"):
        there = reverse("citizens:page", args=[citizen_id])
        return redirect(f"{there}?uke={monday.isoformat()}#uke" if monday else there)
    context = page.citizen_week(actor=request.actor, citizen_id=citizen_id, at=clock.now(), monday=monday)
    response = render(request, "citizen/page.html#week", {"week": context})
    response["Vary"] = "HX-Request"
    return response


@never_cache
@require_POST
@requires(SHOW_DOOR_CODE)
def show_door_code(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show the door code. The press is written in the audit trail."""
    code = actions.show_door_code(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    context = {"code": page.DoorCode(citizen_id=citizen_id, code=code)}
    template = "citizen/code.html#code" if request.headers.get("HX-Request") else "citizen/code.html"
    return render(request, template, context)


def _monday(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day - timedelta(days=day.weekday())
