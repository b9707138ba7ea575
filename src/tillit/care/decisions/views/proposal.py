"""Write a proposal, service by service, and send it to the one who decides."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.decisions import actions, queries
from tillit.care.decisions.contexts.proposal import proposal_page
from tillit.care.decisions.permissions import WORK_CASE
from tillit.care.decisions.views.proposal_forms import common_form, line_forms
from tillit.care.decisions.views.writing import edition_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WORK_CASE)
def propose(request: ActorRequest, case_id: int) -> HttpResponse:
    """Show the proposal; POST saves it (also to add a service), or sends it."""
    at = clock.now()
    today = oslo.day_of(at)
    case = queries.get_case(actor=request.actor, case_id=case_id, at=at)
    posted = request.POST if request.method == "POST" else None
    forms = line_forms(case, on=today, posted=posted, span_percent=queries.practice_on(today).span_percent)
    common = common_form(case, on=today, posted=posted)
    status, changed, refusal = 200, False, ""
    if posted is not None:
        status = 422
        if all([common.is_valid(), *(form.is_valid() for _line, form in forms)]):
            sends = posted.get("act") == "send"
            drafts = [form.draft(line_id=line.pk, service_code=line.service.code) for line, form in forms]
            act = actions.send_proposal if sends else actions.save_proposal
            try:
                act(
                    actor=request.actor,
                    case_id=case_id,
                    edition=edition_of(request),
                    draft=common.draft(drafts),
                    at=at,
                )
            except ChangedMeanwhile as met:
                changed, refusal, status = True, met.text, 409
                case.refresh_from_db()
            except ActionRefused as refused:
                refusal = refused.text
            else:
                toasts.say(request, _("Forslaget er sendt til den som avgjør.") if sends else _("Lagret."))
                return redirect("decisions:case" if sends else "decisions:propose", case_id)
    page = proposal_page(case, forms, changed=changed, refused=refusal, user_key=str(request.actor.user_id))
    return render(request, "decisions/proposal.html", {"page": page, "common": common}, status=status)
