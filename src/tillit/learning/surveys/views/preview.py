"""See an own instrument as those who answer will, on the same pages. Nothing is stored and nothing is sent."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.actor import Scope
from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import require
from tillit.kernel.errors import ActionRefused
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.answering import done_page
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.permissions import BUILD_SURVEY
from tillit.learning.surveys.views.answering import walk
from tillit.ui.language import page_language


@never_cache
@require_http_methods(["GET", "POST"])
@requires(BUILD_SURVEY)
def preview(request: ActorRequest, own_id: int) -> HttpResponse:
    """Show a question, go on or back, pass one by; the last press tells that it was a try."""
    row = queries.get_own(actor=request.actor, own_id=own_id)
    require(request.actor, BUILD_SURVEY, Scope((row.unit.path,)))
    instrument = queries.instrument_of(row)
    if not instrument.items:
        raise ActionRefused(_("Det er ingen spørsmål å vise ennå."))
    title = _("Prøve: %(name)s") % {"name": instrument.name.in_language(page_language())}
    campaign = Campaign(title=title, instrument=row.code, version=row.version)  # never stored
    said = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if said.get("go") == "send":
        page = done_page(
            campaign, heading=_("Slik er det å svare"), words=_("Dette var en prøve. Ingenting er sendt eller lagret."),
            tone="info",
        )  # fmt: skip
    else:
        page = walk(campaign, said)
    back = reverse("surveys:own_build", args=[row.pk])
    page = replace(page, back_href=back, back_label=_("Til spørreskjemaet"))
    return render(request, "surveys/answer.html", {"page": page})
