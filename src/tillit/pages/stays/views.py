"""Those who are not at home: the list, one stay, and each press about it."""

import secrets
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.care.citizens import permissions
from tillit.care.citizens.actions import stays as actions
from tillit.care.citizens.models import StayStep
from tillit.care.citizens.queries.stay_steps import get_step
from tillit.care.citizens.queries.stays import edition_of_stay, get_stay, stay_of_unit
from tillit.care.journal.actions import write_note
from tillit.care.journal.permissions import WRITE_NOTE
from tillit.care.visits.actions import tell_change
from tillit.care.visits.models import ChangeKind, Urgency
from tillit.care.visits.permissions import TELL_CHANGE
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotFound
from tillit.pages.stays.contexts.list_page import stays_page
from tillit.pages.stays.contexts.stay_page import StayPage, stay_page
from tillit.pages.stays.forms import ChangeForm, HomeForm, StepForm, WordForm
from tillit.ui import formats, toasts
from tillit.ui.language import page_language

_CHANGES = (ChangeKind.WORSE, ChangeKind.BETTER, ChangeKind.OTHER)


@never_cache
@require_GET
@requires(permissions.READ_CITIZEN)
def list_stays(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Who is not at home, what comes next, and what it has come to."""
    page = stays_page(actor=request.actor, unit_id=unit_id, at=clock.now())
    return render(request, "stays/list.html", {"page": page})


@never_cache
@require_GET
@requires(permissions.READ_CITIZEN)
def show(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """One stay."""
    return _page(request, unit_id, whereabouts_id)


@never_cache
@require_POST
@requires(permissions.FOLLOW_STAY)
def add_step(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Take up a step: one press for a usual one, or in words."""
    at = clock.now()
    page = stay_page(actor=request.actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)
    kind = request.POST.get("kind", "")
    form = _step_form(page, request.actor.employee_id, request.POST)
    said: dict[str, Any] = {"kind": kind}
    if kind not in StayStep.values or kind == StayStep.OTHER:
        if not form.is_valid():
            return _page(request, unit_id, whereabouts_id, step=form, status=422)
        said = {
            "kind": StayStep.OTHER.value,
            "words": form.cleaned_data["words"],
            "on": form.cleaned_data["on"],
            "owner_id": form.cleaned_data["owner"],
        }
    try:
        actions.add_step(actor=request.actor, whereabouts_id=whereabouts_id, at=at, **said)
    except ActionRefused as refused:
        form.is_valid()
        form.add_error(getattr(refused, "field", "") or None, refused.text)
        return _page(request, unit_id, whereabouts_id, step=form, status=422)
    toasts.say(request, _("Neste steg er lagret."))
    return _back(request, unit_id, whereabouts_id)


@never_cache
@require_POST
@requires(permissions.FOLLOW_STAY)
def take_step(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Let a step be one's own."""
    step_id = _step_in(request, unit_id, whereabouts_id)
    actions.take_step(actor=request.actor, step_id=step_id, at=clock.now())
    toasts.say(request, _("Du har det nå."))
    return _back(request, unit_id, whereabouts_id)


@never_cache
@require_POST
@requires(permissions.FOLLOW_STAY)
def end_step(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Say that a step is done."""
    step_id = _step_in(request, unit_id, whereabouts_id)
    step = actions.end_step(actor=request.actor, step_id=step_id, at=clock.now())
    toasts.say(request, _("Gjort: %(step)s.") % {"step": step.words})
    return _back(request, unit_id, whereabouts_id)


@never_cache
@require_POST
@requires(permissions.FOLLOW_STAY)
def ready(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Say that the place has told that she may leave, or that it has taken it back."""
    at = clock.now()
    stay_of_unit(actor=request.actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)
    if request.POST.get("ready") == "0":
        actions.take_back_ready(actor=request.actor, whereabouts_id=whereabouts_id, at=at)
        toasts.say(request, _("Meldingen om utskrivningsklar er tatt bort."))
    else:
        actions.say_ready(actor=request.actor, whereabouts_id=whereabouts_id, at=at)
        toasts.say(request, _("Utskrivningsklar. Svar i dag på når dere kan ta imot."))
    return _back(request, unit_id, whereabouts_id)


@never_cache
@require_POST
@requires(permissions.CHANGE_WHEREABOUTS)
def come_home(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Say when she comes home, or that she is home now. The visits begin again from then."""
    at = clock.now()
    page = stay_page(actor=request.actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)
    form = _home_form(page, request.POST)
    is_now = "now" in request.POST
    if is_now:
        seen, owner_id, home_at = _number(request, "seen"), None, at
    elif form.is_valid():
        seen, owner_id, home_at = form.cleaned_data["seen"], form.cleaned_data["owner"], form.home_at()
    else:
        return _page(request, unit_id, whereabouts_id, home=form, status=422)
    try:
        row = actions.come_home(
            actor=request.actor, whereabouts_id=whereabouts_id, home_at=home_at, seen=seen, owner_id=owner_id, at=at
        )
    except ChangedMeanwhile as refused:
        now = edition_of_stay(get_stay(actor=request.actor, whereabouts_id=whereabouts_id, at=at))
        typed = request.POST.copy()
        typed["hjem-seen"] = str(now)
        form = _home_form(page, typed if not is_now else None)
        return _page(request, unit_id, whereabouts_id, home=form, refused=refused.text, status=409)
    except ActionRefused as refused:
        form.is_valid()
        form.add_error(getattr(refused, "field", "") or None, refused.text)
        return _page(request, unit_id, whereabouts_id, home=form, status=422)
    when = formats.near_moment(row.to_at or at, today=oslo.day_of(at), language=page_language())
    if row.to_at is not None and row.to_at > at:
        toasts.say(request, _("Kommer hjem %(when)s. Besøkene begynner igjen da.") % {"when": when})
    else:
        toasts.say(request, _("Hjemme igjen. Besøkene begynner igjen nå."))
    return _back(request, unit_id, whereabouts_id)


@never_cache
@require_POST
@requires(WRITE_NOTE)
def write_word(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Write what the ward said: a note in the journal, signed by the press."""
    at = clock.now()
    row = stay_of_unit(actor=request.actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)
    form = WordForm(request.POST, prefix="siste")
    if form.is_valid():
        try:
            write_note(
                actor=request.actor, citizen_id=row.citizen_id, text=form.cleaned_data["text"], happened_at=at,
                press_key=form.cleaned_data["press_key"], at=at, signed=True,
            )  # fmt: skip
        except ActionRefused as refused:
            form.add_error(None, refused.text)
        else:
            toasts.say(request, _("Notatet er signert og står i journalen."))
            return _back(request, unit_id, whereabouts_id)
    return _page(request, unit_id, whereabouts_id, word=form, status=422)


@never_cache
@require_POST
@requires(TELL_CHANGE)
def change(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """Say that her needs are not what they were: it goes to the one who answers for her."""
    at = clock.now()
    row = stay_of_unit(actor=request.actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)
    pressed = request.POST.get("kind", "")
    kind = pressed if pressed in _CHANGES else ChangeKind.OTHER.value
    form = ChangeForm(request.POST, prefix="endret")
    if form.is_valid():
        try:
            tell_change(
                actor=request.actor, citizen_id=row.citizen_id, kind=kind,
                words=form.cleaned_data["words"], urgency=Urgency.TODAY.value,
                press_key=form.cleaned_data["press_key"], at=at,
            )  # fmt: skip
        except ActionRefused as refused:
            form.add_error(None, refused.text)
        else:
            toasts.say(request, _("Sagt fra. Den som svarer for brukeren, ser på det i dag."))
            return _back(request, unit_id, whereabouts_id)
    return _page(request, unit_id, whereabouts_id, change=form, status=422)


def _page(
    request: ActorRequest,
    unit_id: int,
    whereabouts_id: int,
    *,
    step: BaseForm | None = None,
    home: BaseForm | None = None,
    word: BaseForm | None = None,
    change: BaseForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    page = stay_page(actor=request.actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=clock.now())
    key = secrets.token_urlsafe(16)
    forms = {
        "change_kinds": [(one.value, one.label) for one in _CHANGES],
        "step": step or _step_form(page, request.actor.employee_id, None),
        "home": home or _home_form(page, None),
        "word": word or WordForm(prefix="siste", initial={"press_key": key}),
        "change": change or ChangeForm(prefix="endret", initial={"press_key": key}),
    }
    return render(request, "stays/stay.html", {"page": page, "refused": refused, **forms}, status=status)


def _step_form(page: StayPage, me: int | None, typed: Any) -> StepForm:
    mine = me if me in {one for one, _name in page.colleagues} else page.usual_owner
    return StepForm(typed, prefix="steg", initial={"owner": mine}, colleagues=page.colleagues)


def _home_form(page: StayPage, typed: Any) -> HomeForm:
    first = {
        "day": page.usual_day,
        "clock": page.usual_clock,
        "owner": page.usual_owner,
        "seen": page.edition,
    }
    return HomeForm(typed, prefix="hjem", initial=first, colleagues=page.colleagues)


def _step_in(request: ActorRequest, unit_id: int, whereabouts_id: int) -> int:
    """The step that was pressed, of this stay. Raises NotFound."""
    at = clock.now()
    stay_of_unit(actor=request.actor, unit_id=unit_id, whereabouts_id=whereabouts_id, at=at)
    step = get_step(actor=request.actor, step_id=_number(request, "step"), at=at)
    if step.whereabouts_id != whereabouts_id:
        raise NotFound(_("Fant ikke steget."))
    return step.pk


def _number(request: ActorRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _back(request: ActorRequest, unit_id: int, whereabouts_id: int) -> HttpResponse:
    """To where it was pressed."""
    if request.POST.get("til") == "lista":
        return redirect("stays:list", unit_id)
    return redirect("stays:show", unit_id, whereabouts_id)
