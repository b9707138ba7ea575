"""The board: see the lists, move a visit, undo, take into use."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.planning import actions, queries, words
from tillit.teamwork.planning.contexts.board import board_page
from tillit.teamwork.planning.contexts.places import Where, names_of
from tillit.teamwork.planning.permissions import ALLOCATE, PUBLISH_LISTS, SEE_LISTS
from tillit.teamwork.planning.rules import board as hours
from tillit.teamwork.planning.views import doors
from tillit.ui import toasts


@require_GET
@requires(SEE_LISTS)
def current(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Go to the lists of this part of the day."""
    doors.unit_of(request, unit_id)
    now = clock.now()
    return redirect(Where(unit_id, hours.usual_day(now), hours.usual_kind(now)).href("board"))


@require_GET
@requires(SEE_LISTS)
def go(request: ActorRequest, unit_id: int, shift_kind: str) -> HttpResponse:
    """Go to the day chosen in the picker."""
    doors.unit_of(request, unit_id)
    try:
        on = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        on = hours.usual_day(clock.now())
    return redirect(Where(unit_id, on, shift_kind).href("board"))


@require_GET
@requires(SEE_LISTS)
def show(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Show the work lists of one part of one day."""
    unit = doors.unit_of(request, unit_id)
    page = board_page(actor=request.actor, unit=unit, on=on, shift_kind=shift_kind, now=clock.now())
    return render(request, "planning/board.html", {"page": page})


@require_POST
@requires(ALLOCATE)
def move(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """A bar was let go over a lane: same visit, perhaps another helper, perhaps another time."""
    unit = doors.unit_of(request, unit_id)
    visit_id, _dash, from_id = request.POST.get("visit", "").partition("-")
    edition = doors.number(request.GET, "edition")
    text, status, seen = "", 200, None
    try:
        warnings = actions.allocate_visit(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            visit_id=int(visit_id) if visit_id.isdecimal() else 0,
            from_employee_id=int(from_id) if from_id.isdecimal() and int(from_id) else None,
            to_employee_id=doors.optional(request.POST, "helper"),
            starts_at=doors.slot_start(request.POST, request.GET.get("from", "")),
            edition=edition,
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        text, status, seen = meanwhile.text, 409, meanwhile.seen
    except actions.VisitRefused as refusal:
        text, status = _refusal(request, unit_id, on, shift_kind, refusal), 409
    else:
        text = said(unit_id, request, on, shift_kind, int(visit_id), warnings)
    page = board_page(actor=request.actor, unit=unit, on=on, shift_kind=shift_kind, now=clock.now(), seen=seen)
    if is_htmx(request):
        context = {"page": page, "text": text, "refused": status != 200, "undo_href": page.undo_href}
        answer = render(request, "planning/board_swap.html", context, status=status)
        answer["Vary"] = "HX-Request"
        return answer
    if status != 200:
        return render(request, "planning/board.html", {"page": page, "text": text}, status=status)
    toasts.say(request, text, undo_href=f"{page.undo_href}?edition={page.edition}")
    return redirect(Where(unit_id, on, shift_kind).href("board"))


@require_POST
@requires(ALLOCATE)
def undo(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Take back the last step."""
    unit = doors.unit_of(request, unit_id)
    form = request.GET if "edition" in request.GET else request.POST
    edition = doors.number(form, "edition")
    try:
        actions.undo_step(
            actor=request.actor, unit_id=unit_id, on=on, shift_kind=shift_kind, edition=edition, at=clock.now()
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return conflict(request, unit_id, on, shift_kind, meanwhile)
    toasts.say(request, _("Det siste steget er tatt tilbake."))
    return redirect(Where(unit.pk, on, shift_kind).href("board"))


@require_POST
@requires(PUBLISH_LISTS)
def publish(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Take the lists into use and tell those on them."""
    unit = doors.unit_of(request, unit_id)
    try:
        told = actions.publish_lists(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            edition=doors.number(request.POST, "edition"),
            at=clock.now(),
        )
    except actions.ListsChangedMeanwhile as meanwhile:
        return conflict(request, unit_id, on, shift_kind, meanwhile)
    except ActionRefused as refusal:
        return again(request, unit_id, on, shift_kind, refusal.text, status=409)
    toasts.say(
        request,
        ngettext(
            "Listene er tatt i bruk. %(count)d medarbeider er varslet.",
            "Listene er tatt i bruk. %(count)d medarbeidere er varslet.",
            told,
        )
        % {"count": told},
    )
    return redirect(Where(unit.pk, on, shift_kind).href("board"))


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true"


def conflict(
    request: ActorRequest, unit_id: int, on: date, shift_kind: str, meanwhile: actions.ListsChangedMeanwhile
) -> HttpResponse:
    """Show the board as it is now, and what somebody else has done with it."""
    return again(request, unit_id, on, shift_kind, meanwhile.text, status=409, seen=meanwhile.seen)


def again(
    request: ActorRequest, unit_id: int, on: date, shift_kind: str, text: str, *, status: int, seen: int | None = None
) -> HttpResponse:
    """Show the board again with a sentence on top."""
    unit = doors.unit_of(request, unit_id)
    page = board_page(actor=request.actor, unit=unit, on=on, shift_kind=shift_kind, now=clock.now(), seen=seen)
    return render(request, "planning/board.html", {"page": page, "text": text}, status=status)


def said(
    unit_id: int,
    request: ActorRequest,
    on: date,
    shift_kind: str,
    visit_id: int,
    doubts: tuple[actions.Doubt, ...],
) -> str:
    """What was done, and what one should know about it."""
    unit = doors.unit_of(request, unit_id)
    team_day = queries.team_day(unit=unit, on=on, shift_kind=shift_kind)
    names, rows = names_of(team_day), team_day.day.rows_of_visit.get(visit_id, ())
    who = names.visit(visit_id)
    if not rows:
        return _("%(who)s er tatt av lista og står uten utfører.") % {"who": who}
    helpers = words.joined([names.person(row.employee_id) for row in rows])
    done = _("%(who)s er flyttet til %(helper)s kl. %(time)s.") % {
        "who": who,
        "helper": helpers,
        "time": words.clock(rows[0].starts_at),
    }
    if not doubts:
        return done
    told = dict.fromkeys(
        f"{names.person(each.employee_id)}: {_lower(words.objection(each.objection, names))}" for each in doubts
    )
    return _("%(done)s Merk – %(told)s.") % {"done": done, "told": ". ".join(told)}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _refusal(request: ActorRequest, unit_id: int, on: date, shift_kind: str, refusal: actions.VisitRefused) -> str:
    unit = doors.unit_of(request, unit_id)
    names = names_of(queries.team_day(unit=unit, on=on, shift_kind=shift_kind))
    why = ". ".join(words.objection(each, names) for each in refusal.objections)
    return f"{refusal.text} {why}."
