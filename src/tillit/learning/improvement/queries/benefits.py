"""The benefits of a pilot."""

from django.utils.translation import gettext as _

from tillit.kernel.errors import NotFound
from tillit.learning.improvement.models import Benefit, Pilot
from tillit.learning.improvement.rules.goals import Goal


def benefits_of(pilot: Pilot) -> tuple[Benefit, ...]:
    """Return the pilot's benefits in the order of the goals, those first planned first. One query."""
    place = {goal.value: number for number, goal in enumerate(Goal)}
    rows = Benefit.objects.filter(pilot=pilot).order_by("pk")
    return tuple(sorted(rows, key=lambda one: place[one.goal]))


def get_benefit(*, pilot: Pilot, benefit_id: int) -> Benefit:
    """Return a benefit of the pilot. Raises NotFound for one of another."""
    found = Benefit.objects.filter(pilot=pilot, pk=benefit_id).first()
    if found is None:
        raise NotFound(_("Fant ikke gevinsten."))
    return found
