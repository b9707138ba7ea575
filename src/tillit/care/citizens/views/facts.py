"""Who a citizen is: correct it, and read what stood before."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.care.citizens import actions, contexts, forms, permissions, queries
from tillit.care.citizens.actions.opening import refuse_hidden
from tillit.care.citizens.views.registering import numbers_accepted
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile
from tillit.ui import toasts
from tillit.ui.clashing import clash_of

_FORM = require_http_methods(["GET", "POST"])
_NUMBER = "number"


@never_cache
@_FORM
@requires(permissions.READ_CITIZEN)
@limited(Door.SEARCH)
def facts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show who she is, correct facts, or the number. One form for each; what was typed stays when refused."""
    at = clock.now()
    today = oslo.day_of(at)
    citizen = queries.get_citizen(actor=request.actor, citizen_id=citizen_id, at=at)
    refuse_hidden(request.actor, citizen, on=today)  # the phone stands here, and what it was
    pressed = request.POST.get("form", "") if request.method == "POST" else ""
    now = queries.facts_now(citizen.pk)
    of_facts = forms.FactsForm(request.POST if pressed == "facts" else None, initial=forms.FactsForm.initial_of(now))
    of_number = forms.NumberForm(
        request.POST if pressed == _NUMBER else None, initial={"edition": now.edition}, auto_id="nummer_%s"
    )
    form: forms.FactsForm | forms.NumberForm = of_number if pressed == _NUMBER else of_facts
    status = 200
    clash = None
    merge_with = None
    if pressed:
        status = 422
        if form.is_valid():
            try:
                told = _correct(request, citizen_id, form)
            except ChangedMeanwhile as refused:
                status = 409
                clash = clash_of(form, refused, now=str(now.edition), compare=form is of_facts)
            except actions.NumberTaken as refused:
                merge_with = queries.with_number(actor=request.actor, number=form.cleaned_data["number"], at=at)
                form.add_error("number", refused.text)
            except actions.NumberRefused as refused:
                form.add_error("number", refused.text)
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                toasts.say(request, told)
                return redirect("citizens:facts", citizen_id)
    page = contexts.facts_page(
        actor=request.actor,
        citizen=citizen,
        scope=queries.scope_of(citizen.pk, on=today),
        last_scope=queries.last_scope_of(citizen.pk, on=today),
        now=now,
        at=at,
        changed_by_others=clash is not None,
        merge_with=merge_with if merge_with != citizen.pk else None,
    )
    context = {"page": page, "facts_form": of_facts, "number_form": of_number}
    if clash is not None:
        context["facts_clash" if form is of_facts else "number_clash"] = clash
    return render(request, "citizens/facts.html", context, status=status)


def _correct(request: ActorRequest, citizen_id: int, form: forms.FactsForm | forms.NumberForm) -> str:
    data = form.cleaned_data
    if isinstance(form, forms.FactsForm):
        actions.correct_facts(
            actor=request.actor,
            citizen_id=citizen_id,
            facts=form.facts(),
            reason=data["reason"],
            edition=data["edition"],
            at=clock.now(),
        )
        return _("Rettet. Det som sto før, står under Tidligere opplysninger.")
    actions.correct_number(
        actor=request.actor,
        citizen_id=citizen_id,
        number=data["number"],
        numbers=numbers_accepted(),
        reason=data["reason"],
        edition=data["edition"],
        at=clock.now(),
    )
    return _("Nummeret er rettet.")
