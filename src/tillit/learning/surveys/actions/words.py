"""What people wrote: kept apart when the urns are opened, read by one person, and shown when all of it is read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from secrets import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotAllowed
from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Campaign, Screening, Words
from tillit.learning.surveys.permissions import ASK_SURVEY, SCREEN_WORDS
from tillit.learning.surveys.rules import wording
from tillit.learning.surveys.rules.urn import Ballot
from tillit.learning.surveys.rules.wording import Verdict, Why

_CHANCE = SystemRandom()


class NothingRead(ActionRefused):
    """There is no such text to read, or the reading is finished."""


class NoReason(ActionRefused):
    """Held back without saying why."""


class Unread(ActionRefused):
    """Some texts are not read yet. left: how many."""

    def __init__(self, left: int) -> None:
        super().__init__(_("Les resten først. %(left)d er ikke lest.") % {"left": left})
        self.left = left


def chance_id() -> int:
    """Return an id that says nothing of when a row came. Of 2^62, so that two do not meet."""
    return 1 + _CHANCE.randrange(2**62)


def keep_words(campaign: Campaign, ballots: Mapping[int, Sequence[Ballot]], codes: Collection[str]) -> None:
    """Store what each group wrote and may ever be shown, in random order with random ids. In the caller's transaction.

    ballots: by group, of groups that stand alone. The shuffle is its own: neither id nor order follows the answers'.
    """
    rows = [
        Words(pk=chance_id(), group_id=group, question=code, words=text)
        for group, found in ballots.items()
        for code, text in wording.words_to_keep(found, codes)
    ]
    _CHANCE.shuffle(rows)
    Words.objects.bulk_create(rows)
    if rows:
        Screening.objects.get_or_create(campaign=campaign)
    else:
        Screening.objects.filter(campaign=campaign).delete()


@transaction.atomic
def name_screener(*, actor: Actor, campaign_id: int, employee_id: int, edition: int | None, at: datetime) -> Screening:
    """Name who reads what people write: somebody outside the teams who holds a role for it over all of them.

    edition: of the screening, 0 when nobody was named. Another may be named until it is finished.
    Raises NotFound, NotAllowed, ChangedMeanwhile, ActionRefused.
    """
    campaign = queries.get_campaign(actor=actor, campaign_id=campaign_id, permission=ASK_SURVEY, lock=True)
    scope = queries.scope_of(campaign)
    for path in scope.paths:
        require(actor, ASK_SURVEY, Scope((path,)))
    if not queries.asks_for_words(campaign):
        raise ActionRefused(_("Ingen spørsmål i denne undersøkelsen besvares med egne ord."))
    screening = Screening.objects.filter(campaign=campaign).first() or Screening(campaign=campaign, edition=0)
    refuse_if_changed(str(screening), seen=edition, now=screening.edition, at=at)
    if screening.finished_at or (campaign.closed_at and not screening.pk):
        raise ActionRefused(_("Det er ingenting mer å lese gjennom."))
    if employee_id not in dict(queries.screeners_for(campaign, on=oslo.day_of(at))):
        raise ActionRefused(_("Velg en fra lista: en som ikke hører til i teamene."))
    screening.screener_id, screening.named_by_id, screening.named_at = employee_id, actor.employee_id, at
    screening.opened_on = None
    screening.edition += 1
    screening.save()
    audit.record(actor, ASK_SURVEY, str(screening), scope, at=at, change={"screener": employee_id})
    return screening


@transaction.atomic
def open_words(*, actor: Actor, campaign_id: int, at: datetime) -> Screening:
    """Open what was written, to read it. Noted in the audit trail once each day. Raises as `get_screening` does."""
    screening = _to_screen(actor, campaign_id)
    today = oslo.day_of(at)
    if screening.opened_on != today:
        screening.opened_on = today
        screening.save(update_fields=["opened_on"])
        audit.record(actor, SCREEN_WORDS, str(screening), queries.scope_of(screening.campaign), at=at,
                     change={"words": "opened"})  # fmt: skip
    return screening


@transaction.atomic
def judge_words(
    *,
    actor: Actor,
    campaign_id: int,
    words_id: int,
    places: Collection[int],
    held: bool,
    why: str = "",
    edition: int | None,
    at: datetime,
) -> Words:
    """Let a text through, with the words at `places` covered, or hold it back and say why. She may think again until
    all is finished: nothing is taken away before that.

    Raises NotFound, NotAllowed, NothingRead, NoReason, ChangedMeanwhile.
    """
    screening = _to_screen(actor, campaign_id)
    words = Words.objects.select_for_update().filter(pk=words_id, group__campaign_id=screening.campaign_id).first()
    if words is None:
        raise NothingRead(_("Fant ikke teksten."))
    refuse_if_changed(str(words), seen=edition, now=words.edition, at=at)
    if held and why not in set(Why):
        raise NoReason(_("Velg hvorfor teksten holdes tilbake."))
    inside = sorted({place for place in places if 0 <= place < len(wording.words_of(words.words))})
    words.verdict = Verdict.HELD if held else Verdict.COVERED if inside else Verdict.THROUGH
    words.why, words.places = (why, []) if held else ("", inside)
    words.edition += 1
    words.save(update_fields=["verdict", "why", "places", "edition"])
    audit.record(actor, SCREEN_WORDS, str(words), queries.scope_of(screening.campaign), at=at,
                 change={"verdict": words.verdict})  # fmt: skip
    return words


@transaction.atomic
def finish_words(*, actor: Actor, campaign_id: int, edition: int | None, at: datetime) -> Screening:
    """Show the teams what was let through. What was covered or held back is deleted and nowhere to be found again.

    Raises NotFound, NotAllowed, NothingRead, ChangedMeanwhile, Unread.
    """
    screening = _to_screen(actor, campaign_id)
    refuse_if_changed(str(screening), seen=edition, now=screening.edition, at=at)
    rows = list(Words.objects.select_for_update().filter(group__campaign_id=screening.campaign_id).order_by("pk"))
    if left := sum(row.verdict == Verdict.UNREAD for row in rows):
        raise Unread(left)
    for row in rows:
        row.words = "" if row.verdict == Verdict.HELD else wording.covered(row.words, row.places)
        row.places = []
    Words.objects.bulk_update(rows, ["words", "places"])
    screening.finished_at = at
    screening.edition += 1
    screening.save(update_fields=["finished_at", "edition"])
    counts = {verdict.value.lower(): sum(row.verdict == verdict for row in rows) for verdict in Verdict if verdict}
    audit.record(actor, SCREEN_WORDS, str(screening), queries.scope_of(screening.campaign), at=at, change=counts)
    return screening


def _to_screen(actor: Actor, campaign_id: int) -> Screening:
    """Return the screening that is hers to go on with, its row locked. Raises NotFound, NotAllowed, NothingRead."""
    screening = queries.get_screening(actor=actor, campaign_id=campaign_id, lock=True)
    if queries.is_inside(actor, screening.campaign):
        raise NotAllowed(_("Du hører til i et av teamene. En utenfor må lese gjennom."))
    if screening.campaign.closed_at is None:
        raise NothingRead(_("Undersøkelsen er åpen ennå. Det som er skrevet, ligger i urna."))
    if screening.finished_at is not None:
        raise NothingRead(_("Alt er lest. Teamene ser det som ble sluppet gjennom."))
    return screening
