"""One version of a model, and the municipality's own variants: made, adjusted cell by cell, discarded."""

from itertools import count

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.responsibility import actions
from tillit.foundation.responsibility.contexts.form_page import copy_page, rename_page
from tillit.foundation.responsibility.contexts.model_page import ModelPage, model_page
from tillit.foundation.responsibility.contexts.model_rows import Typed
from tillit.foundation.responsibility.forms.models import CellForm, VariantForm
from tillit.foundation.responsibility.permissions import MAKE_VARIANTS, SEE_MODELS
from tillit.foundation.responsibility.queries import get_version, list_versions, owners_for
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.kernel import clock, oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import ChangedMeanwhile, NotFound
from tillit.ui import toasts
from tillit.ui.clashing import clash_of

FORM = "responsibility/form.html"


@require_GET
@requires(SEE_MODELS)
def show(request: ActorRequest, version_id: int) -> HttpResponse:
    """Show a version to anybody who works in the municipality; its own keepers may change a draft."""
    page = model_page(actor=request.actor, version_id=version_id, on=oslo.day_of(clock.now()))
    return _answer(request, page)


@require_http_methods(["GET", "POST"])
@requires(MAKE_VARIANTS)
def copy(request: ActorRequest, version_id: int) -> HttpResponse:
    """Make one's own variant of a version."""
    at = clock.now()
    version = get_version(version_id)
    owners = [(unit.pk, unit.name) for unit in owners_for(request.actor, on=oslo.day_of(at))]
    first = {
        "name": _free_name(_("%(model)s, vår variant") % {"model": version.model.name}),
        "owner": owners[0][0] if owners else 0,
    }
    form = VariantForm(request.POST or None, owners=owners or [(0, "")], initial=first)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.copy_model(
                actor=request.actor,
                version_id=version_id,
                owner_id=form.cleaned_data["owner"],
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                at=at,
            )
        except actions.VariantRefused as refusal:
            form.add_error(refusal.field or None, refusal.text)
        else:
            toasts.say(request, _("Utkastet er laget. Endre det som skal være annerledes."))
            return redirect("responsibility:model", draft.pk)
    return render(request, FORM, {"page": copy_page(version), "form": form}, status=status)


@require_http_methods(["GET", "POST"])
@requires(MAKE_VARIANTS)
def rename(request: ActorRequest, version_id: int) -> HttpResponse:
    """Give one's own model another name."""
    version = get_version(version_id)
    model = version.model
    stands = {
        "name": model.name,
        "description": model.description,
        "edition": edition_of(model.name, model.description),
    }
    form = VariantForm(request.POST or None, initial=stands)
    clash = None
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_variant(
                actor=request.actor,
                version_id=version_id,
                name=form.cleaned_data["name"],
                description=form.cleaned_data["description"],
                edition=form.seen(),
                at=clock.now(),
            )
        except ChangedMeanwhile as changed:
            clash, status = clash_of(form, changed), 409
        except actions.VariantRefused as refusal:
            form.add_error(refusal.field or None, refusal.text)
        else:
            toasts.say(request, _("Navnet er lagret."))
            return redirect("responsibility:model", version_id)
    return render(request, FORM, {"page": rename_page(version), "form": form, "clash": clash}, status=status)


@require_POST
@requires(MAKE_VARIANTS)
def adjust(request: ActorRequest, version_id: int) -> HttpResponse:
    """Make a draft of a version that is settled, or open the one there is."""
    draft = actions.adjust_model(actor=request.actor, version_id=version_id, at=clock.now())
    toasts.say(request, _("Utkastet er laget. Det som gjelder nå, gjelder til du setter utkastet i kraft."))
    return redirect("responsibility:model", draft.pk)


