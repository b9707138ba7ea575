"""A team's duties: the two weeks, taking and giving, arranging."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.foundation.organisation.rules import weekday_digits
from tillit.foundation.responsibility import actions, queries
from tillit.foundation.responsibility.contexts.duties_page import duties_page
from tillit.foundation.responsibility.contexts.form_page import duty_page
from tillit.foundation.responsibility.forms.duties import DutyForm
from tillit.foundation.responsibility.permissions import ARRANGE_DUTIES, HOLD_DUTIES, SEE_DUTIES
from tillit.foundation.responsibility.views.models_page import number_in
from tillit.foundation.workforce.queries import list_competences, team_members
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ChangedMeanwhile, NotFound
from tillit.ui import toasts
from tillit.ui.clashing import clash_of, with_both


@require_GET
@requires(SEE_DUTIES)
def show(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show two weeks from ?fra=<day>; ?vakt=<duty>&dag=<day> opens the choice of who holds it."""
    today = oslo.day_of(clock.now())
    page = duties_page(
        actor=request.actor,
        unit_id=unit_id,
        first=day_in(request.GET.get("fra", "")) or today,
        today=today,
        duty_id=number_in(request, "vakt"),
        chosen_on=day_in(request.GET.get("dag", "")),
    )
    return render(request, "responsibility/duties.html", {"page": page})


@require_POST
@requires(HOLD_DUTIES)
def take(request: ActorRequest, duty_id: int) -> HttpResponse:
    """Let somebody hold a duty on a day: oneself or a colleague."""
    on = _day_posted(request)
    employee = request.POST.get("employee", "")
    if not employee.isdecimal():
        raise NotFound(_("Fant ikke medarbeideren."))
    holding = actions.take_duty(actor=request.actor, duty_id=duty_id, employee_id=int(employee), on=on, at=clock.now())
    back = reverse("responsibility:give-back-duty", args=[duty_id])
    toasts.say(request, _("Vakta er gitt."), undo_href=f"{back}?dag={on.isoformat()}")
    return _to_list(holding.duty.unit_id, on)


@require_POST
@requires(HOLD_DUTIES)
def give_back(request: ActorRequest, duty_id: int) -> HttpResponse:
    """Let the rotation decide again who holds a duty on a day."""
    on = _day_posted(request)
    duty = queries.get_duty(actor=request.actor, duty_id=duty_id)
    actions.give_back_duty(actor=request.actor, duty_id=duty_id, on=on, at=clock.now())
    toasts.say(request, _("Vakta følger lista igjen."))
    return _to_list(duty.unit_id, on)


@require_POST
@requires(ARRANGE_DUTIES)
def start(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Give a team the usual duties."""
    at = clock.now()
    actions.make_usual_duties(actor=request.actor, unit_id=unit_id, valid_from=oslo.day_of(at), at=at)
    toasts.say(request, _("Vaktene er satt opp. Se over hvem som står på listene."))
    return redirect("responsibility:duties", unit_id)


@require_http_methods(["GET", "POST"])
@requires(ARRANGE_DUTIES)
def new(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Give a team one more duty."""
    unit = get_unit(actor=request.actor, unit_id=unit_id)
    require(request.actor, ARRANGE_DUTIES, scope_of(unit))
    at = clock.now()
    form = DutyForm(
        request.POST or None,
        people=team_members(unit_id=unit_id, on=oslo.day_of(at)),
        competences=list_competences(),
        new=True,
        initial={"kind": "OTHER", "weekdays": list("1234567"), "shift_kind": "DAY", "how": "ROTATION"},
    )
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.make_duty(
                actor=request.actor,
                unit_id=unit_id,
                kind=form.cleaned_data["kind"],
                name=form.cleaned_data["name"],
                what=form.cleaned_data["what"],
                shift_kind=form.cleaned_data["shift_kind"],
                weekdays=weekday_digits(int(day) for day in form.cleaned_data["weekdays"]),
                needs_id=form.cleaned_data["needs"],
                is_fixed=form.cleaned_data["how"] == "FIXED",
                member_ids=form.member_ids(),
                valid_from=oslo.day_of(at),
                at=at,
            )
        except actions.DutyRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)
        else:
            toasts.say(request, _("Vakta er lagt til."))
            return redirect("responsibility:duties", unit_id)
    page = duty_page(unit, None)
    return render(request, "responsibility/duty_form.html", {"page": page, "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires(ARRANGE_DUTIES)
def arrange(request: ActorRequest, duty_id: int) -> HttpResponse:
    """Change how a duty goes round."""
    duty = queries.get_duty(actor=request.actor, duty_id=duty_id)
    require(request.actor, ARRANGE_DUTIES, scope_of(duty.unit))
    at = clock.now()
    order = queries.members_of([duty])[duty.pk]
    stands = {
        "name": duty.name,
        "what": duty.what,
        "weekdays": list(duty.weekdays),
        "shift_kind": duty.shift_kind,
        "needs": duty.needs_id,
        "how": "FIXED" if duty.is_fixed else "ROTATION",
        "edition": queries.edition_of_duty(duty, order),
        **{f"place_{employee}": place for place, employee in enumerate(order, start=1)},
    }
    form = DutyForm(
        with_both(request.POST, stands) or None,
        people=team_members(unit_id=duty.unit_id, on=oslo.day_of(at)),
        competences=list_competences(),
        new=False,
        initial=stands,
    )
    clash = None
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.arrange_duty(
                actor=request.actor,
                duty_id=duty_id,
                name=form.cleaned_data["name"],
                what=form.cleaned_data["what"],
                shift_kind=form.cleaned_data["shift_kind"],
                weekdays=weekday_digits(int(day) for day in form.cleaned_data["weekdays"]),
                needs_id=form.cleaned_data["needs"],
                is_fixed=form.cleaned_data["how"] == "FIXED",
                member_ids=form.member_ids(),
                edition=form.seen(),
                at=at,
            )
        except ChangedMeanwhile as changed:
            clash, status = clash_of(form, changed, both=True), 409
        except actions.DutyRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.text)
        else:
            toasts.say(request, _("Vakta er endret fra i dag."))
            return redirect("responsibility:duties", duty.unit_id)
    page = duty_page(duty.unit, duty)
    shown = {"page": page, "form": form, "clash": clash}
    return render(request, "responsibility/duty_form.html", shown, status=status)


@require_POST
@requires(ARRANGE_DUTIES)
def end(request: ActorRequest, duty_id: int) -> HttpResponse:
    """Let a duty end: nobody needs to hold it from today on."""
    at = clock.now()
    duty = actions.end_duty(actor=request.actor, duty_id=duty_id, valid_to=oslo.day_of(at), at=at)
    toasts.say(request, _("Teamet har ikke denne vakta lenger."))
    return redirect("responsibility:duties", duty.unit_id)


def day_in(text: str) -> date | None:
    """The ISO day in an address, or None when it is missing or something else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _day_posted(request: HttpRequest) -> date:
    on = day_in(request.POST.get("dag", "") or request.GET.get("dag", ""))
    if on is None:
        raise NotFound(_("Fant ikke dagen."))
    return on


def _to_list(unit_id: int, on: date) -> HttpResponse:
    today = oslo.day_of(clock.now())
    within = today if (on - today).days < 14 else on
    return redirect(f"{reverse('responsibility:duties', args=[unit_id])}?fra={within.isoformat()}#dag-{on.isoformat()}")
