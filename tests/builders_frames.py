"""Typed builders of frame decisions: hours a week with a span, decided the way it really happens."""

from datetime import date, datetime, time
from decimal import Decimal

from tests import builders_authority
from tests import builders_decisions as made
from tests.builders_decisions import Office
from tests.cast import Cast
from tillit.care.citizens.models import Citizen
from tillit.care.decisions.actions.deciding import decide_case
from tillit.care.decisions.models import Case
from tillit.care.decisions.rules.states import State
from tillit.kernel import oslo

BEGAN = oslo.moment(date(2026, 9, 7), time(8))
"""When the frame begins to hold, unless the test says otherwise."""


def office(cast: Cast) -> Office:
    """Those who handle cases; Bekkedal follows Model 1 and its leader may decide on nursing at home."""
    found = made.office(cast)
    made.follows_model(cast.bekkedal, made.MODEL_1)
    builders_authority.authority(found.services["HOME_NURSING"])
    return found


def framed(
    cast: Cast,
    at_office: Office,
    citizen: Citizen,
    *,
    hours: Decimal | int = 5,
    span: int = 20,
    at: datetime = BEGAN,
    state: State = State.ACTIVE,
) -> Case:
    """Give a citizen so many hours of nursing a week with a span. The help is under way."""
    nora, on = at_office.nora.actor, oslo.day_of(at)
    found = made.received(nora, citizen, said=made.asked("HOME_NURSING", received_on=on), at=at)
    made.assessed(nora, found, cast.ingrid.employee, at=at)
    found = made.proposed(nora, found, at=at)
    found.lines.update(extent=Decimal(hours), span_percent=span, starts_on=on)
    decide_case(actor=cast.marit.actor, case_id=found.pk, edition=found.edition, decided_on=on, at=at)
    Case.objects.filter(pk=found.pk).update(state=state)
    return Case.objects.get(pk=found.pk)
