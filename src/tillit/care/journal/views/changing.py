"""Correct an entry; ask that it is removed; decide."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.journal import actions
from tillit.care.journal.contexts.asking import entry_page
from tillit.care.journal.contexts.deciding import answer_page, request_page
from tillit.care.journal.forms import CorrectForm, DecideForm, DemandForm, WrongPersonForm
from tillit.care.journal.permissions import ASK_CHANGE, CORRECT_ENTRY, DECIDE_CHANGE, READ_REQUEST
from tillit.care.journal.queries import get_request, likely_people
from tillit.care.journal.rules.requests import RequestKind
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(CORRECT_ENTRY)
def correct(request: ActorRequest, entry_id: int) -> HttpResponse:
    """Show an entry with a form for what is right, or add the correction."""
    at = clock.now()
    lead = _("Det gamle blir stående, strøket, så alle kan se hva som er rettet.")
    page, line = entry_page(actor=request.actor, entry_id=entry_id, title=_("Rett"), lead=lead, at=at)
    form = CorrectForm(request.POST if request.method == "POST" else None, initial={"text": line.content.text})
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.correct_entry(
                actor=request.actor,
                entry_id=entry_id,
                text=form.cleaned_data["text"],
                why=form.cleaned_data["why"],
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Rettelsen er lagret og signert."))
            return redirect("journal:record", line.citizen_id)
    return render(request, "journal/correct.html", {"page": page, "form": form}, status=status)


@never_cache
@_FORM
@requires(ASK_CHANGE)
def wrong_person(request: ActorRequest, entry_id: int) -> HttpResponse:
    """Say that an entry concerns another, and whom. The words one looks for are posted: no name in an address."""
    at = clock.now()
    lead = _("Lederen avgjør. Da fjernes det herfra, og flyttes til riktig journal med signaturen det har.")
    page, _line = entry_page(actor=request.actor, entry_id=entry_id, title=_("Ført på feil person"), lead=lead, at=at)
    posted = request.POST if request.method == "POST" and "search" not in request.POST else None
    text = request.POST.get("q", "")[:100]
    people = likely_people(actor=request.actor, entry_id=entry_id, text=text, at=at)
    form = WrongPersonForm(posted, people=people, initial={"words": request.POST.get("words", "")})
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            asked = actions.ask_change(
                actor=request.actor,
                entry_id=entry_id,
                kind=RequestKind.WRONG_PERSON,
                words=form.cleaned_data["words"],
                right_citizen_id=form.right_citizen_id(),
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Lederen har fått beskjed."))
            return redirect("journal:request", asked.pk)
    context = {"page": page, "form": form, "q": text}
    return render(request, "journal/wrong_person.html", context, status=status)


@never_cache
@_FORM
@requires(ASK_CHANGE)
def demand(request: ActorRequest, entry_id: int) -> HttpResponse:
    """Write down that the citizen demands a correction or a deletion."""
    at = clock.now()
    lead = _("Brukeren har rett til å kreve det, og får svar med begrunnelse.")
    page, _line = entry_page(
        actor=request.actor, entry_id=entry_id, title=_("Krav om retting eller sletting"), lead=lead, at=at
    )
    form = DemandForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            asked = actions.ask_change(
                actor=request.actor,
                entry_id=entry_id,
                kind=RequestKind(form.cleaned_data["kind"]),
                words=form.cleaned_data["words"],
                from_citizen=True,
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Kravet er skrevet ned. Lederen har fått beskjed."))
            return redirect("journal:request", asked.pk)
    return render(request, "journal/demand.html", {"page": page, "form": form}, status=status)


@never_cache
@_FORM
@requires(READ_REQUEST)
def show_request(request: ActorRequest, journal_request_id: int) -> HttpResponse:
    """Show what is asked; decide it, or take it back."""
    at = clock.now()
    asked = get_request(actor=request.actor, request_id=journal_request_id, at=at)
    if "withdraw" in request.POST:
        actions.withdraw_request(actor=request.actor, request_id=asked.pk, at=at)
        toasts.say(request, _("Trukket. Ingenting er endret."))
        return redirect("journal:record", asked.entry.citizen_id)
    decides = "yes" in request.POST or "no" in request.POST
    if decides and not holds_anywhere(request.actor, DECIDE_CHANGE):
        raise NotAllowed(_("Lederen for teamet avgjør dette."))
    page = request_page(actor=request.actor, request_id=asked.pk, at=at)
    first = next((one.text for one in page.entries if not one.struck), "")
    form = DecideForm(request.POST if decides else None, kind=RequestKind(asked.kind), initial={"text": first})
    status = 422 if form.errors else 200
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.decide_request(
                actor=request.actor,
                request_id=asked.pk,
                agree="yes" in request.POST,
                reason=data["reason"],
                conditions=data["conditions"],
                text=data.get("text", ""),
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            toasts.say(request, _("Svaret er lagret."))
            return redirect("journal:request", asked.pk)
    return render(request, "journal/request.html", {"page": page, "form": form}, status=status)


@never_cache
@require_GET
@requires(READ_REQUEST)
def answer(request: ActorRequest, journal_request_id: int) -> HttpResponse:
    """Show the answer to the citizen's demand, to be printed."""
    page = answer_page(actor=request.actor, request_id=journal_request_id, at=clock.now())
    if page is None:
        raise Http404(_("Det er ikke noe svar ennå."))
    return render(request, "journal/answer.html", {"page": page})
