"""Who sees a citizen: bars, those asked in, a hidden address. One page; each press is one action."""

from collections.abc import Callable
from datetime import timedelta

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import permissions, queries
from tillit.care.citizens.actions import access_terms, asking_in, barring, hiding
from tillit.care.citizens.contexts.protection import protection_page
from tillit.care.citizens.forms.protection import AskInForm, BarForm, TermsForm, TrustForm
from tillit.care.citizens.queries import Colleague
from tillit.care.citizens.rules import Terms
from tillit.care.citizens.views.change import number_in
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts
from tillit.ui.clashing import clash_of

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(permissions.READ_CITIZEN)
def page(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show who sees the citizen, or do one of the things the page offers."""
    at = clock.now()
    queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)  # out of reach first, whatever is posted
    do = request.POST.get("do", "")
    if request.method == "POST" and (told := _press(request, citizen_id)):
        toasts.say(request, told)
        if queries.ground_of(actor=request.actor, citizen_id=citizen_id, at=at) is None or do.startswith("kin:"):
            return redirect("citizens:list")
        return redirect("protection:page", citizen_id)
    forms = _forms(request, citizen_id, do)
    status = 200
    if do in forms:
        status = 422
        form = forms[do]
        if form.is_valid():
            try:
                toasts.say(request, _WRITES[do](request, citizen_id, form))
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                return redirect("protection:page", citizen_id)
    shown = protection_page(actor=request.actor, citizen_id=citizen_id, forms=forms, opened=do, at=at)
    return render(request, "citizens/protection.html", {"page": shown}, status=status)


def _press(request: ActorRequest, citizen_id: int) -> str:
    """Do what takes one press, and return what is told; "" when something else was posted."""
    at, actor, do = clock.now(), request.actor, request.POST.get("do", "")
    if "lift" in request.POST:
        barring.lift_bar(actor=actor, citizen_id=citizen_id, barrier_id=number_in(request, "lift"), at=at)
        return _("Sperren er opphevet.")
    if "end_asked" in request.POST:
        asking_in.end_asked_in(actor=actor, citizen_id=citizen_id, asked_in_id=number_in(request, "end_asked"), at=at)
        return _("Medarbeideren kan ikke lese om brukeren lenger.")
    if "distrust" in request.POST:
        hiding.end_address_trust(actor=actor, citizen_id=citizen_id, trust_id=number_in(request, "distrust"), at=at)
        return _("Medarbeideren ser ikke adressen lenger.")
    if do in {"hide", "show"}:
        hiding.set_address_hidden(actor=actor, citizen_id=citizen_id, hidden=do == "hide", at=at)
        return _("Adressen er skjult.") if do == "hide" else _("Adressen vises igjen.")
    if do.startswith("kin:"):
        barring.tell_kinship(actor=actor, citizen_id=citizen_id, kind=do.removeprefix("kin:"), at=at)
        return _("Takk. Brukeren er sperret for deg. Lederen din kan oppheve det hvis det var feil.")
    return ""


def _forms(request: ActorRequest, citizen_id: int, do: str) -> dict[str, Form]:
    today = oslo.day_of(clock.now())

    def posted(code: str) -> object:
        return request.POST if code == do else None

    def people(found: list[Colleague]) -> list[tuple[str, int]]:
        return [(one.employee_id, f"{one.name}, {one.profession_name.lower()}") for one in found]  # type: ignore[misc]

    return {
        "bar": BarForm(posted("bar"), people=people(queries.staff_near(citizen_id, on=today)), prefix="bar"),
        "ask": AskInForm(
            posted("ask"),
            people=people(queries.specialists(on=today)),
            prefix="ask",
            initial={"last_day": today + timedelta(days=14)},
        ),
        "trust": TrustForm(posted("trust"), people=people(queries.colleagues_of(citizen_id, on=today)), prefix="trust"),
    }


def _bar(request: ActorRequest, citizen_id: int, form: Form) -> str:
    data = form.cleaned_data
    barring.bar_employee(
        actor=request.actor,
        citizen_id=citizen_id,
        employee_id=data["employee"],
        kind=data["kind"],
        asked_by=data["asked_by"],
        reason=data["reason"],
        at=clock.now(),
    )
    return _("Brukeren er sperret for medarbeideren. Kommende besøk er tatt bort, og står uten utfører.")


def _ask(request: ActorRequest, citizen_id: int, form: Form) -> str:
    data = form.cleaned_data
    asking_in.ask_in(
        actor=request.actor,
        citizen_id=citizen_id,
        employee_id=data["employee"],
        purpose=data["purpose"],
        last_day=data["last_day"],
        at=clock.now(),
    )
    return _("Medarbeideren kan lese om brukeren.")


def _trust(request: ActorRequest, citizen_id: int, form: Form) -> str:
    hiding.trust_with_address(
        actor=request.actor, citizen_id=citizen_id, employee_id=form.cleaned_data["employee"], at=clock.now()
    )
    return _("Medarbeideren ser adressen.")


_WRITES: dict[str, Callable[[ActorRequest, int, Form], str]] = {"bar": _bar, "ask": _ask, "trust": _trust}


@never_cache
@_FORM
@requires(permissions.DECIDE_ACCESS_TERMS)
def terms(request: ActorRequest) -> HttpResponse:
    """How long doors stay open after the help has ended, and in an emergency."""
    at = clock.now()
    now = queries.terms_on(oslo.day_of(at))
    form = TermsForm(
        request.POST or None,
        initial={
            "clinical_days": now.clinical_days,
            "case_worker_days": now.case_worker_days,
            "leader_days": now.leader_days,
            "emergency_hours": now.emergency_hours,
            "valid_from": oslo.day_of(at),
            "edition": queries.edition_of_terms(),
        },
    )
    clash = None
    if form.is_valid():
        data = dict(form.cleaned_data)
        data.pop("edition")
        try:
            access_terms.decide_access_terms(
                actor=request.actor, valid_from=data.pop("valid_from"), terms=Terms(**data), edition=form.seen(), at=at
            )
        except ChangedMeanwhile as changed:
            clash = clash_of(form, changed)
        except ActionRefused as refused:
            form.add_error(None, refused.text)
        else:
            toasts.say(request, _("Lagret."))
            return redirect("protection:terms")
    status = 409 if clash else 422 if form.errors else 200
    return render(request, "citizens/access_terms.html", {"form": form, "clash": clash}, status=status)
