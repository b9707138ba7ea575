"""What this floor answers when the foundation asks: registered at start-up (`config.wiring`)."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import ngettext

from tillit.care.citizens.queries.handover import count_in_flight
from tillit.foundation.responsibility.sources import Fate, InFlight


class HandoversInFlight:
    """Answers `responsibility.sources.InFlightSource`: what was offered goes as agreed, whatever the table says now."""

    def in_flight(self, *, unit_ids: Collection[int], codes: Collection[str], on: date) -> list[InFlight]:
        """Return how many offers to or from the units wait for an answer. The model changes nothing for them."""
        count = count_in_flight(unit_ids=unit_ids)
        return [
            InFlight(
                kind=Fate.STAYS,
                code="",
                count=count,
                text=ngettext(
                    "overlevering venter på svar og går som avtalt",
                    "overleveringer venter på svar og går som avtalt",
                    count,
                ),
            )
        ]
