"""How long proposals and other reckoning about a day's lists are kept. The lists that were used are in the visits."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tillit.foundation.keeping.kinds import ART_5, counted_in, removed_from
from tillit.foundation.keeping.retention import Due, InForce, Kind
from tillit.kernel import oslo
from tillit.teamwork.planning.models import (
    DayStrength,
    ListChange,
    Notice,
    Proposal,
    ProposedChange,
    WeeksProposal,
    WhatIf,
)


def _old(due: Due) -> dict[str, QuerySet[Any]]:
    on = oslo.day_of(due.before)
    weeks = WeeksProposal.objects.filter(after_on__lte=on)
    proposals = Proposal.objects.filter(lists__on__lt=on).exclude(weeks__after_on__gt=on)
    return {
        "planning.ProposedChange": ProposedChange.objects.filter(proposal__in=proposals.values("pk")),
        "planning.Proposal": proposals,
        "planning.WeeksProposal": weeks.exclude(proposals__lists__on__gte=on),
        "planning.DayStrength": DayStrength.objects.filter(lists__on__lt=on),
        "planning.WhatIf": WhatIf.objects.filter(on__lt=on),
        "planning.ListChange": ListChange.objects.filter(lists__on__lt=on),
        "planning.Notice": Notice.objects.filter(lists__on__lt=on),
    }


PLANS = Kind(
    code="PLANS",
    title=_("Forslag og endringer i arbeidslister"),
    what=_("Forslag, «hva om», steg i arbeidet med listene og beskjeder om dem. Besøkene, og hvem som kom, blir."),
    source=ART_5,
    shipped=InForce(90, "Personvernforordningen art. 5 nr. 1 e. Lenge nok til å se hvorfor en dag ble som den ble."),
    least=14,
    most=1095,
    count=counted_in(_old),
    remove=removed_from(_old),
)
