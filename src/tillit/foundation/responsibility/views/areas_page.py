"""Draw an area on a page, change it from a day, let it end."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.organisation import actions as organisation
from tillit.foundation.organisation.actions import AreaRefused, Foreseen
from tillit.foundation.organisation.models import Area, Unit
from tillit.foundation.organisation.permissions import DRAW_AREA
from tillit.foundation.organisation.queries import areas_shown, get_area, get_unit, stored_ring
from tillit.foundation.responsibility.contexts.area_end_page import area_end_page
from tillit.foundation.responsibility.contexts.area_moves import fingerprint
from tillit.foundation.responsibility.contexts.area_page import area_page
from tillit.foundation.responsibility.forms.areas import (
    AreaForm,
    text_of_file,
    trouble_text,
)
from tillit.foundation.responsibility.rules.geojson import UnreadableGeojson, read_areas
from tillit.foundation.responsibility.rules.points import TypedPoint, points_of, read_points, ring_of
from tillit.kernel import clock, geo, oslo
from tillit.ui import toasts
from tillit.ui.fields import DayField

#: Empty rows that a new area begins with, for those who type.
BLANK_ROWS = 3


@require_http_methods(["GET", "POST"])
@requires(DRAW_AREA)
def new_area(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Give a unit an area: drawn, by postal codes, or both."""
    return _edit(request, get_unit(actor=request.actor, unit_id=unit_id), None)


@require_http_methods(["GET", "POST"])
@requires(DRAW_AREA)
def change_area(request: ActorRequest, area_id: int) -> HttpResponse:
    """Change an area from a day; what it was before stays."""
    area = get_area(actor=request.actor, area_id=area_id)
    return _edit(request, area.unit, area)


@require_http_methods(["GET", "POST"])
@requires(DRAW_AREA)
def end_area(request: ActorRequest, area_id: int) -> HttpResponse:
    """Say what an area leaves behind when it ends tonight; let it end when that is what she has just been shown."""
    at = clock.now()
    area = get_area(actor=request.actor, area_id=area_id)
    tomorrow = oslo.day_of(at) + timedelta(days=1)
    foreseen = organisation.foresee_end(actor=request.actor, area_id=area.pk, valid_to=tomorrow, at=at)
    seen = request.POST.get("seen", "")
    if request.method == "POST" and seen == fingerprint(foreseen):
        organisation.end_area(actor=request.actor, area_id=area.pk, valid_to=tomorrow, at=at)
        toasts.say(request, _("Området slutter i kveld."))
        return redirect("organisation:unit", area.unit_id)
    page = area_end_page(area, foreseen, changed=bool(seen))
    return render(request, "responsibility/area_end.html", {"page": page}, status=409 if seen else 200)


@dataclass(slots=True)
class _Desk:
    """What lies on the desk while one request is answered."""

    form: AreaForm
    points: tuple[TypedPoint, ...]
    status: int = 200
    blank: int = 0
    note: str = ""
    geojson: str = ""
    geojson_error: str = ""
    foreseen: Foreseen | None = None
    collides_with: tuple[int, ...] = ()
    stored: Area | None = field(default=None)


def _edit(request: ActorRequest, unit: Unit, area: Area | None) -> HttpResponse:
    at = clock.now()
    today = oslo.day_of(at)
    if request.method == "POST":
        desk = _answer(request, unit, area)
        if request.POST.get("do") != "read":
            desk.geojson = request.POST.get("geojson", "")  # pasted, and not read yet
        if desk.stored is not None:
            toasts.say(request, _("Området er endret.") if area else _("Området er lagt til."))
            return redirect("organisation:unit", unit.pk)
    else:
        points = points_of(stored_ring(area)) if area else ()
        initial = {
            "name": area.name if area else "",
            "valid_from": max(today, area.valid_from) if area else today,
            "postal_codes": ", ".join(area.postal_codes) if area else "",
        }
        desk = _Desk(AreaForm(initial=initial), points, blank=0 if points else BLANK_ROWS)
    page = area_page(
        actor=request.actor,
        unit=unit,
        area=area,
        points=desk.points,
        on=_day(request.POST.get("valid_from", "")) or today,
        today=today,
        foreseen=desk.foreseen,
        collides_with=desk.collides_with,
        note=desk.note,
        geojson=desk.geojson,
        geojson_error=desk.geojson_error,
        blank=desk.blank,
    )
    return render(request, "responsibility/area.html", {"page": page, "form": desk.form}, status=desk.status)


