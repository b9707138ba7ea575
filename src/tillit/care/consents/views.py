"""Whom a citizen lets in: recorded and ended by those who answer for her."""

from datetime import datetime, timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.consents import actions
from tillit.care.consents.contexts import consents_page
from tillit.care.consents.forms import ConsentForm, GiveForm
from tillit.care.consents.permissions import OPEN_ACCOUNT, RECORD_CONSENT
from tillit.care.consents.rules import Part
from tillit.foundation.access.guard import ActorRequest, requires, tell
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused


@never_cache
@sensitive_post_parameters("number")
@require_http_methods(["GET", "POST"])
@requires(RECORD_CONSENT)
def page(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show whom she lets in, and record one more."""
    at = clock.now()
    form = _consent_form(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        last = given["valid_to"]
        try:
            actions.let_somebody_in(
                actor=request.actor, citizen_id=citizen_id, name=given["name"], relation=given["relation"],
                basis=given["basis"], basis_words=given["basis_words"],
                parts=[Part(one) for one in given["parts"]],
                valid_to=last + timedelta(days=1) if last else None, number=given.get("number", ""), at=at,
            )  # fmt: skip
            tell(request, _("Det er registrert."))
            return redirect("consents:page", citizen_id=citizen_id)
        except ActionRefused as refusal:
            form.add_error(None, refusal.text)
    return _shown(request, citizen_id, form, at=at)


def _shown(
    request: ActorRequest, citizen_id: int, form: ConsentForm | None, *, at: datetime, given: GiveForm | None = None
) -> HttpResponse:
    """Show the page. given: what somebody wrote who wanted to give a part more."""
    found = consents_page(actor=request.actor, citizen_id=citizen_id, at=at)
    form = form or _consent_form()
    people = [
        (one, given if given and given.consent_id == one.consent_id else GiveForm(one.consent_id, one.missing))
        for one in found.people
    ]
    page = {"page": found, "form": form, "people": people}
    return render(request, "consents/page.html", page, status=422 if form.errors or given else 200)


def _consent_form(data: QueryDict | None = None) -> ConsentForm:
    return ConsentForm(data, asks_number=bool(actions.services_for_citizens()))


@require_POST
@requires(RECORD_CONSENT)
def end(request: ActorRequest, citizen_id: int, consent_id: int) -> HttpResponse:
    """End a consent at once."""
    actions.end_consent(actor=request.actor, citizen_id=citizen_id, consent_id=consent_id, at=clock.now())
    tell(request, _("Det er avsluttet."))
    return redirect("consents:page", citizen_id=citizen_id)


@require_POST
@requires(RECORD_CONSENT)
def give(request: ActorRequest, citizen_id: int, consent_id: int) -> HttpResponse:
    """Add one part."""
    at = clock.now()
    page = consents_page(actor=request.actor, citizen_id=citizen_id, at=at)
    missing = next((one.missing for one in page.people if one.consent_id == consent_id), ())
    form = GiveForm(consent_id, missing, request.POST)
    if not form.is_valid():
        return _shown(request, citizen_id, None, at=at, given=form)
    try:
        actions.give_part(
            actor=request.actor, citizen_id=citizen_id, consent_id=consent_id, part=Part(form.cleaned_data["part"]),
            words=form.cleaned_data["words"], at=at,
        )  # fmt: skip
    except ActionRefused as refusal:
        form.add_error("part", refusal.text)
        return _shown(request, citizen_id, None, at=at, given=form)
    tell(request, _("Det er registrert."))
    return redirect("consents:page", citizen_id=citizen_id)


@require_POST
@requires(OPEN_ACCOUNT)
def own_login(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Let the citizen log in herself."""
    if not actions.services_for_citizens():
        raise actions.NoNumber(_("Ingen innloggingstjeneste for brukere og pårørende er satt opp."))
    actions.let_her_log_in(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    tell(request, _("Nå kan brukeren logge inn."))
    return redirect("consents:page", citizen_id=citizen_id)


@sensitive_post_parameters("number")
@require_POST
@requires(OPEN_ACCOUNT)
def number(request: ActorRequest, citizen_id: int, consent_id: int) -> HttpResponse:
    """Say by which number somebody who is let in is recognised."""
    actions.know_by_number(
        actor=request.actor, citizen_id=citizen_id, consent_id=consent_id, number=request.POST.get("number", ""),
        at=clock.now(),
    )  # fmt: skip
    tell(request, _("Nå kan personen logge inn."))
    return redirect("consents:page", citizen_id=citizen_id)
