"""Figures Tillit does not count: a sheet for them, pasted, looked through, brought in."""

from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused
from tillit.learning.insight.actions.bringing import bring_in
from tillit.learning.insight.contexts.bring_page import bring_page, bring_sheet
from tillit.learning.insight.contexts.bring_sheet import headers
from tillit.learning.insight.files.sheets import as_csv
from tillit.learning.insight.forms.bringing import BringForm
from tillit.learning.insight.permissions import BRING_IN
from tillit.ui import toasts


@never_cache
@require_http_methods(["GET", "POST"])
@requires(BRING_IN)
def bring(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the form; look through what is sent; and bring it in when just that has been looked through."""
    at = clock.now()
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    status, looked_at = 200, ""
    if form.is_valid():
        said = form.cleaned_data
        looked_at = said["text"]
        if said["looked"] == _mark(said):
            try:
                made = bring_in(actor=request.actor, unit_id=unit_id, text=said["text"], source=said["source"], at=at)
            except ActionRefused as refused:
                form.add_error(None, refused.text)
            else:
                toasts.say(
                    request,
                    ngettext("%(count)d tall er hentet inn.", "%(count)d tall er hentet inn.", made.lines)
                    % {"count": made.lines},
                )
                return redirect("insight:bring-in", unit_id=unit_id)
        _remember(form, _mark(said))
    page = bring_page(actor=request.actor, unit_id=unit_id, text=looked_at, today=oslo.day_of(at))
    if page.faults and not form.errors:
        form.add_error("text", _("Noe er feil i linjene. Ingenting er hentet inn."))
    if form.errors:
        status = 422
    return render(request, "insight/bring_in.html", {"page": page, "form": form}, status=status)


@never_cache
@require_GET
@requires(BRING_IN)
def sheet(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Give out the ready-made sheet for money and hours: a line for each team and figure, with nothing filled in."""
    month, lines = bring_sheet(actor=request.actor, unit_id=unit_id, today=oslo.day_of(clock.now()))
    answer = HttpResponse(as_csv(headers(), lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="lonn-og-regnskap-{month:%Y-%m}.csv"'
    return answer


def _mark(said: dict[str, Any]) -> str:
    return sha256(f"{said['source']}\n{said['text']}".encode()).hexdigest()


def _remember(form: BringForm, mark: str) -> None:
    data: Any = form.data
    data = data.copy()
    data["looked"] = mark
    form.data = data
