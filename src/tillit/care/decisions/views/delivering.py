"""From a decision to running help: each press one act."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.decisions.actions import notifying, pausing, starting
from tillit.care.decisions.contexts.write_letter import write_page
from tillit.care.decisions.forms import deciding as forms
from tillit.care.decisions.models import Case, NoticeWay
from tillit.care.decisions.permissions import DECIDE_CASE, WORK_CASE
from tillit.care.decisions.queries.appeals import stayed_since
from tillit.care.decisions.views.writing import case_at, done, edition_of, write
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo


@never_cache
@require_POST
@requires(WORK_CASE)
def notify(request: ActorRequest, case_id: int) -> HttpResponse:
    """Say how the decision was told."""
    at = clock.now()
    way = _way(request)
    notifying.notify_decision(
        actor=request.actor, case_id=case_id, edition=edition_of(request), way=way, sent_on=oslo.day_of(at), at=at
    )
    text = _("Notert. Brevet må sendes etter.") if way is NoticeWay.ORALLY else _("Notert. Klagefristen står i saken.")
    return done(request, case_id, text)


@never_cache
@require_POST
@requires(WORK_CASE)
def send_written(request: ActorRequest, case_id: int) -> HttpResponse:
    """Say how the letter was sent after the decision was told by mouth."""
    at = clock.now()
    notifying.send_written(
        actor=request.actor,
        case_id=case_id,
        edition=edition_of(request),
        way=_way(request),
        sent_on=oslo.day_of(at),
        at=at,
    )
    return done(request, case_id, _("Notert. Klagefristen løper fra da brevet kommer fram."))


@never_cache
@require_POST
@requires(WORK_CASE)
def ask_for_reasons(request: ActorRequest, case_id: int) -> HttpResponse:
    """Note that the citizen wants reasons."""
    at = clock.now()
    notifying.ask_for_reasons(
        actor=request.actor, case_id=case_id, edition=edition_of(request), asked_on=oslo.day_of(at), at=at
    )
    return done(request, case_id, _("Notert. Den som fattet vedtaket, skriver begrunnelsen."))


@never_cache
@require_http_methods(["GET", "POST"])
@requires(DECIDE_CASE)
def reasons(request: ActorRequest, case_id: int) -> HttpResponse:
    """Write the reasons that were asked for, and send them."""
    case, at = case_at(request, case_id)

    def send(data: dict[str, Any]) -> str:
        notifying.send_reasons(
            actor=request.actor,
            case_id=case_id,
            edition=data["edition"],
            reasons=data["reasons"],
            way=NoticeWay(data["way"]),
            sent_on=oslo.day_of(at),
            at=at,
        )
        return _("Begrunnelsen er sendt. Klagefristen begynner på nytt.")

    page = write_page(
        case,
        title=_("Begrunnelse for vedtaket"),
        lead=_("Brukeren får brevet en gang til, med begrunnelsen. Da begynner klagefristen på nytt."),
        submit=_("Send begrunnelsen"),
    )
    return write(request, case, forms.GiveReasonsForm, {}, page, send)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WORK_CASE)
def start(request: ActorRequest, case_id: int) -> HttpResponse:
    """Say that the help has begun; while an appeal stays the decision, only with a line of why."""
    case, at = case_at(request, case_id)
    if stayed_since(case) is not None:
        return _start_despite(request, case, at)
    if request.method == "GET":
        return redirect("decisions:case", case_id)
    starting.start_help(actor=request.actor, case_id=case_id, edition=edition_of(request), on=oslo.day_of(at), at=at)
    return done(request, case_id, _("Hjelpen er i gang. Saken dukker opp igjen når den skal vurderes på nytt."))


@never_cache
@require_POST
@requires(WORK_CASE)
def pause(request: ActorRequest, case_id: int) -> HttpResponse:
    """Let the help rest, because she wants it so."""
    at = clock.now()
    pausing.pause_help(actor=request.actor, case_id=case_id, edition=edition_of(request), on=oslo.day_of(at), at=at)
    return done(request, case_id, _("Hjelpen er satt på vent. Vedtaket står."))


@never_cache
@require_POST
@requires(WORK_CASE)
def resume(request: ActorRequest, case_id: int) -> HttpResponse:
    """Let the help go on."""
    at = clock.now()
    pausing.resume_help(actor=request.actor, case_id=case_id, edition=edition_of(request), on=oslo.day_of(at), at=at)
    return done(request, case_id, _("Hjelpen går videre."))


def _start_despite(request: ActorRequest, case: Case, at: datetime) -> HttpResponse:
    def begin(data: dict[str, Any]) -> str:
        starting.start_help(
            actor=request.actor,
            case_id=case.pk,
            edition=data["edition"],
            on=oslo.day_of(at),
            at=at,
            despite_stay=data["why"],
        )
        return _("Hjelpen er i gang, selv om vedtaket er satt på vent. Grunnen står i saken.")

    page = write_page(
        case,
        title=_("Sett i gang hjelpen likevel"),
        lead=_("Det er klaget på vedtaket, og dere har sagt at dere venter med å gjennomføre det."),
        submit=_("Hjelpen er i gang"),
    )
    return write(request, case, forms.StartDespiteForm, {}, page, begin)


def _way(request: ActorRequest) -> NoticeWay:
    given = request.POST.get("way", "")
    return NoticeWay(given) if given in NoticeWay.values else NoticeWay.DIGITAL
