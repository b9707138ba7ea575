"""The municipality's own targets and rates: new ones from a day. What has held is never changed (R19)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.decisions.models import CasePractice, ChargeRate
from tillit.care.decisions.permissions import KEEP_PRACTICE
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.authority.models import ServiceType
from tillit.foundation.organisation.queries import everywhere
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused, NotFound

#: What the municipality decides itself, with the least and the most that makes sense. The law's own are in rules.
LIMITS: dict[str, tuple[int, int]] = {
    "advance_notice_weeks": (1, 12),
    "notify_days": (1, 30),
    "review_days": (1, 84),
    "stay_days": (1, 14),
    "reasons_days": (1, 30),
    "handover_days": (1, 28),
    "renew_days": (1, 180),
    "evaluate_after_days": (7, 730),
    "span_percent": (0, 50),
    "post_days": (0, 14),
}


#: What each target is called.
LABELS: dict[str, str | Promise] = {
    "notify_days": gettext_lazy("Dager fra vedtak til brukeren har fått beskjed"),
    "review_days": gettext_lazy("Dager fra klage til vi er ferdige med den"),
    "stay_days": gettext_lazy("Dager til svar når noen ber oss vente"),
    "reasons_days": gettext_lazy("Dager til begrunnelse når noen ber om den"),
    "handover_days": gettext_lazy("Dager til svar når en sak blir tilbudt andre"),
    "renew_days": gettext_lazy("Dager før et vedtak slutter, vi begynner på et nytt"),
    "evaluate_after_days": gettext_lazy("Dager til ny vurdering, som forslag"),
    "advance_notice_weeks": gettext_lazy("Uker brukeren har til å svare på forhåndsvarsel"),
    "post_days": gettext_lazy("Dager vi regner med at et brev er underveis"),
    "span_percent": gettext_lazy("Slingringsmonn i rammevedtak, i prosent"),
}


class PracticeRefused(ActionRefused):
    """Something in what was written cannot be used. `field` says where."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def set_practice(
    *, actor: Actor, valid_from: date, numbers: Mapping[str, int], provider_choice: bool, at: datetime
) -> CasePractice:
    """Let other targets hold from a day that has not passed. Raises NotAllowed, PracticeRefused.

    numbers: every field of `LIMITS`. What held before stays as it was: cases are looked at by what held that day.
    """
    scope = everywhere()
    require(actor, KEEP_PRACTICE, scope)
    _refuse_past(valid_from, at=at)
    if set(numbers) != set(LIMITS):
        raise ValueError("Every target is told, and no other.")
    for name, value in numbers.items():
        least, most = LIMITS[name]
        if not least <= value <= most:
            text = _("Skriv et tall fra %(least)d til %(most)d.") % {"least": least, "most": most}
            raise PracticeRefused(text, field=name)
    if CasePractice.objects.filter(valid_from=valid_from).exists():
        raise PracticeRefused(_("Det er alt satt frister fra den dagen. Velg en annen dag."), field="valid_from")
    stored = CasePractice.objects.create(valid_from=valid_from, provider_choice=provider_choice, **numbers)
    change = {"valid_from": valid_from.isoformat(), "provider_choice": provider_choice, **numbers}
    audit.record(actor, KEEP_PRACTICE, f"practice:{stored.pk}", scope, at=at, change=change)
    return stored


@transaction.atomic
def set_rate(*, actor: Actor, service_id: int, words: str, source: str, valid_from: date, at: datetime) -> ChargeRate:
    """State what a service costs the citizen from a day; what was stated before holds to the day before.

    Raises NotFound, NotAllowed, PracticeRefused: a service that is free by law has no rate.
    """
    scope = everywhere()
    require(actor, KEEP_PRACTICE, scope)
    service = ServiceType.objects.select_for_update(of=("self",)).filter(pk=service_id).first()
    if service is None:
        raise NotFound(_("Fant ikke tjenesten."))
    if not service.may_be_charged:
        raise PracticeRefused(_("Tjenesten er gratis etter loven. Den kan ikke ha noen sats."))
    if not words.strip():
        raise PracticeRefused(_("Skriv hva brukeren betaler, slik det skal stå i brevet."), field="words")
    _refuse_past(valid_from, at=at)
    later = ChargeRate.objects.filter(service=service, valid_from__gte=valid_from).order_by("valid_from").first()
    if later is not None:
        raise PracticeRefused(_("Det er alt satt en sats fra den dagen eller senere."), field="valid_from")
    before = ChargeRate.objects.filter(service=service, valid_to__isnull=True).order_by("-valid_from").first()
    if before is not None:
        before.valid_to = valid_from
        before.save(update_fields=["valid_to"])
    stored = ChargeRate.objects.create(
        service=service, words=words.strip(), source=source.strip(), valid_from=valid_from
    )
    audit.record(
        actor,
        KEEP_PRACTICE,
        str(stored),
        scope,
        at=at,
        change={"service": service.code, "valid_from": valid_from.isoformat(), "ended": before.pk if before else None},
    )
    return stored


def _refuse_past(valid_from: date, *, at: datetime) -> None:
    if valid_from < oslo.day_of(at):
        raise PracticeRefused(_("Velg i dag eller en dag senere. Det som har vært, endres ikke."), field="valid_from")
