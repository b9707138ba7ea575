"""Keeps the letters of the newest decisions, put together by the product: what waits to be sent can be sent.

Older decisions came from the record system, which keeps their letters.
"""

from datetime import date, timedelta

from django.db import transaction

from tillit.care.decisions.models import Decision
from tillit.care.decisions.queries import scope_of_case
from tillit.care.decisions.queries.authority import ask_authority
from tillit.care.decisions.queries.decision_letters import decision_letter
from tillit.care.letters.actions import keep_letter
from tillit.care.letters.rules import Way
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel.errors import TillitError

DAYS, MOST = 21, 12
"""How far back letters are kept, and how many for each copy of the town."""


@transaction.atomic
def keep_letters(anchor: date, *, copies: int) -> None:
    """Keep the letters of decisions made lately, the newest first. All rows have been written."""
    lately = (
        Decision.objects.filter(decided_on__gt=anchor - timedelta(days=DAYS), decided_by__user__isnull=False)
        .filter(case__state__in=["DECIDED", "NOTIFIED"])
        .select_related("case__citizen", "case__unit", "decided_by__user")
        .order_by("-decided_at", "-pk")
    )
    for decision in lately[: MOST * copies]:
        _keep(decision)


def keep_newest_letter(citizen_id: int) -> None:
    """Keep the letter of a citizen's newest decision, however old: she opens it on her own page.

    Not where the case has moved from whoever decided it: then the record system keeps it.
    """
    newest = (
        Decision.objects.filter(case__citizen_id=citizen_id, decided_by__user__isnull=False, letter__isnull=True)
        .select_related("case__citizen", "case__unit", "decided_by__user")
        .order_by("-decided_at", "-pk")
        .first()
    )
    if newest is None:
        return
    try:
        with transaction.atomic():
            _keep(newest)
    except TillitError:
        return


def _keep(decision: Decision) -> None:
    case, on, at = decision.case, decision.decided_on, decision.decided_at
    leader = decision.decided_by
    assert leader.user_id is not None
    actor = actor_of(user_id=leader.user_id, name=leader.name, at=at)
    lines = list(case.lines.filter(state="DECIDED").select_related("service", "was").order_by("rank", "pk"))
    asking = ask_authority(actor=actor, case=case, on=on, lines=lines)
    letter = decision_letter(case=case, answers=asking.mine, others=asking.others, employee=leader, on=on)
    if letter.stops:
        return  # the page says what is missing
    decision.letter = keep_letter(
        actor=actor,
        citizen_id=case.citizen_id,
        content=letter.content,
        template_id=letter.template_id,
        ways=(Way.DIGITAL, Way.PAPER),
        at=at,
        scope=scope_of_case(case, on=on),
    )
    decision.save(update_fields=["letter"])
