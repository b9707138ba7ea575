"""How long imports are kept that nobody finished, and the trace of those that were."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.exchange.files.models import ImportFile, ImportRun
from tillit.foundation.keeping.kinds import ART_5, remove_all
from tillit.foundation.keeping.retention import Batch, Due, InForce, Kind


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    return {
        "files.ImportFile": ImportFile.objects.filter(run__at__lt=due.before),
        "files.ImportRun": ImportRun.objects.filter(at__lt=due.before),
    }


def _remove(due: Due, keep: Callable[[Batch], None]) -> bool:
    return remove_all(_old(due), keep)


UPLOADS = Kind(
    code="UPLOADS",
    title=_("Innlesinger"),
    what=_("Filer noen lastet opp, og hva som ble funnet i dem. Det som ble skrevet inn, blir."),
    source=ART_5,
    shipped=InForce(30, "Personvernforordningen art. 5 nr. 1 e. Originalen ligger i fagsystemet."),
    least=1,
    most=365,
    count=lambda due: sum(rows.count() for rows in _old(due).values()),
    remove=_remove,
)
