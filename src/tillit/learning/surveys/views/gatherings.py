"""Gatherings: write down that one was held, and what was said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts.gatherings import choices, crumbs, gathering_page, theme_choices
from tillit.learning.surveys.forms import GatheringForm, StatementForm
from tillit.learning.surveys.models import Gathering
from tillit.learning.surveys.permissions import HOLD_GATHERING
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(HOLD_GATHERING)
def new(request: ActorRequest) -> HttpResponse:
    """Write down that a gathering was held."""
    now = clock.now()
    units, campaigns = choices(request.actor, on=oslo.day_of(now))
    initial = {"held_on": oslo.day_of(now), "unit": units[0][0] if len(units) == 1 else None}
    posted = request.POST if request.method == "POST" else None
    form = GatheringForm(posted, units=units, campaigns=campaigns, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid():
        said = form.cleaned_data
        try:
            found = actions.hold_gathering(
                actor=request.actor, unit_id=said["unit"], held_on=said["held_on"], people=said["people"],
                campaign_id=said["campaign"], at=now,
            )  # fmt: skip
        except (ActionRefused, NotAllowed, NotFound) as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            return redirect("surveys:gathering", gathering_id=found.pk)
    page = crumbs(_("Ny samling"))
    return render(request, "surveys/gathering_new.html", {"crumbs": page, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(HOLD_GATHERING)
def show(request: ActorRequest, gathering_id: int) -> HttpResponse:
    """Show what was said; write down one thing more, put one right, or take one back."""
    gathering = queries.get_gathering(actor=request.actor, gathering_id=gathering_id)
    if request.method == "POST":
        return _written(request, gathering)
    wanted = _number(request, "rett")
    old = next((one for one in queries.statements_of([gathering]) if one.pk == wanted), None)
    themes = theme_choices(gathering)
    initial = {"words": old.words, "themes": old.themes, "corrects": old.pk} if old else {}
    return _page(request, gathering, StatementForm(initial=initial, themes=themes), correcting=wanted)


def _written(request: ActorRequest, gathering: Gathering) -> HttpResponse:
    now = clock.now()
    if (back := request.POST.get("back", "")).isdecimal() and len(back) < 19:
        actions.take_back_statement(actor=request.actor, gathering_id=gathering.pk, statement_id=int(back), at=now)
        toasts.say(request, _("Tatt bort. Ingen ser det lenger."))
        return redirect("surveys:gathering", gathering_id=gathering.pk)
    form = StatementForm(request.POST, themes=theme_choices(gathering))
    if not form.is_valid():
        return _page(request, gathering, form, status=422)
    said = form.cleaned_data
    try:
        actions.write_statement(
            actor=request.actor, gathering_id=gathering.pk, words=said["words"],
            themes=[*said["themes"], said["own_theme"]], corrects=said["corrects"], is_sure=said["sure"], at=now,
        )  # fmt: skip
    except actions.MayBeNames as refused:
        form.add_error("words", refused.text)
        return _page(request, gathering, form, asks_if_sure=True, status=422)
    except ActionRefused as refused:
        form.add_error(None, refused.text)
        return _page(request, gathering, form, status=422)
    toasts.say(request, _("Skrevet ned."))
    return redirect("surveys:gathering", gathering_id=gathering.pk)


def _page(
    request: ActorRequest,
    gathering: Gathering,
    form: StatementForm,
    *,
    correcting: int | None = None,
    asks_if_sure: bool = False,
    status: int = 200,
) -> HttpResponse:
    if form.is_bound:
        correcting = form.cleaned_data.get("corrects")
    page = gathering_page(request.actor, gathering, correcting=correcting)
    said = {"page": page, "form": form, "asks_if_sure": asks_if_sure}
    return render(request, "surveys/gathering.html", said, status=status)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else None
