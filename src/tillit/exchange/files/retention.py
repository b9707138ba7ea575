"""How long imports are kept that nobody finished, and the trace of those that were."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.exchange.files.models import ImportFile, ImportRun
from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    return {
        "files.ImportFile": ImportFile.objects.filter(run__at__lt=due.before),
        "files.ImportRun": ImportRun.objects.filter(at__lt=due.before),
    }


UPLOADS = Kind(
    code="UPLOADS",
    title=_("Innlesinger"),
    what=_("Filer noen lastet opp, og hva som ble funnet i dem. Det som ble skrevet inn, blir."),
    source=ART_5,
    shipped=InForce(30, "Personvernforordningen art. 5 nr. 1 e. Originalen ligger i fagsystemet."),
    least=1,
    most=365,
    count=counted_in(_old),
    remove=removed_from(_old),
)
