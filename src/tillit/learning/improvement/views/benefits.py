"""The plan for what a pilot is to give: on one page, each benefit in one form."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.learning.improvement import actions
from tillit.learning.improvement.contexts.benefits import benefits_page, confirm_action
from tillit.learning.improvement.contexts.form_page import FormPage, pilot_crumbs
from tillit.learning.improvement.forms import BenefitForm, ConfirmForm
from tillit.learning.improvement.forms.benefits import initial_of
from tillit.learning.improvement.models import Pilot
from tillit.learning.improvement.permissions import RUN_PILOT, SEE_PILOTS
from tillit.learning.improvement.queries import figures, get_benefit
from tillit.learning.improvement.rules.goals import Goal
from tillit.learning.improvement.views.writing import seen, to_change, written
from tillit.ui import toasts
from tillit.ui.clashing import posted

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(SEE_PILOTS)
def plan(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Show the plan and how it goes."""
    page = benefits_page(actor=request.actor, pilot_id=pilot_id, now=clock.now())
    return render(request, "improvement/benefits.html", {"page": page})


@never_cache
@_FORM
@requires(RUN_PILOT)
def add(request: ActorRequest, pilot_id: int) -> HttpResponse:
    """Add a benefit. mal: the effect goal it belongs to."""
    found = to_change(request, pilot_id)
    goal = request.GET.get("mal", "")
    form = BenefitForm(
        posted(request), indicators=figures.indicators(),
        initial={"edition": found.edition, "goal": goal if goal in set(Goal) else Goal.CITIZENS},
    )  # fmt: skip
    page = FormPage(
        pilot_crumbs(found, _("Ny gevinst")), _("Ny gevinst"),
        _("Skriv det dere vet nå. Planen sier selv hva som mangler."), _("Legg til"), _back(found),
    )  # fmt: skip

    def act() -> Pilot:
        return actions.add_benefit(
            actor=request.actor, pilot_id=pilot_id, edition=form.seen(), said=form.said(), at=clock.now()
        )

    return written(request, page, form, act, _("Gevinsten er lagt til."), then="improvement:benefits")


@never_cache
@_FORM
@requires(RUN_PILOT)
def change(request: ActorRequest, pilot_id: int, benefit_id: int) -> HttpResponse:
    """Change a benefit."""
    found = to_change(request, pilot_id)
    benefit = get_benefit(pilot=found, benefit_id=benefit_id)
    indicators = figures.indicators()
    form = BenefitForm(
        posted(request), indicators=indicators,
        initial={"edition": found.edition} | initial_of(benefit, indicators),
    )  # fmt: skip
    page = FormPage(
        pilot_crumbs(found, _("Gevinst")), benefit.words, "", _("Lagre"), _back(found),
        beside=confirm_action(pilot_id, benefit),
        remove=reverse("improvement:remove_benefit", args=[pilot_id, benefit_id]),
    )  # fmt: skip

    def act() -> Pilot:
        return actions.change_benefit(
            actor=request.actor, pilot_id=pilot_id, benefit_id=benefit_id, edition=form.seen(), said=form.said(),
            at=clock.now(),
        )  # fmt: skip

    return written(request, page, form, act, _("Gevinsten er endret."), then="improvement:benefits")


@never_cache
@_FORM
@requires(RUN_PILOT)
def confirm(request: ActorRequest, pilot_id: int, benefit_id: int) -> HttpResponse:
    """Note that finance has looked at a benefit."""
    found = to_change(request, pilot_id)
    benefit = get_benefit(pilot=found, benefit_id=benefit_id)
    form = ConfirmForm(posted(request), initial={"edition": found.edition, "words": benefit.confirmed_words})
    page = FormPage(
        pilot_crumbs(found, _("Bekreftet av økonomi")), _("Bekreftet av økonomi"),
        _("Endres et tall etterpå, må økonomi se på det på nytt."), _("Lagre"), _back(found), note=benefit.words,
    )  # fmt: skip

    def act() -> Pilot:
        return actions.confirm_benefit(
            actor=request.actor, pilot_id=pilot_id, benefit_id=benefit_id, edition=form.seen(),
            words=form.cleaned_data["words"], at=clock.now(),
        )  # fmt: skip

    told = _("Det står nå at økonomi har sett på gevinsten.")
    return written(request, page, form, act, told, then="improvement:benefits")


@require_POST
@requires(RUN_PILOT)
def remove(request: ActorRequest, pilot_id: int, benefit_id: int) -> HttpResponse:
    """Take a benefit out of the plan."""
    actions.remove_benefit(
        actor=request.actor, pilot_id=pilot_id, benefit_id=benefit_id, edition=seen(request), at=clock.now()
    )
    toasts.say(request, _("Gevinsten er tatt ut av planen."))
    return redirect("improvement:benefits", pilot_id)


def _back(found: Pilot) -> str:
    return reverse("improvement:benefits", args=[found.pk])
