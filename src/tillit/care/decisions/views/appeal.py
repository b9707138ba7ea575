"""One appeal: its page, and what is pressed on it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.decisions.actions import appealing, appealing_review, appealing_stay
from tillit.care.decisions.contexts.appeal_page import appeal_page
from tillit.care.decisions.forms import appeals as forms
from tillit.care.decisions.models import Appeal
from tillit.care.decisions.permissions import HANDLE_APPEAL, READ_CASE, REGISTER_CASE
from tillit.care.decisions.queries.appeals import get_appeal
from tillit.care.decisions.rules.appeals import AppealStep
from tillit.care.letters.rules import Way
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts


@never_cache
@require_GET
@requires(READ_CASE)
def show(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Show one appeal and what to do next."""
    return _show(request, appeal_id)


@require_POST
@requires(HANDLE_APPEAL)
def ask_for_more(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Say what the appeal lacks, and set a deadline."""
    form = forms.MoreForm(request.POST)
    return _press(
        request,
        appeal_id,
        "more",
        form,
        lambda data, at: appealing.ask_for_more(
            actor=request.actor,
            appeal_id=appeal_id,
            edition=data["edition"],
            missing=data["missing"],
            complete_by=data["complete_by"],
            at=at,
        ),
        _("Fristen er satt. Send brev om hva som mangler."),
    )


@require_POST
@requires(REGISTER_CASE)
def complete(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """What was missing has come."""
    return _press(
        request,
        appeal_id,
        "complete",
        forms.EditionForm(request.POST),
        lambda data, at: appealing.complete_appeal(
            actor=request.actor, appeal_id=appeal_id, edition=data["edition"], at=at
        ),
        _("Klagen er i orden."),
    )


@require_POST
@requires(HANDLE_APPEAL)
def take_up(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Begin to look at the case again."""
    return _press(
        request,
        appeal_id,
        "take_up",
        forms.TakeUpForm(request.POST),
        lambda data, at: appealing.take_up_appeal(
            actor=request.actor,
            appeal_id=appeal_id,
            edition=data["edition"],
            late_reason=data["late_reason"],
            at=at,
        ),
        _("Klagen er tatt opp."),
    )


@require_POST
@requires(HANDLE_APPEAL)
def dismiss(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Dismiss the appeal, with reasons and a letter."""
    return _press(
        request,
        appeal_id,
        "dismiss",
        forms.DismissForm(request.POST),
        lambda data, at: appealing.dismiss_appeal(
            actor=request.actor,
            appeal_id=appeal_id,
            edition=data["edition"],
            ground=data["ground"],
            reason=data["reason"],
            ways=ways_of(data),
            at=at,
        ),
        _("Klagen er avvist, og brevet er sendt."),
    )


@require_POST
@requires(HANDLE_APPEAL)
def review(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Keep the review and, when it has come to something, go on: a new decision, or the letter that forwards it."""
    form = forms.ReviewForm(request.POST)

    def act(data: Mapping[str, Any], at: datetime) -> Appeal:
        saved = appealing_review.save_review(
            actor=request.actor, appeal_id=appeal_id, edition=data["edition"], words=data["words"], at=at
        )
        if data["result"] in (AppealStep.CHANGE.value, AppealStep.CHANGE_PARTLY.value):
            return appealing_review.change_decision(
                actor=request.actor,
                appeal_id=appeal_id,
                edition=saved.edition,
                wholly=data["result"] == AppealStep.CHANGE.value,
                at=at,
            )
        return saved

    chosen = request.POST.get("result", "")
    told = _("Vurderingen er lagret.") if chosen in ("", AppealStep.FORWARD.value) else _("Saken er tatt opp igjen.")
    there = "decisions:forward_appeal" if chosen == AppealStep.FORWARD.value else "decisions:appeal"
    return _press(request, appeal_id, "review", form, act, told, there=there)


@require_POST
@requires(HANDLE_APPEAL)
def answer(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Write what the county governor came to."""
    return _press(
        request,
        appeal_id,
        "answer",
        forms.AnswerForm(request.POST),
        lambda data, at: appealing_review.record_answer(
            actor=request.actor,
            appeal_id=appeal_id,
            edition=data["edition"],
            step=AppealStep(data["step"]),
            answered_on=data["answered_on"],
            words=data["words"],
            at=at,
        ),
        _("Svaret er skrevet inn."),
    )


@require_POST
@requires(REGISTER_CASE)
def ask_for_stay(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """The one who appeals asks us to wait."""
    return _press(
        request,
        appeal_id,
        "ask_stay",
        forms.EditionForm(request.POST),
        lambda data, at: appealing_stay.ask_for_stay(
            actor=request.actor, appeal_id=appeal_id, edition=data["edition"], at=at
        ),
        _("Skrevet ned. Den skal ha svar om noen dager."),
    )


@require_POST
@requires(HANDLE_APPEAL)
def answer_stay(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Say whether we wait, and why."""
    return _press(
        request,
        appeal_id,
        "stay",
        forms.StayForm(request.POST),
        lambda data, at: appealing_stay.answer_stay(
            actor=request.actor,
            appeal_id=appeal_id,
            edition=data["edition"],
            granted=data["granted"] == "yes",
            reasons=data["reasons"],
            at=at,
        ),
        _("Svaret er lagret. Si det til den som klager."),
    )


@require_POST
@requires(REGISTER_CASE)
def withdraw(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """The one who appealed takes it back."""
    return _press(
        request,
        appeal_id,
        "withdraw",
        forms.EditionForm(request.POST),
        lambda data, at: appealing.withdraw_appeal(
            actor=request.actor, appeal_id=appeal_id, edition=data["edition"], at=at
        ),
        _("Klagen er trukket."),
    )


def _press(
    request: ActorRequest,
    appeal_id: int,
    name: str,
    form: django_forms.Form,
    act: Callable[[Mapping[str, Any], datetime], Appeal],
    told: str,
    *,
    there: str = "decisions:appeal",
) -> HttpResponse:
    """Do what was pressed; what stops it is said on the same page, with everything that was typed."""
    if not form.is_valid():
        return _show(request, appeal_id, bound={name: form}, status=422)
    try:
        act(form.cleaned_data, clock.now())
    except ChangedMeanwhile as meanwhile:
        return _show(request, appeal_id, bound={name: _again(form, meanwhile.now)}, refused=meanwhile.text, status=409)
    except ActionRefused as refused:
        return _show(request, appeal_id, bound={name: form}, refused=refused.text, status=409)
    toasts.say(request, told)
    return redirect(there, appeal_id)


def _again(form: django_forms.Form, edition: int) -> django_forms.Form:
    """Return the form with what was typed, ready for the edition that stands now."""
    if isinstance(form.data, QueryDict):
        typed = form.data.copy()
        typed["edition"] = str(edition)
        form.data = typed
    return form


def _show(
    request: ActorRequest,
    appeal_id: int,
    *,
    bound: Mapping[str, django_forms.Form] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    page = appeal_page(actor=request.actor, appeal_id=appeal_id, at=at)
    appeal = get_appeal(actor=request.actor, appeal_id=appeal_id, at=at)
    seen = {"edition": page.edition}
    today = oslo.day_of(at)
    shown: dict[str, django_forms.Form] = {
        "more": forms.MoreForm(initial={**seen, "complete_by": appealing.suggested_complete_by(today)}),
        "take_up": forms.TakeUpForm(initial=seen),
        "dismiss": forms.DismissForm(initial=seen),
        "review": forms.ReviewForm(initial={**seen, "words": appeal.review}),
        "answer": forms.AnswerForm(initial={**seen, "answered_on": today}),
        "stay": forms.StayForm(initial=seen),
    }
    shown.update(bound or {})
    for name, form in shown.items():
        form.auto_id = f"{name}_%s"  # several forms on one page: every field has an id of its own
    shown["take_up"].fields["late_reason"].required = page.is_late
    context = {"page": page, "refused": refused, "shown": next(iter(bound or {}), ""), "forms": shown}
    return render(request, "decisions/appeal.html", context, status=status)


def ways_of(data: Mapping[str, Any]) -> tuple[Way, ...]:
    """Return how a letter is sent, as it was ticked."""
    return tuple(Way(way) for way in data["ways"])
