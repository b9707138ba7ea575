"""Whether a citizen is at home, and what one must know before the door."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tillit.care.citizens import actions, contexts, forms, permissions, queries
from tillit.care.citizens.views.change import change, number_in
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.ui import formats, toasts

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(permissions.CHANGE_WHEREABOUTS)
def whereabouts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Say that the citizen is not at home."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    now = next((line for line in found.around.away if line.from_at <= at), None)
    form = forms.AwayForm(
        request.POST or None,
        initial={
            "from_day": found.today,
            "from_clock": oslo.clock_of(at).replace(second=0),
            "seen": now.away_id if now else "",
        },
    )

    def do(data: dict[str, Any]) -> str:
        actions.set_away(
            actor=request.actor,
            citizen_id=citizen_id,
            kind=data["kind"],
            place=data["place"],
            from_at=form.from_at(),
            to_at=form.to_at(),
            next_step=data["next_step"],
            seen_id=data["seen"],
            at=at,
        )
        return _("Lagret. Besøkene er satt på pause, og den som var på vei, får beskjed.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Hvor er brukeren?"),
            lead=_("Teamet ser det med en gang. Besøkene settes på pause, og kommer tilbake når brukeren er hjemme."),
            now_title=_("Står nå"),
            lines=tuple(_away_line(line, today=found.today) for line in found.around.away),
            nothing=_("Brukeren er hjemme."),
            form_title=_("Ikke hjemme"),
            submit=_("Lagre"),
            changed_by_others=changed,
        )

    return change(request, citizen_id, form, do, page, seen=now.away_id if now else None)


@never_cache
@require_POST
@requires(permissions.CHANGE_WHEREABOUTS)
def set_home(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Say that the citizen is at home now."""
    at = clock.now()
    actions.set_home(actor=request.actor, citizen_id=citizen_id, to_at=at, at=at)
    toasts.say(request, _("Brukeren er hjemme."))
    return redirect("citizens:page", citizen_id)


@never_cache
@_FORM
@requires(permissions.CHANGE_ALERTS)
def alerts(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """What one must know before the door: add something, or let it hold no longer."""
    at = clock.now()
    found = contexts.opened(actor=request.actor, citizen_id=citizen_id, at=at)
    if "end" in request.POST:
        actions.end_alert(actor=request.actor, citizen_id=citizen_id, alert_id=number_in(request, "end"), at=at)
        toasts.say(request, _("Varselet gjelder ikke lenger."))
        return redirect("citizens:alerts", citizen_id)
    form = forms.AlertForm(request.POST or None)

    def do(data: dict[str, Any]) -> str:
        actions.add_alert(actor=request.actor, citizen_id=citizen_id, kind=data["kind"], text=data["text"], at=at)
        return _("Varselet står øverst på siden og på telefonen.")

    def page(*, changed: bool) -> contexts.ChangePage:
        return contexts.change_page(
            found.citizen,
            title=_("Varsler"),
            lead=_("Det en må vite før en går inn. Kort, og bare det som trengs."),
            now_title=_("Gjelder nå"),
            lines=tuple(
                contexts.Line(
                    title=line.text,
                    note=line.kind_name,
                    end_name="end",
                    end_value=str(line.alert_id),
                    end_label=_("Gjelder ikke lenger"),
                )
                for line in found.around.alerts
            ),
            nothing=_("Ingen varsler."),
            form_title=_("Nytt varsel"),
            submit=_("Legg til varselet"),
            changed_by_others=changed,
        )

    return change(request, citizen_id, form, do, page, stay="citizens:alerts")


def _away_line(line: queries.AwayLine, *, today: date) -> contexts.Line:
    note = _("Fra %(when)s") % {"when": formats.near_moment(line.from_at, today=today)}
    if line.to_at is not None:
        note = _("%(note)s til %(when)s") % {"note": note, "when": formats.near_moment(line.to_at, today=today)}
    title = f"{line.kind_name}, {line.place}" if line.place else line.kind_name
    return contexts.Line(title=title, note=" · ".join(part for part in (note, line.next_step) if part))
