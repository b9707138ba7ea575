"""Assess a need together: begin, write, finish."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.decisions import actions, queries
from tillit.care.decisions.contexts.assessment import assessment_page
from tillit.care.decisions.forms.assessment import AssessmentForm, levels_in
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.queries.assessments import conversations_of, draft_of
from tillit.care.decisions.views.forms_of_case import refuse
from tillit.care.decisions.views.writing import edition_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts


@require_POST
@requires(WORK_CASE)
def start(request: ActorRequest, case_id: int) -> HttpResponse:
    """Begin an assessment, or go on with the draft there is."""
    at = clock.now()
    draft = actions.start_assessment(actor=request.actor, case_id=case_id, held_on=oslo.day_of(at), at=at)
    return redirect("decisions:assess", draft.pk)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WORK_CASE)
def assess(request: ActorRequest, assessment_id: int) -> HttpResponse:
    """Show the draft; POST saves it, or finishes it."""
    at = clock.now()
    draft = draft_of(actor=request.actor, assessment_id=assessment_id, at=at)
    if draft.done_at is not None:
        return redirect("decisions:case", draft.case_id)
    people = [(str(pk), name) for pk, name in queries.assessor_choices(draft.case, on=oslo.day_of(at)).items()]
    form = AssessmentForm(
        request.POST or None,
        people=people,
        conversations=conversations_of(draft.case),
        initial={
            "held_on": draft.held_on,
            "place": draft.place,
            "assessors": list(draft.assessors.values_list("employee_id", flat=True)),
            "conversation": draft.conversation_id,
            "own_view": draft.own_view,
            "summary": draft.summary,
        },
    )
    status, meanwhile = 200, False
    levels = levels_in(request.POST) if request.method == "POST" else None
    if request.method == "POST":
        status = 422
        finish = request.POST.get("act") == "finish"
        if form.is_valid():
            act = actions.finish_assessment if finish else actions.save_assessment
            try:
                act(
                    actor=request.actor,
                    assessment_id=assessment_id,
                    edition=edition_of(request),
                    written=form.written(levels or {}),
                    at=at,
                )
            except ChangedMeanwhile:
                meanwhile, status = True, 409
                draft.refresh_from_db()
            except ActionRefused as refused:
                refuse(form, refused)
            else:
                toasts.say(request, _("Vurderingen er ferdig.") if finish else _("Lagret."))
                return redirect(
                    "decisions:case" if finish else "decisions:assess", draft.case_id if finish else draft.pk
                )
    page = assessment_page(
        draft,
        levels=levels,
        meanwhile=meanwhile,
        back=reverse("decisions:case", args=[draft.case_id]),
        user_key=str(request.actor.user_id),
    )
    return render(request, "decisions/assessment.html", {"page": page, "form": form}, status=status)
