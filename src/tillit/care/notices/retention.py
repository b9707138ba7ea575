"""How long notices about no citizen are kept. Those about one are hers, and leave with her journal."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.care.notices.models import Notice
from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    return {"notices.Notice": Notice.objects.filter(citizen__isnull=True, answered_at__lt=due.before)}


NOTICES = Kind(
    code="NOTICES",
    title=_("Beskjeder som ikke gjelder en bruker"),
    what=_("Beskjeder mellom kolleger, med svar. Beskjeder om en bruker står i journalen og følger den."),
    source=ART_5,
    shipped=InForce(365, "Personvernforordningen art. 5 nr. 1 e. Et år, så det går an å se hva som ble avtalt."),
    least=30,
    most=1825,
    count=counted_in(_old),
    remove=removed_from(_old),
)
