"""What is said of an envelope: to its author on the phone, and on the pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.foundation.delivery.models import Envelope
from tillit.foundation.delivery.rules.order import Outcome

#: Why something was refused, when the act itself did not say it in words.
NOT_OPENED, UNKNOWN_ACT, AFTER_WIPE, BROKEN = "NOT_OPENED", "UNKNOWN_ACT", "AFTER_WIPE", "BROKEN"
REASONS: dict[str, str | Promise] = {
    NOT_OPENED: gettext_lazy("Det lot seg ikke åpne. Det er tatt vare på, og systemansvarlig må se på det."),
    UNKNOWN_ACT: gettext_lazy("Telefonen brukte en nyere eller eldre utgave av Tillit. Det du skrev, er tatt vare på."),
    AFTER_WIPE: gettext_lazy("Det ble skrevet etter at telefonen skulle tømmes. Se over før det gjelder."),
    BROKEN: gettext_lazy("Noe gikk galt hos oss. Det du skrev, er tatt vare på. Prøv igjen."),
}


def text_of(row: Envelope) -> str:
    """Return what became of an envelope, in one sentence that names nobody."""
    if row.outcome == Outcome.APPLIED:
        return _("Levert.")
    if row.outcome == Outcome.ALREADY:
        return _("Det var levert fra før.")
    if row.outcome == Outcome.CONFLICT:
        return _("Noen andre har sagt noe om det samme. Velg hva som skal gjelde.")
    if row.outcome == Outcome.REFUSED:
        letter = getattr(row, "undelivered", None)
        said = letter.refusal if letter else ""
        return said or str(REASONS.get(row.reason, REASONS[BROKEN]))
    return _("Tatt vare på. Det venter på noe du skrev før.")
