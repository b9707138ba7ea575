"""Letters on the way, looking at help again, and the way to less."""

from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.decisions.actions import advance_notice, interim, reassessing
from tillit.care.decisions.contexts.reduce import reduce_page
from tillit.care.decisions.contexts.write_letter import write_page
from tillit.care.decisions.forms import deciding as forms
from tillit.care.decisions.permissions import READ_CASE, REGISTER_CASE, WORK_CASE
from tillit.care.decisions.queries.other_letters import advance_letter, interim_letter, reply_by
from tillit.care.decisions.rules.deadlines import month_after
from tillit.care.decisions.views.writing import case_at, done, edition_of, write
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo


@never_cache
@require_http_methods(["GET", "POST"])
@requires(REGISTER_CASE)
def reassess(request: ActorRequest, case_id: int) -> HttpResponse:
    """Take running help up again; the frame panel and the way to less help post straight to it."""
    case, at = case_at(request, case_id)
    less = request.GET.get("mindre") == "ja"
    if request.POST.get("opened_by") == reassessing.OpenedBy.FRAME:
        reassessing.open_reassessment(
            actor=request.actor,
            case_id=case_id,
            edition=edition_of(request),
            why=request.POST.get("why", ""),
            by_citizen=False,
            opened_by=reassessing.OpenedBy.FRAME,
            on=oslo.day_of(at),
            at=at,
        )
        return done(request, case_id, _("Saken er tatt opp. Vurder behovet sammen med brukeren."))

    def take_up(data: dict[str, Any]) -> str:
        reassessing.open_reassessment(
            actor=request.actor,
            case_id=case_id,
            edition=data["edition"],
            why=data["why"],
            by_citizen=data["opened_by"] == reassessing.OpenedBy.CITIZEN,
            opened_by=data["opened_by"],
            on=oslo.day_of(at),
            at=at,
        )
        return _("Saken er tatt opp. Vurder behovet sammen med brukeren.")

    page = write_page(
        case,
        title=_("Mindre hjelp") if less else _("Vurder på nytt"),
        lead=_("Det som er vedtatt, gjelder til det kommer et nytt vedtak."),
        submit=_("Ta saken opp"),
        warning=_("Har brukeren ikke bedt om det selv, må det sendes forhåndsvarsel før hjelpen blir mindre."),
    )
    first = {"opened_by": "GOALS_MET", "why": _("Målene er nådd")} if less else {"opened_by": "TEAM"}
    return write(request, case, forms.ReassessForm, first, page, take_up, then="decisions:reduce" if less else "")


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WORK_CASE)
def keep(request: ActorRequest, case_id: int) -> HttpResponse:
    """Let the decision stand after a fresh assessment."""
    case, at = case_at(request, case_id)

    def stand(data: dict[str, Any]) -> str:
        reassessing.keep_unchanged(
            actor=request.actor, case_id=case_id, edition=data["edition"], evaluate_on=data["evaluate_on"], at=at
        )
        return _("Vedtaket står som det er.")

    page = write_page(
        case,
        title=_("La vedtaket stå"),
        lead=_("Behovet er vurdert på nytt, og brukeren har sagt sitt. Ingenting endres."),
        submit=_("La vedtaket stå"),
    )
    return write(request, case, forms.KeepForm, {}, page, stand)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WORK_CASE)
def interim_reply(request: ActorRequest, case_id: int) -> HttpResponse:
    """Write an interim reply beside the letter it makes."""
    case, at = case_at(request, case_id)
    today = oslo.day_of(at)

    def send(data: dict[str, Any]) -> str:
        interim.send_interim_reply(
            actor=request.actor,
            case_id=case_id,
            edition=data["edition"],
            reason=data["reason"],
            expected_on=data["expected_on"],
            at=at,
        )
        return _("Foreløpig svar er sendt. Fristen er nå dagen du lovte.")

    reason, expected_on = request.POST.get("reason", ""), _day_or(request, "expected_on", month_after(today))
    page = write_page(
        case,
        title=_("Foreløpig svar"),
        lead=_("Når svaret ikke kommer innen en måned, skal brukeren få vite hvorfor, og når det kommer."),
        submit=_("Send foreløpig svar"),
        letter=interim_letter(case=case, reason=reason or "…", expected_on=expected_on, on=today),
    )
    return write(request, case, forms.InterimForm, {"expected_on": month_after(today)}, page, send)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WORK_CASE)
def advance(request: ActorRequest, case_id: int) -> HttpResponse:
    """Write an advance notice beside the letter it makes."""
    case, at = case_at(request, case_id)
    today = oslo.day_of(at)

    def send(data: dict[str, Any]) -> str:
        advance_notice.send_advance_notice(
            actor=request.actor, case_id=case_id, edition=data["edition"], considered=data["considered"], at=at
        )
        return _("Varselet er sendt. Vedtaket må vente til brukeren har svart, eller fristen er ute.")

    by = reply_by(today)
    page = write_page(
        case,
        title=_("Forhåndsvarsel"),
        lead=_("Brukeren får svare til og med %(day)s. Hjelpen er som før imens.") % {"day": by.strftime("%d.%m.%Y")},
        submit=_("Send varselet"),
        letter=advance_letter(case=case, considered=request.POST.get("considered") or "…", on=today),
    )
    return write(request, case, forms.AdvanceForm, {}, page, send, then="decisions:reduce")


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WORK_CASE)
def reply(request: ActorRequest, case_id: int) -> HttpResponse:
    """Write down what she answered."""
    case, at = case_at(request, case_id)

    def note(data: dict[str, Any]) -> str:
        advance_notice.record_reply(
            actor=request.actor,
            case_id=case_id,
            edition=data["edition"],
            reply=data["reply"],
            replied_on=data["replied_on"],
            at=at,
        )
        return _("Svaret er skrevet ned. Nå kan dere gå videre.")

    page = write_page(
        case,
        title=_("Svar på varselet"),
        lead=_("Svaret kommer med i brevet, og den som avgjør, leser det."),
        submit=_("Lagre svaret"),
    )
    return write(request, case, forms.ReplyForm, {"replied_on": oslo.day_of(at)}, page, note, then="decisions:reduce")


@never_cache
@require_GET
@requires(READ_CASE)
def reduce(request: ActorRequest, case_id: int) -> HttpResponse:
    """Show the way to less help."""
    page = reduce_page(actor=request.actor, case_id=case_id, at=clock.now())
    return render(request, "decisions/reduce.html", {"page": page})


def _day_or(request: ActorRequest, name: str, otherwise: date) -> date:
    field = forms.InterimForm.base_fields[name]
    try:
        found = field.clean(request.POST.get(name, ""))
    except django_forms.ValidationError:
        return otherwise
    return found if isinstance(found, date) else otherwise
