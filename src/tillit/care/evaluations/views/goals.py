"""Goals: which are due, how it goes for one citizen, and one evaluation."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.evaluations import actions
from tillit.care.evaluations.contexts.citizen import citizen_page
from tillit.care.evaluations.contexts.due import due_page
from tillit.care.evaluations.contexts.evaluate import evaluate_page
from tillit.care.evaluations.forms import EvaluateForm
from tillit.care.evaluations.permissions import EVALUATE_GOAL, READ_EVALUATIONS
from tillit.care.evaluations.rules.outcome import Outcome
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(READ_EVALUATIONS)
def due(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show which goals the team is to look at."""
    return render(
        request, "evaluations/due.html", {"page": due_page(actor=request.actor, unit_id=unit_id, at=clock.now())}
    )


@never_cache
@require_GET
@requires(READ_EVALUATIONS)
def citizen(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show how it goes with one citizen's goals."""
    page = citizen_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "evaluations/citizen.html", {"page": page})


@never_cache
@_FORM
@requires(EVALUATE_GOAL)
def evaluate(request: ActorRequest, citizen_id: int, goal_id: int) -> HttpResponse:
    """Look at one goal together, and sign what was said."""
    at = clock.now()
    page = evaluate_page(actor=request.actor, citizen_id=citizen_id, goal_id=goal_id, at=at)
    form = EvaluateForm(
        request.POST if request.method == "POST" else None,
        initial={"edition": page.edition, "press_key": secrets.token_urlsafe(16), "next_on": page.next_on},
        interventions=page.interventions,
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            written = actions.evaluate_goal(
                actor=request.actor,
                goal_id=goal_id,
                edition=form.cleaned_data["edition"],
                facts=form.facts(),
                press_key=form.cleaned_data["press_key"],
                at=at,
            )
        except actions.NotWhole as refused:
            form.say_lacks(refused.lacks)
            status = 422
        except ChangedMeanwhile as changed:
            data = request.POST.copy()
            data["edition"] = str(changed.now)
            form = EvaluateForm(data, interventions=page.interventions)
            form.full_clean()
            form.add_error(None, changed.text)
            status = 409
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            return _written(request, citizen_id, written)
    return render(request, "evaluations/evaluate.html", {"page": page, "form": form}, status=status)


def _written(request: ActorRequest, citizen_id: int, written: actions.Written) -> HttpResponse:
    """Say what followed, and lead to where the next press is."""
    said = [_("Evalueringen er signert.")]
    if written.leaves_frame:
        said.append(
            _("Hjelpen dere er enige om, er utenfor rammen. Saken er tatt opp på nytt.")
            if written.case_id
            else _("Hjelpen dere er enige om, er utenfor rammen. Si fra til den som har saken.")
        )
    if written.draft_id is None:
        toasts.say(request, " ".join(said))
        return redirect("evaluations:citizen", citizen_id)
    said.append(_("Se over utkastet til plan, og ta det i bruk."))
    toasts.say(request, " ".join(said))
    plan = reverse("careplans:plan_edit", args=[citizen_id])
    new_goal = written.evaluation.outcome == Outcome.NEW_GOAL
    return redirect(f"{plan}?skriv=mal#skjema" if new_goal else plan)