def _answer(request: ActorRequest, unit: Unit, area: Area | None) -> _Desk:
    """Do what the pressed button says. Whatever it is, what was typed lies on the desk afterwards."""
    points = read_points(request.POST.getlist("latitude"), request.POST.getlist("longitude"))
    do, _colon, number = request.POST.get("do", "check").partition(":")
    if do in {"check", "save"}:
        return _check(request, unit, area, points, save=do == "save")
    desk = _Desk(AreaForm(initial={name: request.POST.get(name, "") for name in AreaForm.base_fields}), points)
    if do == "add":
        desk.blank = 1
    elif do == "remove" and number.isdecimal() and 1 <= int(number) <= len(points):
        desk.points = tuple(point for row, point in enumerate(points, 1) if row != int(number))
    elif do == "read":
        _read(request, desk)
    elif do == "clip":
        _clip(request, desk, area)
    desk.blank = desk.blank or (0 if desk.points else BLANK_ROWS)
    return desk


def _check(
    request: ActorRequest, unit: Unit, area: Area | None, points: tuple[TypedPoint, ...], *, save: bool
) -> _Desk:
    """Say what would happen; store it when that is what she has just been shown."""
    at = clock.now()
    desk = _Desk(AreaForm(request.POST), points, status=422, blank=0 if points else BLANK_ROWS)
    wrong = [number for number, point in enumerate(points, 1) if point.wrong]
    if wrong:
        desk.form.add_error("ring", _("Rett opp punkt %(number)s.") % {"number": wrong[0]})
    if not desk.form.is_valid():
        return desk
    typed = desk.form.cleaned_data
    ring = ring_of(points)
    what: dict[str, Any] = {
        "ring": ring, "postal_codes": typed["postal_codes"], "valid_from": typed["valid_from"], "at": at,
    }  # fmt: skip
    try:
        desk.foreseen = organisation.foresee_area(
            actor=request.actor, unit_id=unit.pk, replaces=area.pk if area else None, **what
        )
        if save and request.POST.get("seen") == fingerprint(desk.foreseen):
            desk.stored = (
                organisation.redraw_area(actor=request.actor, area_id=area.pk, name=typed["name"], **what)
                if area
                else organisation.draw_area(actor=request.actor, unit_id=unit.pk, name=typed["name"], **what)
            )
            return desk
    except AreaRefused as refusal:
        desk.foreseen = None
        desk.form.add_error(refusal.field or None, refusal.text)
        desk.collides_with = tuple(one.area_id for one in refusal.collisions if one.shares_ground)
        return desk
    desk.status = 409 if save else 200
    if save:
        desk.note = _("Noe er endret siden du så på dette sist. Se over en gang til, og lagre.")
    return desk


def _read(request: ActorRequest, desk: _Desk) -> None:
    """Put the points of a pasted text or a file in the table."""
    pasted = request.POST.get("geojson", "")
    try:
        text = text_of_file(request.FILES.get("geojson_file")) or pasted
        found = read_areas(text)
    except UnreadableGeojson as trouble:
        desk.geojson, desk.geojson_error, desk.status = pasted, trouble_text(trouble), 422
        return
    desk.points = points_of(found[0].ring)
    if not desk.form.initial["name"]:
        desk.form.initial["name"] = found[0].name
    desk.note = _("Punktene er lest.")
    if len(found) > 1:
        desk.note = _(
            "Fila har %(count)s områder. Vi leste det første: %(name)s. Skal alle inn, velg «Les inn flere fra ei fil» "
            "på siden til teamet."
        ) % {
            "count": len(found),
            "name": found[0].name or _("uten navn"),
        }


def _clip(request: ActorRequest, desk: _Desk, area: Area | None) -> None:
    """Cut away the ground that others have."""
    on = _day(request.POST.get("valid_from", "")) or oslo.day_of(clock.now())
    rings = [one.ring for one in areas_shown(on=on) if one.ring and (area is None or one.area_id != area.pk)]
    try:
        left = geo.without(geo.polygon(ring_of(desk.points)), [geo.polygon(ring) for ring in rings])
    except geo.UnusablePolygon:
        left = None
    if left is None:
        desk.note = _(
            "Det blir ikke ett helt område igjen når det som er felles, klippes bort. Flytt punktene i stedet."
        )
        desk.status = 422
        return
    desk.points = points_of(left)
    desk.note = _("Det som var felles, er klippet bort. Se over linja før du lagrer.")


def _day(text: str) -> date | None:
    try:
        found: date | None = DayField(required=False).clean(text)
    except ValidationError:
        return None
    return found
