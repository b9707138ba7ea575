"""Whom a therapist has, who waits, what a team has referred, the numbers and the frame of a list."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.therapy import actions, queries
from tillit.care.therapy.contexts.mine import mine_page, referred_page, waiting_page
from tillit.care.therapy.contexts.numbers import groups_page, numbers_page
from tillit.care.therapy.forms import GroupForm, TermsForm
from tillit.care.therapy.permissions import DECIDE_TERMS, READ_CASE, READ_LIST, WORK_CASE
from tillit.care.therapy.queries.groups import line_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts
from tillit.ui.clashing import posted, say_refused
from tillit.ui.parts import Crumb, Crumbs

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(WORK_CASE)
def mine(request: ActorRequest) -> HttpResponse:
    """Whom I follow, what needs me now first."""
    return render(request, "therapy/mine.html", {"page": mine_page(actor=request.actor, at=clock.now())})


@never_cache
@require_GET
@requires(READ_LIST)
def waiting(request: ActorRequest, group_id: int) -> HttpResponse:
    """Who waits on a list."""
    group = queries.get_group(actor=request.actor, group_id=group_id)
    page = waiting_page(actor=request.actor, group=group, at=clock.now())
    return render(request, "therapy/waiting.html", {"page": page})


@never_cache
@require_GET
@requires(READ_CASE)
def referred(request: ActorRequest, unit_id: int) -> HttpResponse:
    """What a team has referred, and what came of it."""
    page = referred_page(actor=request.actor, unit_id=unit_id, at=clock.now())
    return render(request, "therapy/referred.html", {"page": page})


@never_cache
@require_GET
@requires(READ_LIST)
def numbers(request: ActorRequest, group_id: int) -> HttpResponse:
    """How long people wait for a group."""
    group = queries.get_group(actor=request.actor, group_id=group_id)
    page = numbers_page(actor=request.actor, group=group, at=clock.now())
    return render(request, "therapy/numbers.html", {"page": page})


@never_cache
@_FORM
@requires(DECIDE_TERMS)
def groups(request: ActorRequest) -> HttpResponse:
    """The lists there are, and a new one."""
    at = clock.now()
    page = groups_page(actor=request.actor, at=at)
    form = GroupForm(posted(request), units=page.units)
    if form.is_valid():
        group = actions.open_group(actor=request.actor, at=at, **form.cleaned_data)
        toasts.say(request, _("Ventelista er åpnet."))
        return redirect("therapy:terms", group.pk)
    status = 422 if form.errors else 200
    return render(request, "therapy/groups.html", {"page": page, "form": form}, status=status)


@never_cache
@_FORM
@requires(DECIDE_TERMS)
def terms(request: ActorRequest, group_id: int) -> HttpResponse:
    """How long each priority may wait on a list, and what it is for."""
    at = clock.now()
    today = oslo.day_of(at)
    group = queries.group_to_arrange(actor=request.actor, group_id=group_id, permission=DECIDE_TERMS)
    initial = {"edition": queries.edition_of_terms(group.pk), "valid_from": today}
    form = TermsForm(posted(request), levels=queries.levels_on(group.pk, on=today), initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.decide_terms(
                actor=request.actor,
                group_id=group.pk,
                levels=form.levels(),
                valid_from=data["valid_from"],
                edition=data["edition"],
                at=at,
            )
        except ActionRefused as refused:
            status = say_refused(form, refused)
        else:
            toasts.say(request, _("Lagret."))
            return redirect("therapy:terms", group.pk)
    name = line_of(group).name
    crumbs = Crumbs((Crumb(name), Crumb(_("Frister og kriterier"))))
    return render(request, "therapy/terms.html", {"name": name, "crumbs": crumbs, "form": form}, status=status)