@require_POST
@requires(MAKE_VARIANTS)
def discard(request: ActorRequest, version_id: int) -> HttpResponse:
    """Throw a draft away."""
    model_id = get_version(version_id).model_id
    gone = actions.discard_draft(actor=request.actor, version_id=version_id, at=clock.now())
    toasts.say(request, _("Utkastet er forkastet."))
    return redirect("responsibility:models") if gone else redirect(_newest_href(model_id))


@require_POST
@requires(MAKE_VARIANTS)
def change_cell(request: ActorRequest, version_id: int, code: str) -> HttpResponse:
    """Change one cell, at once. Refused: the page again, with what was chosen still in its row."""
    at = clock.now()
    form = CellForm(request.POST)
    on = oslo.day_of(at)
    if not form.is_valid():
        typed = Typed(code, _typed(request), _("Skriv et antall uker fra 1 til 104, og høyst 200 tegn."))
        page = model_page(actor=request.actor, version_id=version_id, on=on, typed=typed)
        return _answer(request, page, status=422)
    cell = Cell(form.cleaned_data["holder"], form.cleaned_data["note"], form.cleaned_data["weeks"])
    seen = form.cleaned_data["seen"]
    try:
        change = actions.change_cell(
            actor=request.actor,
            version_id=version_id,
            code=code,
            cell=cell,
            edition=form.cleaned_data["edition"],
            at=at,
        )
    except (ChangedMeanwhile, actions.VariantRefused) as refusal:
        if isinstance(refusal, actions.NotADraft):
            raise
        status = 409 if isinstance(refusal, ChangedMeanwhile) else 422
        page = model_page(
            actor=request.actor, version_id=version_id, on=on, typed=Typed(code, cell, refusal.text), seen_change=seen
        )
        return _answer(request, page, status=status)
    said = ""
    if change is not None:
        said = _("Lagret i utkastet.")
        toasts.say(request, said, undo_href=reverse("responsibility:undo-cell", args=[change.pk]))
    if not _is_htmx(request):
        return redirect(f"{reverse('responsibility:model', args=[version_id])}#rad-{code.lower()}")
    terms = change is not None and (change.was_note, change.was_weeks) != (change.note, change.weeks)
    page = model_page(
        actor=request.actor,
        version_id=version_id,
        on=on,
        opened=code if terms else "",
        seen_change=seen,
        said=said,
    )
    return _answer(request, page)


@require_POST
@requires(MAKE_VARIANTS)
def undo_cell(request: ActorRequest, change_id: int) -> HttpResponse:
    """Put a cell back as it was."""
    change = actions.undo_cell(actor=request.actor, change_id=change_id, at=clock.now())
    toasts.say(request, _("Angret. Oppgaven ligger som før."))
    row = change.row
    return redirect(f"{reverse('responsibility:model', args=[row.version_id])}#rad-{row.responsibility.lower()}")


def _newest_href(model_id: int) -> str:
    newest = next((one for one in list_versions() if one.model_id == model_id), None)
    if newest is None:
        raise NotFound(_("Fant ikke modellen."))
    return reverse("responsibility:model", args=[newest.version_id])


def _typed(request: ActorRequest) -> Cell:
    weeks = request.POST.get("weeks", "")
    return Cell(
        request.POST.get("holder", ""),
        request.POST.get("note", ""),
        int(weeks) if weeks.isascii() and weeks.isdecimal() and len(weeks) < 6 else None,
    )


def _answer(request: ActorRequest, page: ModelPage, *, status: int = 200) -> HttpResponse:
    template = "responsibility/model.html#model" if _is_htmx(request) else "responsibility/model.html"
    response = render(request, template, {"page": page, "swap": _is_htmx(request)}, status=status)
    response["Vary"] = "HX-Request"
    return response


def _is_htmx(request: ActorRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _free_name(wanted: str) -> str:
    """The name itself, or with a number behind when a model has it already."""
    taken = {one.name for one in list_versions()}
    return next(name for number in count(1) if (name := wanted if number == 1 else f"{wanted} {number}") not in taken)
