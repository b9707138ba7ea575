"""«Hva om …?»: see, ask, follow, stop."""

from datetime import date, time

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock
from tillit.kernel.errors import NotFound
from tillit.teamwork.planning import actions
from tillit.teamwork.planning.contexts.places import Where
from tillit.teamwork.planning.contexts.whatif import SLUGS, Draft, kind_of, whatif_page, whatif_progress
from tillit.teamwork.planning.permissions import ALLOCATE
from tillit.teamwork.planning.queries.whatif import what_ifs_of
from tillit.teamwork.planning.rules import board as hours
from tillit.teamwork.planning.rules.whatif import Half, Kind, Question
from tillit.teamwork.planning.views import doors


@require_GET
@requires(ALLOCATE)
def show(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Show the questions that can be asked, and the newest answer or the one named."""
    return _page(request, unit_id, on, shift_kind, kind_of(request.GET.get("sporsmal", "")))


@require_GET
@requires(ALLOCATE)
def go(request: ActorRequest, unit_id: int, shift_kind: str) -> HttpResponse:
    """Go to the day chosen in the picker."""
    actions.planner_of(actor=request.actor, unit_id=unit_id, at=clock.now())
    try:
        on = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        on = hours.usual_day(clock.now())
    return redirect(Where(unit_id, on, shift_kind).href("what-if"))


@require_POST
@requires(ALLOCATE)
@limited(Door.PLAN)
def ask(request: ActorRequest, unit_id: int, on: date, shift_kind: str) -> HttpResponse:
    """Ask what would be. A question that lacks something comes back with what it lacks."""
    draft = _draft(request.POST)
    try:
        found = actions.ask_what_if(
            actor=request.actor,
            unit_id=unit_id,
            on=on,
            shift_kind=shift_kind,
            question=draft.question,
            other_id=draft.other_id,
            streets=draft.streets,
            half=draft.half,
            at=clock.now(),
        )
    except actions.CannotAsk as refusal:
        return _page(request, unit_id, on, shift_kind, draft.question.kind, draft=draft, text=refusal.text, status=422)
    slug = SLUGS[draft.question.kind]
    return redirect(f"{Where(unit_id, on, shift_kind).href('what-if')}?sporsmal={slug}&svar={found.pk}#svar")


@require_GET
@requires(ALLOCATE)
def progress(request: ActorRequest, unit_id: int, on: date, shift_kind: str, whatif_id: int) -> HttpResponse:
    """How far the search has come. When it has ended, the page loads itself anew."""
    actions.planner_of(actor=request.actor, unit_id=unit_id, at=clock.now())
    asked = what_ifs_of(actor=request.actor, unit_id=unit_id, on=on, shift_kind=shift_kind)
    found = next((each for each in asked if each.whatif_id == whatif_id), None)
    if found is None:
        raise NotFound(_("Fant ikke spørsmålet."))
    if not found.is_working:
        return doors.come_again()
    return render(request, "planning/progress.html", {"progress": whatif_progress(found)})


@require_POST
@requires(ALLOCATE)
def stop(request: ActorRequest, unit_id: int, on: date, shift_kind: str, whatif_id: int) -> HttpResponse:
    """Stop, and use the rounds that are whole."""
    found = actions.stop_what_if(actor=request.actor, unit_id=unit_id, whatif_id=whatif_id, at=clock.now())
    slug = SLUGS[Kind(found.question["kind"])]
    return redirect(f"{Where(unit_id, on, shift_kind).href('what-if')}?sporsmal={slug}&svar={whatif_id}#svar")


def _draft(form: QueryDict) -> Draft:
    """Return what a form says; what it does not say, or says in a way no page of ours does, is left out."""
    kind = form.get("kind", "")
    half = form.get("half", "")
    like = form.get("who", "")
    profession = like.removeprefix("p:") if like.startswith("p:") else ""
    return Draft(
        Question(
            kind=Kind(kind) if kind in set(Kind) else Kind.ADD,
            employee_id=doors.optional_of(like),
            profession=profession[:40],
            starts=_time(form.get("starts", "")),
            ends=_time(form.get("ends", "")),
            citizen_ids=_ids(form, "citizen"),
            employee_ids=_ids(form, "helper"),
        ),
        other_id=doors.optional(form, "team"),
        streets=frozenset(form.getlist("street")),
        half=Half(half) if half in set(Half) else None,
    )


def _ids(form: QueryDict, name: str) -> frozenset[int]:
    return frozenset(found for each in form.getlist(name) if (found := doors.optional_of(each)) is not None)


def _time(written: str) -> time | None:
    """Return the clock time, also as people write it (08.15); None when it is none."""
    try:
        return time.fromisoformat(written.strip().replace(".", ":")).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _page(
    request: ActorRequest,
    unit_id: int,
    on: date,
    shift_kind: str,
    kind: Kind,
    *,
    draft: Draft | None = None,
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    unit = actions.planner_of(actor=request.actor, unit_id=unit_id, at=clock.now())
    page = whatif_page(
        actor=request.actor,
        unit=unit,
        on=on,
        shift_kind=shift_kind,
        kind=kind,
        draft=draft,
        chosen=doors.optional(request.GET, "svar"),
    )
    return render(request, "planning/whatif.html", {"page": page, "text": text}, status=status)
