"""Where this room gets its figures: the indicators there are, and their series for teams. From insight alone."""

from collections.abc import Mapping, Sequence
from datetime import date

from tillit.foundation.access.actor import Actor
from tillit.kernel.periods import Days
from tillit.learning.insight.queries import definitions, series
from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.series import Series


def indicators() -> tuple[Indicator, ...]:
    """Return every indicator that can be chosen, in the order they are shown."""
    return definitions.indicators()


def series_of_units(
    *, actor: Actor, unit_ids: Sequence[int], codes: Sequence[str], within: Days, today: date, for_all: bool = False
) -> Mapping[int, tuple[Series, ...]]:
    """Return the series of the units the actor reaches, in the order of the codes; others are left out.

    A code that is in use no longer is left out too. What may not be shown is hidden already. today: in Oslo; what is
    not over, or not hers to see yet, is left out. for_all: hidden as for everybody who will read what is kept. Five
    queries.
    """
    known = definitions.by_code()
    asked = [code for code in codes if code in known]
    return series.series_of_units(
        actor=actor, unit_ids=unit_ids, codes=asked, within=within, today=today, for_all=for_all
    )
