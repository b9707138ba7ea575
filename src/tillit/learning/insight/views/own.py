"""The municipality's own numbers: see them, make one, change it, stop counting it."""

from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.learning.insight.actions.own import change_own, define_own, retire_own
from tillit.learning.insight.contexts.own_page import choose_page, form_page, own_page
from tillit.learning.insight.forms.own import OwnForm, initial_of
from tillit.learning.insight.permissions import DEFINE_FIGURES
from tillit.learning.insight.queries.own import OwnLine, owners, versions_of
from tillit.learning.insight.rules.own import FACTS, Said, is_whole, least_of
from tillit.ui import toasts
from tillit.ui.clashing import clash_of, say_refused
from tillit.ui.parts import Clash

_FORM = require_http_methods(["GET", "POST"])
_LOOK = "se"
"""The press that previews and stores nothing."""


@never_cache
@require_GET
@requires(DEFINE_FIGURES)
def listed(request: ActorRequest) -> HttpResponse:
    """Show the municipality's own numbers."""
    return render(request, "insight/own.html", {"page": own_page(actor=request.actor)})


@require_GET
@requires(DEFINE_FIGURES)
def choose(request: ActorRequest) -> HttpResponse:
    """Show what there is to count."""
    return render(request, "insight/own_choose.html", {"page": choose_page(actor=request.actor)})


@never_cache
@_FORM
@requires(DEFINE_FIGURES)
def new(request: ActorRequest, own_fact: str) -> HttpResponse:
    """Show the form of a new number, preview it, or take it into use."""
    if own_fact not in FACTS:
        raise Http404(_("Fant ikke det du ser etter."))
    at = clock.now()
    form = OwnForm(
        request.POST or None,
        initial={"press_key": uuid4().hex, "least": FACTS[own_fact].least},
        fact=own_fact,
        owners=owners(oslo.day_of(at)),
    )
    said = _said(form) if request.method == "POST" else None
    if said is None or "se" in request.POST:
        status = 200 if said or request.method == "GET" else 422
        return _page(request, form, own_fact, said, status=status)
    try:
        define_own(actor=request.actor, said=said, at=at, press_key=form.cleaned_data["press_key"])
    except ActionRefused as refused:
        return _page(request, form, own_fact, said, status=say_refused(form, refused))
    toasts.say(request, _("Tallet er tatt i bruk. Det telles så langt tilbake som det finnes besøk."))
    return redirect("insight:counting")


@never_cache
@_FORM
@requires(DEFINE_FIGURES)
def change(request: ActorRequest, own_figure_id: int) -> HttpResponse:
    """Show a number with its versions, preview another definition, or make it the next version."""
    at = clock.now()
    versions = versions_of(own_figure_id)
    fact = versions[-1].own.recipe.fact
    form = OwnForm(
        request.POST or None, initial=initial_of(versions[-1]), fact=fact, owners=owners(oslo.day_of(at))
    )  # fmt: skip
    said = _said(form) if request.method == "POST" else versions[-1].said
    if said is None or request.method == "GET" or _LOOK in request.POST:
        return _page(request, form, fact, said, versions=versions, status=200 if said else 422)
    try:
        change_own(actor=request.actor, own_figure_id=own_figure_id, said=said, edition=form.seen(), at=at)
    except ChangedMeanwhile as changed:
        clash = clash_of(form, changed)
        return _page(request, form, fact, said, versions=versions, clash=clash, status=409)
    except ActionRefused as refused:
        return _page(request, form, fact, said, versions=versions, status=say_refused(form, refused))
    toasts.say(request, _("Lagret. Er noe endret, telles hele rekka på nytt."))
    return redirect("insight:own")


@require_POST
@requires(DEFINE_FIGURES)
def retire(request: ActorRequest, own_figure_id: int) -> HttpResponse:
    """Count it no more."""
    retire_own(actor=request.actor, own_figure_id=own_figure_id, at=clock.now())
    toasts.say(request, _("Tallet telles ikke lenger. Det som er talt, er tatt vare på."))
    return redirect("insight:own")


def _said(form: OwnForm) -> Said | None:
    """Return what the form says where it can be counted; else None, with what is wrong on the form."""
    if not form.is_valid():
        return None
    said = form.said()
    if not is_whole(said.recipe):
        form.add_error("way", _("Dette kan ikke telles så ofte, eller ikke slik. Velg en annen måte."))
        return None
    if said.least < (least := least_of(said.recipe)):
        form.add_error("least", _("Minste gruppe kan ikke være under %(least)s for dette.") % {"least": least})
        return None
    return said


def _page(
    request: ActorRequest,
    form: OwnForm,
    fact: str,
    said: Said | None,
    *,
    versions: tuple[OwnLine, ...] = (),
    clash: Clash | None = None,
    status: int = 200,
) -> HttpResponse:
    page = form_page(
        actor=request.actor, fact=fact, said=said, today=oslo.day_of(clock.now()), versions=versions
    )  # fmt: skip
    return render(request, "insight/own_form.html", {"page": page, "form": form, "clash": clash}, status=status)
