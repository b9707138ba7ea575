"""Appeals: the list, taking one in, and the letters that are looked at before they are sent."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.decisions.actions import appealing, appealing_review
from tillit.care.decisions.contexts.appeal_letter import AppealLetterPage, forward_page, receipt_page
from tillit.care.decisions.contexts.appeals import appeals_page
from tillit.care.decisions.contexts.new_appeal import HERSELF, choose_decision_page, new_appeal_page
from tillit.care.decisions.forms import appeals as forms
from tillit.care.decisions.models import Appeal, Origin
from tillit.care.decisions.permissions import HANDLE_APPEAL, READ_CASE, REGISTER_CASE
from tillit.care.decisions.queries.appeals import get_appeal, get_decision
from tillit.care.decisions.views.appeal import ways_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts


@never_cache
@require_GET
@requires(READ_CASE)
def list_all(request: ActorRequest) -> HttpResponse:
    """Show the appeals one reaches: the open ones by deadline, or those that are ended."""
    page = appeals_page(actor=request.actor, at=clock.now(), ended=request.GET.get("vis") == "avsluttet")
    return render(request, "decisions/appeals.html", {"page": page})


@never_cache
@require_GET
@requires(REGISTER_CASE)
def choose_decision(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Choose which of a citizen's decisions an appeal is about."""
    page = choose_decision_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "decisions/choose_decision.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(REGISTER_CASE)
def new(request: ActorRequest, decision_id: int) -> HttpResponse:
    """Take in an appeal on a decision."""
    at = clock.now()
    decision = get_decision(actor=request.actor, decision_id=decision_id, at=at)
    page = new_appeal_page(decision, at=at, about_dismissal=request.GET.get("avvist") == "ja")
    told: dict[str, Any] = {"people": page.people, "today": oslo.day_of(at)}
    status = 200
    if request.method == "POST":
        form = forms.NewAppealForm(request.POST, **told)
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            who = data["who"]
            try:
                appeal = appealing.register_appeal(
                    actor=request.actor,
                    decision_id=decision_id,
                    origin=Origin.CITIZEN.value if who == HERSELF else data.get("origin", ""),
                    applicant_id=None if who == HERSELF else int(who),
                    channel=data["channel"],
                    words=data["words"],
                    posted_on=data["posted_on"],
                    received_on=data["received_on"],
                    asks_for_stay=data["asks_for_stay"],
                    on_dismissal_of_id=page.dismissed,
                    press_key=data["press_key"],
                    at=at,
                )
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                toasts.say(request, _("Klagen er tatt imot."))
                return redirect("decisions:appeal", appeal.pk)
    else:
        form = forms.NewAppealForm(key=uuid4().hex, **told)
    return render(request, "decisions/new_appeal.html", {"page": page, "form": form}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(HANDLE_APPEAL)
def receipt(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Look at the letter that says that the appeal has come, and send it."""
    at = clock.now()
    appeal = get_appeal(actor=request.actor, appeal_id=appeal_id, at=at)
    return _letter(
        request,
        receipt_page(appeal, actor=request.actor, at=at),
        label=_("Når får den som klager, høre fra oss?"),
        send=lambda data: appealing.send_receipt(
            actor=request.actor,
            appeal_id=appeal_id,
            edition=data["edition"],
            answer_by=data["day"],
            ways=ways_of(data),
            at=at,
        ),
        told=_("Brevet er sendt."),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@requires(HANDLE_APPEAL)
def forward(request: ActorRequest, appeal_id: int) -> HttpResponse:
    """Look at the letter that goes with the appeal to the county governor, and send it."""
    at = clock.now()
    appeal = get_appeal(actor=request.actor, appeal_id=appeal_id, at=at)
    return _letter(
        request,
        forward_page(appeal, actor=request.actor, at=at),
        label=_("Hvor lenge kan den som klager, svare på det vi har skrevet?"),
        send=lambda data: appealing_review.forward_appeal(
            actor=request.actor,
            appeal_id=appeal_id,
            edition=data["edition"],
            reply_by=data["day"],
            ways=ways_of(data),
            at=at,
        ),
        told=_("Klagen er sendt til Statsforvalteren, med kopi til den som klager."),
    )


def _letter(
    request: ActorRequest,
    page: AppealLetterPage,
    *,
    label: str,
    send: Callable[[Mapping[str, Any]], Appeal],
    told: str,
) -> HttpResponse:
    """Show a letter as it would be sent, or send it. label: what the day in the form is."""
    status = 200
    if request.method == "POST":
        form = forms.SendForm(request.POST, label=label)
        status = 422
        if form.is_valid():
            try:
                send(form.cleaned_data)
            except ActionRefused as refused:
                form.add_error(None, refused.text)
                status = 409
            else:
                toasts.say(request, told)
                return redirect("decisions:appeal", page.appeal_id)
    else:
        form = forms.SendForm(initial={"day": page.day, "edition": page.edition}, label=label)
    return render(request, "decisions/appeal_letter.html", {"page": page, "form": form}, status=status)
