"""Who has a case: send on, take over, send back, take back, choose a case worker."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.decisions import actions, queries
from tillit.care.decisions.contexts.small import hand_over_page, receivers, small_form_page
from tillit.care.decisions.forms.small import HandOverForm, SendBackForm, WorkerForm
from tillit.care.decisions.models import Case
from tillit.care.decisions.permissions import HAND_OVER_CASE, REGISTER_CASE, WORK_CASE
from tillit.care.decisions.views.forms_of_case import answer
from tillit.care.decisions.views.writing import edition_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


def opened(request: ActorRequest, case_id: int) -> Case:
    """The case, for a form about it. Raises NotFound out of reach."""
    return queries.get_case(actor=request.actor, case_id=case_id, at=clock.now())


@never_cache
@_FORM
@requires(HAND_OVER_CASE)
def hand_over(request: ActorRequest, case_id: int) -> HttpResponse:
    """Offer a case to another unit, with what must be known."""
    at = clock.now()
    case = opened(request, case_id)
    found = receivers(request.actor, case, on=oslo.day_of(at))
    form = HandOverForm(request.POST or None, by_table=found.by_table, others=found.others, chosen=found.chosen)
    return answer(
        request,
        form,
        hand_over_page(case, found),
        template="decisions/hand_over.html",
        case_id=case_id,
        done=_("Saken er tilbudt. Den blir her til de svarer."),
        save=lambda said: actions.offer_case(
            actor=request.actor,
            case_id=case_id,
            edition=edition_of(request),
            unit_id=said["to"],
            must_know=said["must_know"],
            at=at,
        ),
    )


@require_POST
@requires(HAND_OVER_CASE)
def accept(request: ActorRequest, case_id: int, holding_id: int) -> HttpResponse:
    """Take over a case that was offered."""
    actions.accept_case(actor=request.actor, holding_id=holding_id, at=clock.now())
    toasts.say(request, _("Saken er hos dere nå."))
    return redirect("decisions:case", case_id)


@never_cache
@_FORM
@requires(HAND_OVER_CASE)
def send_back(request: ActorRequest, case_id: int, holding_id: int) -> HttpResponse:
    """Send a case back that was offered, with words."""
    at = clock.now()
    case = opened(request, case_id)
    form = SendBackForm(request.POST or None)
    page = small_form_page(
        case,
        title=_("Send saken tilbake"),
        lead=_("De som tilbød den, har saken som før, og ser det du skriver."),
        submit=_("Send tilbake"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Saken er sendt tilbake."),
        save=lambda said: actions.send_back_case(
            actor=request.actor, holding_id=holding_id, words=said["words"], at=at
        ),
        leaves=True,
    )


@require_POST
@requires(REGISTER_CASE)
def take_back(request: ActorRequest, case_id: int, holding_id: int) -> HttpResponse:
    """Take an offer back: the case stays."""
    actions.take_back_offer(actor=request.actor, holding_id=holding_id, at=clock.now())
    toasts.say(request, _("Tilbudet er tatt tilbake. Saken blir hos dere."))
    return redirect("decisions:case", case_id)


@never_cache
@_FORM
@requires(WORK_CASE)
def worker(request: ActorRequest, case_id: int) -> HttpResponse:
    """Choose who works with a case."""
    at = clock.now()
    case = opened(request, case_id)
    people = [
        (str(one.employee_id), _("%(name)s (saksbehandler)") % {"name": one.name} if one.is_case_worker else one.name)
        for one in queries.workers_of(case.unit, on=oslo.day_of(at))
    ]
    form = WorkerForm(request.POST or None, people=people, initial={"employee": case.case_worker_id})
    page = small_form_page(
        case,
        title=_("Velg saksbehandler"),
        lead=_("Den som arbeider med saken i %(unit)s.") % {"unit": case.unit.name},
        submit=_("Lagre"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Saksbehandleren er byttet."),
        save=lambda said: actions.set_case_worker(
            actor=request.actor, case_id=case_id, edition=edition_of(request), employee_id=said["employee"], at=at
        ),
    )
