"""How long lines to a shift, and who has read its board, are kept. What the board told stands where it happened."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind
from tillit.kernel import oslo
from tillit.teamwork.changeover.models import ShiftLine, ShiftRead


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    on = oslo.day_of(due.before)
    return {
        "changeover.ShiftLine": ShiftLine.objects.filter(on__lt=on),
        "changeover.ShiftRead": ShiftRead.objects.filter(on__lt=on),
    }


CHANGEOVERS = Kind(
    code="CHANGEOVERS",
    title=_("Vaktskifter"),
    what=_("Linjer til en vakt, og hvem som har lest. Det vaktskiftet viste, står der det ble skrevet."),
    source=ART_5,
    shipped=InForce(90, "Personvernforordningen art. 5 nr. 1 e. Lenge nok til å se hva en vakt fikk vite."),
    least=14,
    most=1095,
    count=counted_in(_old),
    remove=removed_from(_old),
)
