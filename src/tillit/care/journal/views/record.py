"""Read the journal, write a note, sign what waits."""

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.care.journal import actions
from tillit.care.journal.contexts.record import record_page
from tillit.care.journal.contexts.waiting import waiting_page
from tillit.care.journal.contexts.writing import draft_page, write_page
from tillit.care.journal.forms import NoteForm, TermsForm
from tillit.care.journal.permissions import DECIDE_TERMS, READ_JOURNAL, READ_WAITING, WRITE_NOTE
from tillit.care.journal.queries import countersign_for, get_draft
from tillit.care.journal.rules.pegs import pegs_in
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.ui import toasts

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(READ_JOURNAL)
def record(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show a citizen's journal."""
    before = request.GET.get("eldre", "")
    pegs = pegs_in([request.GET.get("om", "")])
    page = record_page(
        actor=request.actor,
        citizen_id=citizen_id,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        everything=request.GET.get("alt") == "ja",
        peg=pegs[0] if pegs else None,
        at=clock.now(),
    )
    return render(request, "journal/record.html", {"page": page})


@never_cache
@_FORM
@requires(WRITE_NOTE)
def write(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Write a note: signed by the press, or kept as a draft."""
    at = clock.now()
    page = write_page(actor=request.actor, citizen_id=citizen_id, at=at)
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={"day": oslo.day_of(at), "clock": oslo.clock_of(at), "press_key": secrets.token_urlsafe(16)},
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.write_note(
                actor=request.actor,
                citizen_id=citizen_id,
                text=form.cleaned_data["text"],
                happened_at=form.happened_at(),
                press_key=form.cleaned_data["press_key"],
                signed="keep" not in request.POST,
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            return _written(request, citizen_id)
    return render(request, "journal/note.html", {"page": page, "form": form}, status=status)


@never_cache
@_FORM
@requires(WRITE_NOTE)
def draft(request: ActorRequest, note_id: int) -> HttpResponse:
    """Write further on one's own draft, sign it or throw it away."""
    at = clock.now()
    note = get_draft(actor=request.actor, note_id=note_id, at=at)
    if "discard" in request.POST:
        actions.discard_draft(actor=request.actor, note_id=note_id, at=at)
        toasts.say(request, _("Utkastet er kastet."))
        return redirect("journal:waiting")
    form = NoteForm(
        request.POST if request.method == "POST" else None,
        initial={
            "text": note.text,
            "day": oslo.day_of(note.happened_at),
            "clock": oslo.clock_of(note.happened_at),
        },
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.keep_draft(
                actor=request.actor,
                note_id=note_id,
                text=form.cleaned_data["text"],
                happened_at=form.happened_at(),
                signed="keep" not in request.POST,
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
            status = 409
        else:
            return _written(request, note.citizen_id)
    return render(
        request, "journal/note.html", {"page": draft_page(note, actor=request.actor), "form": form}, status=status
    )


def _written(request: ActorRequest, citizen_id: int) -> HttpResponse:
    if "keep" in request.POST:
        toasts.say(request, _("Utkastet er lagret. Det står ikke i journalen før du signerer."))
        return redirect("journal:waiting")
    toasts.say(request, _("Notatet er signert."))
    return redirect("journal:record", citizen_id)


@never_cache
@_FORM
@requires(READ_WAITING)
def waiting(request: ActorRequest) -> HttpResponse:
    """Show what waits for her signature, or sign all that stood on the page."""
    at = clock.now()
    if request.method == "POST":
        signed = actions.sign_everything(
            actor=request.actor, draft_ids=_numbers(request, "draft"), entry_ids=_numbers(request, "entry"), at=at
        )
        toasts.say(
            request,
            ngettext("%(number)d notat er signert.", "%(number)d notater er signert.", signed) % {"number": signed}
            if signed
            else _("Ingenting å signere. Noen andre kom deg i forkjøpet."),
        )
        return redirect("journal:waiting")
    return render(request, "journal/waiting.html", {"page": waiting_page(actor=request.actor, at=at)})


def _numbers(request: ActorRequest, name: str) -> list[int]:
    return [int(one) for one in request.POST.getlist(name) if one.isdecimal() and len(one) < 19]


@never_cache
@_FORM
@requires(DECIDE_TERMS)
def terms(request: ActorRequest) -> HttpResponse:
    """Whose words wait for countersigning in the municipality."""
    at = clock.now()
    today = oslo.day_of(at)
    form = TermsForm(
        request.POST if request.method == "POST" else None,
        initial={"countersign_for": countersign_for(today), "valid_from": today},
    )
    if form.is_valid():
        try:
            actions.decide_signing_terms(
                actor=request.actor,
                countersign_for=form.cleaned_data["countersign_for"],
                valid_from=form.cleaned_data["valid_from"],
                at=at,
            )
        except ActionRefused as refused:
            form.add_error(None, refused.text)
        else:
            toasts.say(request, _("Lagret."))
            return redirect("journal:terms")
    return render(request, "journal/terms.html", {"form": form}, status=422 if form.errors else 200)
