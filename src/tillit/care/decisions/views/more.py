"""What one may also do in a case: help at once, choice of provider, withdrawal, disqualification, what others told."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.decisions import actions, queries
from tillit.care.decisions.contexts.case_head import case_crumbs
from tillit.care.decisions.contexts.small import FactPage, small_form_page, teams
from tillit.care.decisions.forms.small import (
    CapacityForm,
    ChoiceForm,
    DisqualifyForm,
    FactForm,
    PartyForm,
    ShowFactForm,
    UnshownFactForm,
    UrgentForm,
    WithdrawForm,
)
from tillit.care.decisions.models.assessment import FactSource
from tillit.care.decisions.permissions import REGISTER_CASE, WORK_CASE
from tillit.care.decisions.queries.facts_told import fact_of
from tillit.care.decisions.views.forms_of_case import answer, refuse
from tillit.care.decisions.views.holding import opened
from tillit.care.decisions.views.writing import edition_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, editions, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts
from tillit.ui.clashing import clash_of

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(REGISTER_CASE)
def urgent(request: ActorRequest, case_id: int) -> HttpResponse:
    """Let help begin before the decision."""
    at = clock.now()
    case, today = opened(request, case_id), oslo.day_of(at)
    form = UrgentForm(request.POST or None, units=teams(request.actor, on=today), initial={"urgent_from": today})
    page = small_form_page(
        case,
        title=_("Hjelpen må begynne nå"),
        lead=_("Hjelpen kan begynne før vedtaket når det haster. Vedtaket må komme etterpå."),
        submit=_("Begynn hjelpen"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Hjelpen er satt i gang. Vedtaket må følge etter."),
        save=lambda said: actions.start_urgently(
            actor=request.actor,
            case_id=case_id,
            starts_on=said["urgent_from"],
            reason=said["urgent_reason"],
            unit_id=said["urgent_unit"],
            at=at,
        ),
    )


@never_cache
@_FORM
@requires(WORK_CASE)
def choice(request: ActorRequest, case_id: int) -> HttpResponse:
    """Note the citizen's choice of who gives the help."""
    at = clock.now()
    case, today = opened(request, case_id), oslo.day_of(at)
    form = ChoiceForm(request.POST or None, units=teams(request.actor, on=today), initial={"told_on": today})
    page = small_form_page(
        case,
        title=_("Brukerens valg av leverandør"),
        lead=_("Skriv når dere fortalte om valget, og hvem brukeren valgte."),
        submit=_("Lagre"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Valget står i saken."),
        save=lambda said: actions.record_choice(
            actor=request.actor,
            case_id=case_id,
            told_on=said["told_on"],
            chosen_on=said["chosen_on"],
            unit_id=said["unit"],
            provider=said["provider"],
            at=at,
        ),
    )


@never_cache
@_FORM
@requires(WORK_CASE)
def withdraw(request: ActorRequest, case_id: int) -> HttpResponse:
    """The one who asked withdraws it."""
    at = clock.now()
    case = opened(request, case_id)
    form = WithdrawForm(request.POST or None, initial={"withdrawn_on": oslo.day_of(at)})
    page = small_form_page(
        case,
        title=_("Søknaden trekkes"),
        lead=_("Bare den som søkte, kan trekke søknaden. Det som ble sagt, blir stående i saken."),
        submit=_("Skriv ned at søknaden er trukket"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Søknaden er trukket. Saken er avsluttet."),
        save=lambda said: actions.withdraw_case(
            actor=request.actor,
            case_id=case_id,
            edition=edition_of(request),
            withdrawn_on=said["withdrawn_on"],
            words=said["words"],
            by_party=said["by_party"] == "yes",
            at=at,
        ),
    )


@never_cache
@_FORM
@requires(WORK_CASE)
def disqualify(request: ActorRequest, case_id: int) -> HttpResponse:
    """Note that somebody may not take part."""
    at = clock.now()
    case, today = opened(request, case_id), oslo.day_of(at)
    people = [(str(pk), name) for pk, name in queries.assessor_choices(case, on=today).items()]
    form = DisqualifyForm(request.POST or None, people=people, initial={"valid_from": today})
    page = small_form_page(
        case,
        title=_("Noen er inhabil"),
        lead=_("Den som er inhabil, kan ikke avgjøre saker for brukeren."),
        submit=_("Lagre"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Det står i saken."),
        save=lambda said: actions.record_disqualification(
            actor=request.actor,
            case_id=case_id,
            employee_id=said["employee"],
            reason=said["reason"],
            valid_from=said["valid_from"],
            at=at,
        ),
    )


@never_cache
@_FORM
@requires(WORK_CASE)
def party(request: ActorRequest, case_id: int) -> HttpResponse:
    """Where letters go to the carer who asks for herself."""
    at = clock.now()
    case = opened(request, case_id)
    stored = {"street": case.party_street, "postal_code": case.party_postal_code, "place": case.party_place}
    form = PartyForm(request.POST or None, initial=stored)
    name = case.applicant.name if case.applicant else _("den som søker")
    page = small_form_page(
        case,
        title=_("Adressen til %(name)s") % {"name": name},
        lead=_("%(name)s søker for seg selv. Brevene i saken går hit, ikke til brukeren.") % {"name": name},
        submit=_("Lagre adressen"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Adressen er lagret. Brevene i saken går dit."),
        save=lambda said: actions.address_party(
            actor=request.actor, case_id=case_id, edition=edition_of(request), at=at, **said
        ),
    )


@never_cache
@_FORM
@requires(WORK_CASE)
def capacity(request: ActorRequest, case_id: int) -> HttpResponse:
    """Decision capacity in one matter."""
    at = clock.now()
    case = opened(request, case_id)
    form = CapacityForm(request.POST or None)
    page = small_form_page(
        case,
        title=_("Beslutningskompetanse"),
        lead=_("Vurderes for ett spørsmål om gangen, og gjelder nå. Det er aldri en egenskap ved personen."),
        submit=_("Lagre vurderingen"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Vurderingen står i saken."),
        save=lambda said: actions.conclude_capacity(
            actor=request.actor,
            case_id=case_id,
            subject_matter=said["subject_matter"],
            has_capacity=said["has_capacity"] == "yes",
            reasons=said["reasons"],
            shown_to=said["shown_to"],
            shown_on=said["shown_on"],
            at=at,
        ),
    )


@never_cache
@_FORM
@requires(WORK_CASE)
def add_fact(request: ActorRequest, case_id: int) -> HttpResponse:
    """Write down what somebody else has told."""
    at = clock.now()
    case = opened(request, case_id)
    form = FactForm(request.POST or None, initial={"received_on": oslo.day_of(at)})
    page = small_form_page(
        case,
        title=_("Opplysning fra andre"),
        lead=_("Brukeren skal få se det, og si sitt, før det legges vekt på det."),
        submit=_("Lagre"),
    )
    return answer(
        request,
        form,
        page,
        case_id=case_id,
        done=_("Opplysningen står i saken."),
        save=lambda said: actions.add_fact(
            actor=request.actor,
            case_id=case_id,
            source=said["source"],
            text=said["text"],
            received_on=said["received_on"],
            shown_on=said["shown_on"],
            at=at,
        ),
    )


@never_cache
@_FORM
@requires(WORK_CASE)
def fact(request: ActorRequest, case_id: int, fact_id: int) -> HttpResponse:
    """Show a fact to the citizen, or say why not."""
    at = clock.now()
    case = opened(request, case_id)
    found = fact_of(case, fact_id)
    unshown_pressed = request.POST.get("act") == "unshown"
    seen = ShowFactForm(
        None if unshown_pressed else request.POST or None, initial={"shown_on": found.shown_on or oslo.day_of(at)}
    )
    said_why = {"not_shown": found.not_shown, "not_shown_why": found.not_shown_why}
    stands = {**said_why, "edition": editions.edition_of(*said_why.values())}
    unshown = (
        UnshownFactForm(request.POST if unshown_pressed else None, initial=stands) if found.shown_on is None else None
    )
    clash = None
    pressed = unshown if unshown_pressed else seen
    if request.method == "POST" and pressed is not None and pressed.is_valid():
        said = pressed.cleaned_data
        try:
            if unshown_pressed:
                assert unshown is not None
                actions.leave_fact_unshown(
                    actor=request.actor,
                    fact_id=fact_id,
                    code=said["not_shown"],
                    why=said["not_shown_why"],
                    edition=unshown.seen(),
                    at=at,
                )
            else:
                actions.show_fact(
                    actor=request.actor, fact_id=fact_id, shown_on=said["shown_on"], answer=said["answer"], at=at
                )
        except ChangedMeanwhile as changed:
            clash = clash_of(pressed, changed)
        except ActionRefused as refused:
            refuse(pressed, refused)
        else:
            toasts.say(request, _("Lagret."))
            return redirect("decisions:case", case_id)
    page = FactPage(
        crumbs=case_crumbs(case, _("Opplysning fra andre")),
        title=str(FactSource(found.source).label),
        text=found.text,
        back=reverse("decisions:case", args=[case_id]),
    )
    return render(
        request,
        "decisions/fact.html",
        {"page": page, "form": seen, "unshown": unshown, "clash": clash},
        status=409 if clash else 422 if request.method == "POST" else 200,
    )
