"""Hand-overs: the list of a unit, offering a citizen, and answering."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.citizens import permissions
from tillit.care.citizens.actions import handover as actions
from tillit.care.citizens.actions import moving as move_actions
from tillit.care.citizens.contexts import handover as contexts
from tillit.care.citizens.contexts import handover_offer as offering
from tillit.care.citizens.contexts import opened
from tillit.care.citizens.forms.handover import OfferForm, SendBackForm
from tillit.care.citizens.queries.handover import get_handover, line_of, open_handover_of
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.ui import toasts


@never_cache
@require_GET
@requires(permissions.READ_CITIZEN)
def list_handovers(request: ActorRequest, unit_id: int) -> HttpResponse:
    """What a unit has been offered and has offered."""
    page = contexts.handovers_page(actor=request.actor, unit_id=unit_id, at=clock.now())
    return render(request, "citizens/handovers.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(permissions.OFFER_HANDOVER)
def offer(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Offer a citizen to another unit. The form is filled in with what is known; a person goes through it."""
    at = clock.now()
    found = opened(actor=request.actor, citizen_id=citizen_id, at=at)
    start = offering.start_of(
        found,
        actor=request.actor,
        from_unit_id=_number(request, "fra"),
        reason=request.GET.get("grunn", ""),
        to_unit_id=_number(request, "til"),
        at=at,
    )
    if start is None:
        raise NotAllowed(_("Du kan bare overlevere brukere som enheten din følger."))
    form = OfferForm(
        request.POST or None, units=start.units, first=start.from_on, initial=_initial(request, start, at=at)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                stored = actions.offer_handover(
                    actor=request.actor,
                    citizen_id=citizen_id,
                    from_unit_id=start.from_unit_id,
                    to_unit_id=form.cleaned_data["unit"],
                    reason=form.cleaned_data["reason"],
                    words=form.cleaned_data["words"],
                    from_on=form.cleaned_data["from_on"],
                    part=form.cleaned_data["part"],
                    at=at,
                )
            except ActionRefused as refused:
                form.add_error(getattr(refused, "field", "") or None, refused.text)
            else:
                toasts.say(request, _("Tilbudet er sendt. Dere har brukeren til de har svart."))
                return redirect("handover:show", stored.pk)
    page = offering.offer_page(
        found,
        start,
        offering.hints_for(start, citizen_id=citizen_id, on=found.today),
        already=open_handover_of(citizen_id),
    )
    return render(request, "citizens/handover_offer.html", {"page": page, "form": form}, status=status)


@never_cache
@require_GET
@requires(permissions.READ_CITIZEN)
def show(request: ActorRequest, handover_id: int) -> HttpResponse:
    """One hand-over."""
    return _shown(request, handover_id, SendBackForm())


@never_cache
@require_POST
@requires(permissions.ANSWER_HANDOVER)
def accept(request: ActorRequest, handover_id: int) -> HttpResponse:
    """Take over."""
    row = actions.accept_handover(actor=request.actor, handover_id=handover_id, at=clock.now())
    toasts.say(request, _("Dere har tatt over. Velg hvem som er tjenesteansvarlig og primærkontakt."))
    return redirect("handover:show", row.pk)


@never_cache
@require_POST
@requires(permissions.ANSWER_HANDOVER)
def send_back(request: ActorRequest, handover_id: int) -> HttpResponse:
    """Say no, with words."""
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _shown(request, handover_id, form, status=422)
    row = actions.send_back_handover(
        actor=request.actor, handover_id=handover_id, answer=form.cleaned_data["answer"], at=clock.now()
    )
    toasts.say(request, _("Sendt tilbake. De som tilbød, ser det dere skrev."))
    return redirect("handover:list", row.to_unit_id)


@never_cache
@require_POST
@requires(permissions.OFFER_HANDOVER)
def keep(request: ActorRequest, handover_id: int) -> HttpResponse:
    """Call the offer off, or keep her after it was sent back."""
    row = actions.keep_citizen(actor=request.actor, handover_id=handover_id, at=clock.now())
    toasts.say(request, _("Brukeren blir hos dere."))
    return redirect("handover:list", row.from_unit_id)


@never_cache
@require_POST
@requires(permissions.OFFER_HANDOVER)
def keep_after_move(request: ActorRequest, move_id: int) -> HttpResponse:
    """Say that the unit keeps her though she has moved."""
    row = move_actions.keep_after_move(actor=request.actor, move_id=move_id, at=clock.now())
    toasts.say(request, _("Brukeren blir hos dere."))
    return redirect("citizens:page", row.citizen_id)


def _shown(request: ActorRequest, handover_id: int, form: SendBackForm, *, status: int = 200) -> HttpResponse:
    at = clock.now()
    row = get_handover(actor=request.actor, handover_id=handover_id, at=at)
    page = contexts.handover_page(actor=request.actor, handover=row, at=at)
    return render(request, "citizens/handover.html", {"page": page, "form": form}, status=status)


def _initial(request: ActorRequest, start: offering.Start, *, at: datetime) -> dict[str, Any]:
    """What the form begins with: an offer that was sent back begins with its own words."""
    initial = {"unit": start.to_unit_id, "reason": start.reason, "words": start.words}
    again = _number(request, "igjen")
    if again is not None:
        line = line_of(get_handover(actor=request.actor, handover_id=again, at=at))
        initial |= {"unit": line.to_unit_id, "reason": line.reason, "words": line.words, "part": line.part}
    return initial


def _number(request: ActorRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
