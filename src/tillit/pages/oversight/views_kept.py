"""What is kept for how long: the kinds, their rules and what is due; what waits for the archive."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillit.foundation.access.guard import ActorRequest, requires, tell
from tillit.foundation.keeping import actions, retention
from tillit.foundation.keeping.permissions import DECIDE_RETENTION, HOLD_DATA, SEE_RETENTION
from tillit.foundation.keeping.retention import Kind
from tillit.foundation.login.stepup import proved_recently, proved_to_post
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.pages.oversight.contexts import kept as contexts
from tillit.pages.oversight.forms import ReceiptForm, RuleForm

_FORM = require_http_methods(["GET", "POST"])


@never_cache
@require_GET
@requires(SEE_RETENTION)
def kept(request: ActorRequest) -> HttpResponse:
    """Show what is kept for how long, and what the night will delete."""
    return render(request, "oversight/kept.html", {"page": contexts.kept_page(actor=request.actor, at=clock.now())})


@never_cache
@_FORM
@requires(SEE_RETENTION)
@proved_to_post
def kind(request: ActorRequest, code: str) -> HttpResponse:
    """Show one kind, and decide how long it is kept."""
    return _kind_page(request, _known(code), RuleForm(request.POST or None, years=_known(code).years))


def _kind_page(request: ActorRequest, found: Kind, form: RuleForm) -> HttpResponse:
    at = clock.now()
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide_retention(actor=request.actor, kind=found, at=at, **form.cleaned_data)
        except (actions.OutOfBounds, actions.NotAhead, actions.BasisNeeded) as refusal:
            form.add_error(_FIELD[type(refusal)], refusal.text)
        else:
            tell(request, _("Regelen er lagret. Den gamle gjelder til da."))
            return redirect("oversight:kept_kind", code=found.code)
    page = contexts.kind_page(found, actor=request.actor, at=at)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "oversight/kept_kind.html", {"page": page, "form": form}, status=status)


_FIELD: dict[type[ActionRefused], str] = {
    actions.OutOfBounds: "length",
    actions.NotAhead: "valid_from",
    actions.BasisNeeded: "basis",
}


@require_POST
@requires(HOLD_DATA)
def hold(request: ActorRequest, code: str) -> HttpResponse:
    """Let nothing of a kind be deleted."""
    found = _known(code)
    try:
        actions.place_hold(actor=request.actor, kind=found.code, reason=request.POST.get("reason", ""), at=clock.now())
    except actions.BasisNeeded as refusal:
        page = contexts.kind_page(found, actor=request.actor, at=clock.now(), hold_error=refusal.text)
        form = RuleForm(years=found.years)
        return render(request, "oversight/kept_kind.html", {"page": page, "form": form}, status=422)
    tell(request, _("Ingenting av dette slettes før sperren er opphevet."))
    return redirect("oversight:kept_kind", code=found.code)


@require_POST
@requires(HOLD_DATA)
@proved_recently
def lift(request: ActorRequest, code: str) -> HttpResponse:
    """Let a kind be deleted again."""
    found = _known(code)
    actions.lift_hold(actor=request.actor, kind=found.code, at=clock.now())
    tell(request, _("Sperren er opphevet."))
    return redirect("oversight:kept_kind", code=found.code)


@never_cache
@_FORM
@requires(DECIDE_RETENTION)
@proved_to_post
def archive(request: ActorRequest) -> HttpResponse:
    """Show who waits for the archive, by number, and write that somebody was handed over."""
    at = clock.now()
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        citizen_id = contexts.waiting_number(form.cleaned_data["number"], at=at)
        if citizen_id is None:
            form.add_error("number", _("Nummeret venter ikke på arkivet. Velg et fra lista."))
        else:
            actions.write_handed_over(
                actor=request.actor, citizen_id=citizen_id, reference=form.cleaned_data["reference"],
                handed_over_on=oslo.day_of(at), at=at,
            )  # fmt: skip
            tell(request, _("Kvitteringen er lagret. Alt om nr. %(number)d slettes i natt.") % {"number": citizen_id})
            return redirect("oversight:kept_archive")
    page = contexts.archive_page(at=at)
    return render(
        request, "oversight/kept_archive.html", {"page": page, "form": form}, status=422 if form.errors else 200
    )


def _known(code: str) -> Kind:
    try:
        return retention.kind_of(code)
    except KeyError:
        raise NotFound(_("Siden finnes ikke.")) from None
