"""A citizen's own page. Every view opens the door in its context or action; out of a part is not found."""

from secrets import token_urlsafe

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.care.consents.actions import end_own_part
from tillit.care.consents.permissions import (
    CANCEL_VISIT,
    END_OWN,
    OPEN_PAGE,
    SAY_WHAT_SHE_THINKS,
    SEE_DECISIONS,
    SEE_GOALS,
    SEE_LOOKUPS,
    WRITE_TO_TEAM,
)
from tillit.care.consents.queries import open_door
from tillit.care.consents.rules import Part
from tillit.care.evaluations.actions import say_what_she_thinks
from tillit.care.notices.actions import NobodyFollows, tell_team
from tillit.care.visits.actions import CallTheTeam, say_no_to_visit
from tillit.foundation.access.guard import ActorRequest, requires, tell
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock
from tillit.pages.minside.contexts import day, letters, parts, said, written
from tillit.pages.minside.contexts import sharing as shared
from tillit.pages.minside.forms import ThinkForm, WriteForm


@never_cache
@require_GET
@requires(OPEN_PAGE)
def start(request: ActorRequest) -> HttpResponse:
    """Show the one page she may see, or let her choose among several."""
    ids = list(dict.fromkeys(one.citizen_id for one in request.actor.let_in))
    if len(ids) == 1:
        return redirect("minside:page", citizen_id=ids[0])
    at = clock.now()
    doors = [open_door(actor=request.actor, citizen_id=one, permission=OPEN_PAGE, at=at) for one in ids]
    return render(request, "minside/start.html", {"people": [(one.citizen.pk, one.citizen.name) for one in doors]})


@never_cache
@require_GET
@requires(OPEN_PAGE)
def page(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show who comes."""
    found = day.day_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "minside/day.html", {"page": found})


@never_cache
@require_GET
@requires(SEE_GOALS)
def goals(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show the goals, and what is done for each."""
    found = parts.goals_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "minside/goals.html", {"page": found})


@never_cache
@require_GET
@requires(SEE_DECISIONS)
def decisions(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show what has been decided and told."""
    found = said.decisions_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "minside/decisions.html", {"page": found})


@never_cache
@require_GET
@requires(SEE_DECISIONS)
def letter(request: ActorRequest, citizen_id: int, letter_id: int) -> HttpResponse:
    """Show a letter as it was sent, on the screen."""
    found = letters.letter_page(actor=request.actor, citizen_id=citizen_id, letter_id=letter_id, at=clock.now())
    return render(request, "minside/letter.html", {"page": found})


@never_cache
@require_GET
@requires(SEE_DECISIONS)
def letter_pdf(request: ActorRequest, citizen_id: int, letter_id: int) -> HttpResponse:
    """Hand out the same letter as it was printed. Its name holds no person's."""
    made = letters.letter_pdf(actor=request.actor, citizen_id=citizen_id, letter_id=letter_id, at=clock.now())
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="brev-{letter_id}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@never_cache
@require_http_methods(["GET", "POST"])
@requires(SAY_WHAT_SHE_THINKS)
def think(request: ActorRequest, citizen_id: int, asked_id: int) -> HttpResponse:
    """Answer two questions after an evaluation."""
    at = clock.now()
    form = ThinkForm(request.POST or None)
    if form.is_valid():
        say_what_she_thinks(actor=request.actor, citizen_id=citizen_id, asked_id=asked_id, at=at, **form.cleaned_data)
        tell(request, _("Takk. Teamet tar det med seg videre."))
        return redirect("minside:page", citizen_id=citizen_id)
    found = said.think_page(actor=request.actor, citizen_id=citizen_id, asked_id=asked_id, at=at)
    return render(request, "minside/think.html", {"page": found, "form": form}, status=422 if form.errors else 200)


@never_cache
@require_GET
@requires(SEE_LOOKUPS)
def lookups(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show who has opened the record."""
    found = parts.lookups_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "minside/lookups.html", {"page": found})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(WRITE_TO_TEAM)
@limited(Door.MIN_SIDE)
def write(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Write to the team."""
    at = clock.now()
    form = WriteForm(request.POST or None, initial={"press_key": token_urlsafe(12)})
    found = written.write_page(actor=request.actor, citizen_id=citizen_id, at=at)
    if form.is_valid():
        try:
            tell_team(
                actor=request.actor, citizen_id=citizen_id, text=form.cleaned_data["text"],
                press_key=form.cleaned_data["press_key"], at=at,
            )  # fmt: skip
            tell(request, _("Teamet har fått beskjeden. Du får svar innen i morgen."))
            return redirect("minside:page", citizen_id=citizen_id)
        except NobodyFollows as refusal:
            form.add_error(None, refusal.text)
    return render(request, "minside/write.html", {"page": found, "form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(CANCEL_VISIT)
@limited(Door.MIN_SIDE)
def cancel(request: ActorRequest, citizen_id: int, visit_id: int) -> HttpResponse:
    """Say no to a visit: one page that says which, one press."""
    at = clock.now()
    found = parts.cancel_page(actor=request.actor, citizen_id=citizen_id, visit_id=visit_id, at=at)
    refused, status = found.refused, 200
    if request.method == "POST":
        try:
            say_no_to_visit(
                actor=request.actor, citizen_id=citizen_id, visit_id=visit_id, opens_at=found.opens_at,
                notice=found.notice, press_key=request.POST.get("press_key", "")[:64], at=at,
            )  # fmt: skip
            tell(request, _("Besøket er avlyst. Teamet vet det."))
            return redirect("minside:page", citizen_id=citizen_id)
        except CallTheTeam as refusal:
            refused, status = refusal.text, 409
    given = {"page": found, "refused": refused, "press_key": token_urlsafe(12)}
    return render(request, "minside/cancel.html", given, status=status)


@never_cache
@require_GET
@requires(OPEN_PAGE)
def sharing(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show who is let in, and to what."""
    found = shared.sharing_page(actor=request.actor, citizen_id=citizen_id, at=clock.now())
    return render(request, "minside/sharing.html", {"page": found})


@require_POST
@requires(END_OWN)
def end_sharing(request: ActorRequest, citizen_id: int, consent_id: int) -> HttpResponse:
    """Take back one part, or all of it."""
    wanted = request.POST.get("part", "")
    part = Part(wanted) if wanted in Part.__members__ else None
    end_own_part(actor=request.actor, citizen_id=citizen_id, consent_id=consent_id, part=part, at=clock.now())
    tell(request, _("Det er avsluttet."))
    return redirect("minside:start")
