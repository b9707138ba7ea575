"""Who has looked at a citizen, what I have looked at, and the review."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tillit.foundation.access import reviewing
from tillit.foundation.access.guard import ActorRequest, requires, tell
from tillit.foundation.access.models import ReviewOutcome
from tillit.foundation.access.permissions import (
    READ_PRIVACY,
    REVIEW_LOOKUPS,
    SEE_WHO_MAY,
    SHOW_LOOKUPS,
    SIGNED_IN,
)
from tillit.kernel import clock
from tillit.pages.oversight.contexts import acts as acts_context
from tillit.pages.oversight.contexts import citizen as citizen_context
from tillit.pages.oversight.contexts import mine as mine_context
from tillit.pages.oversight.contexts import privacy as privacy_context
from tillit.pages.oversight.contexts import review as review_context


@never_cache
@require_GET
@requires(SHOW_LOOKUPS)
def citizen(request: ActorRequest, citizen_id: int) -> HttpResponse:
    """Show who has looked at a citizen's data, for her to read."""
    page = citizen_context.citizen_page(
        actor=request.actor, citizen_id=citizen_id, until=_until(request), at=clock.now()
    )
    return render(request, "oversight/citizen.html", {"page": page})


@never_cache
@require_GET
@requires(SIGNED_IN)
def mine(request: ActorRequest) -> HttpResponse:
    """Show what I have looked at myself."""
    page = mine_context.mine_page(actor=request.actor, until=_until(request), at=clock.now())
    return render(request, "oversight/mine.html", {"page": page})


@never_cache
@require_GET
@requires(REVIEW_LOOKUPS)
def review(request: ActorRequest) -> HttpResponse:
    """Show the look-ups of a week that stand out."""
    page = review_context.review_page(actor=request.actor, until=_until(request), at=clock.now())
    return render(request, "oversight/review.html", {"page": page})


@never_cache
@require_GET
@requires(READ_PRIVACY)
def privacy(request: ActorRequest) -> HttpResponse:
    """Show how look-ups are gone through, for the privacy reviewer."""
    page = privacy_context.privacy_page(actor=request.actor, at=clock.now())
    return render(request, "oversight/privacy.html", {"page": page})


@never_cache
@require_GET
@requires(READ_PRIVACY)
def privacy_unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the look-ups of a week that stand out in one unit, without citizens' names."""
    page = privacy_context.unit_page(actor=request.actor, unit_id=unit_id, until=_until(request), at=clock.now())
    return render(request, "oversight/privacy_unit.html", {"page": page})


@require_GET
@requires(SIGNED_IN)
def acts(request: ActorRequest) -> HttpResponse:
    """Show what one may do oneself, and why; what every role may, to those who may see that."""
    page = acts_context.acts_page(
        actor=request.actor, role=request.GET.get("rolle", ""), area=request.GET.get("om", "")
    )
    return render(request, "oversight/acts.html", {"page": page})


@require_GET
@requires(SEE_WHO_MAY)
def acts_table(request: ActorRequest) -> HttpResponse:
    """Show every act with every role."""
    return render(request, "oversight/acts_table.html", {"page": acts_context.acts_table_page()})


@require_POST
@requires(REVIEW_LOOKUPS)
def answer(request: ActorRequest) -> HttpResponse:
    """Say that a look-up is explained, or that it is followed up."""
    at, until = clock.now(), _until(request)
    key, words = request.POST.get("finding", ""), request.POST.get("words", "")
    found = review_context.found_by_key(actor=request.actor, key=key, until=until, at=at)
    follow_up = request.POST.get("outcome") == ReviewOutcome.FOLLOW_UP
    outcome = ReviewOutcome.FOLLOW_UP if follow_up else ReviewOutcome.EXPLAINED
    try:
        reviewing.review_lookup(actor=request.actor, found=found, outcome=outcome, words=words, at=at)
    except reviewing.WordsNeeded as refusal:
        page = review_context.review_page(actor=request.actor, until=until, at=at, refused=(key, words, refusal.text))
        return render(request, "oversight/review.html", {"page": page}, status=422)
    tell(request, _("Svaret er lagret. Den det gjelder, kan lese det."))
    there = reverse("oversight:review")
    return redirect(f"{there}?til={until.isoformat()}" if until else there)


def _until(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.POST.get("til", "") or request.GET.get("til", ""))
    except ValueError:
        return None
