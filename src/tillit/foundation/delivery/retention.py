"""How long receipts, and both versions of what did not go through, are kept. What nobody has chosen about stays."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.foundation.delivery.models import Envelope, Phone, Press, Undelivered
from tillit.foundation.delivery.rules.order import Outcome
from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    """A phone leaves whole, with its receipts: what is sent again from it is then a stranger's, and is not taken."""
    of_phone = Envelope.objects.filter(phone=OuterRef("pk"))
    undecided = Undelivered.objects.filter(envelope__phone=OuterRef("pk"), chosen_at__isnull=True)
    held = Undelivered.objects.filter(envelope__phone=OuterRef("pk"), citizen_id__in=due.held_citizens)
    phones = Phone.objects.filter(contact_at__lt=due.before, until__lt=due.before).exclude(
        Exists(of_phone.filter(outcome=Outcome.WAITING)) | Exists(undecided) | Exists(held)
    )
    ids = list(phones.values_list("pk", flat=True))
    return {
        "delivery.Undelivered": Undelivered.objects.filter(envelope__phone_id__in=ids),
        "delivery.Press": Press.objects.filter(envelope__phone_id__in=ids),
        "delivery.Envelope": Envelope.objects.filter(phone_id__in=ids),
        "delivery.Phone": Phone.objects.filter(pk__in=ids),
    }


DELIVERIES = Kind(
    code="DELIVERIES",
    title=_("Skrevet uten dekning"),
    what=_("Kvitteringer for det telefoner har levert, og det noen har avgjort. Det som ble brukt, står i journalen."),
    source=ART_5,
    shipped=InForce(180, "Personvernforordningen art. 5 nr. 1 e. Lenge nok til å se hva som skjedde."),
    least=30,
    most=1095,
    count=counted_in(_old),
    remove=removed_from(_old),
)
