"""Means of closed surveys, for indicators and for pilots' baselines: a typed table without persons.

What may not be shown is already taken away here: nobody above can give it back. Days are days in Oslo.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from django.db.models import Prefetch

from tillit.kernel import oslo
from tillit.kernel.tables import Columns, table
from tillit.learning.surveys.models import Campaign, Group
from tillit.learning.surveys.queries import answers_of, instruments_for
from tillit.learning.surveys.rules import scoring
from tillit.learning.surveys.rules.instruments import Instrument, fingerprint
from tillit.learning.surveys.rules.scoring import Shown, Wave
from tillit.learning.surveys.rules.shipped import comparable

MEANS: Columns = {
    "campaign": pl.Int64,
    "instrument": pl.String,
    "fingerprint": pl.String,
    "code": pl.String,
    "unit": pl.Int64,
    "is_sum": pl.Boolean,
    "opened_on": pl.Date,
    "closed_on": pl.Date,
    "n": pl.String,
    "mean": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "least": pl.Int64,
    "most": pl.Int64,
}
"""A row for each part (or question of what is no scale) of each group and each sum. code: the part's or the question's.

fingerprint: of the first version that measured the same, so two waves can be compared when it is the same. n: as it may
be printed («5–9», «12»). mean, low, high: the mean with its 95 % interval, empty when it may not be shown. least, most:
the ends of the scale. is_sum: of two groups or more in a unit above teams; when those above the teams may see it is for
the reader to hold (`TEAM_FIRST_DAYS`).
"""

Answers = Mapping[int, list[dict[str, Any]]]


def means(*, instrument: str | None = None) -> pl.DataFrame:
    """Return the means of every closed survey, by MEANS, the oldest first. instrument: code; None: all.

    Three queries, four when an own instrument was asked. What several sums and teams together would give away is
    empty too (`measures.differencing`).
    """
    groups = Prefetch("groups", Group.objects.select_related("unit").order_by("pk"))
    closed = Campaign.objects.filter(closed_at__isnull=False).prefetch_related(groups).order_by("closed_at", "pk")
    if instrument is not None:
        closed = closed.filter(instrument=instrument)
    found = list(closed)
    answers = answers_of(group.pk for one in found for group in one.groups.all())
    asked = instruments_for(found)
    rows = (row for one in found for row in _rows(one, asked[one.instrument, one.version], answers))
    return table(rows, MEANS)


def _rows(campaign: Campaign, instrument: Instrument, answers: Answers) -> Iterator[tuple[object, ...]]:
    stored = [group for group in campaign.groups.all() if group.answered is not None]
    sums = _sums(stored)
    held = scoring.withheld(
        instrument,
        {str(group.pk): answers.get(group.pk, []) for group in stored},
        {str(unit): [str(group.pk) for group in inside] for unit, inside in sums.items()},
    )
    assert campaign.closed_at is not None
    head = (campaign.pk, campaign.instrument, _measured_by(campaign))
    days = (oslo.day_of(campaign.opens_at), oslo.day_of(campaign.closed_at))
    for group in stored:
        if not group.is_joint:
            for one in _shown(instrument, [group], answers):
                yield (*head, one.code, group.unit_id, False, *days, *_number(instrument, one))
    for unit, inside in sums.items():
        for one in _shown(instrument, inside, answers):
            kept = one if (str(unit), one.code) not in held else Shown(one.code, None, one.n, ("too_few",))
            yield (*head, one.code, unit, True, *days, *_number(instrument, kept))


def _measured_by(campaign: Campaign) -> str:
    same = comparable(campaign.instrument, campaign.version)
    return fingerprint(same[0]) if same else campaign.fingerprint


def _shown(instrument: Instrument, groups: Sequence[Group], answers: Answers) -> tuple[Shown, ...]:
    given = [one for group in groups for one in answers.get(group.pk, ())]
    return scoring.results(instrument, Wave(given, sum(group.invited or 0 for group in groups)), None)


def _number(instrument: Instrument, one: Shown) -> tuple[object, ...]:
    scale = scoring.scale_of(instrument, one.code)
    return one.n, one.mean, one.low, one.high, scale.least, scale.most


def _sums(stored: Sequence[Group]) -> dict[int, list[Group]]:
    """Return unit id → the groups in it, for units above that hold at least two."""
    inside: dict[int, list[Group]] = defaultdict(list)
    for group in stored:
        path = [int(part) for part in group.unit.path.rstrip(".").split(".")]
        for unit in path if group.is_joint else path[:-1]:
            inside[unit].append(group)
    return {unit: groups for unit, groups in sorted(inside.items()) if len(groups) > 1}
