"""Questions to those who can what the team cannot."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.citizens import permissions
from tillit.care.citizens.actions import questions as actions
from tillit.care.citizens.contexts import opened
from tillit.care.citizens.contexts import questions as contexts
from tillit.care.citizens.forms.questions import AnswerForm, AskForm
from tillit.care.citizens.queries.questions import (
    competences_to_ask_for,
    experts,
    get_question,
    units_to_ask,
)
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

#: What one usually waits for an answer.
USUAL_DAYS = 7


@never_cache
@require_GET
@requires(permissions.READ_CITIZEN)
def list_questions(request: ActorRequest, unit_id: int) -> HttpResponse:
    """What a unit is asked, and what it has asked."""
    page = contexts.questions_page(actor=request.actor, unit_id=unit_id, at=clock.now())
    return render(request, "citizens/questions.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(permissions.ASK_COMPETENCE)
def ask(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Ask those who can."""
    at = clock.now()
    found = opened(actor=request.actor, citizen_id=citizen_id, at=at)
    form = AskForm(
        request.POST or None,
        competences=competences_to_ask_for(),
        units=units_to_ask(on=found.today),
        people=experts(on=found.today),
        initial={"answer_by": found.today + timedelta(days=USUAL_DAYS)},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                stored = actions.ask_competence(
                    actor=request.actor,
                    citizen_id=citizen_id,
                    to_unit_id=form.unit_id(),
                    to_employee_id=form.employee_id(),
                    competence=form.cleaned_data["competence"],
                    words=form.cleaned_data["words"],
                    answer_by=form.cleaned_data["answer_by"],
                    at=at,
                )
            except ActionRefused as refused:
                form.add_error(getattr(refused, "field", "") or None, refused.text)
            else:
                toasts.say(request, _("Spørsmålet er sendt. Svaret kommer på brukerens side."))
                return redirect("questions:show", stored.pk)
    page = contexts.ask_page(found)
    return render(request, "citizens/ask.html", {"page": page, "form": form}, status=status)


@never_cache
@require_GET
@requires(permissions.READ_CITIZEN)
def show(request: ActorRequest, question_id: int) -> HttpResponse:
    """One question."""
    return _shown(request, question_id, AnswerForm())


@never_cache
@require_POST
@requires(permissions.ANSWER_COMPETENCE)
def answer(request: ActorRequest, question_id: int) -> HttpResponse:
    """Answer a question."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, question_id, form, status=422)
    actions.answer_question(
        actor=request.actor, question_id=question_id, answer=form.cleaned_data["answer"], at=clock.now()
    )
    toasts.say(request, _("Svaret er sendt."))
    return redirect("questions:show", question_id)


@never_cache
@require_POST
@requires(permissions.ASK_COMPETENCE)
def withdraw(request: ActorRequest, question_id: int) -> HttpResponse:
    """Take a question back."""
    row = actions.withdraw_question(actor=request.actor, question_id=question_id, at=clock.now())
    toasts.say(request, _("Spørsmålet er trukket."))
    return redirect("questions:list", row.asked_for_id)


def _shown(request: ActorRequest, question_id: int, form: AnswerForm, *, status: int = 200) -> HttpResponse:
    at = clock.now()
    row = get_question(actor=request.actor, question_id=question_id, at=at)
    page = contexts.question_page(actor=request.actor, question=row, at=at)
    return render(request, "citizens/question.html", {"page": page, "form": form}, status=status)
