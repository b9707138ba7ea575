"""Pages of all about one person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.exchange.person import actions, contexts, queries
from tillit.exchange.person.forms import AskForm, HoldBackForm
from tillit.exchange.person.models import Asker
from tillit.exchange.person.permissions import EXPORT_PERSON
from tillit.exchange.person.queries import About
from tillit.foundation.access.actor import Scope
from tillit.foundation.access.guard import ActorRequest, requires, tell
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.keeping import actions as keeping
from tillit.foundation.keeping.permissions import HOLD_CITIZEN
from tillit.foundation.login.limiting import limited
from tillit.foundation.login.rules.limits import Door
from tillit.foundation.login.stepup import proved_recently, proved_to_post
from tillit.foundation.workforce.permissions import EXPORT_EMPLOYEE
from tillit.kernel import clock
from tillit.kernel.errors import NotFound

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@_FORM
@requires(EXPORT_PERSON)
@limited(Door.EXPORT)
@proved_to_post
def citizen(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Take out all about a citizen."""
    return _ask(request, queries.about_citizen(actor=request.actor, citizen_id=citizen_id, at=clock.now()))


@never_cache
@_FORM
@requires(EXPORT_EMPLOYEE)
@limited(Door.EXPORT)
@proved_to_post
def employee(request: ActorRequest, employee_id: int) -> HttpResponse:
    """Take out all about an employee, for her."""
    return _ask(request, queries.about_employee(actor=request.actor, employee_id=employee_id, at=clock.now()))


@never_cache
@_FORM
@requires(SIGNED_IN)
@limited(Door.EXPORT)
@proved_to_post
def mine(request: ActorRequest) -> HttpResponse:
    """Take out all about oneself, as an employee. Nobody needs to say why she asks for her own."""
    if request.actor.employee_id is None:
        raise NotFound(_("Siden finnes ikke."))
    whom = queries.about_employee(actor=request.actor, employee_id=request.actor.employee_id, at=clock.now())
    if request.method == "POST":
        return _begin(request, whom, Asker.SELF, _("Egne opplysninger"))
    return render(request, "person/ask.html", {"page": contexts.ask_page(whom), "form": None})


def _ask(request: ActorRequest, whom: About) -> HttpResponse:
    form = AskForm(request.POST or None)
    if form.is_valid():
        return _begin(request, whom, form.cleaned_data["asker"], form.cleaned_data["why"])
    page = contexts.ask_page(whom)
    return render(request, "person/ask.html", {"page": page, "form": form}, status=422 if form.errors else 200)


def _begin(request: ActorRequest, whom: About, asker: str, why: str) -> HttpResponse:
    made = actions.ask_handout(actor=request.actor, whom=whom, asker=asker, why=why, at=clock.now())
    return redirect("person:handout", handout_id=made.pk)


@require_POST
@requires(HOLD_CITIZEN)
def hold(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Let nothing about a citizen be deleted."""
    about = _held_scope(request, citizen_id)
    try:
        keeping.place_hold(actor=request.actor, about=about, reason=request.POST.get("reason", ""), at=clock.now())
    except keeping.BasisNeeded as refusal:
        whom = queries.about_citizen(actor=request.actor, citizen_id=citizen_id, at=clock.now())
        page = contexts.ask_page(whom, hold_error=refusal.text)
        return render(request, "person/ask.html", {"page": page, "form": AskForm()}, status=422)
    tell(request, _("Ingenting slettes før sperren er opphevet."))
    return redirect("person:citizen", citizen_id=citizen_id)


@require_POST
@requires(HOLD_CITIZEN)
def lift(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Let what is stored about a citizen be deleted again when its time is over."""
    keeping.lift_hold(actor=request.actor, about=_held_scope(request, citizen_id), at=clock.now())
    tell(request, _("Sperren er opphevet."))
    return redirect("person:citizen", citizen_id=citizen_id)


def _held_scope(request: ActorRequest, citizen_id: int) -> Scope:
    return queries.about_citizen(actor=request.actor, citizen_id=citizen_id, at=clock.now()).scope_with_citizen


@never_cache
@require_GET
@requires(SIGNED_IN)
def handout(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Show how far it is: gathered, to be read through, ready, gone."""
    found, whom = queries.get_handout(actor=request.actor, handout_id=handout_id, at=clock.now())
    return render(request, "person/handout.html", {"page": contexts.handout_page(found, whom)})


@never_cache
@require_GET
@requires(SIGNED_IN)
def progress(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Show how far the background work is; when it is over, tell htmx to show the whole page again."""
    found, whom = queries.get_handout(actor=request.actor, handout_id=handout_id, at=clock.now())
    page = contexts.handout_page(found, whom)
    if page.progress is None:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "person/progress.html", {"progress": page.progress})


@never_cache
@_FORM
@requires(SIGNED_IN)
def texts(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Show what people wrote in one table, and hold back what is not for the one who asked."""
    label = request.POST.get("del", "") or request.GET.get("del", "")
    form = HoldBackForm(request.POST or None)
    chosen = [int(one) for one in request.POST.getlist("rad") if one.isdecimal()]
    if form.is_valid():
        try:
            count = actions.hold_back(
                actor=request.actor, handout_id=handout_id, label=label, row_ids=chosen, at=clock.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except actions.WordsNeeded as refusal:
            form.add_error(None, refusal.text)
        else:
            tell(
                request, ngettext("%(n)d tekst holdes tilbake.", "%(n)d tekster holdes tilbake.", count) % {"n": count}
            )
            return redirect(contexts.texts_href(handout_id, label, _page_number(request)))
    found, whom = queries.get_handout(actor=request.actor, handout_id=handout_id, at=clock.now())
    page = contexts.texts_page(found, whom, label=label, number=_page_number(request), chosen=frozenset(chosen))
    return render(request, "person/texts.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_POST
@requires(SIGNED_IN)
def take_along(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Hand out after all what was held back."""
    label, row = request.POST.get("del", ""), request.POST.get("rad", "")
    if not row.isdecimal():
        raise NotFound(_("Fant ikke teksten."))
    actions.take_along(actor=request.actor, handout_id=handout_id, label=label, row_id=int(row), at=clock.now())
    return redirect(contexts.texts_href(handout_id, label, _page_number(request)))


@require_POST
@requires(SIGNED_IN)
def finish(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Say that it is read through."""
    actions.finish_review(actor=request.actor, handout_id=handout_id, at=clock.now())
    return redirect("person:handout", handout_id=handout_id)


@require_POST
@requires(SIGNED_IN)
def stop(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Stop, and delete what was gathered."""
    actions.stop(actor=request.actor, handout_id=handout_id, at=clock.now())
    tell(request, _("Stoppet. Det som var samlet, er slettet."))
    return redirect("person:handout", handout_id=handout_id)


@never_cache
@require_POST
@requires(SIGNED_IN)
@limited(Door.EXPORT)
@proved_recently
def fetch(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Hand over the file to the one who made it."""
    content = actions.fetch(actor=request.actor, handout_id=handout_id, at=clock.now())
    name = f"opplysninger-{handout_id}.zip"
    return HttpResponse(
        content, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
@requires(SIGNED_IN)
def delete(request: ActorRequest, handout_id: int) -> HttpResponse:
    """Delete the file before its day."""
    actions.delete_file(actor=request.actor, handout_id=handout_id, at=clock.now())
    tell(request, _("Fila er slettet."))
    return redirect("person:handout", handout_id=handout_id)


def _page_number(request: HttpRequest) -> int:
    text = request.POST.get("side", "") or request.GET.get("side", "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1
