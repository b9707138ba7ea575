"""The baseline of a pilot: chosen, frozen, or said why not."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.learning.improvement import actions
from tillit.learning.improvement.contexts.baseline import baseline_page, initial_goals
from tillit.learning.improvement.forms import FreezeForm, IndicatorsForm, WithoutForm
from tillit.learning.improvement.models import Pilot
from tillit.learning.improvement.permissions import RUN_PILOT, SEE_PILOTS
from tillit.learning.improvement.queries import chosen_of, figures, get_pilot, pilot_scope
from tillit.learning.improvement.views.writing import seen
from tillit.ui import toasts
from tillit.ui.clashing import SeenForm, say_refused


@never_cache
@require_http_methods(["GET"])
@requires(SEE_PILOTS)
def baseline(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Show what is measured and how it stood, or stands."""
    return _show(request, pilot_id)


@require_POST
@requires(RUN_PILOT)
def choose(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Choose what is measured."""
    form = IndicatorsForm(request.POST, indicators=figures.indicators())

    def act() -> Pilot:
        return actions.choose_indicators(
            actor=request.actor, pilot_id=pilot_id, edition=form.seen(), chosen=form.chosen(), at=clock.now()
        )

    return _done(request, pilot_id, form, act, _("Valgt. Se tallene, og frys nullpunktet."), choosing=form)


@require_POST
@requires(RUN_PILOT)
def freeze(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Freeze the baseline and sign it."""
    form = FreezeForm(request.POST)

    def act() -> Pilot:
        return actions.freeze_baseline(
            actor=request.actor, pilot_id=pilot_id, edition=form.seen(), months=form.cleaned_data["months"],
            caveat=form.cleaned_data["caveat"], at=clock.now(),
        )  # fmt: skip

    return _done(request, pilot_id, form, act, _("Nullpunktet er fryst og signert."), freezing=form)


@require_POST
@requires(RUN_PILOT)
def without(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Say why there is no baseline."""
    form = WithoutForm(request.POST)

    def act() -> Pilot:
        return actions.say_without_baseline(
            actor=request.actor, pilot_id=pilot_id, edition=form.seen(), reason=form.cleaned_data["reason"],
            at=clock.now(),
        )  # fmt: skip

    return _done(request, pilot_id, form, act, _("Grunnen står nå overalt der tallene vises."), reasoning=form)


@require_POST
@requires(RUN_PILOT)
def open_again(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Open the baselines of teams that have not begun."""
    actions.open_baseline_again(actor=request.actor, pilot_id=pilot_id, edition=seen(request), at=clock.now())
    toasts.say(request, _("Nullpunktet er åpnet igjen. Frys det før piloten begynner."))
    return redirect("improvement:baseline", pilot_id)


def _done(
    request: ActorRequest, pilot_id: int, form: SeenForm, act: Callable[[], Pilot], told: str, **shown: SeenForm
) -> HttpResponse:
    """Do what a form asks for, or show the page again with what was typed and why not."""
    require(request.actor, RUN_PILOT, pilot_scope(get_pilot(actor=request.actor, pilot_id=pilot_id)))
    status = 422
    if form.is_valid():
        try:
            act()
        except ActionRefused as refused:
            status = say_refused(form, refused)
        else:
            toasts.say(request, told)
            return redirect("improvement:baseline", pilot_id)
    return _show(request, pilot_id, status=status, **shown)


def _show(
    request: ActorRequest,
    pilot_id: int,
    *,
    choosing: SeenForm | None = None,
    freezing: SeenForm | None = None,
    reasoning: SeenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = get_pilot(actor=request.actor, pilot_id=pilot_id)
    edition = {"edition": found.edition}
    asked = request.GET.get("maneder", "")
    months = int(asked) if asked in ("3", "6", "12") else 6
    page = baseline_page(actor=request.actor, pilot_id=pilot_id, now=clock.now(), months=months)
    freezing = freezing or FreezeForm(initial=edition | {"months": months}, auto_id="frys_%s")
    if not page.brought and "caveat" not in freezing.errors:
        del freezing.fields["caveat"]  # everything was counted
    forms = {
        "choosing": choosing
        or IndicatorsForm(indicators=figures.indicators(), initial=edition | initial_goals(chosen=chosen_of(found))),
        "freezing": freezing,
        "reasoning": reasoning or WithoutForm(initial=edition, auto_id="uten_%s"),
    }
    return render(
        request, "improvement/baseline.html", {"page": page, "edition": found.edition, **forms}, status=status
    )
