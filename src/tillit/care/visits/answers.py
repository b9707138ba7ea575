"""What visits answer when plans ask: registered at start-up (`config.wiring`)."""

from datetime import datetime

from tillit.care.careplans.sources import Consequences, UsualMinutes
from tillit.care.visits import actions, queries
from tillit.care.visits.rules.generation import HORIZON_DAYS


class PlanAnswers:
    """Answers `careplans.sources.VisitSource`."""

    def consequences(self, *, citizen_id: int, plan_id: int, at: datetime) -> Consequences:
        """Return what taking the plan into use at `at` would do with the coming visits."""
        counted = actions.count_plan_changes(citizen_id=citizen_id, plan_id=plan_id, at=at)
        return Consequences(
            days=HORIZON_DAYS,
            new=counted.made + counted.returned,
            changed=counted.changed,
            gone=counted.removed + counted.cancelled,
        )

    def usual_minutes(self, citizen_id: int) -> dict[int, UsualMinutes]:
        """Return the learned minutes by line."""
        return {
            line: UsualMinutes(found.minutes, found.basis)
            for (_citizen, line), found in queries.learned_of([citizen_id]).items()
        }
