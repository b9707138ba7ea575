"""Fjordvik has made a number of its own: visits called off, whoever it was that called them off (R38)."""

from datetime import date, time

from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.learning.insight.actions.own import define_own
from tillit.learning.insight.rules.indicators import Better, Step
from tillit.learning.insight.rules.own import Recipe, Said, Way

LEADER = "jorn.lillebo"


def define_one(anchor: date) -> None:
    """Let the project's leader make it, by the product's own action. It is counted with the others."""
    found = Employee.objects.filter(user__username=LEADER).first()
    if found is None or found.user_id is None:
        return  # a town too small for the story
    at = oslo.moment(anchor, time(7))
    define_own(
        actor=actor_of(user_id=found.user_id, name=found.name, at=at),
        said=Said(
            Recipe("visits", Way.SHARE, Step.WEEK, column="cancelled"),
            name="Avlyste besøk",
            why="Et avlyst besøk er ofte et tegn på at noe har endret seg hos brukeren.",
            target="Under sju av hundre innen sommeren",
            better=Better.DOWN,
            least=30,
            owner_id=found.pk,
        ),
        at=at,
    )
