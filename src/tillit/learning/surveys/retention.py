"""How long surveys are kept: as long as somebody compares with them. Nobody is in them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind
from tillit.learning.surveys.models import (
    Answer,
    Campaign,
    Gathering,
    Group,
    NextStep,
    OwnInstrument,
    PairedChange,
    Screening,
    Series,
    Statement,
    Waiting,
    Words,
)


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    campaigns = Campaign.objects.filter(closed_at__lt=due.before)
    gatherings = Gathering.objects.filter(written_at__lt=due.before)
    asked = Campaign.objects.filter(instrument=OuterRef("code"), version=OuterRef("version"))
    own = OwnInstrument.objects.filter(Q(in_use_at__lt=due.before) | Q(in_use_at__isnull=True, made_at__lt=due.before))
    return {
        "surveys.Statement": Statement.objects.filter(gathering__in=gatherings),
        "surveys.Gathering": gatherings,
        "surveys.NextStep": NextStep.objects.filter(group__campaign__in=campaigns),
        "surveys.Answer": Answer.objects.filter(group__campaign__in=campaigns),
        "surveys.Waiting": Waiting.objects.filter(group__campaign__in=campaigns),
        "surveys.PairedChange": PairedChange.objects.filter(group__campaign__in=campaigns),
        "surveys.Words": Words.objects.filter(group__campaign__in=campaigns),
        "surveys.Screening": Screening.objects.filter(campaign__in=campaigns),
        "surveys.Group": Group.objects.filter(campaign__in=campaigns),
        "surveys.Campaign": campaigns,
        "surveys.OwnInstrument": own.exclude(Exists(asked.exclude(closed_at__lt=due.before, closed_at__isnull=False))),
        "surveys.Series": Series.objects.filter(campaigns__isnull=True),
    }


SURVEYS = Kind(
    code="SURVEYS",
    title=_("Undersøkelser som er lukket"),
    what=_(
        "Svar uten navn, hvilke team som ble spurt, det som ble sagt på samlinger, og hva teamene ville gjøre videre. "
        "Egne spørreskjemaer som ingen undersøkelse er igjen av. Åpne undersøkelser blir."
    ),
    source=ART_5,
    shipped=InForce(
        3650, "Personvernforordningen art. 5 nr. 1 e. Ti år, så et team kan følges før og etter en endring."
    ),
    least=365,
    most=7300,
    count=counted_in(_old),
    remove=removed_from(_old),
)
