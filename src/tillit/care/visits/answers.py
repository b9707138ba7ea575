"""What visits answer when plans ask: registered at start-up (`config.wiring`)."""

from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.careplans.queries import goals_in_use, interventions_in_use, plan_in_use
from tillit.care.careplans.sources import Consequences, UsualMinutes
from tillit.care.citizens.sources import Known
from tillit.care.needs.queries import newest_words
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


class HandoverAnswers:
    """Answers `citizens.sources.KnownSource`: what those who take over a citizen must know, from here and below."""

    def known(self, *, citizen_id: int, at: datetime) -> list[Known]:
        """Return her words, the goals and interventions in use, and the changes nobody has closed."""
        said = newest_words([citizen_id]).get(citizen_id)
        plan = plan_in_use(citizen_id)
        goals = goals_in_use([citizen_id]).get(citizen_id, [])
        return [
            Known(_("Viktig for brukeren"), (f"«{said.words}»",) if said else ()),
            Known(_("Vil helst ikke"), (f"«{said.rather_not}»",) if said and said.rather_not else ()),
            Known(_("Mål i planen"), tuple(goal.words for goal in goals if goal.is_active)),
            Known(
                _("Tiltak"),
                tuple(
                    _("%(title)s (%(when)s)") % {"title": one.title, "when": one.when_text}
                    for one in interventions_in_use(citizen_id)
                )
                if plan
                else (),
            ),
            Known(
                _("Ikke avklart"),
                tuple(one.words for one in queries.open_follow_ups(citizen_id=citizen_id)),
            ),
        ]
