"""What is left of a case's decisions: those that stand are shown in full, the others are folded (R19)."""

from datetime import timedelta

import pytest

from tests import builders_authority
from tests import builders_decisions as made
from tests.builders_decisions import Office
from tests.cast import MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast
from tillit.care.decisions.contexts.decide import DecisionsOfCase, part_of_case
from tillit.care.decisions.models import Case, Decision, DecisionLine
from tillit.care.decisions.queries.file import case_file
from tillit.care.decisions.test_delivering import running
from tillit.foundation.access.roles import Role


@pytest.fixture
def office(cast: Cast) -> Office:
    """Bekkedal follows Model 1; its leader decides nursing at home."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    builders_authority.authority(found.services["HOME_NURSING"], Role.TEAM_LEADER)
    cast.municipality.phone = "55 50 01 00"
    cast.municipality.save()
    return found


def before(case: Case, *, days: int, stopped: bool) -> Decision:
    """A decision that was made earlier in the same case, and whether another one has taken its place."""
    decision = case.decisions.latest("decided_at")
    line = decision.lines.get()
    decision.pk = None
    decision.decided_on -= timedelta(days=days)
    decision.decided_at -= timedelta(days=days)
    decision.known_on = None
    decision.save()
    line.pk, line.decision = None, decision
    line.stopped_on = MONDAY_DATE if stopped else None
    line.save()
    return decision


def shown(cast: Cast, case: Case) -> DecisionsOfCase:
    """What the page of the case shows."""
    part = part_of_case(actor=cast.ingrid.actor, found=case_file(case, on=TUESDAY_DATE), to=None, on=TUESDAY_DATE)
    assert part is not None
    return part


class TestEarlierDecisions:
    def test_are_folded_the_newest_first_R19(self, cast: Cast, office: Office) -> None:
        case = running(cast, office)
        before(case, days=200, stopped=True)
        before(case, days=100, stopped=True)

        part = shown(cast, case)

        assert [one.heading for one in part.decisions] == ["Vedtak 23.11.2026"]
        assert len(part.earlier) == 2
        assert part.earlier[0].lines.rows[0].end != part.decisions[0].lines.rows[0].end

    def test_stay_unfolded_while_something_they_give_holds_R19(self, cast: Cast, office: Office) -> None:
        case = running(cast, office)
        stands = before(case, days=100, stopped=False)

        part = shown(cast, case)

        assert len(part.decisions) == 2 and not part.earlier
        stands.lines.update(ends_on=MONDAY_DATE)
        assert len(shown(cast, case).earlier) == 1

    def test_of_which_the_newest_is_never_folded_R19(self, cast: Cast, office: Office) -> None:
        case = running(cast, office)
        DecisionLine.objects.update(stopped_on=MONDAY_DATE)

        part = shown(cast, case)

        assert len(part.decisions) == 1 and not part.earlier

    def test_say_that_the_time_to_appeal_is_over_R19(self, cast: Cast, office: Office) -> None:
        case = running(cast, office)
        assert "Brukeren kan klage til og med" in shown(cast, case).decisions[0].period

        long_ago = TUESDAY.date() - timedelta(days=60)
        case.decisions.update(known_on=long_ago)

        assert "Klagefristen gikk ut" in shown(cast, case).decisions[0].period
