"""How long deviations are kept: as long as one learns from them. They are no part of anybody's journal."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind
from tillit.teamwork.deviations.models import Deviation, DeviationState


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    over = Q(answered_at__lt=due.before) | Q(state=DeviationState.WITHDRAWN, reported_at__lt=due.before)
    return {"deviations.Deviation": Deviation.objects.filter(over).exclude(citizen__in=due.held_citizens)}


DEVIATIONS = Kind(
    code="DEVIATIONS",
    title=_("Avvik som er besvart"),
    what=_("Avvik med svar, også de som ble trukket. Det som ikke er besvart, blir. Journalen er ikke med."),
    source=ART_5,
    shipped=InForce(1825, "Personvernforordningen art. 5 nr. 1 e. Fem år, så det går an å se om noe ble bedre."),
    least=365,
    most=3650,
    count=counted_in(_old),
    remove=removed_from(_old),
)
