"""The citizen says what she thinks after an evaluation."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.consents.permissions import SAY_WHAT_SHE_THINKS
from tillit.care.consents.queries import open_door
from tillit.care.evaluations.models import Asked, HowMuch, Thought
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound


class NotAsked(ActionRefused):
    """She has answered, or the days are over, or an answer is missing."""


@transaction.atomic
def say_what_she_thinks(
    *, actor: Actor, citizen_id: int, asked_id: int, helped: str, decided: str, words: str, at: datetime
) -> Thought:
    """Store her answers, once. Nobody answers for her. Raises NotFound, NotAsked. Writes one audit entry.

    What she answered stands with her evaluation and not in the audit trail: there it only stands that she did.
    """
    door = open_door(actor=actor, citizen_id=citizen_id, permission=SAY_WHAT_SHE_THINKS, at=at, lock=True)
    asked = Asked.objects.filter(pk=asked_id, evaluation__goal__plan__citizen_id=citizen_id).first()
    if asked is None:
        raise NotFound(_("Fant ikke spørsmålene."))
    if Thought.objects.filter(asked=asked).exists():
        raise NotAsked(_("Du har svart. Takk for det."))
    if asked.open_until < oslo.day_of(at):
        raise NotAsked(_("Det er for sent å svare her. Si det gjerne til teamet."))
    if helped not in HowMuch.values or decided not in HowMuch.values:
        raise NotAsked(_("Svar på begge spørsmålene."))
    stored = Thought.objects.create(asked=asked, helped=helped, decided=decided, words=words.strip(), said_at=at)
    audit.record(actor, SAY_WHAT_SHE_THINKS, str(stored), door.scope, at=at, change={"asked": asked.pk})
    return stored
