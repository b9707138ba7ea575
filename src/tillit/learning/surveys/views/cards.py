"""Cards: what is printed, the door without a login, and typing in what came on paper or by telephone.

The door is also the kiosk: a tablet at the base stands on its page, and comes back there after each.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from tillit.foundation.access.guard import ActorRequest, requires
from tillit.foundation.access.permissions import PUBLIC
from tillit.foundation.login import limiting
from tillit.foundation.login.places import address_of
from tillit.foundation.login.rules.limits import Door
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, NotFound
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts.answering import TURNS, AnswerPage, done_page, is_large, question_page
from tillit.learning.surveys.contexts.cards import enter_page, sheet_page, with_card
from tillit.learning.surveys.contexts.paper import LANGUAGES, paper_page
from tillit.learning.surveys.models import Campaign, Way
from tillit.learning.surveys.permissions import ASK_SURVEY, ENTER_ANSWERS
from tillit.learning.surveys.rules import urn as urns
from tillit.learning.surveys.views.answering import thanks, walk
from tillit.ui import toasts
from tillit.ui.language import page_language

ANSWER = "surveys/answer.html"


@never_cache
@require_GET
@requires(ASK_SURVEY)
def sheet(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Show the cards of one team, to print and cut."""
    campaign = _handed_out(request, campaign_id)
    groups = list(campaign.groups.filter(is_joint=False).select_related("unit").order_by("unit__name", "pk"))
    wanted = request.GET.get("enhet", "")
    group = next((one for one in groups if str(one.unit_id) == wanted), None if wanted else groups[0])
    if group is None:
        raise NotFound(_("Fant ikke teamet."))
    address = request.build_absolute_uri(reverse("surveys:card"))
    return render(request, "surveys/cards.html", {"page": sheet_page(campaign, groups, group, address=address)})


@never_cache
@require_GET
@requires(ASK_SURVEY)
def paper(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Show all the questions in large print, to answer with a pen. In the language of those who answer, when chosen."""
    campaign = _handed_out(request, campaign_id)
    wanted = request.GET.get("sprak", "")
    with translation.override(wanted if wanted in LANGUAGES else page_language()):
        return render(request, "surveys/paper.html", {"page": paper_page(campaign)})


def _handed_out(request: ActorRequest, campaign_id: int) -> Campaign:
    """Return an open campaign by cards that is hers to hand out. Raises NotFound, NotAllowed, ActionRefused."""
    campaign = queries.get_campaign(actor=request.actor, campaign_id=campaign_id, permission=ASK_SURVEY)
    queries.require_in_all(request.actor, ASK_SURVEY, campaign)
    if campaign.way != Way.CARDS:
        raise ActionRefused(_("Denne undersøkelsen svares på i Tillit, uten kort."))
    if not queries.is_open(campaign, at=clock.now()):
        raise ActionRefused(_("Undersøkelsen er lukket. Kortene virker ikke lenger."))
    return campaign


@never_cache
@require_http_methods(["GET", "POST"])
@requires(PUBLIC)
def door(request: HttpRequest) -> HttpResponse:
    """Take a card's code, then lead through the questions. Nothing of it is in the address, the session or a log."""
    said = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    typed, large = said.get("card", ""), is_large(said)
    turned = "at" not in said and said.get("go") in TURNS  # the size of the letters, on this page itself
    if request.method == "GET" or turned or not typed.strip():
        error = _("Skriv koden som står på kortet.") if request.method == "POST" and not turned else ""
        page = {"typed": typed[:40].strip(), "error": error, "large": large}
        return render(request, "surveys/card.html", page, status=422 if error else 200)
    at, address = clock.now(), address_of(request)
    limiting.refuse_guessing(Door.CARD, address=address, at=at)
    card = queries.find_card(typed, at=at)
    if card is None:
        limiting.count_in_vain(Door.CARD, address=address, at=at)
        error = _("Fant ikke kortet. Se på koden en gang til. Kanskje er undersøkelsen lukket.")
        return render(request, "surveys/card.html", {"typed": typed[:40], "error": error, "large": large}, status=422)
    return render(request, ANSWER, {"page": with_card(_answered_by(card, said), card.code, large=large)})


def _answered_by(card: queries.Card, said: dict[str, str]) -> AnswerPage:
    campaign = card.campaign
    used = done_page(
        campaign, heading=_("Kortet er brukt"), words=_("Hvert kort kan brukes én gang. Ta et nytt fra bollen."),
        tone="info",
    )  # fmt: skip
    if queries.has_answered(campaign, card.group_id, urns.code_of(campaign.key, card.who)):
        return used
    if said.get("go") != "send":
        return walk(campaign, said)
    try:
        actions.cast_card(card=card.code, said=said, at=clock.now())
    except actions.AlreadyAnswered:
        return used
    except (actions.Empty, actions.Closed) as refused:
        return question_page(campaign, said, at="", error=refused.text)
    return thanks(campaign)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(ENTER_ANSWERS)
def enter(request: ActorRequest, campaign_id: int) -> HttpResponse:
    """Type in a paper, or what somebody says on the telephone, then the next."""
    campaign = actions.may_enter(request.actor, campaign_id)
    if campaign.way != Way.CARDS or not queries.is_open(campaign, at=clock.now()):
        raise ActionRefused(_("Svar kan skrives inn mens en undersøkelse med kort er åpen."))
    said = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    if request.method == "GET":
        return render(request, "surveys/enter.html", {"page": enter_page(campaign, {})})
    try:
        actions.enter_answers(
            actor=request.actor, campaign_id=campaign_id, card=said.get("card", ""), said=said, at=clock.now()
        )
    except ActionRefused as refused:
        past = refused.codes if isinstance(refused, actions.LedPast) else ()
        page = enter_page(campaign, said, error=refused.text, past=past)
        return render(request, "surveys/enter.html", {"page": page}, status=422)
    toasts.say(request, _("Svaret ligger i urna. Ta neste papir."))
    return render(request, "surveys/enter.html", {"page": enter_page(campaign, {})})
