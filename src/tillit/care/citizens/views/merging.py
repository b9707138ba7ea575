"""Two registrations of one person: find the other one, lay them side by side, put them together."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import actions, contexts, permissions, queries
from tillit.care.citizens.views.change import number_in
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(permissions.MERGE_CITIZENS)
@limited(Door.SEARCH)
def merge_search(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Find the other registration. The words are posted, so that no name stands in an address or a log."""
    at = clock.now()
    today = oslo.day_of(at)
    citizen = queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    require(request.actor, permissions.MERGE_CITIZENS, queries.last_scope_of(citizen.pk, on=today))
    text = request.POST.get("q", "")[:100]
    found = queries.search_citizens(actor=request.actor, text=text, on=today)
    briefs = queries.briefs([one for one in found.citizen_ids if one != citizen.pk], on=today, at=at)
    lines = [
        contexts.MergeLine(
            title=briefs[one].name,
            note=", ".join(
                part
                for part in (
                    _("%(age)d år") % {"age": briefs[one].age} if briefs[one].age is not None else "",
                    briefs[one].street,
                )
                if part
            ),
            href=reverse("citizens:merge", args=[citizen.pk, one]),
        )
        for one in found.citizen_ids
        if one in briefs
    ]
    page = contexts.merge_search_page(citizen, text=text, found=lines, more=found.more)
    return render(request, "citizens/merge_search.html", {"page": page})


@never_cache
@_FORM
@requires(permissions.MERGE_CITIZENS)
def merge(request: ActorRequest, citizen_id: int, right_id: int) -> HttpResponse:
    """Lay two registrations side by side, and put them together. 404 when one of them is out of reach."""
    at = clock.now()
    wrong = queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    right = queries.get_citizen(actor=request.actor, citizen_id=right_id, at=at)
    for one in (wrong, right):
        require(request.actor, permissions.MERGE_CITIZENS, queries.last_scope_of(one.pk, on=oslo.day_of(at)))
    refused = ""
    if request.method == "POST":
        try:
            actions.merge_citizens(
                actor=request.actor,
                wrong_id=wrong.pk,
                right_id=right.pk,
                wrong_edition=number_in(request, "wrong_edition"),
                right_edition=number_in(request, "right_edition"),
                at=at,
            )
        except ActionRefused as problem:
            refused = problem.text
        else:
            toasts.say(request, _("De to er slått sammen. Se over det som står nå."))
            return redirect("citizens:page", right.pk)
    cannot = actions.why_not_merge(wrong.pk, right.pk)
    page = contexts.merge_page(wrong, right, cannot=cannot, refused=refused)
    return render(request, "citizens/merge.html", {"page": page}, status=409 if refused else 200)
