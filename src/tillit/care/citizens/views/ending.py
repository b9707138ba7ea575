"""All help ends: a death, or help that is no longer needed. What happens is said before it is done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import actions, contexts, forms, permissions, queries
from tillit.care.citizens.models import EndKind
from tillit.care.citizens.views.change import change, number_in
from tillit.care.citizens.views.places import units_to_choose
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.ui import formats, toasts
from tillit.ui.language import page_language

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(permissions.REGISTER_DEATH)
def death(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Write that somebody has died, or correct it."""
    at = clock.now()
    citizen = queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    if "mistake" in request.POST:
        actions.correct_death(
            actor=request.actor, citizen_id=citizen_id, died_on=None, edition=number_in(request, "edition"), at=at
        )
        toasts.say(request, _("Dødsdatoen er tatt bort. Team, plan og kommende besøk er tilbake."))
        return redirect("citizens:page", citizen_id)
    was = citizen.died_on
    form = forms.DeathForm(request.POST or None, initial={"died_on": was, "edition": citizen.edition})

    def do(data: dict[str, Any]) -> str:
        write = actions.register_death if was is None else actions.correct_death
        write(actor=request.actor, citizen_id=citizen_id, died_on=data["died_on"], edition=data["edition"], at=at)
        return _("Dødsdatoen er skrevet inn.") if was is None else _("Dødsdatoen er rettet.")

    def page(*, changed: bool) -> contexts.EndingPage:
        if was is not None:
            return contexts.ending_page(
                citizen,
                title=_("Dødsfall"),
                lead=_("Registrert som død %(day)s.") % {"day": formats.short_date(was, page_language())},
                what_title="",
                what=(),
                form_title=_("Rett datoen"),
                submit=_("Lagre datoen"),
                mistake_title=_("Var det feil?"),
                mistake=(
                    _("Teamene som fulgte brukeren, følger igjen."),
                    _("Planen som var i bruk, er i bruk igjen, og de kommende besøkene lages av den."),
                    _("Datoen som sto her, blir stående under Tidligere opplysninger."),
                ),
                mistake_submit=_("Ta bort dødsdatoen"),
                changed_by_others=changed,
            )
        return contexts.ending_page(
            citizen,
            title=_("Dødsfall"),
            lead=_("Se over hva som skjer før du lagrer. Det kan rettes hvis det var feil."),
            what_title=_("Dette skjer"),
            what=(
                _("Kommende besøk avlyses."),
                _("Planen avsluttes, og blir stående som historie."),
                _("Teamet følger brukeren ut dagen. Deretter står brukeren blant tidligere brukere."),
                _("Pårørende og nettverk blir stående, slik at dere kan ringe dem."),
            ),
            form_title=_("Når døde brukeren?"),
            submit=_("Lagre dødsdatoen"),
            changed_by_others=changed,
        )

    return _ending(request, citizen_id, form, do, page)


@never_cache
@_FORM
@requires(permissions.END_HELP)
def end_help(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """End all help from a day."""
    at = clock.now()
    citizen = queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    form = forms.EndHelpForm(
        request.POST or None,
        initial={"kind": EndKind.ENDED.value, "last_day": oslo.day_of(at), "edition": citizen.edition},
    )

    def do(data: dict[str, Any]) -> str:
        actions.end_help(
            actor=request.actor,
            citizen_id=citizen_id,
            ends_on=data["last_day"] + timedelta(days=1),
            has_moved=data["kind"] == EndKind.MOVED,
            edition=data["edition"],
            at=at,
        )
        return _("Lagret. Siste dag med hjelp er %(day)s.") % {
            "day": formats.short_date(data["last_day"], page_language())
        }

    def page(*, changed: bool) -> contexts.EndingPage:
        return contexts.ending_page(
            citizen,
            title=_("Avslutt all hjelp"),
            lead=_("Når brukeren ikke trenger oss lenger, eller flytter. Hjelpen kan tas opp igjen når som helst."),
            what_title=_("Dette skjer"),
            what=(
                _("Besøk etter den siste dagen tas bort. Besøk til og med den dagen blir som de er."),
                _("Planen avsluttes når dagen er over. Tas hjelpen opp igjen, begynner et nytt utkast med den."),
                _("Ingen team følger brukeren etterpå. Brukeren står blant tidligere brukere."),
                _("Flytter brukeren til en annen kommune, lukkes også sakene, og vedtakene gjelder ikke lenger."),
                _("Samtaler, notater, pårørende og nettverk blir stående."),
            ),
            form_title=_("Hvilken dag er den siste?"),
            submit=_("Avslutt all hjelp"),
            changed_by_others=changed,
        )

    return _ending(request, citizen_id, form, do, page)


@never_cache
@_FORM
@requires(permissions.END_HELP)
def resume_help(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Take the help up again, or let it go on when it was to end."""
    at = clock.now()
    today = oslo.day_of(at)
    citizen = queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    end = queries.end_in_force(citizen.pk)
    carries_on = end is not None and end.ends_on > today
    form: django_forms.Form
    if carries_on:
        form = forms.CarryOnForm(request.POST or None, initial={"edition": citizen.edition})
    else:
        form = forms.ResumeForm(
            request.POST or None,
            units=units_to_choose(request, on=today, everywhere=True),
            initial={"valid_from": today, "edition": citizen.edition},
        )

    def do(data: dict[str, Any]) -> str:
        done = actions.resume_help(
            actor=request.actor,
            citizen_id=citizen_id,
            unit_id=data.get("unit"),
            valid_from=data.get("valid_from", today),
            edition=data["edition"],
            at=at,
        )
        if done.carries_on:
            return _("Hjelpen fortsetter som før.")
        return _("Hjelpen er tatt opp igjen. Lag en plan: den begynner med det som sto i den forrige.")

    def page(*, changed: bool) -> contexts.EndingPage:
        what: tuple[str, ...]
        if carries_on:
            what = (
                _("Teamene som følger brukeren nå, følger videre."),
                _("Planen gjelder videre, og besøkene etter dagen som var valgt, lages igjen."),
            )
        else:
            what = (
                _("Teamet du velger, følger brukeren fra dagen du velger."),
                _("Den forrige planen tas ikke i bruk av seg selv. Et nytt utkast begynner med det som sto i den."),
                _("Se over adresse, nettverk og hva som er viktig. Mye kan ha endret seg."),
            )
        return contexts.ending_page(
            citizen,
            title=_("Ta opp igjen hjelpen"),
            lead="",
            what_title=_("Dette skjer"),
            what=what,
            form_title=_("La hjelpen fortsette") if carries_on else _("Hvem følger brukeren?"),
            submit=_("La hjelpen fortsette") if carries_on else _("Ta opp igjen hjelpen"),
            changed_by_others=changed,
        )

    return _ending(request, citizen_id, form, do, page)


def _ending(
    request: ActorRequest,
    citizen_id: int,
    form: django_forms.Form,
    do: Callable[[dict[str, Any]], str],
    page: Callable[..., contexts.EndingPage],
) -> HttpResponse:
    """Show the page, or do what it says and go to the citizen, or to the list when she is out of reach afterwards."""
    return change(
        request,
        citizen_id,
        form,
        do,
        page,
        seen=form.initial["edition"],
        seen_name="edition",
        after="citizens:list",
        template="citizens/ending.html",
    )
