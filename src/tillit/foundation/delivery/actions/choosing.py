"""A human chooses what becomes of what did not go through: her own words, what stands, or written anew."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import SIGNED_IN
from tillit.foundation.delivery.acts import Clash, Order, act_of
from tillit.foundation.delivery.models import Choice, Undelivered
from tillit.foundation.delivery.queries import get_undelivered
from tillit.kernel.errors import ActionRefused, NotAllowed


class ChosenMeanwhile(ActionRefused):
    """Somebody has chosen already, or has said something new since the page was shown."""


@transaction.atomic
def choose(
    *, actor: Actor, undelivered_id: int, choice: str, edition: str, at: datetime, text: str = ""
) -> Undelivered:
    """Choose what is to hold. Both versions stay.

    MINE carries out what was written, as its author and now; ANEW does so with `text` instead of her words; STANDS
    leaves what stands. edition: of what stood on the page she chose on. Only its author can have it carried out: a
    leader can let it rest, and writes what is needed herself.
    Raises NotFound, NotAllowed, ChosenMeanwhile, ActionRefused.
    """
    found = get_undelivered(actor=actor, undelivered_id=undelivered_id, at=at, lock=True)
    if found.chosen_at is not None:
        raise ChosenMeanwhile(_("Det er valgt alt. Se hva som gjelder."))
    if choice not in Choice.values:
        raise ActionRefused(_("Velg hva som skal gjelde."))
    if choice != Choice.STANDS:
        if found.envelope.phone.user_id != actor.user_id:
            raise NotAllowed(_("Bare den som skrev det, kan bruke det. Skriv det du trenger, i ditt eget navn."))
        _carry_out(found, actor=actor, edition=edition, text=text if choice == Choice.ANEW else None, at=at)
    found.choice, found.chosen_at, found.chosen_by_id = choice, at, actor.user_id
    found.save(update_fields=["choice", "chosen_at", "chosen_by"])
    audit.record(
        actor, SIGNED_IN, str(found), Scope((), found.citizen_id), at=at, change={"act": "CHOOSE", "choice": choice}
    )
    return found


def _carry_out(found: Undelivered, *, actor: Actor, edition: str, text: str | None, at: datetime) -> None:
    kept = found.content
    act = act_of(str(kept.get("act", "")))
    if act is None:
        raise ActionRefused(_("Dette kan ikke brukes her. Kopier det du skrev, og skriv det på nytt."))
    fields = dict(kept["fields"])
    if text is not None:
        if not act.words:
            raise ActionRefused(_("Her er det ingen ord å skrive på nytt."))
        if not text.strip():
            raise ActionRefused(_("Skriv det som skal stå."))
        fields[act.words] = text.strip()
    try:
        act.apply(
            actor=actor,
            order=Order(fields=fields, edition=edition, press_key=str(kept["press_key"]), at=at),
        )
    except Clash:
        raise ChosenMeanwhile(_("Noen har sagt noe nytt mens du valgte. Se over en gang til.")) from None
