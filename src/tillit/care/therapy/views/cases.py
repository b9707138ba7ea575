"""One case: referred, taken, written in, given back, ended; and joint visits."""

import secrets
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.careplans.queries import goals_in_use
from tillit.care.citizens.queries import get_citizen
from tillit.care.therapy import actions, queries
from tillit.care.therapy.contexts.case import (
    FormPage,
    case_page,
    form_page,
    groups_for,
    no_visit,
    visit_choices,
)
from tillit.care.therapy.contexts.instead import Instead, unless_hers, unless_open, unless_taken
from tillit.care.therapy.forms import CloseForm, JoinForm, PriorityForm, ReferForm, WhyForm, WriteForm
from tillit.care.therapy.models import CaseState, TherapyCase
from tillit.care.therapy.permissions import ASK_JOINT, CHANGE_PRIORITY, HAND_OVER, READ_CASE, REFER, WORK_CASE
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts
from tillit.ui.clashing import posted, say_refused
from tillit.ui.parts import Crumb, Crumbs

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(REFER)
def refer(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Refer a citizen to a therapist."""
    at = clock.now()
    today = oslo.day_of(at)
    citizen = get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    groups = groups_for(citizen.pk, on=today)
    levels = queries.levels_of_many([one.group_id for one in groups], on=today)
    form = ReferForm(
        posted(request),
        groups=groups,
        levels=levels,
        initial={"press_key": secrets.token_urlsafe(16), "source": "TEAM"},
    )
    back = reverse("citizens:page", args=[citizen.pk])
    title = _("Henvis til ergo- eller fysioterapeut")
    page = FormPage(
        crumbs=Crumbs((Crumb(citizen.name, back), Crumb(title))),
        title=title,
        name=citizen.name,
        lead=_("De på lista ser navnet og det du skriver her. Den som tar saken, kan lese om brukeren så lenge."),
        submit=_("Henvis"),
        back=back,
        autosave=f"terapi-henvis-{citizen.pk}",
        user_id=request.actor.user_id or 0,
        instead=None if groups else _no_lists(),
    )

    def write(data: dict[str, Any]) -> TherapyCase:
        key = data["press_key"]
        made = actions.refer(actor=request.actor, citizen_id=citizen_id, referral=form.referral(), press_key=key, at=at)
        toasts.say(request, _("Henvist. Du ser hva som skjer, på brukerens side."))
        return made

    return _written(request, page, form, write)


@never_cache
@require_GET
@requires(READ_CASE)
def case(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Show one case."""
    at = clock.now()
    found = queries.get_case(actor=request.actor, therapy_id=therapy_id, at=at)
    page = case_page(actor=request.actor, case=found, at=at)
    return render(request, "therapy/case.html", {"page": page})


@never_cache
@require_POST
@requires(WORK_CASE)
def take(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Take a case that waits."""
    actions.take_case(actor=request.actor, therapy_id=therapy_id, at=clock.now())
    toasts.say(request, _("Saken er din. Skriv neste steg."))
    return redirect("therapy:write", therapy_id)


@never_cache
@_FORM
@requires(WORK_CASE)
def write(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Write what was done and what comes next."""
    at = clock.now()
    found = queries.get_case(actor=request.actor, therapy_id=therapy_id, at=at)
    waits = found.state == CaseState.WAITING
    title = _("Skriv tiltak imens") if waits else _("Skriv i saken")
    page = form_page(
        actor=request.actor, case=found, title=title, submit=_("Signer"), code="skriv",
        lead=_("Det du skriver, blir en del av journalen."),
        instead=_at_first(request, unless_hers(request.actor, found, may_wait=True)),
    )  # fmt: skip
    initial = {"edition": found.edition, "next_step": found.next_step, "next_on": found.next_on}
    form = WriteForm(posted(request), waits=waits, initial=initial)

    def stored(data: dict[str, Any]) -> TherapyCase:
        made = actions.write_in_case(
            actor=request.actor,
            therapy_id=therapy_id,
            edition=data["edition"],
            words=data["words"],
            is_interim=waits or data["is_interim"],
            next_step=data.get("next_step", ""),
            next_on=data.get("next_on"),
            at=at,
        )
        toasts.say(request, _("Lagret."))
        return made

    return _written(request, page, form, stored)


@never_cache
@_FORM
@requires(WORK_CASE)
def give_back(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Let a case wait for another."""
    at = clock.now()
    found = queries.get_case(actor=request.actor, therapy_id=therapy_id, at=at)
    page = form_page(
        actor=request.actor, case=found, title=_("Gi saken tilbake"), submit=_("Gi tilbake"), code="tilbake",
        lead=_("Saken står på lista igjen med samme frist, og du leser ikke lenger om brukeren."),
        instead=_at_first(request, unless_hers(request.actor, found)),
    )  # fmt: skip
    form = WhyForm(posted(request), initial={"edition": found.edition})

    def stored(data: dict[str, Any]) -> TherapyCase:
        made = actions.give_back(actor=request.actor, therapy_id=therapy_id, at=at, **data)
        toasts.say(request, _("Saken venter på lista igjen."))
        return made

    return _written(request, page, form, stored, stays=False)


@never_cache
@require_POST
@requires(HAND_OVER)
def hand_over(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Give a case whose holder does not come to another, or back to the list: one press each."""
    to, edition = request.POST.get("to", ""), request.POST.get("edition", "")
    made = actions.hand_over(
        actor=request.actor,
        therapy_id=therapy_id,
        edition=int(edition) if edition.isdigit() else 0,
        to_id=int(to) if to.isdigit() else None,
        at=clock.now(),
    )
    if made.holder is not None and made.holder_id == request.actor.employee_id:
        toasts.say(request, _("Saken er din. Skriv neste steg."))
    elif made.holder is not None:
        toasts.say(request, _("%(who)s har saken nå.") % {"who": made.holder.name})
    else:
        toasts.say(request, _("Saken venter på lista igjen."))
    on_list = made.group_id in {one.group_id for one in queries.groups_of(request.actor)}
    if on_list and made.holder_id != request.actor.employee_id:
        return redirect("therapy:waiting", made.group_id)  # whoever leads the list need not reach the citizen
    return redirect("therapy:case", made.pk)


@never_cache
@_FORM
@requires(CHANGE_PRIORITY)
def priority(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Say that a case is more or less pressing."""
    at = clock.now()
    found = queries.get_case(actor=request.actor, therapy_id=therapy_id, at=at)
    page = form_page(
        actor=request.actor, case=found, title=_("Endre prioritet"), submit=_("Endre"), code="prioritet",
        lead=_("Fristen regnes fortsatt fra dagen brukeren ble henvist."),
        instead=_at_first(request, unless_open(found)),
    )  # fmt: skip
    levels = queries.levels_on(found.group_id, on=oslo.day_of(at))
    initial = {"edition": found.edition, "priority": found.priority}
    form = PriorityForm(posted(request), levels=levels, initial=initial)

    def stored(data: dict[str, Any]) -> TherapyCase:
        made = actions.change_priority(actor=request.actor, therapy_id=therapy_id, at=at, **data)
        toasts.say(request, _("Prioriteten er endret."))
        return made

    return _written(request, page, form, stored)


@never_cache
@_FORM
@requires(WORK_CASE)
def close(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Say how it went, and end the case."""
    at = clock.now()
    found = queries.get_case(actor=request.actor, therapy_id=therapy_id, at=at)
    waits = found.state == CaseState.WAITING
    page = form_page(
        actor=request.actor, case=found, title=_("Avslutt saken"), submit=_("Signer og avslutt"), code="slutt",
        lead="" if waits else _("Når saken er avsluttet, leser du om brukeren bare hvis teamet ditt gjør det."),
        instead=_at_first(request, unless_hers(request.actor, found, may_wait=True)),
    )  # fmt: skip
    goals = [] if waits else goals_in_use((found.citizen_id,)).get(found.citizen_id, [])
    form = CloseForm(posted(request), goals=goals, waits=waits, initial={"edition": found.edition})

    def stored(data: dict[str, Any]) -> TherapyCase:
        made = actions.close_case(
            actor=request.actor,
            therapy_id=therapy_id,
            edition=data["edition"],
            result=data["result"],
            words=data["words"],
            goals=data.get("goals", ()),
            at=at,
        )
        toasts.say(request, _("Saken er avsluttet. Den som henviste, ser hvordan det gikk."))
        return made

    return _written(request, page, form, stored, stays=False)


@never_cache
@_FORM
@requires(ASK_JOINT)
def join(request: ActorRequest, therapy_id: int) -> HttpResponse:
    """Find a visit the team has planned, and come along."""
    at = clock.now()
    found = queries.get_case(actor=request.actor, therapy_id=therapy_id, at=at)
    visits = visit_choices(found, at=at)
    is_hers = found.holder_id is not None and found.holder_id == request.actor.employee_id
    page = form_page(
        actor=request.actor, case=found, title=_("Samarbeidsbesøk"), code="sammen",
        submit=_("Bli med på besøket") if is_hers else _("Spør terapeuten"),
        lead=_("Velg et besøk teamet har planlagt. Tida ligger fast når dere er enige."),
        instead=_at_first(request, unless_taken(found)) or (None if visits else no_visit()),
    )  # fmt: skip
    form = JoinForm(posted(request), visits=visits)

    def stored(data: dict[str, Any]) -> TherapyCase:
        made = actions.ask_joint(
            actor=request.actor, therapy_id=therapy_id, visit_id=data["visit"], why=data["why"], at=at
        )
        toasts.say(
            request, _("Avtalt. Besøket står på «Min dag» hos begge.") if made.agreed_at else _("Terapeuten er spurt.")
        )
        return made.case

    return _written(request, page, form, stored)


@never_cache
@require_POST
@requires(WORK_CASE)
def answer_joint(request: ActorRequest, joint_id: int) -> HttpResponse:
    """Say yes or no to come along."""
    comes = request.POST.get("answer") == "yes"
    actions.answer_joint(actor=request.actor, joint_id=joint_id, comes=comes, at=clock.now())
    toasts.say(
        request, _("Avtalt. Besøket står på «Min dag» hos begge.") if comes else _("Teamet får vite at du ikke kan.")
    )
    return redirect("therapy:mine")


@never_cache
@require_POST
@requires(ASK_JOINT)
def leave_joint(request: ActorRequest, joint_id: int) -> HttpResponse:
    """Let the therapist not come after all."""
    joint = actions.leave_joint(actor=request.actor, joint_id=joint_id, at=clock.now())
    toasts.say(request, _("Besøket er teamets alene igjen."))
    return redirect("therapy:case", joint.case_id)


def _no_lists() -> Instead:
    return Instead(
        _("Kommunen har ingen ventelister"),
        _("Lederen i distriktet åpner en liste under «Ventelister for terapi»."),
        status=200,
    )


def _at_first(request: ActorRequest, instead: Instead | None) -> Instead | None:
    """What stands in place of a form that is opened. One that is sent keeps what was typed, and says why."""
    return None if request.method == "POST" else instead


def _written(
    request: ActorRequest,
    page: FormPage,
    form: django_forms.Form,
    stored: Callable[[dict[str, Any]], TherapyCase],
    *,
    stays: bool = True,
) -> HttpResponse:
    """Show the form, or write what it says and go on. What was typed stays when it is refused."""
    status = 422 if form.errors else page.instead.status if page.instead else 200
    if form.is_valid():
        try:
            made = stored(form.cleaned_data)
        except ActionRefused as refused:
            status = say_refused(form, refused)
        else:
            return redirect("therapy:case", made.pk) if stays else redirect("therapy:mine")
    return render(request, "therapy/form.html", {"page": page, "form": form}, status=status)
