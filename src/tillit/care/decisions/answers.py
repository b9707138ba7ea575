"""What cases answer when the floors below ask. Registered in `config.wiring`."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import ngettext

from tillit.care.decisions.queries.in_flight import BEGUN, NOT_BEGUN, RUNNING, open_cases_of
from tillit.care.decisions.queries.placing import rows_of_cases
from tillit.care.decisions.rules.states import State
from tillit.foundation.responsibility.sources import Fate, InFlight


class CasesInFlight:
    """Answers `responsibility.sources.InFlightSource`.

    Cases nobody has begun with are offered to their new holder on the day (`actions.following_tables`). Those under
    way stay with the people who know them. Decisions being carried out stay, and the next reassessment is the new
    holder's.
    """

    def in_flight(self, *, unit_ids: Collection[int], codes: Collection[str], on: date) -> list[InFlight]:
        """Return what moves and what stays when the holders of `codes` change for the units. Three queries."""
        changed = set(codes)
        cases = open_cases_of(unit_ids, on=on)
        rows = rows_of_cases(cases)
        not_begun = sum(State(case.state) in NOT_BEGUN and rows[case.pk].receive in changed for case in cases)
        begun = sum(State(case.state) in BEGUN and bool(changed & set(rows[case.pk].codes)) for case in cases)
        running = sum(State(case.state) in RUNNING for case in cases) if "REASSESS" in changed else 0
        return [
            InFlight(
                Fate.MOVES,
                "",
                not_begun,
                ngettext(
                    "sak som ingen har begynt på, tilbys ny ansvarlig",
                    "saker som ingen har begynt på, tilbys ny ansvarlig",
                    not_begun,
                ),
            ),
            InFlight(
                Fate.MOVES,
                "REASSESS",
                running,
                ngettext("vedtak får ny ansvarlig for revurdering", "vedtak får ny ansvarlig for revurdering", running),
            ),
            InFlight(
                Fate.STAYS,
                "",
                begun,
                ngettext("sak under arbeid blir der den er", "saker under arbeid blir der de er", begun),
            ),
        ]
