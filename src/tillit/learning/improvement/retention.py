"""How long pilots are kept: as long as somebody may ask what they showed. Nothing in them is about a citizen."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind
from tillit.kernel import oslo
from tillit.learning.improvement.models import (
    Baseline,
    BaselineValue,
    Benefit,
    ChosenIndicator,
    LogEntry,
    Pilot,
    PilotTeam,
)


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    ended = Pilot.objects.filter(ended_on__lt=oslo.day_of(due.before))
    return {
        "improvement.BaselineValue": BaselineValue.objects.filter(baseline__team__pilot__in=ended),
        "improvement.Baseline": Baseline.objects.filter(team__pilot__in=ended),
        "improvement.ChosenIndicator": ChosenIndicator.objects.filter(pilot__in=ended),
        "improvement.Benefit": Benefit.objects.filter(pilot__in=ended),
        "improvement.LogEntry": LogEntry.objects.filter(pilot__in=ended),
        "improvement.PilotTeam": PilotTeam.objects.filter(pilot__in=ended),
        "improvement.Pilot": ended,
    }


PILOTS = Kind(
    code="PILOTS",
    title=_("Piloter som er avsluttet"),
    what=_(
        "Piloter med team, logg, nullpunkt og gevinster. De handler om team, ikke om brukere. Navnet på den som "
        "signerte, er med."
    ),
    source=ART_5,
    shipped=InForce(3650, "Personvernforordningen art. 5 nr. 1 e. Ti år, så det går an å se hva piloten viste."),
    least=730,
    most=9125,
    count=counted_in(_old),
    remove=removed_from(_old),
)
