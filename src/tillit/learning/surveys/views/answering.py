"""Answer, one question at a time. Every press goes to one address and is answered alike.

What is answered so far lives on the page alone: no draft is kept here or on the phone, which may be shared.
No message for the next page, no redirect: nothing in the session or the server's own log differs between looking and
sending.
"""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.kernel import clock
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts.answering import AnswerPage, done_page, question_page
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.permissions import ANSWER_SURVEY
from tillit.learning.surveys.rules import steps
from tillit.learning.surveys.rules import urn as urns

TEMPLATE = "surveys/answer.html"


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ANSWER_SURVEY)
def answer(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Show a question, go on or back, pass one by, or send."""
    now = clock.now()
    campaign = queries.get_campaign(actor=request.actor, campaign_id=campaign_id, permission=ANSWER_SURVEY)
    group = actions.asked_group(request.actor, campaign)
    if not queries.is_open(campaign, at=now):
        page = done_page(
            campaign, heading=_("Undersøkelsen er lukket"), words=_("Svar kan ikke lenger sendes."), tone="info"
        )
        return render(request, TEMPLATE, {"page": page})
    code = urns.code_of(campaign.key, f"employee:{request.actor.employee_id}")
    if queries.has_answered(campaign, group.pk, code):
        return render(request, TEMPLATE, {"page": _answered(campaign)})
    said = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if request.method == "POST" and said.get("go") == "send":
        return render(request, TEMPLATE, {"page": _sent(request, campaign, said)})
    return render(request, TEMPLATE, {"page": walk(campaign, said)})


def _sent(request: ActorRequest, campaign: Campaign, said: Mapping[str, str]) -> AnswerPage:
    try:
        actions.cast_ballot(actor=request.actor, campaign_id=campaign.pk, said=said, at=clock.now())
    except actions.AlreadyAnswered:
        return _answered(campaign)
    except (actions.Empty, actions.Closed, actions.CodeNotWhole) as refused:
        return question_page(campaign, said, at="", error=refused.text)
    return thanks(campaign)


def thanks(campaign: Campaign) -> AnswerPage:
    """Return the page after the press that sent."""
    return done_page(
        campaign,
        heading=_("Takk. Svarene dine ligger i urna."),
        words=_("Ingen kan finne igjen hva du svarte. Teamet ser resultatet når undersøkelsen er lukket."),
    )


def _answered(campaign: Campaign) -> AnswerPage:
    return done_page(
        campaign,
        heading=_("Du har svart"),
        words=_(
            "Det er det første svaret som teller. Svarene er blandet med de andres, så de kan ikke vises eller endres."
        ),
        tone="info",
    )  # fmt: skip


def walk(campaign: Campaign, said: dict[str, str]) -> AnswerPage:
    """Return the page that a press leads to: the next question, the one before, or the same when nothing is chosen."""
    instrument = queries.get_instrument(campaign.instrument, campaign.version)
    at, go = said.get("at", ""), said.get("go", "")
    here = next((item for item in instrument.items if item.code == at), None)
    if here is not None and go == "skip":
        for name in steps.fields_of(instrument, here):
            said.pop(name, None)
    if here is not None and go == "next" and steps.read_answer(instrument, here, said) is None:
        return question_page(
            campaign, said, at=at, error=_("Velg et svar, eller trykk «Vil ikke svare på dette».")
        )  # fmt: skip
    order = [item.code for item in steps.asked(instrument, steps.read_all(instrument, said))]
    if at not in order:
        leads = order[-1] if go == "back" else order[0] if not go else ""
        return question_page(campaign, said, at=leads)
    place = order.index(at) + (-1 if go == "back" else 1 if go in ("next", "skip") else 0)
    return question_page(campaign, said, at=order[max(0, place)] if place < len(order) else "")
