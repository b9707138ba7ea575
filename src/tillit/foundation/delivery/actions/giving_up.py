"""Looked after each minute: what was left waiting is taken up again, and a number that never came is given up."""

from datetime import datetime

from django.db import transaction

from tillit.foundation.delivery.actions.settling import settle_all
from tillit.foundation.delivery.models import Envelope, Phone
from tillit.foundation.delivery.rules.moments import LONGEST_WAIT
from tillit.foundation.delivery.rules.order import Known, Outcome, given_up


def go_on(*, at: datetime) -> int:
    """Settle what waits and can be settled; return how many. Several at once do no harm.

    A number that has been waited for for two days is written down as missing. Should it come after all, it is settled
    then.
    """
    waiting = Envelope.objects.filter(outcome=Outcome.WAITING)
    settled = 0
    for phone_id in waiting.order_by("phone_id").values_list("phone_id", flat=True).distinct():
        _give_up(phone_id, at=at)
        settled += settle_all(phone_id=phone_id, at=at)
    return settled


@transaction.atomic
def _give_up(phone_id: int, *, at: datetime) -> None:
    phone = Phone.objects.select_for_update().get(pk=phone_id)
    rows = Envelope.objects.filter(phone=phone, number__gte=phone.next_number)
    known = [Known(*row) for row in rows.values_list("number", "twin", "digest", "outcome")]
    missing = given_up(known, next_number=phone.next_number)
    if not missing:
        return
    if not rows.filter(outcome=Outcome.WAITING, received_at__lt=at - LONGEST_WAIT).exists():
        return
    Envelope.objects.bulk_create(
        [Envelope(phone=phone, number=number, outcome=Outcome.MISSING, received_at=at) for number in missing]
    )
    phone.next_number = missing.stop
    phone.save(update_fields=["next_number"])
