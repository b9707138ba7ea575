"""Read a file of areas, look it over, and take all of it in with one press."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.organisation import actions as organisation
from tillit.foundation.organisation.actions import AreaRefused, AreaTold, ForeseenAreas
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.permissions import DRAW_AREA
from tillit.foundation.organisation.queries import areas_shown
from tillit.foundation.responsibility.contexts.area_moves import fingerprint_of_many
from tillit.foundation.responsibility.contexts.many_areas_page import LEFT_OUT, many_areas_page
from tillit.foundation.responsibility.forms.areas import ManyAreasForm, text_of_file, trouble_text
from tillit.foundation.responsibility.rules.geojson import ReadArea, UnreadableGeojson, read_areas
from tillit.foundation.responsibility.rules.whose import Known, whose
from tillit.kernel import clock, oslo
from tillit.ui import toasts

TEMPLATE = "responsibility/many_areas.html"


@dataclass(slots=True)
class _Desk:
    """What lies on the desk while one request is answered."""

    areas: Sequence[ReadArea] = ()
    chosen: Sequence[int | None] = ()
    foreseen: ForeseenAreas | None = None
    geojson: str = ""
    geojson_error: str = ""
    note: str = ""
    status: int = 200


@require_http_methods(["GET", "POST"])
@requires(DRAW_AREA)
def take_in(request: ActorRequest) -> HttpResponse:
    """Show what the areas of a file would do, and do it when that is what she has just been shown.

    ?enhet=<id>: whose they are when nothing else says so.
    """
    at = clock.now()
    today = oslo.day_of(at)
    form = ManyAreasForm(request.POST if request.method == "POST" else None, initial={"valid_from": today})
    units = organisation.may_draw_for(request.actor, on=today)
    asked = _number(request.GET.get("enhet", ""))
    unit_id = asked if asked in {unit.pk for unit in units} else None
    desk = _Desk()
    if request.method == "POST":
        desk = _read(request, units, unit_id, on=today)
        if desk.areas and form.is_valid():
            stored = _look_over(request, form, desk)
            if stored:
                told = ngettext("%(count)s område er lagt inn.", "%(count)s områder er lagt inn.", stored)
                toasts.say(request, told % {"count": stored})
                return redirect("organisation:unit", unit_id) if unit_id else redirect("organisation:index")
        elif not form.is_valid():
            desk.status = 422
    page = many_areas_page(
        units=units,
        chosen=desk.chosen,
        areas=desk.areas,
        foreseen=desk.foreseen,
        on=_day(form) or today,
        unit_id=unit_id,
        geojson=desk.geojson,
        geojson_error=desk.geojson_error,
        note=desk.note,
    )
    return render(request, TEMPLATE, {"page": page, "form": form}, status=desk.status)


def _read(request: ActorRequest, units: Sequence[Unit], unit_id: int | None, *, on: date) -> _Desk:
    """Read what was sent, with the names and units chosen for it since."""
    pasted = request.POST.get("geojson", "")
    try:
        found = read_areas(text_of_file(request.FILES.get("geojson_file")) or pasted)
    except UnreadableGeojson as trouble:
        return _Desk(geojson=pasted, geojson_error=trouble_text(trouble), status=422)
    names, chosen = request.POST.getlist("name"), request.POST.getlist("unit")
    if "geojson_file" not in request.FILES and len(names) == len(chosen) == len(found):
        typed = [replace(area, name=" ".join(name.split())[:100]) for area, name in zip(found, names, strict=True)]
        return _Desk(typed, [_number(one) for one in chosen])
    known = _known(units, on=on)
    return _Desk(found, [whose(area.name, area.unit, known) or unit_id for area in found])


def _known(units: Sequence[Unit], *, on: date) -> list[Known]:
    areas: dict[int, list[str]] = {unit.pk: [] for unit in units}
    for area in areas_shown(on=on, unit_ids=areas):
        areas[area.unit_id].append(area.name)
    return [Known(unit.pk, unit.code, unit.name, tuple(areas[unit.pk])) for unit in units]


def _look_over(request: ActorRequest, form: ManyAreasForm, desk: _Desk) -> int:
    """Say what would happen; take it in when it was just shown, and return how many areas were."""
    at = clock.now()
    rows = [
        AreaTold(unit or None, area.name, area.ring, left_out=unit == LEFT_OUT)
        for area, unit in zip(desk.areas, desk.chosen, strict=True)
    ]
    day: date = form.cleaned_data["valid_from"]
    save = request.POST.get("do") == "save"
    try:
        desk.foreseen = organisation.foresee_areas(actor=request.actor, rows=rows, valid_from=day, at=at)
        if desk.foreseen.is_refused:
            desk.status = 422
            return 0
        if save and request.POST.get("seen") == fingerprint_of_many(desk.foreseen):
            return len(organisation.take_in_areas(actor=request.actor, rows=rows, valid_from=day, at=at))
    except AreaRefused as refusal:
        desk.foreseen = None
        form.add_error("valid_from" if refusal.field == "valid_from" else None, refusal.text)
        desk.status = 422
        return 0
    if save:
        desk.note = _("Noe er endret siden du så på dette sist. Se over en gang til, og legg inn.")
        desk.status = 409
    return 0


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _day(form: ManyAreasForm) -> date | None:
    found: date | None = form.cleaned_data.get("valid_from") if form.is_bound and form.is_valid() else None
    return found
