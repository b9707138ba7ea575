"""The decision page: one press to decide, and what leads up to it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.decisions import queries
from tillit.care.decisions.actions import deciding, splitting
from tillit.care.decisions.contexts.decide_page import decide_page, letter_now
from tillit.care.decisions.forms.deciding import ReasonsForm, SendBackForm
from tillit.care.decisions.models import Case, Decision
from tillit.care.decisions.permissions import DECIDE_CASE, HAND_OVER_CASE, READ_CASE
from tillit.care.decisions.rules.states import State
from tillit.care.decisions.views.writing import edition_of
from tillit.care.letters.models import SentLetter
from tillit.care.letters.rendering import to_pdf
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.ui import toasts


@never_cache
@require_GET
@requires(READ_CASE)
def show(request: ActorRequest, case_id: int) -> HttpResponse:
    """Show a proposal to the one who decides; when it is decided, the case tells the rest."""
    return _page(request, case_id)


@never_cache
@require_POST
@requires(DECIDE_CASE)
def decide(request: ActorRequest, case_id: int) -> HttpResponse:
    """Make the decision. Cannot be undone."""
    at = clock.now()
    try:
        decision = deciding.decide_case(
            actor=request.actor, case_id=case_id, edition=edition_of(request), decided_on=oslo.day_of(at), at=at
        )
    except ActionRefused as refused:
        return _page(request, case_id, refused=refused.text, status=409)
    on_way = Case.objects.filter(split_from_id=decision.case_id, registered_at=at).count()
    text = _("Vedtaket er fattet, og brevet er låst. Nå skal brukeren få vite det.")
    if on_way:
        text = _("%(done)s Resten er sendt til den som avgjør det.") % {"done": text}
    toasts.say(request, text)
    return redirect("decisions:case", case_id)


@never_cache
@require_POST
@requires(DECIDE_CASE)
def send_back(request: ActorRequest, case_id: int) -> HttpResponse:
    """Send the proposal back to whoever wrote it."""
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, case_id, back=form, status=422)
    data = form.cleaned_data
    try:
        deciding.send_back(
            actor=request.actor, case_id=case_id, edition=data["edition"], why=data["why"], at=clock.now()
        )
    except ActionRefused as refused:
        return _page(request, case_id, back=form, refused=refused.text, status=409)
    toasts.say(request, _("Forslaget er sendt tilbake."))
    return redirect("decisions:case", case_id)


@never_cache
@require_POST
@requires(DECIDE_CASE)
def change_reasons(request: ActorRequest, case_id: int) -> HttpResponse:
    """Better the reasons; the letter beside shows them at once."""
    form = ReasonsForm(request.POST)
    if not form.is_valid():
        return _page(request, case_id, reasons=form, status=422)
    data = form.cleaned_data
    try:
        deciding.change_reasons(
            actor=request.actor,
            case_id=case_id,
            edition=data["edition"],
            reasons=data["reasons"],
            how_view_weighed=data["how_view_weighed"],
            at=clock.now(),
        )
    except ActionRefused as refused:
        return _page(request, case_id, reasons=form, refused=refused.text, status=409)
    toasts.say(request, _("Begrunnelsen er lagret. Brevet viser den."))
    return redirect("decisions:decide", case_id)


@never_cache
@require_POST
@requires(HAND_OVER_CASE)
def send_to_decider(request: ActorRequest, case_id: int) -> HttpResponse:
    """Offer the proposal to the unit that may decide it."""
    try:
        offer = splitting.send_to_decider(
            actor=request.actor, case_id=case_id, edition=edition_of(request), at=clock.now()
        )
    except ActionRefused as refused:
        return _page(request, case_id, refused=refused.text, status=409)
    toasts.say(request, _("Saken er sendt til %(unit)s. Dere har den til de svarer.") % {"unit": offer.unit.name})
    return redirect("decisions:case", case_id)


@never_cache
@require_GET
@requires(READ_CASE)
@limited(Door.LETTER, on="GET")
def letter_pdf(request: ActorRequest, case_id: int) -> HttpResponse:
    """Give the letter as it is now, or as it was kept, as PDF."""
    at = clock.now()
    case = queries.get_case(actor=request.actor, case_id=case_id, at=at)
    content = letter_now(actor=request.actor, case=case, on=oslo.day_of(at))
    if content is None:
        raise NotFound(_("Fant ikke brevet."))
    return _pdf(to_pdf(content), f"utkast-{case_id}")


@never_cache
@require_GET
@requires(READ_CASE)
def decision_pdf(request: ActorRequest, case_id: int, decision_id: int) -> HttpResponse:
    """Give a decision's letter as it was sent."""
    return _kept(_decision(request, case_id, decision_id).letter)


@never_cache
@require_GET
@requires(READ_CASE)
def reasons_pdf(request: ActorRequest, case_id: int, decision_id: int) -> HttpResponse:
    """Give the letter with the reasons that were asked for."""
    return _kept(_decision(request, case_id, decision_id).reasons_letter)


def _decision(request: ActorRequest, case_id: int, decision_id: int) -> Decision:
    case = queries.get_case(actor=request.actor, case_id=case_id, at=clock.now())
    found = case.decisions.select_related("letter", "reasons_letter").filter(pk=decision_id).first()
    if found is None:
        raise NotFound(_("Fant ikke vedtaket."))
    return found


def _kept(letter: SentLetter | None) -> HttpResponse:
    if letter is None:
        raise NotFound(_("Fant ikke brevet."))
    return _pdf(bytes(letter.pdf), f"vedtak-{letter.pk}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def _page(
    request: ActorRequest,
    case_id: int,
    *,
    refused: str = "",
    reasons: ReasonsForm | None = None,
    back: SendBackForm | None = None,
    status: int = 200,
) -> HttpResponse:
    at = clock.now()
    case = queries.get_case(actor=request.actor, case_id=case_id, at=at)
    if status == 200 and State(case.state) is not State.PROPOSED:
        return redirect("decisions:case", case_id)
    page = decide_page(actor=request.actor, case=case, on=oslo.day_of(at))
    first = {"edition": page.edition, "reasons": page.reasons, "how_view_weighed": page.how_view_weighed}
    return render(
        request,
        "decisions/decide.html",
        {
            "page": page,
            "reasons_form": reasons or ReasonsForm(initial=first),
            "back_form": back or SendBackForm(initial={"edition": page.edition}),
            "refused": refused,
        },
        status=status,
    )
